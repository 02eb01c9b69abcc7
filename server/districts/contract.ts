import { z } from 'zod'
import { STORAGE_REACH } from '../kernel/crs.ts'
import { multiPolygonSchema } from '../kernel/geometry.ts'
import { districtIdSchema } from '../kernel/ids.ts'
import { defineProblems } from '../kernel/problem.ts'
import { dateSchema } from '../kernel/time.ts'
import { writtenNumber } from '../kernel/writtenNumber.ts'

/** A place on the wire, as far round the earth as distances to it can be measured. @crs EPSG:4326 */
export const lngLatQuerySchema = z.object({
  lng: writtenNumber(z.number().min(STORAGE_REACH.west).max(STORAGE_REACH.east)).meta({ example: 12.3583 }),
  lat: writtenNumber(z.number().min(-90).max(90)).meta({ example: 55.7299 }),
})

export const districtAtSchema = z.object({ districtId: districtIdSchema, name: z.string() }).meta({ id: 'DistrictAt' })
export type DistrictAt = z.infer<typeof districtAtSchema>

export const districtPropertiesSchema = z.object({
  districtId: districtIdSchema,
  name: z.string(),
  labelPoint: z.tuple([z.number(), z.number()]),
  areaM2: z.number(),
})

/** All districts of the version in force, EPSG:4326. */
export const districtCollectionSchema = z
  .object({
    type: z.literal('FeatureCollection'),
    attribution: z.string(),
    isOfficial: z.boolean(),
    validFrom: dateSchema,
    features: z.array(
      z.object({
        type: z.literal('Feature'),
        id: districtIdSchema,
        properties: districtPropertiesSchema,
        geometry: multiPolygonSchema,
      }),
    ),
  })
  .meta({ id: 'DistrictCollection' })
export type DistrictCollection = z.infer<typeof districtCollectionSchema>

/** `outside-district` carries `nearestDistrictId`, `nearestDistrictName` and `distanceM`. */
export const districtProblem = defineProblems({ 'outside-district': 404, 'partly-outside': 422, 'no-districts-loaded': 503 })
