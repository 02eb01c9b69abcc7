import type { SharedSearch } from '../../lib/searchParams.ts'
import { readStep, type Step } from './stepNumber.ts'

/** What the address of the form carries: the step (`trin`), and after sending the idea's number (`sendt`). */
export interface FormSearch {
  trin?: Step
  sendt?: number
}

export type AddressSearch = SharedSearch & FormSearch

export function readFormSearch(search: Record<string, unknown>): FormSearch {
  const sent = Number(search.sendt)
  return {
    ...(search.trin === undefined ? {} : { trin: readStep(search.trin) }),
    ...(Number.isInteger(sent) && sent > 0 ? { sendt: sent } : {}),
  }
}
