import { z } from 'zod'
import { districtIdSchema } from '../kernel/ids.ts'
import { personLine } from '../kernel/text.ts'
import { writtenNumber } from '../kernel/writtenNumber.ts'

export const placeQuerySchema = z.object({
  q: personLine(1, 100).meta({ example: 'Sømosen' }),
  limit: writtenNumber(z.int().min(1).max(20)).default(8),
})

export const placeSchema = z
  .object({
    name: z.string(),
    kind: z.string().meta({ description: 'station, school, park, square, street, address …' }),
    lng: z.number(),
    lat: z.number(),
    districtId: districtIdSchema.nullable(),
    accuracy: z.enum(['good', 'approximate']),
    source: z.enum(['gazetteer', 'address-service']),
  })
  .meta({ id: 'Place' })
export type Place = z.infer<typeof placeSchema>

export const placeListSchema = z
  .object({
    items: z.array(placeSchema),
    /** False when the official address service was asked and did not answer in time. */
    addressServiceAnswered: z.boolean().nullable(),
  })
  .meta({ id: 'PlaceList' })
