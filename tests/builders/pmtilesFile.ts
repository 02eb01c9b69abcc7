import { zxyToTileId } from 'pmtiles'

/** Numbers of the tile types. @source PMTiles version 3, section 3.1 */
export const TILE_TYPE = { vector: 1, png: 2 } as const

export interface ArchiveContent {
  readonly tileType: number
  /** West, south, east, north. */
  readonly frame: readonly [number, number, number, number]
  readonly metadata: Record<string, unknown>
  readonly tile: { readonly z: number; readonly x: number; readonly y: number; readonly bytes: Uint8Array }
}

const HEADER_BYTES = 127
const UNCOMPRESSED = 1

function varint(value: number): number[] {
  return value < 0x80 ? [value] : [(value % 0x80) | 0x80, ...varint(Math.floor(value / 0x80))]
}

/** A whole PMTiles file around one tile, uncompressed. @source PMTiles version 3 */
export function pmtilesFile({ tileType, frame, metadata, tile }: ArchiveContent): Uint8Array {
  const { z, x, y, bytes } = tile
  // One entry: how many, tile number, run, length, offset (plus one).
  const directory = Uint8Array.from([1, zxyToTileId(z, x, y), 1, bytes.length, 1].flatMap(varint))
  const words = new TextEncoder().encode(JSON.stringify(metadata))
  const metadataOffset = HEADER_BYTES + directory.length
  const tileOffset = metadataOffset + words.length
  const file = new Uint8Array(tileOffset + bytes.length)
  const view = new DataView(file.buffer)
  file.set(new TextEncoder().encode('PMTiles'))
  view.setUint8(7, 3)
  const numbers = [HEADER_BYTES, directory.length, metadataOffset, words.length, tileOffset, 0, tileOffset, bytes.length, 1, 1, 1]
  for (const [index, number] of numbers.entries()) view.setBigUint64(8 + index * 8, BigInt(number), true)
  for (const [index, byte] of [1, UNCOMPRESSED, UNCOMPRESSED, tileType, z, z].entries()) view.setUint8(96 + index, byte)
  for (const [index, degrees] of frame.entries()) view.setInt32(102 + index * 4, Math.round(degrees * 1e7), true)
  file.set(directory, HEADER_BYTES)
  file.set(words, metadataOffset)
  file.set(bytes, tileOffset)
  return file
}
