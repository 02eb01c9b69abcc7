import { createRoute } from '@hono/zod-openapi'
import type { Deps } from '../platform/deps.ts'
import { publicAccess } from '../platform/http/access.ts'
import { answerPublic } from '../platform/http/publicAnswer.ts'
import { createRouter, jsonAnswer } from '../platform/http/router.ts'
import { elementPriceListSchema } from './contract.ts'
import { selectPrices } from './queries.ts'

const listRoute = createRoute({
  method: 'get',
  path: '/api/prices',
  tags: ['prices'],
  summary: 'What elements cost to build and to keep',
  responses: { 200: jsonAnswer(elementPriceListSchema, 'The price catalogue; `isExample` marks prices to be replaced') },
})

export function pricesRoutes({ db }: Deps) {
  return createRouter().openapi(listRoute, async (context) => {
    publicAccess(context, 'prices of elements are no secret, and estimates become public')
    return answerPublic(context, { items: await selectPrices(db) })
  })
}
