import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { replaceLayerData } from '../../server/constraints/import.ts'
import type { Finding } from '../../server/feasibility/contract.ts'
import { createChecker } from '../../server/feasibility/service.ts'
import type { PlaceGeometry, Position } from '../../server/kernel/geometry.ts'
import { systemClock } from '../../server/platform/clock.ts'
import type { Database } from '../../server/platform/db/connect.ts'
import { readVectorFile } from '../../server/platform/vectorFile/readVectorFile.ts'
import { randomPlaces } from './feasibilityPlaces.ts'
import { type Measured, Spatialite } from './spatialite.ts'

// Real data of the neighbour under the layers it belongs to.
const SAMPLES: Record<string, string[]> = {
  drikkevand: ['bnbo', 'drikkevandsinteresser'],
  fredning: ['fredede-omraader'],
  jordv: ['jordforurening-v1', 'jordforurening-v2'],
  lokalplan: ['lokalplaner'],
  par3: ['par3-naturtyper'],
  par16soe: ['soeer'],
  vandloeb: ['vandloeb-flade'],
}
const PLACES = 2_000
const DISTANCE_TOLERANCE_M = 0.01
const OVERLAP_TOLERANCE = 0.1

interface LayerRun {
  layerId: string
  features: number
  left: number
  compared: number
  met: number
  worstDistanceM: number
  worstOverlap: number
  differences: string[]
}

/** Puts the valid features of the files into a layer; answers how many, and how many were left out. */
async function loadLayer(db: Database, layerId: string, files: readonly string[]) {
  const read = await Promise.all(files.map((file) => readVectorFile(file)))
  const geometries = read.flatMap(({ features }) => features.map(({ geometry }) => geometry))
  const { rows } = await sql<{ isValid: boolean }>`
    select ST_IsValid(ST_SetSRID(ST_GeomFromGeoJSON(part.value), 25832)) as "isValid"
    from json_array_elements(${JSON.stringify(geometries)}::json) with ordinality as part (value, number) order by number`.execute(db)
  const valid = geometries.filter((_geometry, index) => rows[index]?.isValid)
  const features = valid.map((geometry) => ({ sourceId: null, label: null, applies: true, properties: {}, geometry }))
  const now = systemClock.now()
  const dataset = {
    layerId,
    source: 'sample',
    sourceKind: 'file' as const,
    datasetDate: null,
    loadedAt: now,
    checksum: 'sample',
    report: {},
  }
  await db.transaction().execute((trx) => replaceLayerData(trx, dataset, features))
  return { features: valid.length, left: geometries.length - valid.length }
}

async function checkAll(db: Database, places: readonly PlaceGeometry[]): Promise<Finding[][]> {
  const check = createChecker({ db, clock: systemClock })
  const found: Finding[][] = []
  for (const geometry of places) found.push((await check({ geometry, installationType: null }, 'da')).findings)
  return found
}

function compareFound(run: LayerRun, place: number, ours: Finding, theirs: Measured): void {
  const say = (what: string) => run.differences.push(`${run.layerId}, place ${place}: ${what}`)
  const overlap = ours.overlapM2 ?? ours.overlapM ?? 0
  const [distanceOff, overlapOff] = [
    Math.abs(ours.distanceM - theirs.distanceM),
    Math.abs(overlap - (theirs.isInside ? theirs.overlap : 0)),
  ]
  run.met += 1
  run.worstDistanceM = Math.max(run.worstDistanceM, distanceOff)
  run.worstOverlap = Math.max(run.worstOverlap, overlapOff)
  if ((ours.relation === 'inside') !== theirs.isInside) say(`${ours.relation}, but SpatiaLite says ${theirs.isInside ? 'inside' : 'near'}`)
  if (distanceOff > DISTANCE_TOLERANCE_M) say(`${ours.distanceM} m, but SpatiaLite says ${theirs.distanceM} m`)
  if (overlapOff > OVERLAP_TOLERANCE) say(`shares ${overlap}, but SpatiaLite says ${theirs.overlap}`)
}

