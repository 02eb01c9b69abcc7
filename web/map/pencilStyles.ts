import type { HexColor } from 'terra-draw'
import { SURFACE } from './palette.ts'

const ink = SURFACE.drawing as HexColor
const paper = SURFACE.paper as HexColor

/** The pencil draws in the page's accent, so that a draft is no district's yet. */
export const pointStyles = {
  pointColor: ink,
  pointWidth: 11,
  pointOutlineColor: paper,
  pointOutlineWidth: 4,
  editedPointColor: ink,
  editedPointWidth: 13,
  editedPointOutlineColor: paper,
  editedPointOutlineWidth: 4,
}

const closingPoint = { closingPointColor: paper, closingPointWidth: 8, closingPointOutlineColor: ink, closingPointOutlineWidth: 3 }

export const lineStyles = { lineStringColor: ink, lineStringWidth: 4, ...closingPoint }

export const polygonStyles = { fillColor: ink, fillOpacity: 0.18, outlineColor: ink, outlineWidth: 3, ...closingPoint }

export const selectStyles = {
  selectedLineStringColor: ink,
  selectedLineStringWidth: 4,
  selectedPolygonColor: ink,
  selectedPolygonFillOpacity: 0.2,
  selectedPolygonOutlineColor: ink,
  selectedPolygonOutlineWidth: 3,
  selectionPointColor: paper,
  selectionPointWidth: 8,
  selectionPointOutlineColor: ink,
  selectionPointOutlineWidth: 3,
  midPointColor: ink,
  midPointWidth: 5,
  midPointOutlineColor: paper,
  midPointOutlineWidth: 2,
}
