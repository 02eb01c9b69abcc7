import { PUBLISHED, type PublishedCollection } from '../ogc/catalogue.ts'
import type { DescribedCollection, ItemFilter } from '../ogc/publishedTypes.ts'
import { describeCollection, readVersion } from '../ogc/reading.ts'
import type { Database } from '../platform/db/connect.ts'

/** What of a collection belongs to a round. Outlines belong to every round. */
export interface RoundPart {
  described: DescribedCollection
  filter: ItemFilter
}

const all: ItemFilter = { box: null, time: null, properties: [] }
const COLLECTIONS: readonly PublishedCollection[] = Object.values(PUBLISHED)

/** The parts of a round: its ideas and projects, and what lies around them. */
export async function readParts(db: Database, year: number) {
  const ofYear: ItemFilter = { ...all, properties: [{ column: 'round_year', value: year }] }
  const part = async (collection: PublishedCollection, filter: ItemFilter): Promise<RoundPart> => ({
    described: await describeCollection(db, collection),
    filter,
  })
  return {
    districts: await part(PUBLISHED.districts, all),
    ideas: await part(PUBLISHED.ideas, ofYear),
    projects: await part(PUBLISHED.projects, ofYear),
    installations: await part(PUBLISHED.installations, { ...all, holding: [{ column: 'round_years', value: year }] }),
  }
}
export type RoundParts = Awaited<ReturnType<typeof readParts>>

/** Changes whenever anything of a round's export does. */
export function readRoundVersion(db: Database): Promise<string> {
  return readVersion(db, COLLECTIONS)
}
