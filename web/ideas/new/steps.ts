import { ALT_TEXT_MAX, ALT_TEXT_MIN } from '../../../server/files/limits.ts'
import { IDEA_LIMITS } from '../../../server/ideas/limits.ts'
import type { PlaceGeometry } from '../../../server/kernel/geometry.ts'
import { MAX_AREA_M2, MAX_VERTICES } from '../../../server/kernel/geometryLimits.ts'
import { readAmount } from './amount.ts'
import type { Draft } from './draft.ts'
import { lineLengthM, ringAreaM2, ringCrossesItself } from './measure.ts'
import type { Step } from './stepNumber.ts'

/** Something to put right. `field` names the element that gets the focus, `text` the sentence in the texts. */
export interface FieldIssue {
  field: string
  step: Step
  text: string
  values?: Record<string, string | number>
}

export function altTextField(localId: string): string {
  return `altText-${localId}`
}

function geometryIssue(geometry: PlaceGeometry | null): string | null {
  if (geometry === null) return 'geometry-missing'
  if (geometry.type === 'Point') return null
  const line = geometry.type === 'LineString' ? geometry.coordinates : (geometry.coordinates[0] ?? [])
  if (line.length > MAX_VERTICES) return 'geometry-too-many-vertices'
  if (geometry.type === 'LineString') return lineLengthM(line) < 0.01 ? 'geometry-zero-length' : null
  if (ringCrossesItself(line)) return 'geometry-self-crossing'
  const areaM2 = ringAreaM2(line)
  if (areaM2 < 0.01) return 'geometry-zero-area'
  return areaM2 > MAX_AREA_M2 ? 'geometry-too-large' : null
}

function placeIssues(draft: Draft): FieldIssue[] {
  const reason = geometryIssue(draft.geometry)
  return reason === null
    ? []
    : [{ field: 'geometry', step: 1, text: `reason.${reason}`, values: { maxAreaM2: MAX_AREA_M2, maxVertices: MAX_VERTICES } }]
}

function lengthIssue(field: string, step: Step, text: string, min: number, max: number): FieldIssue[] {
  const length = text.trim().length
  if (length === 0 && min > 0) return [{ field, step, text: `missing-${field}`, values: { min } }]
  if (length < min) return [{ field, step, text: 'too-short', values: { min, length } }]
  return length > max ? [{ field, step, text: 'too-long', values: { max, length } }] : []
}

function whatIssues(draft: Draft): FieldIssue[] {
  const category: FieldIssue[] = draft.category === null ? [{ field: 'category', step: 2, text: 'missing-category' }] : []
  const pictures = draft.pictures.flatMap((picture, index): FieldIssue[] => {
    const length = picture.altText.trim().length
    const field = altTextField(picture.localId)
    if (length < ALT_TEXT_MIN) return [{ field, step: 2, text: 'missing-altText', values: { number: index + 1 } }]
    return length > ALT_TEXT_MAX ? [{ field, step: 2, text: 'too-long', values: { max: ALT_TEXT_MAX, length } }] : []
  })
  return [
    ...lengthIssue('title', 2, draft.title, IDEA_LIMITS.titleMin, IDEA_LIMITS.title),
    ...lengthIssue('description', 2, draft.description, IDEA_LIMITS.descriptionMin, IDEA_LIMITS.description),
    ...category,
    ...pictures,
  ]
}

function moneyIssues(draft: Draft): FieldIssue[] {
  const amount = readAmount(draft.wishedAmount)
  return [
    ...(amount.ok
      ? []
      : [{ field: 'wishedAmount', step: 3 as const, text: `amount-${amount.reason}`, values: { max: IDEA_LIMITS.wishedAmountDkk } }]),
    ...lengthIssue('accessibilityNote', 3, draft.accessibilityNote, 0, IDEA_LIMITS.note),
    ...lengthIssue('upkeepNote', 3, draft.upkeepNote, 0, IDEA_LIMITS.note),
  ]
}

/** What is missing or wrong in one step, top to bottom; the last step asks for everything. */
export function issuesOf(draft: Draft, step: Step): FieldIssue[] {
  if (step === 1) return placeIssues(draft)
  if (step === 2) return whatIssues(draft)
  if (step === 3) return moneyIssues(draft)
  return [...placeIssues(draft), ...whatIssues(draft), ...moneyIssues(draft)]
}
