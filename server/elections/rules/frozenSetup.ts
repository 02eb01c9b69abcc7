import { drawLot } from '../../allocation/rules/lot.ts'
import type { BallotLine, DistrictSettings, ElectionDistrict, FrozenSetup, Preparation } from '../contract.ts'
import { type ElectionFacts, takingPart } from './checklist.ts'

/** Two projects of which at most one is funded. */
export interface ConfirmedPair {
  projectIds: [string, string]
  reason: string
}

/** What is frozen beside what the checklist has seen. */
export interface Freezing {
  roundYear: number
  frozenAt: string
  software: string
  /** By project. */
  descriptions: ReadonlyMap<string, string>
  pairs: readonly ConfirmedPair[]
}

/** The pairs between projects of one ballot, both in the order of their ids. */
export function pairsAmong(pairs: readonly ConfirmedPair[], projectIds: readonly string[]): ConfirmedPair[] {
  return pairs
    .filter(({ projectIds: [a, b] }) => projectIds.includes(a) && projectIds.includes(b))
    .map(({ projectIds: [a, b], reason }) => ({ projectIds: a < b ? [a, b] : [b, a], reason }))
}

function linesOf(preparations: readonly Preparation[], seed: string, descriptions: Freezing['descriptions']): BallotLine[] {
  const lot = drawLot(
    preparations.map(({ projectId }) => projectId),
    seed,
  ).map(({ projectId }) => projectId)
  return preparations.map(({ projectId, title, shortlistNumber, prepared }) => {
    if (prepared === null) throw new Error('only what the checklist has passed is frozen')
    return {
      lineNumber: shortlistNumber,
      projectId,
      title,
      description: descriptions.get(projectId) ?? '',
      ...prepared,
      lotPlace: lot.indexOf(projectId) + 1,
    }
  })
}

/** Everything a count depends on besides the ballots, and its auditors, from facts whose checklist is done. */
export function frozenSetupOf(facts: ElectionFacts, { roundYear, frozenAt, software, descriptions, pairs }: Freezing): FrozenSetup {
  const { lot, settings, auditors } = facts
  if (lot === null) throw new Error('only what the checklist has passed is frozen')
  const districts = takingPart(facts).map(({ districtId, name, shareDkk, rollSize, ...part }): ElectionDistrict => {
    const lines = linesOf(part.preparations, lot.seed, descriptions)
    return {
      districtId,
      name,
      shareDkk: shareDkk ?? 0,
      rollSize: part.settings.eligibility === 'roll' ? rollSize : null,
      settings: part.settings as DistrictSettings,
      lines,
      exclusivePairs: pairsAmong(
        pairs,
        lines.map(({ projectId }) => projectId),
      ),
    }
  })
  const { introDa, introEn } = settings
  return { format: 'borgermillionen-election-1', roundYear, frozenAt, software, lot, introDa, introEn, districts, auditors: [...auditors] }
}
