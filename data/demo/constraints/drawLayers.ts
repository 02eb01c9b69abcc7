import type { LayerFeature } from '../../../server/constraints/import.ts'
import { readDemoFile } from '../ideaFile.ts'
import { type Ground, isClear, reachesIn, readGround, spread } from './ground.ts'
import {
  away,
  beside,
  blob,
  circle,
  divide,
  line,
  point,
  type Random,
  randomFrom,
  type Shape,
  type Spot,
  segmentsOf,
  spotOf,
  strip,
} from './shapes.ts'

/** Stands in every label, in the dataset record and in the report. */
export const EXAMPLE_MARK = 'eksempel'

const MUNICIPAL_KINDS = ['nature', 'park', 'school', 'sport', 'square', 'culture', 'town hall']
const OPEN_KINDS = ['nature', 'park']
const PRIVATE_OWNERS = ['Privat grund', 'Boligforening', 'Erhvervsgrund', 'Grundejerforening']
const EVERY_PRIVATE_IDEA = 6

function feature(label: string, shape: Shape, applies = true): LayerFeature {
  return { sourceId: null, label: `${label} (${EXAMPLE_MARK})`, applies, properties: { example: true }, geometry: shape }
}

const pick = <T>(list: readonly T[], random: Random) => list[Math.floor(random() * list.length)] as T
const spotsOfKinds = ({ places }: Ground, kinds: readonly string[]) => places.filter(({ kind }) => kinds.includes(kind))
const near = (spot: Spot, distance: number, random: Random): Spot => {
  const angle = random() * 2 * Math.PI
  return beside(spot, Math.cos(angle) * distance, Math.sin(angle) * distance)
}

function ideaSpots(): Spot[] {
  return readDemoFile().ideas.map(({ geometry: { type, coordinates } }) => {
    const first = type === 'Point' ? coordinates : type === 'LineString' ? coordinates[0] : coordinates[0]?.[0]
    return spotOf(first as [number, number])
  })
}

/** Who owns the ground: the municipality around schools, parks and most ideas, somebody else in between. No gap anywhere. */
function drawOwners(ground: Ground, random: Random): LayerFeature[] {
  const ofIdeas = ideaSpots()
  const municipal = spotsOfKinds(ground, MUNICIPAL_KINDS).map(({ spot }) => spot)
  for (const [index, spot] of ofIdeas.entries()) {
    if (index % EVERY_PRIVATE_IDEA !== 0 && isClear(spot, municipal, 60)) municipal.push(spot)
  }
  const owned = ofIdeas.filter((spot, index) => index % EVERY_PRIVATE_IDEA === 0 && isClear(spot, municipal, 60))
  for (const spot of spread(ground, 620, random)) if (isClear(spot, [...municipal, ...owned], 170)) owned.push(spot)
  return divide(ground.rectangle, [...municipal, ...owned]).flatMap((ring, index) => {
    const isMunicipal = index < municipal.length
    if (!reachesIn(ground, ring)) return []
    const label = isMunicipal ? 'Kommunens jord' : pick(PRIVATE_OWNERS, random)
    return [feature(label, { type: 'Polygon', coordinates: [ring] }, !isMunicipal)]
  })
}

/** Town and country: country where no station, school or dwelling is near, and around nature. No gap anywhere. */
function drawZones(ground: Ground, random: Random): LayerFeature[] {
  const nature = spotsOfKinds(ground, ['nature']).map(({ spot }) => spot)
  const town = ground.places.filter(({ kind }) => !OPEN_KINDS.includes(kind)).map(({ spot }) => spot)
  const seeds = [...nature, ...spread(ground, 1250, random).filter((spot) => isClear(spot, nature, 500))]
  return divide(ground.rectangle, seeds).flatMap((ring, index) => {
    const seed = seeds[index] as Spot
    if (!reachesIn(ground, ring)) return []
    const isCountry = index < nature.length || isClear(seed, town, 800)
    return [feature(isCountry ? 'Landzone' : 'Byzone', { type: 'Polygon', coordinates: [ring] }, isCountry)]
  })
}

function drawPlans(ground: Ground, random: Random): LayerFeature[] {
  const places = ground.places.filter(({ kind }) => !OPEN_KINDS.includes(kind) && kind !== 'street').slice(0, 22)
  return places.map(({ name, spot }, index) =>
    feature(`Lokalplan E-${101 + index} ${name}`, blob(near(spot, 90, random), 150 + 80 * random(), 5, 0.2, random)),
  )
}

function drawNature(ground: Ground, random: Random): LayerFeature[] {
  const middles = [...spotsOfKinds(ground, OPEN_KINDS).map(({ spot }) => spot), ...spread(ground, 1900, random)]
  return middles.flatMap((spot) =>
    ['Mose', 'Eng'].flatMap((kind, index) => {
      const shape = blob(near(spot, 110 + 120 * index, random), 35 + 45 * random(), 12, 0.3, random)
      return shape.type === 'Polygon' && reachesIn(ground, shape.coordinates[0] as Spot[]) ? [feature(kind, shape)] : []
    }),
  )
}

const LAKES = [
  { name: 'Sømosen', at: [12.4055, 55.733], radius: 110 },
  { name: 'Harrestrup Ådal (Haren)', at: [12.3842, 55.7081], radius: 90 },
] as const

/** A lake counts as protected nature; its line reaches 150 m farther. */
const drawLakes = (random: Random) =>
  LAKES.map(({ name, at, radius }) => feature(`Sø ved ${name}`, blob(spotOf(at), radius, 16, 0.12, random)))
