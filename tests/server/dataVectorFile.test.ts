import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Gdal, GdalDataset } from '../../server/platform/vectorFile/gdal.ts'
import { readVectorFile } from '../../server/platform/vectorFile/readVectorFile.ts'
import { zipOf } from '../builders/zipFile.ts'
import { takeGdal } from '../setup/gdalOfProcess.ts'

let folder: string
let gdal: Gdal
let source: GdalDataset

const square = (west: number, south: number) => ({
  type: 'Polygon',
  coordinates: [
    [
      [west, south],
      [west + 0.01, south],
      [west + 0.01, south + 0.01],
      [west, south + 0.01],
      [west, south],
    ],
  ],
})
const collection = (extra: object = {}) => ({
  type: 'FeatureCollection',
  ...extra,
  features: [
    { type: 'Feature', properties: { nummer: 5, navn: 'Skovlunde Ø' }, geometry: square(12.38, 55.71) },
    { type: 'Feature', properties: { nummer: 6, navn: 'Måløv' }, geometry: square(12.39, 55.71) },
  ],
})

beforeAll(async () => {
  const own = await takeGdal()
  folder = own.folder
  gdal = own.gdal
  writeFileSync(join(folder, 'source.geojson'), JSON.stringify(collection()))
  source = (await gdal.open(join(folder, 'source.geojson'))).datasets[0] as GdalDataset
})

/** Writes the source in a format; returns the path without extension. */
async function write(format: string, name: string, ...options: string[]): Promise<string> {
  await gdal.ogr2ogr(source, ['-f', format, ...options], name)
  return join(folder, name)
}

function zipped(path: string, extensions: string[]): string {
  const entries = extensions.map((extension) => ({ name: `map/data.${extension}`, content: readFileSync(`${path}.${extension}`) }))
  writeFileSync(`${path}.zip`, zipOf(entries))
  return `${path}.zip`
}

async function expectSource(file: string, format: string): Promise<void> {
  const read = await readVectorFile(file)
  expect(read.format).toBe(format)
  const byNumber = read.features.toSorted((a, b) => Number(a.properties.nummer) - Number(b.properties.nummer))
  expect(byNumber.map(({ properties }) => [properties.nummer, properties.navn])).toEqual([
    [5, 'Skovlunde Ø'],
    [6, 'Måløv'],
  ])
  const ring = (byNumber[0]?.geometry?.coordinates as [number, number][][] | undefined)?.[0] ?? []
  const corner = [Math.min(...ring.map(([x]) => x)), Math.min(...ring.map(([, y]) => y))] as const
  // ST_Transform in PostGIS; MapInfo keeps centimetres.
  expect(Math.abs(corner[0] - 712_279.76)).toBeLessThan(0.1)
  expect(Math.abs(corner[1] - 6_178_981.08)).toBeLessThan(0.1)
}

describe('every format in its own coordinate system', () => {
  test.each(['EPSG:4326', 'EPSG:25832', 'EPSG:25833', 'EPSG:3857', 'EPSG:4258'])('GeoPackage in %s', async (crs) => {
    await expectSource(`${await write('GPKG', `g${crs.slice(5)}`, '-t_srs', crs)}.gpkg`, 'GPKG')
  })
  test('GeoJSON, plain and with a named system', async () => {
    await expectSource(join(folder, 'source.geojson'), 'GeoJSON')
    await expectSource(`${await write('GeoJSON', 'named', '-t_srs', 'EPSG:25832')}.geojson`, 'GeoJSON')
  })
  test('Shapefile in a zip', async () => {
    const path = await write('ESRI Shapefile', 'shape', '-t_srs', 'EPSG:25832', '-lco', 'ENCODING=UTF-8')
    await expectSource(zipped(path, ['shp', 'shx', 'dbf', 'prj', 'cpg']), 'ESRI Shapefile')
  })
  test('GML', async () => expectSource(`${await write('GML', 'gml', '-t_srs', 'EPSG:25832')}.gml`, 'GML'))
  test('MapInfo TAB and MIF in a zip', async () => {
    const encoding = ['-lco', 'ENCODING=UTF-8']
    await expectSource(
      zipped(await write('MapInfo File', 'tab', '-t_srs', 'EPSG:25832', ...encoding), ['tab', 'dat', 'map', 'id']),
      'MapInfo File',
    )
    const mif = await write('MapInfo File', 'mif', '-t_srs', 'EPSG:25832', '-dsco', 'FORMAT=MIF', ...encoding)
    await expectSource(zipped(mif, ['mif', 'mid']), 'MapInfo File')
  })
  test('FlatGeobuf', async () => expectSource(`${await write('FlatGeobuf', 'fgb', '-t_srs', 'EPSG:25832')}.fgb`, 'FlatGeobuf'))
})

