import type { Position } from '../../../server/kernel/geometry.ts'

// Transverse Mercator by Krüger's series to the fourth power of n, GRS80, zone 32 (central meridian 9° E).
// Within Denmark the series is exact to less than a millimetre.
const FLATTENING = 1 / 298.257222101
const SEMI_MAJOR_M = 6_378_137
const SCALE = 0.9996
const FALSE_EASTING_M = 500_000
const CENTRAL_MERIDIAN = (9 * Math.PI) / 180

const n = FLATTENING / (2 - FLATTENING)
const rectifyingRadiusM = (SEMI_MAJOR_M / (1 + n)) * (1 + n ** 2 / 4 + n ** 4 / 64)
const eccentricity = (2 * Math.sqrt(n)) / (1 + n)

const forward = [
  n / 2 - (2 * n ** 2) / 3 + (5 * n ** 3) / 16 + (41 * n ** 4) / 180,
  (13 * n ** 2) / 48 - (3 * n ** 3) / 5 + (557 * n ** 4) / 1440,
  (61 * n ** 3) / 240 - (103 * n ** 4) / 140,
  (49561 * n ** 4) / 161280,
]
const inverse = [
  n / 2 - (2 * n ** 2) / 3 + (37 * n ** 3) / 96 - n ** 4 / 360,
  n ** 2 / 48 + n ** 3 / 15 - (437 * n ** 4) / 1440,
  (17 * n ** 3) / 480 - (37 * n ** 4) / 840,
  (4397 * n ** 4) / 161280,
]
const latitude = [
  2 * n - (2 * n ** 2) / 3 - 2 * n ** 3 + (116 * n ** 4) / 45,
  (7 * n ** 2) / 3 - (8 * n ** 3) / 5 - (227 * n ** 4) / 45,
  (56 * n ** 3) / 15 - (136 * n ** 4) / 35,
  (4279 * n ** 4) / 630,
]

/**
 * Easting and northing of a place, in the system the municipality stores and measures in.
 * @unit metres
 * @crs EPSG:4326 to EPSG:25832
 * @source Karney (2011), Transverse Mercator with an accuracy of a few nanometers
 */
export function toUtm32([lng, lat]: Position): [number, number] {
  const phi = (lat * Math.PI) / 180
  const lambda = (lng * Math.PI) / 180 - CENTRAL_MERIDIAN
  const t = Math.sinh(Math.atanh(Math.sin(phi)) - eccentricity * Math.atanh(eccentricity * Math.sin(phi)))
  const xi = Math.atan2(t, Math.cos(lambda))
  const eta = Math.atanh(Math.sin(lambda) / Math.sqrt(1 + t * t))
  let north = xi
  let east = eta
  for (const [index, factor] of forward.entries()) {
    const order = 2 * (index + 1)
    north += factor * Math.sin(order * xi) * Math.cosh(order * eta)
    east += factor * Math.cos(order * xi) * Math.sinh(order * eta)
  }
  return [FALSE_EASTING_M + SCALE * rectifyingRadiusM * east, SCALE * rectifyingRadiusM * north]
}

/**
 * Longitude and latitude of an easting and northing.
 * @unit degrees
 * @crs EPSG:25832 to EPSG:4326
 * @source Karney (2011), Transverse Mercator with an accuracy of a few nanometers
 */
export function fromUtm32([eastingM, northingM]: [number, number]): Position {
  const xi = northingM / (SCALE * rectifyingRadiusM)
  const eta = (eastingM - FALSE_EASTING_M) / (SCALE * rectifyingRadiusM)
  let north = xi
  let east = eta
  for (const [index, factor] of inverse.entries()) {
    const order = 2 * (index + 1)
    north -= factor * Math.sin(order * xi) * Math.cosh(order * eta)
    east -= factor * Math.cos(order * xi) * Math.sinh(order * eta)
  }
  const chi = Math.asin(Math.sin(north) / Math.cosh(east))
  let phi = chi
  for (const [index, factor] of latitude.entries()) phi += factor * Math.sin(2 * (index + 1) * chi)
  const lambda = Math.atan2(Math.sinh(east), Math.cos(north))
  return [((lambda + CENTRAL_MERIDIAN) * 180) / Math.PI, (phi * 180) / Math.PI]
}
