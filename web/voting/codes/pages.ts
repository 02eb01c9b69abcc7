/** Ten slips on a sheet of A4, two beside each other. */
export const CODES_PER_PAGE = 10

/** The codes as they come on sheets. */
export function pagesOf(codes: readonly string[]): string[][] {
  return Array.from({ length: Math.ceil(codes.length / CODES_PER_PAGE) }, (_, page) =>
    codes.slice(page * CODES_PER_PAGE, (page + 1) * CODES_PER_PAGE),
  )
}
