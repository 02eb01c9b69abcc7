import type { ApiProblem } from '../../lib/api.ts'
import type { Draft } from './draft.ts'
import type { Step } from './stepNumber.ts'
import { altTextField, type FieldIssue } from './steps.ts'

/** What the person can do about a failed send. */
type AdviceAction = 'retry' | 'wait' | 'sign-in' | 'fix' | 'resolve-conflict' | 'send-as-new' | 'none'

export interface SendAdvice {
  action: AdviceAction
  issues: FieldIssue[]
}

type Failure = Pick<ApiProblem, 'kind' | 'body'>

const stepOfField: Record<string, Step> = {
  geometry: 1,
  title: 2,
  description: 2,
  category: 2,
  pictures: 2,
  wishedAmount: 3,
  accessibilityNote: 3,
  upkeepNote: 3,
}
const fieldOfMember: Record<string, string> = { wishedAmountDkk: 'wishedAmount', pictureIds: 'pictures' }

/** The form's field behind a pointer into the body that was sent; `null` when the form has none. */
export function fieldOfPointer(pointer: string, draft: Draft): string | null {
  const [, member = '', index = ''] = pointer.split('/')
  const field = fieldOfMember[member] ?? member
  if (field === 'pictures') {
    const picture = draft.pictures[Number(index)]
    return picture && index !== '' ? altTextField(picture.localId) : 'pictures'
  }
  return Object.hasOwn(stepOfField, field) ? field : null
}

function issuesFrom(failure: Failure, draft: Draft): FieldIssue[] {
  return (failure.body.errors ?? []).flatMap(({ pointer }) => {
    const field = fieldOfPointer(pointer, draft)
    if (field === null) return []
    const text = pointer.startsWith('/pictureIds')
      ? 'picture-refused'
      : pointer.startsWith('/geometry')
        ? 'reason.geometry-type'
        : 'refused'
    return [{ field, step: stepOfField[field] ?? 2, text }]
  })
}

function placeIssue(text: string, values: Record<string, string | number> = {}): FieldIssue[] {
  return [{ field: 'geometry', step: 1, text, values }]
}

function placeIssues({ kind, body }: Failure): FieldIssue[] {
  const metres = (name: string) => (typeof body[name] === 'number' ? Math.round(body[name]) : 0)
  if (kind === 'outside-district') {
    return placeIssue('outside', { district: String(body.nearestDistrictName ?? ''), distanceM: metres('distanceM') })
  }
  if (kind === 'geometry-refused') return placeIssue(`reason.${body.errors?.[0]?.detail ?? 'geometry-type'}`)
  if (metres('outsideM2') > 0) return placeIssue('partly-outside-area', { outside: metres('outsideM2') })
  return metres('outsideM') > 0 ? placeIssue('partly-outside-line', { outside: metres('outsideM') }) : placeIssue('partly-outside')
}

const ACTIONS: Record<string, AdviceAction> = {
  'not-signed-in': 'sign-in',
  'too-many-requests': 'wait',
  'edit-conflict': 'resolve-conflict',
  'idempotency-mismatch': 'send-as-new',
  'phase-closed': 'none',
  'not-allowed': 'none',
  'already-withdrawn': 'none',
}
const PLACE_KINDS = ['outside-district', 'partly-outside', 'geometry-refused']
const PICTURE_KINDS = [
  'picture-too-large',
  'picture-format',
  'picture-unreadable',
  'picture-too-many-pixels',
  'picture-unknown',
  'picture-lost',
  'alt-text-missing',
  'too-many-pictures',
]

/** The way on after a failed send and the fields to look at. Whatever is not known here may be tried again. */
export function adviseOn(failure: Failure, draft: Draft): SendAdvice {
  const { kind } = failure
  if (PLACE_KINDS.includes(kind)) return { action: 'fix', issues: placeIssues(failure) }
  if (PICTURE_KINDS.includes(kind)) {
    const named = issuesFrom(failure, draft)
    return { action: 'fix', issues: named.length > 0 ? named : [{ field: 'pictures', step: 2, text: 'picture-refused' }] }
  }
  const action = ACTIONS[kind]
  if (action) return { action, issues: [] }
  const issues = issuesFrom(failure, draft)
  return { action: issues.length > 0 ? 'fix' : 'retry', issues }
}
