import type { ConstraintPaint } from './mapContract.ts'

/** Apart from the districts' four and from each other; each passes 3:1 on paper. */
const COLOURS = ['#5f4aa0', '#00707f', '#8a6100', '#1557b0', '#c2186b', '#33691e', '#7a4a2b', '#a03c00', '#4a5a00', '#b3261e'] as const
const LINES = ['solid', 'dashed', 'dotted'] as const

/** How a layer of the catalogue is drawn, the same in legend, map and print: its number decides. */
export function constraintPaint(layerNumber: number): ConstraintPaint {
  const index = Math.max(0, layerNumber - 1)
  return {
    colour: COLOURS[index % COLOURS.length] as string,
    line: LINES[Math.floor(index / COLOURS.length) % LINES.length] as ConstraintPaint['line'],
  }
}
