import type { ConstraintLayer, LayerChange, Severities } from '../../server/constraints/contract.ts'
import { INSTALLATION_TYPES, type InstallationType } from '../../server/kernel/installationTypes.ts'
import { SEVERITIES, type Severity } from '../../server/kernel/severity.ts'
import { LANGUAGES, type Language } from '../lib/language.ts'

/** What a planner may change of a layer. */
export type LayerWords = Pick<ConstraintLayer, 'severities' | 'citizenText' | 'plannerText'>
export const TEXT_PARTS = ['citizenText', 'plannerText'] as const
export type TextPart = (typeof TEXT_PARTS)[number]

export type WordChange =
  | { kind: 'severity'; type: InstallationType; from: Severity; to: Severity }
  | { kind: 'text'; part: TextPart; language: Language; text: string }

export function wordsOf({ severities, citizenText, plannerText }: LayerWords): LayerWords {
  return { severities, citizenText, plannerText }
}

/** What differs between two states of a layer, severities first. */
export function differences(before: LayerWords, after: LayerWords): WordChange[] {
  const severities = INSTALLATION_TYPES.filter((type) => before.severities[type] !== after.severities[type]).map(
    (type): WordChange => ({ kind: 'severity', type, from: before.severities[type], to: after.severities[type] }),
  )
  const texts = TEXT_PARTS.flatMap((part) =>
    LANGUAGES.filter((language) => before[part][language] !== after[part][language]).map(
      (language): WordChange => ({ kind: 'text', part, language, text: after[part][language] }),
    ),
  )
  return [...severities, ...texts]
}

/** The parts that differ from what the form began with, as they are sent. */
export function changeOf(base: LayerWords, mine: LayerWords): Omit<LayerChange, 'version' | 'reason'> {
  const changes = differences(base, mine)
  const touches = (part: TextPart) => changes.some((change) => change.kind === 'text' && change.part === part)
  return {
    ...(changes.some(({ kind }) => kind === 'severity') ? { severities: mine.severities } : {}),
    ...(touches('citizenText') ? { citizenText: mine.citizenText } : {}),
    ...(touches('plannerText') ? { plannerText: mine.plannerText } : {}),
  }
}

/** My changes put on top of what stands there now: where I changed nothing, the colleague's words stand. */
export function rebased(base: LayerWords, mine: LayerWords, current: LayerWords): LayerWords {
  const result = structuredClone(wordsOf(current))
  for (const change of differences(base, mine)) {
    if (change.kind === 'severity') result.severities[change.type] = change.to
    else result[change.part][change.language] = change.text
  }
  return result
}

/** Kinds of installation by what the rule means for them, the worst first; what means nothing only when all do. */
export function bySeverity(severities: Severities): { severity: Severity; types: InstallationType[] }[] {
  const groups = [...SEVERITIES]
    .reverse()
    .map((severity) => ({ severity, types: INSTALLATION_TYPES.filter((type) => severities[type] === severity) }))
    .filter(({ types }) => types.length > 0)
  return groups.length > 1 ? groups.filter(({ severity }) => severity > 0) : groups
}