describe('what cannot be read says why', () => {
  const put = (name: string, content: string | Buffer) => {
    writeFileSync(join(folder, name), content)
    return readVectorFile(join(folder, name))
  }

  test('no coordinate system', async () => {
    const path = await write('ESRI Shapefile', 'lost', '-lco', 'ENCODING=UTF-8')
    await expect(readVectorFile(zipped(path, ['shp', 'shx', 'dbf']))).rejects.toMatchObject({
      reason: 'no-coordinate-system',
      message: expect.stringContaining('names no coordinate system'),
    })
  })
  test('coordinates that are not in the system the file names', async () => {
    const metres = { type: 'Feature', properties: {}, geometry: { type: 'Point', coordinates: [711_803, 6_178_900] } }
    await expect(put('metres.geojson', JSON.stringify({ type: 'FeatureCollection', features: [metres] }))).rejects.toThrow(/do not fit it/)
  })
  test('layers', async () => {
    await gdal.ogr2ogr(source, ['-f', 'GPKG', '-nln', 'first'], 'two')
    const two = `${join(folder, 'two')}.gpkg`
    await gdal.ogr2ogr(source, ['-f', 'GPKG', '-update', '-nln', 'second'], 'two')
    await expect(readVectorFile(two)).rejects.toMatchObject({
      reason: 'several-layers',
      message: expect.stringContaining('"first", "second"'),
    })
    await expect(readVectorFile(two, { layer: 'third' })).rejects.toMatchObject({ reason: 'no-such-layer' })
    expect((await readVectorFile(two, { layer: 'second', where: 'nummer = 6' })).features).toHaveLength(1)
  })
  test.each([
    ['text.gpkg', 'no database', 'not-readable'],
    ['picture.png', Buffer.from('89504e470d0a1a0a', 'hex'), 'not-readable'],
    ['part.shp', 'x', 'not-readable'],
    [
      'virtual.json',
      '<OGRVRTDataSource><OGRVRTLayer name="passwd"><SrcDataSource>/etc/passwd</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>',
      'not-readable',
    ],
    ['empty.geojson', JSON.stringify({ type: 'FeatureCollection', features: [] }), 'no-features'],
    ['none.zip', zipOf([{ name: 'readme.txt', content: Buffer.from('x') }]), 'not-readable'],
    ['cut.zip', zipOf([{ name: 'a.geojson', content: Buffer.from('{}') }]).subarray(0, 40), 'not-readable'],
    ['path.zip', zipOf([{ name: '../../evil.geojson', content: Buffer.from('{}') }]), 'unsafe-archive'],
    ['root.zip', zipOf([{ name: '/tmp/evil.geojson', content: Buffer.from('{}') }]), 'unsafe-archive'],
    ['windows.zip', zipOf([{ name: 'C:\\evil.geojson', content: Buffer.from('{}') }]), 'unsafe-archive'],
    ['bomb.zip', zipOf([{ name: 'a.geojson', content: Buffer.alloc(20 * 1024 * 1024) }]), 'unsafe-archive'],
    ['liar.zip', zipOf([{ name: 'a.geojson', content: Buffer.alloc(50_000, 'x'), statedBytes: 100 }]), 'unsafe-archive'],
    ['twins.zip', zipOf(['a', 'b'].map((part) => ({ name: `${part}/a.geojson`, content: Buffer.from('{}') }))), 'unsafe-archive'],
    [
      'many.zip',
      zipOf(Array.from({ length: 201 }, (_, index) => ({ name: `${index}.geojson`, content: Buffer.from('{}') }))),
      'unsafe-archive',
    ],
  ])('%s', async (name, content, reason) => {
    await expect(put(name, content)).rejects.toMatchObject({
      name: 'VectorFileError',
      reason,
      message: expect.stringMatching(/^[^\n]{10,300}\.$/),
    })
  })
  test('nothing there', async () => {
    await expect(readVectorFile(join(folder, 'nowhere.gpkg'))).rejects.toMatchObject({ reason: 'not-found' })
  })
})

test('reading again and again keeps no memory', async () => {
  const script = `
    import { readVectorFile } from ${JSON.stringify(join(import.meta.dirname, '../../server/platform/vectorFile/readVectorFile.ts'))}
    const file = ${JSON.stringify(join(folder, 'source.geojson'))}
    for (let index = 0; index < 2; index++) await readVectorFile(file)
    const before = process.memoryUsage().rss
    for (let index = 0; index < 4; index++) await readVectorFile(file)
    console.log(Math.round((process.memoryUsage().rss - before) / 1024 / 1024))`
  const grownMb = Number(execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' }))
  expect(grownMb).toBeLessThan(120)
}, 120_000)
