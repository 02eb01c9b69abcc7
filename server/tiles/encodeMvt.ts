import { PbfWriter } from 'pbf'

// Mapbox Vector Tile 2.1 (github.com/mapbox/vector-tile-spec). Field numbers are those of its vector_tile.proto.

type Pair = [number, number]

/** Geometry in tile units, y downwards. Coordinates are whole numbers. */
export type TileGeometry =
  | { type: 'Point'; coordinates: Pair }
  | { type: 'MultiPoint' | 'LineString'; coordinates: Pair[] }
  | { type: 'MultiLineString' | 'Polygon'; coordinates: Pair[][] }
  | { type: 'MultiPolygon'; coordinates: Pair[][][] }

export type TileValue = string | number | boolean | null

export interface TileFeature {
  id?: number
  /** `null` is left out. */
  properties: Record<string, TileValue>
  geometry: TileGeometry
}

export interface TileLayerContent {
  name: string
  extent: number
  features: TileFeature[]
}

const MOVE_TO = 1
const LINE_TO = 2
const CLOSE_PATH = 7

const command = (id: number, count: number) => (count << 3) | id
const zigzag = (value: number) => (value << 1) ^ (value >> 31)

/** Writes commands; every position is the step from the one before, across parts and rings. */
class Pen {
  readonly commands: number[] = []
  #x = 0
  #y = 0

  #steps(id: number, positions: Pair[]): void {
    if (positions.length === 0) return
    this.commands.push(command(id, positions.length))
    for (const [x, y] of positions) {
      this.commands.push(zigzag(x - this.#x), zigzag(y - this.#y))
      this.#x = x
      this.#y = y
    }
  }

  points(positions: Pair[]): void {
    this.#steps(MOVE_TO, positions)
  }

  line(positions: Pair[]): void {
    this.#steps(MOVE_TO, positions.slice(0, 1))
    this.#steps(LINE_TO, positions.slice(1))
  }

  ring(positions: Pair[]): void {
    this.line(positions.slice(0, -1))
    this.commands.push(command(CLOSE_PATH, 1))
  }
}

/** Twice the signed area (surveyor's formula); positive is clockwise on the screen, because y grows downwards. */
function signedArea(ring: Pair[]): number {
  let sum = 0
  for (let index = 1; index < ring.length; index += 1) {
    const [x1, y1] = ring[index - 1] as Pair
    const [x2, y2] = ring[index] as Pair
    sum += x1 * y2 - x2 * y1
  }
  return sum
}

/** The first ring positive, the others negative (section 4.3.4.4). */
function wound(ring: Pair[], index: number): Pair[] {
  const isPositive = signedArea(ring) > 0
  return isPositive === (index === 0) ? ring : ring.toReversed()
}

const POINT = 1
const LINE = 2
const POLYGON = 3

function draw(geometry: TileGeometry): { type: number; commands: number[] } {
  const pen = new Pen()
  const finish = (type: number) => ({ type, commands: pen.commands })
  switch (geometry.type) {
    case 'Point':
      pen.points([geometry.coordinates])
      return finish(POINT)
    case 'MultiPoint':
      pen.points(geometry.coordinates)
      return finish(POINT)
    case 'LineString':
      pen.line(geometry.coordinates)
      return finish(LINE)
    case 'MultiLineString':
      for (const line of geometry.coordinates) pen.line(line)
      return finish(LINE)
    case 'Polygon':
      for (const [index, ring] of geometry.coordinates.entries()) pen.ring(wound(ring, index))
      return finish(POLYGON)
    case 'MultiPolygon':
      for (const polygon of geometry.coordinates) for (const [index, ring] of polygon.entries()) pen.ring(wound(ring, index))
      return finish(POLYGON)
  }
}

/** Gives each distinct value its place in a list written once per layer. */
class Dictionary<Value> {
  readonly values: Value[] = []
  readonly #places = new Map<Value, number>()

  place(value: Value): number {
    const known = this.#places.get(value)
    if (known !== undefined) return known
    this.#places.set(value, this.values.length)
    return this.values.push(value) - 1
  }
}

function writeValue(value: string | number | boolean, pbf: PbfWriter): void {
  if (typeof value === 'string') {
    pbf.writeTag(1, 2)
    pbf.writeString(value)
  } else if (typeof value === 'boolean') {
    pbf.writeTag(7, 0)
    pbf.writeBoolean(value)
  } else if (!Number.isSafeInteger(value)) {
    pbf.writeTag(3, 1)
    pbf.writeDouble(value)
  } else if (value >= 0) {
    pbf.writeTag(5, 0)
    pbf.writeVarint(value)
  } else {
    pbf.writeTag(6, 0)
    pbf.writeSVarint(value)
  }
}

interface LayerDictionaries {
  keys: Dictionary<string>
  values: Dictionary<string | number | boolean>
}

function writeFeature({ feature, keys, values }: { feature: TileFeature } & LayerDictionaries, pbf: PbfWriter): void {
  if (feature.id !== undefined) {
    pbf.writeTag(1, 0)
    pbf.writeVarint(feature.id)
  }
  const tags: number[] = []
  for (const [key, value] of Object.entries(feature.properties)) {
    if (value !== null) tags.push(keys.place(key), values.place(value))
  }
  pbf.writePackedVarint(2, tags)
  const { type, commands } = draw(feature.geometry)
  pbf.writeTag(3, 0)
  pbf.writeVarint(type)
  pbf.writePackedVarint(4, commands)
}

function writeLayer(layer: TileLayerContent, pbf: PbfWriter): void {
  const dictionaries: LayerDictionaries = { keys: new Dictionary(), values: new Dictionary() }
  pbf.writeTag(1, 2)
  pbf.writeString(layer.name)
  for (const feature of layer.features) pbf.writeMessage(2, writeFeature, { feature, ...dictionaries })
  for (const key of dictionaries.keys.values) {
    pbf.writeTag(3, 2)
    pbf.writeString(key)
  }
  for (const value of dictionaries.values.values) pbf.writeMessage(4, writeValue, value)
  pbf.writeTag(5, 0)
  pbf.writeVarint(layer.extent)
  pbf.writeTag(15, 0)
  pbf.writeVarint(2)
}

/** One layer as a vector tile; empty when it has no features. @source Mapbox Vector Tile Specification 2.1 */
export function encodeMvt(layer: TileLayerContent): Uint8Array {
  if (layer.features.length === 0) return new Uint8Array()
  const pbf = new PbfWriter()
  pbf.writeMessage(3, writeLayer, layer)
  return pbf.finish()
}
