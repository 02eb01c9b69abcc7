import { z } from 'zod'
import { layerIdSchema } from '../constraints/contract.ts'
import { writtenNumber } from '../kernel/writtenNumber.ts'

export const TILE_COLLECTIONS = ['districts', 'ideas', 'projects', 'installations'] as const
export type TileCollection = (typeof TILE_COLLECTIONS)[number]
export const TILE_EXTENT = 4096
export const TILE_BUFFER = 64
export const MAX_ZOOM = 22
const addressParams = {
  z: writtenNumber(z.int().min(0).max(MAX_ZOOM)).meta({ example: 14 }),
  x: writtenNumber(z.int().min(0)).meta({ example: 8754 }),
  y: z
    .string()
    .regex(/^\d{1,8}\.mvt$/)
    .meta({ example: '5122.mvt' }),
}

export const tileParamSchema = z.object({ collection: z.enum(TILE_COLLECTIONS), ...addressParams })
export const constraintTileParamSchema = z.object({ layerId: layerIdSchema, ...addressParams })
export const tileQuerySchema = z.object({ year: writtenNumber(z.int().min(2000).max(2100)).optional() })

export const tileJsonParamSchema = z.object({
  document: z.templateLiteral([z.enum(TILE_COLLECTIONS), '.json']).meta({ example: 'ideas.json' }),
})

export const constraintTileJsonParamSchema = z.object({
  document: z
    .string()
    .regex(/^[a-z0-9-]{1,40}\.json$/)
    .meta({ example: 'par3.json' }),
})

/** TileJSON 3.0.0 of one collection: what QGIS and MapLibre need to load it. */
export const tileJsonSchema = z
  .object({
    tilejson: z.literal('3.0.0'),
    name: z.string(),
    description: z.string(),
    attribution: z.string(),
    scheme: z.literal('xyz'),
    tiles: z.array(z.string()),
    minzoom: z.int(),
    maxzoom: z.int(),
    /** west, south, east, north. @unit degrees */
    bounds: z.tuple([z.number(), z.number(), z.number(), z.number()]),
    vector_layers: z.array(
      z.object({
        id: z.string(),
        description: z.string(),
        minzoom: z.int(),
        maxzoom: z.int(),
        fields: z.record(z.string(), z.string()),
      }),
    ),
  })
  .meta({ id: 'TileJson' })
export type TileJson = z.infer<typeof tileJsonSchema>
