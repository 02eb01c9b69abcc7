import { parentPort, workerData } from 'node:worker_threads'
import { STORAGE_SRID } from '../../kernel/crs.ts'
import { type Gdal, type GdalDataset, openGdal } from './gdal.ts'
import { VectorFileError } from './vectorFileError.ts'
import type { VectorFileHead, WorkerAnswer, WorkerTask } from './vectorFileTypes.ts'

interface LayerInfo {
  name: string
  featureCount: number
  geometryFields?: {
    coordinateSystem?: {
      wkt?: string
      projjson?: { name?: string; type?: string; id?: { authority: string; code: number | string } }
    } | null
  }[]
}

const DRIVERS = new Set(['GeoJSON', 'TopoJSON', 'GPKG', 'ESRI Shapefile', 'GML', 'MapInfo File', 'FlatGeobuf', 'JSONFG'])
const FORMATS = 'GeoJSON, GeoPackage, Shapefile (zip), GML, MapInfo (TAB or MIF, zip) and FlatGeobuf'

const { files, shownName, outputFolder, layer, encoding, where, assumedCrs, mendInvalid } = workerData as WorkerTask
const complaints: string[] = []

function complaintOf(fallback: string): string {
  const line = complaints.find((text) => text.startsWith('ERROR')) ?? fallback
  return line
    .replace(/^ERROR \d+: /, '')
    .replaceAll('/input/', '')
    .replace(/\.$/, '')
}

function pickLayer(layers: LayerInfo[]): LayerInfo {
  const names = layers.map(({ name }) => `"${name}"`).join(', ')
  if (layer !== null) {
    const found = layers.find(({ name }) => name === layer)
    if (found === undefined) throw new VectorFileError('no-such-layer', `${shownName} has no layer "${layer}". It has: ${names || 'none'}.`)
    return found
  }
  const withGeometry = layers.filter(({ geometryFields }) => geometryFields !== undefined && geometryFields.length > 0)
  if (withGeometry.length === 0) throw new VectorFileError('no-features', `${shownName} has no layer with geometries.`)
  if (withGeometry.length > 1)
    throw new VectorFileError('several-layers', `${shownName} has several layers; name one with --layer: ${names}.`)
  return withGeometry[0] as LayerInfo
}

function withoutCrs(): VectorFileError {
  return new VectorFileError(
    'no-coordinate-system',
    `${shownName} names no coordinate system, so nobody can tell where it lies. Save it again with one (a Shapefile needs its .prj file), for example EPSG:25832.`,
  )
}

/** Name of the layer's coordinate system. Engineering systems and GeoPackage's "undefined" ones name no place on earth. */
function crsOf(picked: LayerInfo, driver: string): string {
  if (assumedCrs !== null) return assumedCrs
  const system = picked.geometryFields?.[0]?.coordinateSystem?.projjson
  // GDAL tells the system of a MIF file only when it reads the features; reading them then fails where there is none.
  if (system === undefined && driver === 'MapInfo File') return 'as the MapInfo file defines it'
  const name = system?.name ?? ''
  if (system === undefined || system.type === 'EngineeringCRS' || /^(undefined|unknown)\b/i.test(name) || name === '') throw withoutCrs()
  return system.id ? `${name} (${system.id.authority}:${system.id.code})` : name.replace(/^unnamed$/, 'as the file defines it')
}

async function openFile(gdal: Gdal, file: string): Promise<GdalDataset> {
  const options = encoding === null ? [] : [`ENCODING=${encoding}`]
  const opened = await gdal.open(file, options).catch(() => null)
  const dataset = opened?.datasets[0]
  if (dataset === undefined || dataset.type === 'raster') {
    throw new VectorFileError('not-readable', `${shownName} cannot be read: it is none of ${FORMATS}, or it is damaged.`)
  }
  return dataset
}

/** Writes the features of a layer in storage coordinates, each on a line of its own; returns the file. */
async function writeFeatures(gdal: Gdal, dataset: GdalDataset, layerName: string, sourceCrs: string, name: string): Promise<string> {
  complaints.length = 0
  const options = [
    ...['-f', 'GeoJSON', '-t_srs', `EPSG:${STORAGE_SRID}`, '-dim', 'XY', '-nlt', 'CONVERT_TO_LINEAR'],
    // What was mended has corners where lines cross: rounded less, they stay on their lines.
    ...['-lco', `COORDINATE_PRECISION=${mendInvalid ? 9 : 4}`],
    ...(mendInvalid ? ['-makevalid'] : []),
    ...(assumedCrs === null ? [] : ['-s_srs', assumedCrs]),
    ...(where === null ? [] : ['-where', where]),
    layerName,
  ]
  // What GDAL complains of says more than the rejected promise.
  const written = await gdal.ogr2ogr(dataset, options, name).catch(() => null)
  const failed = complaints.some((line) => line.startsWith('ERROR'))
  if (written === null || failed) {
    const said = complaints.join(' ')
    if (/no coordinate system|coordinate transformation|ENGCRS|LOCAL_CS/i.test(said)) throw withoutCrs()
    if (/reproject|invalid (latitude|longitude|coordinate)/i.test(said)) {
      throw new VectorFileError(
        'not-readable',
        `${shownName} says its coordinates are in ${sourceCrs}, but they do not fit it. Save it again with the right coordinate system.`,
      )
    }
    throw new VectorFileError(
      'not-readable',
      `${shownName} cannot be read as features in EPSG:${STORAGE_SRID}: ${complaintOf('it is damaged')}.`,
    )
  }
  return written.real
}

async function readOne(gdal: Gdal, file: string, name: string): Promise<VectorFileHead & { output: string }> {
  const dataset = await openFile(gdal, file)
  const info = (await gdal.ogrinfo(dataset, ['-so']).catch(() => null)) as { driverShortName: string; layers: LayerInfo[] } | null
  if (info === null || !DRIVERS.has(info.driverShortName)) {
    throw new VectorFileError('not-readable', `${shownName} cannot be read: it is none of ${FORMATS}, or it is damaged.`)
  }
  const picked = pickLayer(info.layers)
  const sourceCrs = crsOf(picked, info.driverShortName)
  const output = await writeFeatures(gdal, dataset, picked.name, sourceCrs, name)
  await gdal.close(dataset)
  return { layer: picked.name, format: info.driverShortName, sourceCrs, output }
}

async function read(): Promise<VectorFileHead & { outputs: string[] }> {
  const gdal = await openGdal(outputFolder, (line) => complaints.push(line))
  const outputs: string[] = []
  let head: VectorFileHead | null = null
  for (const [index, file] of files.entries()) {
    const { output, ...one } = await readOne(gdal, file, `features${index}`)
    outputs.push(output)
    head ??= one
  }
  if (head === null) throw new VectorFileError('no-features', `${shownName} holds no files.`)
  return { ...head, outputs }
}

const answer: WorkerAnswer = await read().then(
  (result) => ({ ok: true, result }),
  (error: Error) =>
    error instanceof VectorFileError
      ? { ok: false, reason: error.reason, message: error.message }
      : { ok: false, reason: 'not-readable', message: `${shownName} cannot be read: ${error.message}.` },
)
parentPort?.postMessage(answer)
