import { execFileSync } from 'node:child_process'

const NOT_OURS = '(kysely_*|spatial_ref_sys|geometry_columns|geography_columns|raster_columns|raster_overviews)'

/** Writes the tables of a migrated database as TypeScript types. */
export function writeTypes(databaseUrl: string, outFile: string): void {
  const options = {
    dialect: 'postgres',
    url: databaseUrl,
    'out-file': outFile,
    'numeric-parser': 'number',
    'exclude-pattern': NOT_OURS,
    'date-parser': 'string',
    'type-mapping': '{"int8":"number","tsvector":"string"}',
    'log-level': 'error',
  }
  const words = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value])
  execFileSync('kysely-codegen', words, { stdio: ['ignore', 'ignore', 'inherit'] })
}
