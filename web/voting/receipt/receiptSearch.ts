export interface ReceiptSearch {
  /** The round whose list is looked at; without it the current one. */
  year?: number
}

/** Reads the year; what is malformed is left out, never an error. */
export function readReceiptSearch(search: Record<string, unknown>): ReceiptSearch {
  const year = Number(search.year)
  return Number.isInteger(year) && year >= 2000 && year <= 2100 ? { year } : {}
}
