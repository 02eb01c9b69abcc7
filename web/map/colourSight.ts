type Triple = [number, number, number]
type Matrix = [Triple, Triple, Triple]

/**
 * What is left of linear sRGB for each kind of eye.
 * @source Machado, Oliveira, Fernandes: A Physiologically-based Model for Simulation of Color Vision Deficiency (2009), severity 1
 */
export const VISIONS = {
  full: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
} as const satisfies Record<string, Matrix>

/** Relative-luminance contrast of two `#rrggbb` colours, 1–21. @source WCAG 2.2 */
export function contrast(one: string, other: string): number {
  const [high, low] = [luminance(one), luminance(other)].toSorted((a, b) => b - a) as [number, number]
  return (high + 0.05) / (low + 0.05)
}

/** How different two colours look to an eye: CIEDE2000, where 1 is the least anybody sees. @source CIE 142-2001 */
export function differenceSeen(one: string, other: string, vision: Matrix): number {
  return ciede2000(labOf(one, vision), labOf(other, vision))
}

function linearOf(colour: string): Triple {
  const channel = (start: number) => {
    const value = Number.parseInt(colour.slice(start, start + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  return [channel(1), channel(3), channel(5)]
}

const times = (matrix: Matrix, [x, y, z]: Triple) => matrix.map(([a, b, c]) => a * x + b * y + c * z) as Triple

function luminance(colour: string): number {
  const [red, green, blue] = linearOf(colour)
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** CIELAB under D65. */
function labOf(colour: string, vision: Matrix): Triple {
  const seen = times(vision, linearOf(colour)).map((value) => Math.min(1, Math.max(0, value))) as Triple
  const xyz = times(
    [
      [0.4124564, 0.3575761, 0.1804375],
      [0.2126729, 0.7151522, 0.072175],
      [0.0193339, 0.119192, 0.9503041],
    ],
    seen,
  )
  const root = (value: number) => (value > 216 / 24389 ? Math.cbrt(value) : ((24389 / 27) * value + 16) / 116)
  const [x, y, z] = [root(xyz[0] / 0.95047), root(xyz[1]), root(xyz[2] / 1.08883)]
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)]
}

const DEGREES = 180 / Math.PI
const cosOf = (degrees: number) => Math.cos(degrees / DEGREES)
const hueOf = (a: number, b: number) => (Math.atan2(b, a) * DEGREES + 360) % 360

function ciede2000([light1, a1, b1]: Triple, [light2, a2, b2]: Triple): number {
  const fade = (chroma: number) => Math.sqrt(chroma ** 7 / (chroma ** 7 + 25 ** 7))
  const stretch = 1 + 0.5 * (1 - fade((Math.hypot(a1, b1) + Math.hypot(a2, b2)) / 2))
  const [chroma1, chroma2] = [Math.hypot(a1 * stretch, b1), Math.hypot(a2 * stretch, b2)]
  const [hue1, hue2] = [hueOf(a1 * stretch, b1), hueOf(a2 * stretch, b2)]
  const turn = ((hue2 - hue1 + 540) % 360) - 180
  const hueStep = 2 * Math.sqrt(chroma1 * chroma2) * Math.sin(turn / 2 / DEGREES)
  const [light, chroma, hue] = [(light1 + light2) / 2, (chroma1 + chroma2) / 2, (hue1 + turn / 2 + 360) % 360]
  const weight = 1 - 0.17 * cosOf(hue - 30) + 0.24 * cosOf(2 * hue) + 0.32 * cosOf(3 * hue + 6) - 0.2 * cosOf(4 * hue - 63)
  const lightScale = 1 + (0.015 * (light - 50) ** 2) / Math.sqrt(20 + (light - 50) ** 2)
  const [chromaScale, hueScale] = [1 + 0.045 * chroma, 1 + 0.015 * chroma * weight]
  const twist = -2 * fade(chroma) * Math.sin((2 * 30 * Math.exp(-(((hue - 275) / 25) ** 2))) / DEGREES)
  const [dLight, dChroma, dHue] = [(light2 - light1) / lightScale, (chroma2 - chroma1) / chromaScale, hueStep / hueScale]
  return Math.sqrt(dLight ** 2 + dChroma ** 2 + dHue ** 2 + twist * dChroma * dHue)
}
