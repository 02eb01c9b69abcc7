import { useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { useTranslation } from '../lib/i18n.ts'
import { useSession } from '../lib/session.ts'
import { usePageTitle } from '../lib/usePageTitle.ts'
import { Booth } from './booth/Booth.tsx'
import { BoothFrame } from './booth/BoothFrame.tsx'
import { ballotOf } from './booth/ballot.ts'
import type { BoothSearch } from './booth/boothSearch.ts'
import { ReceiptStep } from './booth/ReceiptStep.tsx'
import { StartStep } from './start/StartStep.tsx'
import { VoteState } from './start/VoteState.tsx'
import { type SetUpElection, useBooth, useCurrentVote } from './useVote.ts'
import { standingQuery } from './voting.api.ts'

/** `/stem`: the current vote. Before it, after it, and between them the way into the booth for those who sign in. */
export function VotePage() {
  const { t } = useTranslation('voting')
  const vote = useCurrentVote()
  const { receipt } = useBooth()
  const { step } = useSearch({ from: '/stem' }) as BoothSearch
  usePageTitle(t('start.title'))
  const election = vote.phase === 'known' ? vote.election : null
  if (receipt !== null) {
    return (
      <BoothFrame view="receipt" isInside>
        <ReceiptStep election={election} />
      </BoothFrame>
    )
  }
  if (election === null || election.state !== 'open') {
    return (
      <BoothFrame view="state">
        <VoteState vote={vote} />
      </BoothFrame>
    )
  }
  return <Door election={election} step={step} />
}

/** Lets those in who may vote; everybody else is told why not, and what to do. */
function Door({ election, step }: { election: SetUpElection; step: BoothSearch['step'] }) {
  const { person } = useSession()
  const { data: standing, error, refetch } = useQuery(standingQuery(election.roundYear, person?.personId ?? null))
  const { draft } = useBooth()
  const district = election.setup.districts.find(({ districtId }) => districtId === standing?.districtId)
  const voter = `person:${person?.personId}`
  // Sent but not answered: it may be in the box by now, and only the same ballot sent again brings its receipt.
  const isUnanswered = draft !== null && draft.voter === voter && draft.retryKey !== null
  const mayEnter = standing?.standing === 'may-vote' || (standing?.standing === 'already-voted' && isUnanswered)
  if (step !== undefined && person !== null && mayEnter && district !== undefined) {
    return (
      <BoothFrame view={step} isInside>
        <Booth election={election} ballot={ballotOf(district, null)} voter={voter} code={null} step={step} />
      </BoothFrame>
    )
  }
  return (
    <BoothFrame view="start" isInside={draft !== null}>
      <StartStep
        election={election}
        standing={standing ?? null}
        isUnanswered={isUnanswered}
        error={standing ? null : error}
        onRetry={() => void refetch()}
      />
    </BoothFrame>
  )
}
