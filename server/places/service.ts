import type { Database } from '../platform/db/connect.ts'
import type { Deps } from '../platform/deps.ts'
import { createAddressService } from './addressService.ts'
import type { Place } from './contract.ts'
import { type FoundAddress, locateAddresses, searchPlaces, selectStreetDistricts } from './queries.ts'
import { foldName, mergePlaces } from './rules.ts'

const REMEMBERED_MS = 10 * 60_000
const REMEMBERED_SEARCHES = 500
// Shorter words name half of Denmark.
const ADDRESS_WORDS_MIN = 3

export interface PlaceService {
  readonly search: (words: string, limit: number) => Promise<{ items: Place[]; addressServiceAnswered: boolean | null }>
}

/** Remembers what the address service said, so that a word typed again costs it nothing. */
function rememberAnswers(ask: (words: string) => Promise<FoundAddress[] | null>): (words: string) => Promise<FoundAddress[] | null> {
  const answers = new Map<string, { found: FoundAddress[]; at: number }>()
  return async (words) => {
    const key = foldName(words)
    const known = answers.get(key)
    if (known !== undefined && performance.now() - known.at < REMEMBERED_MS) return known.found
    const found = await ask(words)
    if (found === null) return null
    answers.delete(key)
    answers.set(key, { found, at: performance.now() })
    const oldest = answers.keys().next().value
    if (answers.size > REMEMBERED_SEARCHES && oldest !== undefined) answers.delete(oldest)
    return found
  }
}

/** Search over the gazetteer and, where configured, the official addresses; without those when they do not answer. */
export function createPlaceService({ db, config, log }: Pick<Deps, 'db' | 'config' | 'log'>): PlaceService {
  const { addressSearch, municipality } = config
  const askService = addressSearch === null ? null : rememberAnswers(createAddressService({ addressSearch, municipality }, log).search)
  return {
    search: async (words, limit) => {
      const asked = askService === null || words.length < ADDRESS_WORDS_MIN ? undefined : askService(words)
      const [gazetteer, found] = await Promise.all([searchPlaces(db, words, limit), asked])
      const addresses = await locateAddresses(db, found ?? [])
      return {
        items: mergePlaces(words, gazetteer, addresses, limit),
        addressServiceAnswered: found === undefined ? null : found !== null,
      }
    },
  }
}

/** The district a street lies in; `null` when the gazetteer does not know it or it runs through several. */
export async function findStreetDistrict(db: Database, streetName: string): Promise<string | null> {
  const districts = await selectStreetDistricts(db, streetName)
  return districts.length === 1 ? (districts[0] as string) : null
}
