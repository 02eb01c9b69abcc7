import type { LayerStatus, Severities } from '../constraints/contract.ts'
import { countsAsChecked, layerStatusOf } from '../constraints/rules.ts'
import { INSTALLATION_TYPES, type InstallationType } from '../kernel/installationTypes.ts'
import type { Severity, Verdict } from '../kernel/severity.ts'
import { VERDICTS, verdictOf } from '../kernel/severity.ts'
import { copenhagenDate } from '../kernel/time.ts'

/** A text in both languages of the interface. */
export type TwoTexts = Record<'da' | 'en', string>

/** A layer as one snapshot of the database has it. */
export interface LayerFacts {
  layerId: string
  isMapped: boolean
  relation: 'inside' | 'within'
  distanceM: number
  needsCoverage: boolean
  staleAfterDays: number
  workOrder: number
  waitingWeeks: number | null
  failureKind: string | null
  /** Number of the newest version of severities and sentences. */
  version: number
  severities: Severities
  datasetDate: string | null
  loadedAt: string | null
  featureCount: number | null
  isDemo: boolean
  name: TwoTexts
  law: TwoTexts
  lawUrl: string | null
  authority: TwoTexts
  citizenText: TwoTexts
  plannerText: TwoTexts
}

/** What a place meets in one layer. `isInside` and what belongs to it are null where it only meets ground that is covered. */
export interface LayerHit {
  layerId: string
  isInside: boolean | null
  distanceM: number | null
  /** Shared by the place and all features where the rule applies: metres for lines, square metres for areas. */
  overlap: number
  /** Whether the layer's features cover the whole place; null where nobody needs to know. */
  isCovered: boolean | null
  features: { id: string; label: string | null }[]
}

export interface JudgedFinding {
  layerId: string
  relation: 'inside' | 'near'
  distanceM: number
  overlapM2: number | null
  overlapM: number | null
  severity: Severity
  waitingWeeks: number | null
  workOrder: number
  isDemo: boolean
  features: { id: string; label: string | null; datasetDate: string | null }[]
}

export interface JudgedDuty {
  layerId: string
  severity: Severity
  waitingWeeks: number | null
  workOrder: number
}

/** What was found, without a word of text: this is what a record keeps. */
export interface Judgement {
  installationType: InstallationType | null
  verdict: Verdict
  partial: boolean
  findings: JudgedFinding[]
  duties: JudgedDuty[]
  notChecked: string[]
  datasets: {
    layerId: string
    status: LayerStatus
    datasetDate: string | null
    loadedAt: string | null
    featureCount: number | null
    isDemo: boolean
  }[]
  earliestStart: string | null
}

export interface Question {
  dimension: 0 | 1 | 2
  installationType: InstallationType | null
  now: Date
}

// A duty of the kind of installation is everybody's from the start; only one that needs a permit changes the verdict.
const DUTY_COUNTS_FROM: Severity = 2

/** What a layer means for a kind of installation; without one the worst it means for any. */
export function severityOf(severities: Severities, type: InstallationType | null): Severity {
  return type === null ? (Math.max(...INSTALLATION_TYPES.map((each) => severities[each])) as Severity) : severities[type]
}

/**
 * What a layer means at a distance: all of it inside and as far as the rule reaches, at most a question in the margin
 * beyond, touching included.
 */
export function severityAt(
  layer: Pick<LayerFacts, 'relation' | 'distanceM'>,
  hit: { isInside: boolean; distanceM: number },
  full: Severity,
): Severity {
  const bites = hit.isInside || (layer.relation === 'within' && hit.distanceM <= layer.distanceM)
  return bites ? full : (Math.min(full, 1) as Severity)
}

function findingOf(layer: LayerFacts, hit: LayerHit | undefined, { dimension, installationType }: Question): JudgedFinding | null {
  if (hit?.isInside == null || hit.distanceM === null) return null
  const { isInside, distanceM, overlap } = hit
  const severity = severityAt(layer, { isInside, distanceM }, severityOf(layer.severities, installationType))
  if (severity === 0 && !isInside) return null
  const { layerId, waitingWeeks, workOrder, isDemo, datasetDate } = layer
  return {
    layerId,
    relation: isInside ? 'inside' : 'near',
    distanceM,
    overlapM2: dimension === 2 ? (isInside ? overlap : 0) : null,
    overlapM: dimension === 1 ? (isInside ? overlap : 0) : null,
    severity,
    waitingWeeks,
    workOrder,
    isDemo,
    features: hit.features.map((feature) => ({ ...feature, datasetDate })),
  }
}

