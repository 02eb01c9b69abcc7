// Free of zod, so that the page may import them.

export const MAX_VERTICES = 500
/** @unit square metres */
export const MAX_AREA_M2 = 100_000
