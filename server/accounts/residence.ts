import { findStreetDistrict } from '../places/service.ts'
import type { Deps } from '../platform/deps.ts'
import { selectDistrictNames } from './queries.ts'
import { isOwnTown, type ResolveAddress, streetOf, townOf } from './rules.ts'

/**
 * The default way from an address to a district of residence: the street in the gazetteer, when the town is one of ours.
 * Nothing of the address outlives the call. What is not known stays unknown.
 */
export function residenceFinder({ db }: Pick<Deps, 'db'>): ResolveAddress {
  return async (address) => {
    const [street, town] = [streetOf(address), townOf(address)]
    if (street === null || town === null) return null
    if (!isOwnTown(town, await selectDistrictNames(db))) return null
    return findStreetDistrict(db, street)
  }
}
