import { createHash, randomBytes } from 'node:crypto'
import type { FrozenSetup } from '../../server/elections/contract.ts'
import { type Canonical, canonicalJson } from '../../server/elections/rules/canonicalJson.ts'
import type { Cast, Choices } from '../../server/voting/contract.ts'

/** The hash a frozen set-up is known by. */
export function setupHash(setup: FrozenSetup): string {
  return createHash('sha256')
    .update(canonicalJson(setup as unknown as Canonical))
    .digest('hex')
}

/** A ballot on its way; without choices for the first project of the district. */
export function newCast(
  setup: FrozenSetup,
  districtId: string,
  more: Partial<Omit<Cast, 'choices'>> & { choices?: Partial<Choices> } = {},
): Cast {
  const first = setup.districts.find((district) => district.districtId === districtId)?.lines[0]?.projectId
  const { choices = {}, ...rest } = more
  return {
    districtId,
    retryKey: randomBytes(18).toString('base64url'),
    setupSha256: setupHash(setup),
    ...rest,
    choices: { projectIds: first === undefined ? [] : [first], ...choices },
  }
}
