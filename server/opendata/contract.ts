import { z } from 'zod'

/** What the page must know of this installation before anything else. Nothing secret. */
export const publicConfigSchema = z
  .object({
    municipality: z.string(),
    /** The round the front page shows: the newest that is not over, else the newest. */
    currentYear: z.int().nullable(),
    /** Null means: our own backdrop. */
    basemap: z.object({ kind: z.enum(['style', 'pmtiles']), url: z.string(), attribution: z.string().nullable() }).nullable(),
    /** The official map viewer, with `{lng}`, `{lat}` (EPSG:4326), `{east}`, `{north}` (EPSG:25832) to fill in; null without one. */
    mapViewerUrl: z.string().nullable(),
    isDemo: z.boolean(),
    isTestSignIn: z.boolean(),
  })
  .meta({ id: 'PublicConfig' })
export type PublicConfig = z.infer<typeof publicConfigSchema>
