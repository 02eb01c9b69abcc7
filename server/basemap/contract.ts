import { z } from 'zod'
import { defineProblems } from '../kernel/problem.ts'

/** `basemap-away`: the provider did not answer, or not with something we pass on. The page shows its own backdrop. */
export const basemapProblem = defineProblems({ 'basemap-away': 503, 'range-not-satisfiable': 416 })

/** A MapLibre style whose addresses all lie on this server. */
export const basemapStyleSchema = z
  .looseObject({
    version: z.literal(8),
    sources: z.record(z.string(), z.looseObject({ type: z.string() })),
    layers: z.array(z.looseObject({})),
  })
  .meta({ id: 'BasemapStyle' })
export type BasemapStyle = z.infer<typeof basemapStyleSchema>
