/** What a meeting decided that a project gets. @unit whole kroner */
export interface AgreedAmount {
  readonly projectId: string
  readonly amount: number
}

export type AgreedSharing =
  | { readonly ok: true; readonly total: number; readonly left: number }
  | { readonly ok: false; readonly reason: 'unknown-project' | 'named-twice' | 'not-an-amount'; readonly projectId: string }
  | { readonly ok: false; readonly reason: 'exclusive-pair'; readonly projectIds: readonly [string, string] }
  | { readonly ok: false; readonly reason: 'beyond-share'; readonly total: number; readonly beyond: number }

/**
 * Checks amounts a meeting agreed on: each project once, whole kroner above zero, of an exclusive pair at most one, together within
 * the share. @unit whole kroner
 */
export function checkAgreedSharing(
  share: number,
  { projectIds, pairs = [] }: { projectIds: readonly string[]; pairs?: readonly (readonly [string, string])[] },
  amounts: readonly AgreedAmount[],
): AgreedSharing {
  const seen = new Set<string>()
  for (const { projectId, amount } of amounts) {
    if (!projectIds.includes(projectId)) return { ok: false, reason: 'unknown-project', projectId }
    if (seen.has(projectId)) return { ok: false, reason: 'named-twice', projectId }
    if (!Number.isSafeInteger(amount) || amount <= 0) return { ok: false, reason: 'not-an-amount', projectId }
    seen.add(projectId)
  }
  const both = pairs.find((pair) => pair.every((id) => seen.has(id)))
  if (both) return { ok: false, reason: 'exclusive-pair', projectIds: both }
  const total = amounts.reduce((sum, { amount }) => sum + amount, 0)
  return total <= share ? { ok: true, total, left: share - total } : { ok: false, reason: 'beyond-share', total, beyond: total - share }
}
