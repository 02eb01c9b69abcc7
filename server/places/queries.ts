import { sql } from 'kysely'
import type { Database } from '../platform/db/connect.ts'
import { asLngLat, fromEastNorth } from '../platform/db/postgis.ts'
import type { Place } from './contract.ts'
import { foldName } from './rules.ts'

/** How far outside the districts an address still belongs to the search. @unit metres */
const SURROUNDINGS_M = 2_000
const LIKENESS_MIN = 0.35

/** `foldName` for the column: the accents listed are those of names here and in the neighbouring languages. */
const folded = sql`trim(regexp_replace(replace(replace(replace(translate(lower(translate(p.name, 'ÆØÅÄÖÉÈÜ', 'æøåäöéèü')),
  'æøåäöéèêëüùáàâíìóòôçñ', 'aoaaoeeeeuuaaaiiooocn'), 'ae', 'a'), 'oe', 'o'), 'aa', 'a'), '[^a-z0-9]+', ' ', 'g'))`

// On a shared border the first by id, as everywhere.
const coveringDistrict = sql`(select a.district_id from current_district_area a where ST_Covers(a.geom, p.geom) order by a.district_id limit 1)`

type PlaceRow = Omit<Place, 'lng' | 'lat' | 'source'> & { lngLat: [number, number] }

function toPlace({ lngLat: [lng, lat], name, kind, districtId, accuracy }: PlaceRow, source: Place['source']): Place {
  return { name, kind, lng, lat, districtId, accuracy, source }
}

/** Which places of the gazetteer are meant? Same name first, then beginnings, then words within, then likeness. */
export async function searchPlaces(db: Database, words: string, limit: number): Promise<Place[]> {
  const wanted = foldName(words)
  if (wanted === '') return []
  const { rows } = await sql<PlaceRow>`
    select name, kind, "lngLat", "districtId", accuracy
    from (
      select p.name, p.kind, ${asLngLat(sql`p.geom`)} as "lngLat", ${coveringDistrict} as "districtId", p.accuracy, f.folded,
        case when f.folded = ${wanted} then 0 when starts_with(f.folded, ${wanted}) then 1
          when position(concat(' ', ${wanted}::text) in f.folded) > 0 then 2 when position(${wanted} in f.folded) > 0 then 3 else 4 end as rank,
        greatest(similarity(${wanted}, f.folded), word_similarity(${wanted}, f.folded)) as likeness
      from place p cross join lateral (select ${folded} as folded offset 0) f
    ) found
    where rank < 4 or likeness >= ${LIKENESS_MIN}
    order by rank, likeness desc, name, "districtId"
    limit ${limit}`.execute(db)
  return rows.map((row) => toPlace(row, 'gazetteer'))
}

/** An address as the service gives it. @crs EPSG:25832 */
export interface FoundAddress {
  name: string
  x: number
  y: number
}

/** Which of these addresses lie in the municipality or its surroundings, and in which district? */
export async function locateAddresses(db: Database, addresses: readonly FoundAddress[]): Promise<Place[]> {
  if (addresses.length === 0) return []
  const { rows } = await sql<PlaceRow>`
    select p.name, 'address' as kind, ${asLngLat(sql`p.geom`)} as "lngLat", ${coveringDistrict} as "districtId", 'good' as accuracy
    from (
      select item ->> 'name' as name, position,
        ${fromEastNorth(sql`(item ->> 'x')::float8`, sql`(item ->> 'y')::float8`)} as geom
      from jsonb_array_elements(${JSON.stringify(addresses)}::jsonb) with ordinality as given (item, position)
    ) p
    where exists (select from current_district_area a where ST_DWithin(a.geom, p.geom, ${SURROUNDINGS_M}))
    order by p.position`.execute(db)
  return rows.map((row) => toPlace(row, 'address-service'))
}

/** In which districts do points of this street lie? */
export async function selectStreetDistricts(db: Database, streetName: string): Promise<string[]> {
  const { rows } = await sql<{ districtId: string }>`
    select distinct coalesce(${coveringDistrict}, p.district_id) as "districtId"
    from place p where p.kind = 'street' and ${folded} = ${foldName(streetName)}`.execute(db)
  return rows.map(({ districtId }) => districtId).filter((districtId) => districtId !== null)
}
