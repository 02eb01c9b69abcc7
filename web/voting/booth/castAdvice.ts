/** What a voter can do about a ballot that did not go in. */
export type CastAction = 'retry' | 'wait' | 'sign-in' | 'change' | 'reload' | 'other-code' | 'finish'

const ACTIONS: Readonly<Record<string, CastAction>> = {
  'too-many-requests': 'wait',
  'voting-key-differs': 'wait',
  'clock-wrong': 'wait',
  'not-signed-in': 'sign-in',
  'cross-site-request': 'sign-in',
  'wrong-state': 'reload',
  'no-election': 'reload',
  'too-many-choices': 'change',
  'over-budget': 'change',
  'not-on-ballot': 'change',
  'ballot-malformed': 'change',
  'invalid-request': 'change',
  'malformed-request': 'change',
  'code-unknown': 'other-code',
  'code-used': 'finish',
  'voting-closed': 'finish',
  'not-eligible': 'finish',
  'already-voted': 'finish',
}

/** The one way on that fits. Whatever is not known here may be sent again: the same ballot counts once. */
export function castAction(kind: string): CastAction {
  return ACTIONS[kind] ?? 'retry'
}
