import { Link } from '@tanstack/react-router'
import type { PlanElection, Step, StepAction, StepRecord } from '../../../server/elections/contract.ts'
import { mayStep } from '../../../server/elections/rules/steps.ts'
import { ApiProblem } from '../../lib/api.ts'
import { formatMoment } from '../../lib/format.ts'
import { useLanguage, useTranslation } from '../../lib/i18n.ts'
import { useSession } from '../../lib/session.ts'
import { ReasonForm } from '../../plan/ReasonForm.tsx'
import { Button } from '../../ui/Button.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { takeStep } from '../elections.api.ts'
import { useSending } from './useSending.ts'

const IN_ORDER: readonly Step[] = ['close', 'count', 'publish', 'stop']

/** The steps that two organisers take together: what was done, what can be done now, and by whom. */
export function ElectionSteps({ election }: { election: PlanElection }) {
  const { t } = useTranslation('planElections')
  const shown = IN_ORDER.filter(
    (step) => mayStep(step, election.state) || election.steps.some((record) => record.step === step && record.confirmedBy !== null),
  )
  if (shown.length === 0) return null
  return (
    <section className="bm-vote-part" aria-labelledby="trin">
      <h2 id="trin">{t('steps.title')}</h2>
      <p className="bm-fine">{t('steps.text')}</p>
      <ol className="bm-vote-steps">
        {shown.map((step) => (
          <StepLine key={step} step={step} election={election} />
        ))}
      </ol>
    </section>
  )
}

function StepLine({ step, election }: { step: Step; election: PlanElection }) {
  const { t } = useTranslation('planElections')
  const { csrfToken } = useSession()
  const { isSending, error, send } = useSending()
  const record = election.steps.find((one) => one.step === step)
  const take = (action: StepAction['action']) => () =>
    send(t(`steps.done.${action}`), () => takeStep(election, step, action, null, csrfToken))
  return (
    <li className="bm-vote-step" data-state={record?.confirmedBy ? 'done' : record ? 'proposed' : 'open'}>
      <h3>{t(`steps.${step}.title`)}</h3>
      <p>{t(`steps.${step}.text`)}</p>
      {record ? <Taken record={record} /> : null}
      {error ? <ErrorState error={error} /> : null}
      <OpenWork error={error} election={election} />
      {record === undefined && step === 'stop' ? <ProposeStop election={election} /> : null}
      {record === undefined && step !== 'stop' ? (
        <div className="bm-detail-actions">
          <Button look="main" disabled={isSending} onClick={take('propose')}>
            {t('steps.propose')}
          </Button>
        </div>
      ) : null}
      {record && !record.confirmedBy ? (
        <SecondHalf record={record} isSending={isSending} onConfirm={take('confirm')} onWithdraw={take('withdraw')} />
      ) : null}
    </li>
  )
}

/** What of the meetings must be done before the step can be taken, with the way to each. */
function OpenWork({ error, election }: { error: unknown; election: PlanElection }) {
  const { t } = useTranslation('planElections')
  if (!(error instanceof ApiProblem) || error.kind !== 'meeting-not-done') return null
  const open = (error.body.open ?? []) as { districtId: string; kind: string }[]
  return (
    <ul className="bm-vote-open">
      {open.map(({ districtId, kind }) => (
        <li key={`${districtId} ${kind}`}>
          <Link to="/plan/afstemning/moede/$districtId" params={{ districtId }}>
            {t('openWork.at', { district: election.districts.find((one) => one.districtId === districtId)?.name ?? districtId })}
          </Link>{' '}
          {t(`openWork.${kind}`)}
        </li>
      ))}
    </ul>
  )
}

/** Who proposed a step and why, and who confirmed it. */
function Taken({ record }: { record: StepRecord }) {
  const { t } = useTranslation('planElections')
  const language = useLanguage()
  const { reason, proposedBy, proposedAt, confirmedBy, confirmedAt } = record
  return (
    <>
      {reason ? <p className="bm-text">»{reason}«</p> : null}
      <p className="bm-fine">{t('steps.proposed', { name: proposedBy.displayName, at: formatMoment(proposedAt, language) })}</p>
      {confirmedBy && confirmedAt ? (
        <p className="bm-fine">
          {t('steps.confirmed', { second: confirmedBy.displayName, secondAt: formatMoment(confirmedAt, language) })}
        </p>
      ) : null}
    </>
  )
}

interface SecondHalfProps {
  record: StepRecord
  isSending: boolean
  onConfirm: () => void
  onWithdraw: () => void
}

/** What is left of a proposed step: another person's yes, or taking it back. */
function SecondHalf({ record: { step, proposedBy }, isSending, onConfirm, onWithdraw }: SecondHalfProps) {
  const { t } = useTranslation('planElections')
  const { person } = useSession()
  const isMine = proposedBy.personId === person?.personId
  return (
    <>
      {isMine ? <p className="bm-fine">{t('steps.waits')}</p> : null}
      <div className="bm-detail-actions">
        {isMine ? null : (
          <Button look={step === 'stop' ? 'danger' : 'main'} disabled={isSending} onClick={onConfirm}>
            {t(`steps.${step}.confirm`)}
          </Button>
        )}
        <Button look="plain" disabled={isSending} onClick={onWithdraw}>
          {t('steps.withdraw')}
        </Button>
      </div>
    </>
  )
}

function ProposeStop({ election }: { election: PlanElection }) {
  const { t } = useTranslation('planElections')
  const { csrfToken } = useSession()
  return (
    <ReasonForm
      summary={t('steps.stop.open')}
      hint={<p>{t('steps.stop.final')}</p>}
      label={t('steps.stop.reason')}
      doLabel={t('steps.propose')}
      done={t('steps.done.propose')}
      min={10}
      max={2000}
      onSend={async (reason) => {
        await takeStep(election, 'stop', 'propose', reason, csrfToken)
      }}
    />
  )
}