function dutyOf(layer: LayerFacts, { installationType }: Question): JudgedDuty | null {
  const severity = severityOf(layer.severities, installationType)
  if (layer.isMapped || severity === 0) return null
  return { layerId: layer.layerId, severity, waitingWeeks: layer.waitingWeeks, workOrder: layer.workOrder }
}

function statusOf(layer: LayerFacts, now: Date): LayerStatus {
  const { datasetDate, staleAfterDays, failureKind } = layer
  const loadedAt = layer.loadedAt === null ? null : new Date(layer.loadedAt)
  return layerStatusOf({ loadedAt, datasetDate, staleAfterDays, hasFailed: failureKind !== null }, now)
}

/** Whether the layer says something about this place. A layer that means nothing for the kind need not. */
function isUnchecked(layer: LayerFacts, hit: LayerHit | undefined, { installationType, now }: Question): boolean {
  if (!layer.isMapped || severityOf(layer.severities, installationType) === 0) return false
  return !countsAsChecked(statusOf(layer, now)) || (layer.needsCoverage && hit?.isCovered !== true)
}

/** Worst first, then in the planner's order of work; the sort is stable, so that equals keep the catalogue's order. */
function worstFirst<Item extends { severity: Severity; workOrder: number }>(items: Item[]): Item[] {
  return items.toSorted((a, b) => b.severity - a.severity || a.workOrder - b.workOrder)
}

function startAfter(weeks: number, now: Date): string {
  const day = new Date(copenhagenDate(now))
  day.setUTCDate(day.getUTCDate() + 7 * weeks)
  return day.toISOString().slice(0, 10)
}

/** Decides what the layers say about a place (decision 0011). `layers` stand in the catalogue's order. */
export function judge(layers: readonly LayerFacts[], hits: readonly LayerHit[], question: Question): Judgement {
  const { installationType, now } = question
  const hitOf = new Map(hits.map((hit) => [hit.layerId, hit]))
  const findings = worstFirst(layers.flatMap((layer) => findingOf(layer, hitOf.get(layer.layerId), question) ?? []))
  const duties = worstFirst(layers.flatMap((layer) => dutyOf(layer, question) ?? []))
  const notChecked = layers.filter((layer) => isUnchecked(layer, hitOf.get(layer.layerId), question)).map(({ layerId }) => layerId)
  const counting = [...findings, ...(installationType === null ? [] : duties.filter(({ severity }) => severity >= DUTY_COUNTS_FROM))]
  const verdict = verdictOf(Math.max(0, ...counting.map(({ severity }) => severity)) as Severity)
  const weeks = counting.filter(({ severity }) => severity > 0).map(({ waitingWeeks }) => waitingWeeks ?? 0)
  return {
    installationType,
    verdict,
    // Without a catalogue nothing was asked at all.
    partial: notChecked.length > 0 || layers.length === 0,
    findings,
    duties,
    notChecked,
    datasets: layers
      .filter(({ isMapped }) => isMapped)
      .map((layer) => ({
        layerId: layer.layerId,
        status: statusOf(layer, now),
        datasetDate: layer.datasetDate,
        loadedAt: layer.loadedAt === null ? null : new Date(layer.loadedAt).toISOString(),
        featureCount: layer.featureCount,
        isDemo: layer.isDemo,
      })),
    earliestStart: verdict === 'stop' ? null : startAfter(Math.max(0, ...weeks), now),
  }
}

/** Whether a place is milder than here, and not only because less of it was checked. */
export function isBetter(there: Judgement, here: Judgement): boolean {
  const milder = VERDICTS.indexOf(there.verdict) < VERDICTS.indexOf(here.verdict)
  return milder && there.notChecked.every((layerId) => here.notChecked.includes(layerId))
}

/** Two judgements say the same when layer by layer they find the same severity in the same relation, and checked the same. */
export function saysTheSame(one: Judgement, other: Judgement): boolean {
  const essence = ({ findings, duties, notChecked }: Judgement) =>
    JSON.stringify([
      findings.map(({ layerId, relation, severity }) => `${layerId} ${relation} ${severity}`).sort(),
      duties.map(({ layerId, severity }) => `${layerId} ${severity}`).sort(),
      [...notChecked].sort(),
    ])
  return essence(one) === essence(other)
}

/** Layers that appeared, went or changed severity. */
export function changesBetween(before: Judgement, after: Judgement) {
  const severities = (judgement: Judgement) => new Map(judgement.findings.map(({ layerId, severity }) => [layerId, severity]))
  const [old, young] = [severities(before), severities(after)]
  return [...new Set([...old.keys(), ...young.keys()])]
    .map((layerId) => ({ layerId, before: old.get(layerId) ?? null, after: young.get(layerId) ?? null }))
    .filter((change) => change.before !== change.after)
}
