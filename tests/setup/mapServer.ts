import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { installPackages, isDebianAsRoot } from './debianPackage.ts'

const PROGRAMS = ['/usr/lib/cgi-bin/mapserv', '/usr/bin/mapserv']

function findProgram(): string {
  const found = () => PROGRAMS.find((path) => existsSync(path))
  if (!found() && isDebianAsRoot()) installPackages('cgi-mapserver')
  const path = found()
  if (path) return path
  throw new Error('These tests load layers from a real WFS server and need MapServer: apt-get install cgi-mapserver')
}

export interface ServedLayer {
  name: string
  /** A file in a coordinate system of its own, next to the others in `folder`. */
  file: string
  type?: 'POLYGON' | 'LINE' | 'POINT'
  featureId?: string
  srs?: string
}

export interface CgiAnswer {
  status: number
  headers: Record<string, string>
  body: Buffer
}

/** What a request gets instead of the server's own answer; `undefined`: the server's own. */
export type Mischief = (
  query: URLSearchParams,
  own: () => Promise<CgiAnswer>,
  response: ServerResponse,
) => Promise<CgiAnswer | 'handled' | undefined> | CgiAnswer | 'handled' | undefined

export interface MapServer {
  readonly url: string
  /** Queries it was asked, in order. */
  readonly asked: URLSearchParams[]
  mischief: Mischief | null
  close(): Promise<void>
}

function layerBlock({ name, file, type = 'POLYGON', featureId = 'objekt_id', srs = 'EPSG:25832 EPSG:4326' }: ServedLayer): string {
  return `LAYER NAME "${name}" TYPE ${type} STATUS ON CONNECTIONTYPE OGR CONNECTION "${file}"
    PROJECTION "init=epsg:25832" END
    METADATA "wfs_title" "${name}" "wfs_srs" "${srs}" "gml_include_items" "all" "gml_featureid" "${featureId}" "wfs_enable_request" "*" "ows_enable_request" "*"
      "wfs_use_default_extent_for_getfeature" "false" "oga_enable_request" "*" END
    TEMPLATE "dummy" END`
}

function mapFile(layers: readonly ServedLayer[], url: string, isGeoJson: boolean): string {
  return `MAP NAME "proeve" EXTENT 690000 6160000 740000 6200000 SIZE 100 100 UNITS METERS
  PROJECTION "init=epsg:25832" END
  WEB METADATA "ows_title" "proeve" "wfs_title" "proeve" "wfs_namespace_prefix" "dai" "wfs_namespace_uri" "https://dai.example" "wfs_onlineresource" "${url}/wfs?" "wfs_srs" "EPSG:25832 EPSG:4326" "wfs_enable_request" "*"
    ${isGeoJson ? '"wfs_getfeature_formatlist" "geojson"' : ''} END END
  OUTPUTFORMAT NAME "geojson" DRIVER "OGR/GEOJSON" MIMETYPE "application/json; subtype=geojson; charset=utf-8"
    FORMATOPTION "STORAGE=memory" FORMATOPTION "FORM=SIMPLE" END
  ${layers.map(layerBlock).join('\n  ')}
END`
}

function runCgi(program: string, environment: Record<string, string>): Promise<CgiAnswer> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, [], { env: environment, stdio: ['ignore', 'pipe', 'ignore'] })
    const chunks: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.once('error', reject)
    child.once('close', () => {
      const whole = Buffer.concat(chunks)
      const at = whole.indexOf('\r\n\r\n')
      const lines = whole.subarray(0, at).toString('latin1').split('\r\n')
      const headers = Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]))
      const status = Number.parseInt(headers.Status ?? '200', 10)
      delete headers.Status
      resolve({ status, headers, body: whole.subarray(at + 4) })
    })
  })
}

/** Debian's MapServer as a WFS server on loopback, over files the test wrote. */
export async function startMapServer(layers: readonly ServedLayer[], { isGeoJson = true } = {}): Promise<MapServer> {
  const program = findProgram()
  const folder = mkdtempSync(join(tmpdir(), 'bm-mapserver-'))
  const asked: URLSearchParams[] = []
  // Its files never change: what it answered once it would answer again, a process and a tenth of a second later.
  const answers = new Map<string, Promise<CgiAnswer>>()
  const answerTo = (query: string) => {
    const answer =
      answers.get(query) ??
      runCgi(program, {
        REQUEST_METHOD: 'GET',
        QUERY_STRING: query,
        MS_MAPFILE: join(folder, 'proeve.map'),
        MAPSERVER_CONFIG_FILE: join(folder, 'mapserver.conf'),
        PATH: process.env.PATH ?? '',
      })
    answers.set(query, answer)
    return answer
  }
  const server = createServer(async (request, response) => {
    const query = (request.url ?? '').split('?')[1] ?? ''
    asked.push(new URLSearchParams(query))
    const own = () => answerTo(query)
    const answer = (await running.mischief?.(new URLSearchParams(query), own, response)) ?? (await own())
    if (answer === 'handled') return
    response.writeHead(answer.status, answer.headers)
    response.end(answer.body)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as { port: number }
  const url = `http://127.0.0.1:${port}`
  writeFileSync(join(folder, 'mapserver.conf'), 'CONFIG\n  ENV\n    MS_MAP_PATTERN "."\n  END\nEND\n')
  writeFileSync(join(folder, 'proeve.map'), mapFile(layers, url, isGeoJson))
  const running: MapServer = {
    url: `${url}/wfs`,
    asked,
    mischief: null,
    close: () =>
      new Promise((done) => {
        rmSync(folder, { recursive: true, force: true })
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
  return running
}