function compareOne(run: LayerRun, place: number, ours: Finding | undefined, theirs: Measured | undefined, reachM: number): void {
  if (ours !== undefined && theirs !== undefined) {
    compareFound(run, place, ours, theirs)
    return
  }
  const only = ours?.distanceM ?? theirs?.distanceM
  // A thing as far away as the reach may be listed by one and not by the other.
  if (only === undefined || Math.abs(only - reachM) <= DISTANCE_TOLERANCE_M) return
  run.differences.push(`${run.layerId}, place ${place}: only ${ours ? 'the check' : 'SpatiaLite'} meets it, at ${only} m`)
}

function tableOf(runs: readonly LayerRun[]): string[] {
  const cells = ['layer', 'features', 'invalid', 'places', 'met', 'distance off', 'share off', 'differences']
  const row = (values: readonly string[]) => values.map((value, index) => (index === 0 ? value.padEnd(12) : value.padStart(13))).join('')
  return [
    row(cells),
    ...runs.map((run) =>
      row([
        run.layerId,
        ...[run.features, run.left, run.compared, run.met].map(String),
        `${run.worstDistanceM.toFixed(4)} m`,
        run.worstOverlap.toFixed(4),
        String(run.differences.length),
      ]),
    ),
  ]
}

async function readBorder(folder: string): Promise<Position[]> {
  const { features } = JSON.parse(readFileSync(join(folder, 'geo', 'eksempel-herlev-kommunegraense.geojson'), 'utf8'))
  // The western side is the border between the two municipalities.
  return (features[0].geometry.coordinates[0] as Position[]).filter(([lng]) => lng < 12.43)
}

/** The check against an independent computation on the neighbour's real data: same layers, same distances, same shares. */
export async function compareFeasibility(db: Database, folder: string, local: string, say: (line: string) => void) {
  const places = randomPlaces(await readBorder(folder), PLACES)
  const spatialite = new Spatialite(local)
  spatialite.addPlaces(places)
  const loaded = new Map<string, { features: number; left: number }>()
  for (const [layerId, names] of Object.entries(SAMPLES)) {
    const files = names.map((name) => join(folder, 'geo', `eksempel-herlev-${name}.geojson`))
    loaded.set(layerId, await loadLayer(db, layerId, files))
    spatialite.addLayer(layerId, files)
  }
  const ours = await checkAll(db, places)
  const runs: LayerRun[] = []
  for (const [layerId, counts] of loaded) {
    const layer = await db
      .selectFrom('constraint_layer')
      .where('layer_id', '=', layerId)
      .select(['distance_m', 'warn_m'])
      .executeTakeFirstOrThrow()
    const reachM = layer.distance_m + layer.warn_m
    const theirs = new Map(spatialite.measure(layerId, reachM).map((measured) => [measured.place, measured]))
    const run: LayerRun = { layerId, ...counts, compared: places.length, met: 0, worstDistanceM: 0, worstOverlap: 0, differences: [] }
    if (spatialite.countValid(layerId).valid !== counts.features) run.differences.push(`${layerId}: another number of valid features`)
    for (const place of places.keys()) {
      compareOne(
        run,
        place,
        ours[place]?.find((finding) => finding.layerId === layerId),
        theirs.get(place),
        reachM,
      )
    }
    runs.push(run)
  }
  for (const line of [...tableOf(runs), ...runs.flatMap(({ differences }) => differences.slice(0, 5))]) say(line)
  const [met, differences] = [runs.reduce((sum, run) => sum + run.met, 0), runs.reduce((sum, run) => sum + run.differences.length, 0)]
  return {
    name: 'the check of places against SpatiaLite',
    found: `${differences} differences in ${met} findings at ${places.length} places (distances within 1 cm, shares within 0.1 m²)`,
    passed: differences === 0 && met > PLACES / 4,
  }
}
