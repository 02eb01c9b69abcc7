/** Where the vector tiles of a constraint layer come from; smaller than `minZoom` its shapes would be specks. */
export const CONSTRAINT_TILES = {
  path: (layerId: string) => `/tiles/constraints/${layerId}/{z}/{x}/{y}.mvt`,
  sourceLayer: 'constraints',
  minZoom: 11,
  maxZoom: 16,
} as const
