import { expect, it } from 'vitest'
import { waysToSchemas } from './pageScript.ts'
import { sourceFiles } from './sourceFiles.ts'

const contract = { path: 'server/ideas/contract.ts', text: "import { z } from 'zod'\nexport const KINDS = ['a'] as const" }
const rules = { path: 'server/ideas/rules.ts', text: "import { KINDS } from './contract.ts'" }

it('no schema comes into the page’s script', () => expect(waysToSchemas(sourceFiles('{server,web}/**/*.{ts,tsx}'))).toEqual([]))

it('a planted value of a contract is rejected, taken by the page itself or by a rule it runs', () => {
  expect(waysToSchemas([contract, { path: 'web/ideas/x.ts', text: "import { KINDS } from '../../server/ideas/contract.ts'" }])).toEqual([
    'web/ideas/x.ts → server/ideas/contract.ts → zod',
  ])
  expect(waysToSchemas([contract, rules, { path: 'web/ideas/x.ts', text: "import { a } from '../../server/ideas/rules.ts'" }])).toEqual([
    'web/ideas/x.ts → server/ideas/rules.ts → server/ideas/contract.ts → zod',
  ])
})

it('a type of a contract is free', () => {
  expect(waysToSchemas([contract, { path: 'web/ideas/x.ts', text: "import type { Idea } from '../../server/ideas/contract.ts'" }])).toEqual(
    [],
  )
})
