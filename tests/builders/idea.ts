import type { NewIdea } from '../../server/ideas/contract.ts'

/** What a citizen might send: a bench by the pond in Ballerup Syd. */
export function newIdea(change: Partial<NewIdea> = {}): NewIdea {
  return {
    title: 'En bænk ved Bydammen',
    description: 'Et sted at sidde i læ og se på ænderne, også for dem der går dårligt.',
    category: 'meeting-place',
    geometry: { type: 'Point', coordinates: [12.3618, 55.7338] },
    wishedAmountDkk: 12_000,
    accessibilityNote: null,
    upkeepNote: null,
    pictureIds: [],
    ...change,
  }
}
