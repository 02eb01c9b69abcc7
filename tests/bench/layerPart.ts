import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { type Bench, MANY, measureSubject, ROUNDS, statementsPerRequest, warmUp } from './againstRaw.ts'
import { type Figure, type PartResult, rounded, spreadOf } from './measure.ts'
import { MOST_STATEMENTS, prepareRawLoad } from './pgbench.ts'
import type { PostgisServer } from './postgis.ts'
import { layerTileQuestions, type Questions } from './requests.ts'
import { prepareDatabase } from './seed.ts'
import { startHttpLoad, startServerProcess } from './serverProcess.ts'
import { explain } from './statements.ts'

const run = promisify(execFile)
const command = resolve(import.meta.dirname, '../../data/load.ts')
const LAYER = 'ejerskab'
const PARCELS = 100_000
const COLUMNS = 400
const ROWS = PARCELS / COLUMNS
const SIDE_M = 27
/** Corners of a parcel's outline, the closing one included. */
const VERTICES = 27
const ZOOM = 14
const TIMES = 3
const WATCHED_EVERY_MS = 100

/** Outline of a parcel: a square whose sides bend a little, as its neighbours' do. @crs EPSG:25832 */
function outlineOf(column: number, row: number, west: number, south: number): [number, number][] {
  const corner = (x: number, y: number): [number, number] => [
    west + SIDE_M * x + 2 * Math.sin(1.7 * x + 0.9 * y),
    south + SIDE_M * y + 2 * Math.cos(1.3 * x - 0.7 * y),
  ]
  const steps = [7, 6, 7, 6]
  const sides = [
    [0, 0, 1, 0],
    [1, 0, 0, 1],
    [1, 1, -1, 0],
    [0, 1, 0, -1],
  ] as const
  const ring = sides.flatMap(([x, y, dx, dy], side) =>
    Array.from({ length: steps[side] as number }, (_, step) => {
      const part = step / (steps[side] as number)
      return corner(column + x + dx * part, row + y + dy * part)
    }),
  )
  return [...ring, ring[0] as [number, number]]
}

/** Writes the parcels as a GeoPackage and returns its path; a metre further east each time, so that no data is the same as before. */
async function writeParcels(folder: string, middle: { x: number; y: number }, time: number): Promise<string> {
  const lines = join(folder, `parcels${time}.geojsonl`)
  const file = createWriteStream(lines)
  const [west, south] = [middle.x + time - (COLUMNS * SIDE_M) / 2, middle.y - (ROWS * SIDE_M) / 2]
  for (let row = 0; row < ROWS; row += 1) {
    for (let column = 0; column < COLUMNS; column += 1) {
      const properties = { matrikelnr: `${row}${String.fromCharCode(97 + (column % 26))}`, ejer: column % 3 === 0 ? 'Kommune' : 'Privat' }
      const geometry = { type: 'Polygon', coordinates: [outlineOf(column, row, west, south)] }
      if (!file.write(`${JSON.stringify({ type: 'Feature', properties, geometry })}\n`)) await once(file, 'drain')
    }
  }
  file.end()
  await once(file, 'finish')
  const target = join(folder, `parcels${time}.gpkg`)
  await run('ogr2ogr', ['-f', 'GPKG', '-a_srs', 'EPSG:25832', '-nln', 'parcels', target, `GeoJSONSeq:${lines}`])
  return target
}

interface Loaded {
  readonly seconds: number
  /** Most memory the process ever held, its threads included. @unit MB */
  readonly memoryMb: number
  readonly progressLines: number
}

/** Runs the command as people run it, and watches its memory. */
async function loadParcels(file: string, databaseUrl: string): Promise<Loaded> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-load-'))
  const environment = { DATABASE_URL: databaseUrl, NODE_ENV: 'test', LOCAL_DIR: folder, LOG_LEVEL: 'silent' }
  const choice = ['constraint', LAYER, file, '--applies', 'ejer=Privat', '--label-attribute', 'matrikelnr']
  const began = performance.now()
  const child = spawn(process.execPath, [command, ...choice], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said: string[] = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => said.push(String(text)))
  let memoryKb = 0
  const watch = setInterval(() => {
    try {
      memoryKb = Math.max(memoryKb, Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0))
    } catch {} // it ended between two looks
  }, WATCHED_EVERY_MS)
  const [code] = await once(child, 'exit')
  clearInterval(watch)
  rmSync(folder, { recursive: true, force: true })
  if (code !== 0) throw new Error(`Loading failed:\n${said.join('')}`)
  const progressLines = said.join('').match(/features read/g)?.length ?? 0
  return { seconds: (performance.now() - began) / 1000, memoryMb: memoryKb / 1024, progressLines }
}

async function measureLoading(postgis: PostgisServer, database: string, files: readonly string[]): Promise<Figure[]> {
  const loads: Loaded[] = []
  for (const file of files) loads.push(await loadParcels(file, postgis.urlOf(database)))
  const megabytes = statSync(files[0] as string).size / 2 ** 20
  return [
    {
      name: `Loading ${PARCELS} polygons from a GeoPackage`,
      bar: { atMost: 60 },
      unit: 's',
      measured: spreadOf(loads.map(({ seconds }) => seconds)),
      detail: `${VERTICES} corners each, ${rounded(megabytes)} MB, the whole command; progress said ${loads[0]?.progressLines} times`,
    },
    {
      name: 'Most memory of the process that loads them',
      bar: { atMost: 1_536 },
      unit: 'MB',
      measured: spreadOf(loads.map(({ memoryMb }) => memoryMb)),
      detail: 'its threads included',
    },
  ]
}

/** How long a real layer takes to load, and how fast its tiles are then against their raw statement. */
export async function measureLayer(postgis: PostgisServer, database: string): Promise<PartResult> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-parcels-'))
  const handle = await prepareDatabase(postgis.urlOf(database))
  const http = startHttpLoad()
  try {
    const { rows } = await handle.pool.query(
      'select ST_X(at) as x, ST_Y(at) as y from (select ST_Centroid(ST_Collect(label_point)) as at from current_district_area) m',
    )
    const files: string[] = []
    for (let time = 0; time < TIMES; time += 1) files.push(await writeParcels(folder, rows[0], time))
    const figures = await measureLoading(postgis, database, files)
    const questions = await layerTileQuestions(handle, LAYER, ZOOM, MOST_STATEMENTS)
    const raw = prepareRawLoad(postgis, database, questions.statements)
    const subject = {
      name: `Layer tile at zoom ${ZOOM} over ${PARCELS} parcels`,
      questions,
      raw,
      bar: 0.9,
      cachedAs: 'constraints' as const,
      encoding: 'gzip',
      rawS: 10,
    }
    const server = await startServerProcess(postgis.urlOf(database))
    const bench: Bench = { handle, http, port: server.port, database }
    try {
      await warmUp(bench, [subject])
      figures.push(...(await measureSubject(bench, subject)))
      const perRequest = await statementsPerRequest(bench, subject)
      return {
        figures,
        plans: { 'Layer tile': await explain(handle.pool, questions.statements[0] as Questions['statements'][number]) },
        notes: [
          `Loaded ${TIMES} times, each time in the place of the data before; ${questions.paths.length} tiles, ${ROUNDS} rounds of raw and request by turns over ${MANY} connections.`,
          `${rounded(perRequest)} statements finished per request; the job queue’s own taken off.`,
        ],
      }
    } finally {
      await server.stop()
      raw.remove()
    }
  } finally {
    await http.stop()
    await handle.close()
    rmSync(folder, { recursive: true, force: true })
  }
}
