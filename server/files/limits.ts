// Free of zod, so that the page may import them.

export const PICTURE_MAX_BYTES = 12 * 1024 * 1024
export const ALT_TEXT_MIN = 3
export const ALT_TEXT_MAX = 300