const drawLakeLines = (random: Random) =>
  LAKES.map(({ name, at, radius }) => feature(`Søbeskyttelseslinje ved ${name}`, blob(spotOf(at), radius + 150, 28, 0.05, random)))

const drawConservation = (random: Random) => [
  feature('Fredning i Harrestrup Ådal', blob(spotOf([12.3822, 55.7052]), 330, 12, 0.2, random)),
  feature('Fredning i Måløv Naturpark', blob(spotOf([12.3105, 55.7575]), 280, 12, 0.2, random)),
  feature('Fredning ved Sømosen', blob(spotOf([12.408, 55.7345]), 120, 10, 0.2, random)),
]

const drawRailway = ({ rail }: Ground) => segmentsOf(rail).map((ends, index) => feature(`S-bane, strækning ${index + 1}`, line(ends)))

const drawRoads = ({ roads }: Ground) =>
  roads.flatMap(({ name, spots }) => segmentsOf(spots).map(([from, to]) => feature(`Vejareal: ${name}`, strip(from, to, 16))))

function drawSoil(ground: Ground, random: Random): LayerFeature[] {
  const places = spotsOfKinds(ground, ['station', 'business', 'centre', 'sport', 'town hall', 'square', 'campus'])
  return places.flatMap(({ spot }) =>
    ['V1', 'V2'].map((kind, index) =>
      feature(`Jordforurening ${kind}`, blob(near(spot, 70 + 70 * index, random), 24 + 22 * random(), 4, 0.15, random)),
    ),
  )
}

const drawWater = (random: Random) => [
  feature('BNBO ved Egebjerg', circle(spotOf([12.3757, 55.7538]), 190)),
  feature('BNBO ved Måløv', circle(spotOf([12.3245, 55.7545]), 170)),
  feature('BNBO ved Hedegården', circle(spotOf([12.3515, 55.7165]), 210)),
  feature('OSD i nord', blob(spotOf([12.372, 55.75]), 1150, 14, 0.15, random)),
  feature('OSD i vest', blob(spotOf([12.305, 55.752]), 1300, 14, 0.15, random)),
]

const FORESTS = [
  [12.391, 55.7575],
  [12.2755, 55.7562],
] as const
const drawForest = (random: Random) => FORESTS.map((at) => feature('Fredskov', blob(spotOf(at), 160, 11, 0.25, random)))
const drawForestLines = (random: Random) => FORESTS.map((at) => feature('Skovbyggelinje', blob(spotOf(at), 460, 24, 0.06, random)))

const drawChurches = (ground: Ground) =>
  spotsOfKinds(ground, ['church']).map(({ name, spot }) => feature(`Kirkeomgivelser, ${name}`, circle(spot, 300)))

const MOUNDS = [
  [12.2993, 55.7583],
  [12.3448, 55.7447],
  [12.3655, 55.7118],
  [12.3962, 55.7022],
] as const
const drawMounds = () => MOUNDS.map((at, index) => feature(`Gravhøj ${index + 1}`, point(spotOf(at))))
const drawMoundLines = () => MOUNDS.map((at, index) => feature(`Beskyttelseslinje om gravhøj ${index + 1}`, circle(spotOf(at), 100)))

function drawDikes(ground: Ground, random: Random): LayerFeature[] {
  const town = ground.places.filter(({ kind }) => !OPEN_KINDS.includes(kind)).map(({ spot }) => spot)
  const country = spread(ground, 1100, random).filter((spot) => isClear(spot, town, 420) && reachesIn(ground, circleRing(spot)))
  return country
    .slice(0, 12)
    .map((spot) => feature('Jorddige', line([spot, near(spot, 140, random), near(beside(spot, 120, 160), 60, random)])))
}

function circleRing(spot: Spot): Spot[] {
  const shape = circle(spot, 20)
  return shape.type === 'Polygon' ? (shape.coordinates[0] as Spot[]) : []
}

function drawFlooding(ground: Ground, random: Random): LayerFeature[] {
  const low = spread(ground, 1500, random).filter(
    (spot) => reachesIn(ground, circleRing(spot)) && ground.rail.every((station) => away(spot, station) > 200),
  )
  return low.map((spot) => feature('Lavning, der fyldes ved skybrud', blob(spot, 70 + 60 * random(), 10, 0.3, random)))
}

/** The invented features of every layer the demo has, always the same ones. @crs EPSG:25832 @errors StartError */
export function drawDemoLayers(): Map<string, LayerFeature[]> {
  const ground = readGround()
  const seeded = (seed: number) => randomFrom(20_261_126 + seed)
  return new Map([
    ['ejerskab', drawOwners(ground, seeded(1))],
    ['lokalplan', drawPlans(ground, seeded(2))],
    ['landzone', drawZones(ground, seeded(4))],
    ['par3', [...drawLakes(seeded(6)), ...drawNature(ground, seeded(7))]],
    ['par16soe', drawLakeLines(seeded(6))],
    ['par17', drawForestLines(seeded(10))],
    ['par18', drawMoundLines()],
    ['par19', drawChurches(ground)],
    ['ffm', drawMounds()],
    ['diger', drawDikes(ground, seeded(14))],
    ['fredning', drawConservation(seeded(16))],
    ['fredskov', drawForest(seeded(10))],
    ['vejareal', drawRoads(ground)],
    ['bane', drawRailway(ground)],
    ['jordv', drawSoil(ground, seeded(22))],
    ['drikkevand', drawWater(seeded(24))],
    ['klima', drawFlooding(ground, seeded(26))],
  ])
}
