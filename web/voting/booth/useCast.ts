import { useState } from 'react'
import { announce } from '../../lib/announce.ts'
import { ApiProblem } from '../../lib/api.ts'
import { useTranslation } from '../../lib/i18n.ts'
import { useSession } from '../../lib/session.ts'
import type { SetUpElection } from '../useVote.ts'
import { castBallot } from '../voting.api.ts'
import { type Ballot, choicesOf } from './ballot.ts'
import { boothStore } from './boothStore.ts'

export type CastState = { phase: 'idle' } | { phase: 'sending' } | { phase: 'failed'; problem: ApiProblem }

/** Casts once at a time. Whatever goes wrong, the ballot stays, and goes again with the same key until it is changed. */
export function useCast(election: SetUpElection, ballot: Ballot, code: string | null, onCast: () => void) {
  const { t } = useTranslation('voting')
  const { csrfToken } = useSession()
  const [state, setState] = useState<CastState>({ phase: 'idle' })
  async function cast() {
    const { draft } = boothStore().snapshot()
    if (state.phase === 'sending' || draft === null) return
    setState({ phase: 'sending' })
    try {
      const receipt = await castBallot(
        election.roundYear,
        {
          districtId: ballot.districtId,
          choices: choicesOf(ballot, draft.marks),
          ...(code === null ? {} : { code }),
          retryKey: boothStore().keyForSending(),
          setupSha256: election.setupSha256,
        },
        csrfToken,
      )
      boothStore().cast(receipt)
      announce(t('done.announce'))
      onCast()
    } catch (error) {
      setState({ phase: 'failed', problem: error instanceof ApiProblem ? error : new ApiProblem('internal-error', 0) })
    }
  }
  return { state, cast }
}
