import { INSTALLATION_TYPES } from '../kernel/installationTypes.ts'
import { copenhagenDate } from '../kernel/time.ts'
import { type ConstraintLayer, type LayerStatus, LOAD_FAILURE_KINDS, type LoadFailureKind } from './contract.ts'

/** What is known about the data of a layer. */
export interface LayerAge {
  /** When its data was loaded; null when it never was, or was removed again. */
  loadedAt: Date | null
  /** Day the data describes, `YYYY-MM-DD`, as its publisher says; null when nobody said. */
  datasetDate: string | null
  staleAfterDays: number
  /** Whether the last attempt to load it failed. */
  hasFailed: boolean
}

const DAY_MS = 86_400_000

/** Days from one calendar date to another. */
function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS)
}

/**
 * How far the data of a layer can be trusted at an instant. A failed load counts as failed even when older data is there:
 * what the register says now is unknown. Age is counted in calendar days from the day the data describes, or from the
 * day it was loaded when nobody said; a date in the future is not believed, and the day of loading counts instead.
 */
export function layerStatusOf({ loadedAt, datasetDate, staleAfterDays, hasFailed }: LayerAge, now: Date): LayerStatus {
  if (hasFailed) return 'failed'
  if (loadedAt === null) return 'never-loaded'
  const today = copenhagenDate(now)
  const loadedOn = copenhagenDate(loadedAt)
  const describes = datasetDate !== null && datasetDate <= loadedOn ? datasetDate : loadedOn
  return daysBetween(describes, today) > staleAfterDays ? 'stale' : 'fresh'
}

/** Whether data of this status counts as looked at. What does not count reads "not checked" everywhere, never green. */
export function countsAsChecked(status: LayerStatus): boolean {
  return status === 'fresh' || status === 'stale'
}

/** A kind of failure as it was written down; one that a program of another day knew is a failure within. */
export function knownFailure(kind: string): LoadFailureKind {
  return LOAD_FAILURE_KINDS.find((known) => known === kind) ?? 'internal-error'
}

type Words = Pick<ConstraintLayer, 'severities' | 'citizenText' | 'plannerText'>

const sameText = (a: { da: string; en: string }, b: { da: string; en: string }) => a.da === b.da && a.en === b.en

/** What a layer says after a change of the sent parts; null when that is what it says already. */
export function changedLayer(current: Words, sent: Partial<Words>): Words | null {
  const { severities = current.severities, citizenText = current.citizenText, plannerText = current.plannerText } = sent
  const isSame =
    INSTALLATION_TYPES.every((type) => severities[type] === current.severities[type]) &&
    sameText(citizenText, current.citizenText) &&
    sameText(plannerText, current.plannerText)
  return isSame ? null : { severities, citizenText, plannerText }
}
