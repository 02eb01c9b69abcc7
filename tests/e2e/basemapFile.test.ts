import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { encodeMvt } from '../../server/tiles/encodeMvt.ts'
import { pmtilesFile, TILE_TYPE } from '../builders/pmtilesFile.ts'
import { DESKTOP, type Journey, startJourney } from '../setup/browser.ts'

const folder = mkdtempSync(join(tmpdir(), 'bm-pmtiles-'))
const path = join(folder, 'map.pmtiles')
let journey: Journey
beforeAll(async () => {
  journey = await startJourney({ BASEMAP_PMTILES: path })
})
afterAll(async () => {
  await journey.close()
  rmSync(folder, { recursive: true, force: true })
})

// The tile of zoom 8 in which Ballerup lies.
const address = { z: 8, x: 136, y: 80 }
const frame = [11.25, 54.9, 12.65, 56] as const
const ATTRIBUTION = 'Prøvekort af 2026'
const square = (from: number, to: number): [number, number][] => [
  [from, from],
  [to, from],
  [to, to],
  [from, to],
  [from, from],
]

async function pictureFile(): Promise<Uint8Array> {
  const bytes = await sharp({ create: { width: 256, height: 256, channels: 3, background: '#0000ff' } })
    .png()
    .toBuffer()
  return pmtilesFile({ tileType: TILE_TYPE.png, frame, metadata: { attribution: ATTRIBUTION }, tile: { ...address, bytes } })
}

function vectorFile(): Uint8Array {
  const layer = (name: string, coordinates: [number, number][], kind: string) =>
    encodeMvt({ name, extent: 4096, features: [{ properties: { kind }, geometry: { type: 'Polygon', coordinates: [coordinates] } }] })
  const place = encodeMvt({
    name: 'places',
    extent: 4096,
    features: [
      {
        properties: { kind: 'locality', name: 'Copenhagen', 'name:da': 'Prøveby', min_zoom: 5, population_rank: 9 },
        geometry: { type: 'Point', coordinates: [3230, 1010] },
      },
    ],
  })
  const bytes = Uint8Array.from([...layer('earth', square(-64, 4160), 'earth'), ...layer('water', square(0, 4096), 'lake'), ...place])
  const metadata = { attribution: ATTRIBUTION, vector_layers: ['earth', 'water', 'roads', 'places'].map((id) => ({ id, fields: {} })) }
  return pmtilesFile({ tileType: TILE_TYPE.vector, frame, metadata, tile: { ...address, bytes } })
}

async function openWith(file: Uint8Array) {
  writeFileSync(path, file)
  const { server } = journey
  // A browser keeps what a file said for an hour.
  const { page, context, problems } = await journey.open({ size: DESKTOP, isSpoiled: true })
  const foreign: string[] = []
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url())
    if (protocol.startsWith('http') && origin !== new URL(server.url).origin) foreign.push(request.url())
  })
  await page.goto(server.url)
  await page
    .locator('.maplibregl-ctrl-attrib')
    .waitFor()
    .catch(async () => {
      const shown = await page.locator('.bm-map-host').innerText()
      throw new Error(`The map did not come in 30 seconds. It says "${shown}", the console: ${problems.join() || 'nothing'}`)
    })
  return { page, context, problems, foreign }
}

/** The colour near the right edge of the window, outside the municipality. */
async function colourOf(page: Page): Promise<number[]> {
  const picture = await page.screenshot({ clip: { x: 1180, y: 800, width: 1, height: 1 } })
  return [...(await sharp(picture).removeAlpha().raw().toBuffer())]
}
/** Our own ground is warm; both files are blue there, under the veil. */
const isBluish = ([red = 0, , blue = 0]: number[]) => blue - red > -4
const slowly = { timeout: 30_000 }
const sources = (page: Page) => page.locator('.maplibregl-ctrl-attrib').innerText()

describe('a street map from a PMTiles file', () => {
  it.each([
    ['pictures', pictureFile],
    ['vectors of the Protomaps schema', vectorFile],
  ])('of %s lies under ours, names its source and asks nobody else', async (_kind, make) => {
    const { page, problems, foreign } = await openWith(await make())
    await expect.poll(() => sources(page), slowly).toContain(ATTRIBUTION)
    await expect.poll(async () => isBluish(await colourOf(page)), slowly).toBe(true)
    expect(foreign).toEqual([])
    expect(problems).toEqual([])
  })

  it('that is broken leaves the own backdrop', async () => {
    const { page, problems } = await openWith(new TextEncoder().encode('no such map'.repeat(100)))
    await expect.poll(() => problems.join(), slowly).toContain('our own backdrop stays')
    expect(isBluish(await colourOf(page))).toBe(false)
    expect(await sources(page)).not.toContain(ATTRIBUTION)
  })
})
