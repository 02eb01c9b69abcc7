// Free of zod, so that the page may import them.

export const MAX_VERTICES = 500
/** @unit square metres */
export const MAX_AREA_M2 = 100_000
/** From one corner of the box around it to the other: what reaches further is no place. @unit metres */
export const MAX_REACH_M = 5_000
