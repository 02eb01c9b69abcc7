import { useQuery } from '@tanstack/react-query'
import type { PlanElection } from '../../../server/elections/contract.ts'
import { useTranslation } from '../../lib/i18n.ts'
import { useSession } from '../../lib/session.ts'
import { ReasonForm } from '../../plan/ReasonForm.tsx'
import { Button } from '../../ui/Button.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { codeBatchesQuery } from '../../voting/voting.api.ts'
import { freeze, thaw } from '../elections.api.ts'
import { SetupProof } from '../SetupProof.tsx'
import { useSending } from './useSending.ts'

/** The last step of the set-up: what freezing means, and the button once nothing is missing. */
export function FreezePart({ election }: { election: PlanElection }) {
  const { t } = useTranslation('planElections')
  const { csrfToken } = useSession()
  const { isSending, error, send } = useSending()
  const open = election.checklist.filter((item) => item.open.length > 0).length
  return (
    <section className="bm-vote-part" aria-labelledby="laas">
      <h2 id="laas">{t('freeze.title')}</h2>
      <p>{t('freeze.text')}</p>
      {error ? <ErrorState error={error} /> : null}
      <div className="bm-detail-actions">
        <Button
          look="main"
          disabled={isSending || open > 0}
          aria-describedby="laas-mangler"
          onClick={() => send(t('freeze.done'), () => freeze(election, csrfToken))}
        >
          {t('freeze.do')}
        </Button>
      </div>
      <p id="laas-mangler" className="bm-fine">
        {open > 0 ? t('freeze.open', { count: open }) : t('freeze.ready')}
      </p>
    </section>
  )
}

/** What is frozen, and the way back before the opening. */
export function FrozenPart({ election }: { election: PlanElection }) {
  const { t } = useTranslation('planElections')
  const { csrfToken } = useSession()
  const { roundYear, setupSha256, state, log } = election
  const { data: batches } = useQuery({ ...codeBatchesQuery(roundYear), enabled: state === 'frozen' })
  const sheets = batches?.items.filter(({ cancelledAt }) => cancelledAt === null).length ?? 0
  return (
    <section className="bm-vote-part" aria-labelledby="laast">
      <h2 id="laast">{t('frozen.title')}</h2>
      <p>{t('frozen.text')}</p>
      {setupSha256 === null ? null : <SetupProof year={roundYear} sha256={setupSha256} logHead={log.at(-1) ?? null} />}
      {state === 'frozen' ? (
        <ReasonForm
          summary={t('thaw.title')}
          hint={
            <>
              {sheets > 0 ? <p>{t('thaw.sheets', { count: sheets })}</p> : null}
              <p>{t('thaw.lookAgain')}</p>
            </>
          }
          label={t('thaw.reason')}
          doLabel={t('thaw.do')}
          done={t('thaw.done')}
          min={10}
          max={2000}
          onSend={async (reason) => {
            await thaw(election, reason, csrfToken)
          }}
        />
      ) : null}
    </section>
  )
}
