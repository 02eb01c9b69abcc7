import { sql } from 'kysely'
import type { Database } from '../platform/db/connect.ts'
import { fromLngLat } from '../platform/db/postgis.ts'

export interface GazetteerPlace {
  id: string
  name: string
  kind: string
  lon: number
  lat: number
  districtId: string | null
  accuracy: 'good' | 'approximate'
}

/** Makes the gazetteer hold exactly these places. Runs inside the transaction given. */
export async function replacePlaces(trx: Database, places: readonly GazetteerPlace[]): Promise<void> {
  await trx.deleteFrom('place').execute()
  if (places.length === 0) return
  await trx
    .insertInto('place')
    .values(
      places.map(({ id, name, kind, lon, lat, districtId, accuracy }) => ({
        place_id: id,
        name,
        kind,
        geom: fromLngLat(lon, lat),
        // A municipality with other districts has no use for ours.
        district_id: sql<string | null>`(select district_id from district where district_id = ${districtId})`,
        accuracy,
      })),
    )
    .execute()
}
