import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import type { PassOn } from '../../../server/allocation/contract.ts'
import { announce } from '../../lib/announce.ts'
import { formatAmount, formatMoment } from '../../lib/format.ts'
import { useLanguage, useTranslation } from '../../lib/i18n.ts'
import { useSession } from '../../lib/session.ts'
import { ReasonForm } from '../../plan/ReasonForm.tsx'
import { Button } from '../../ui/Button.tsx'
import { DistrictChip } from '../../ui/DistrictChip.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { passOnsQuery, proposePassOn, type RoundResult, settlePassOn } from '../result.api.ts'

const REASON_MIN = 10
const REASON_MAX = 2000

/** Winners that cannot be built: one proposes, another confirms, the published rule decides where the money goes. */
export function PassOnPart({ result }: { result: RoundResult }) {
  const { t } = useTranslation('decisions')
  const { csrfToken } = useSession()
  const passOns = useQuery(passOnsQuery(result.roundYear))
  const winners = result.districts.flatMap(({ districtId, name, projects }) =>
    districtId === null
      ? []
      : projects
          .filter(({ awardedDkk }) => awardedDkk)
          .map(({ projectId, title }) => ({ key: `${districtId}/${projectId}`, districtId, projectId, label: `${name}: ${title}` })),
  )
  const [key, setKey] = useState(winners[0]?.key ?? '')
  const id = useId()
  const winner = winners.find((one) => one.key === key) ?? winners[0]
  return (
    <section className="bm-section" aria-labelledby="pass-on">
      <h2 id="pass-on">{t('passOn.title')}</h2>
      <p>{t('passOn.text')}</p>
      {passOns.error ? <ErrorState error={passOns.error} onRetry={() => passOns.refetch()} /> : null}
      <ul className="bm-pass-ons">
        {passOns.data?.items.map((passOn) => (
          <PassOnCard key={passOn.passOnId} passOn={passOn} result={result} />
        ))}
      </ul>
      {winner ? (
        <>
          <div className="bm-field">
            <label htmlFor={id}>{t('passOn.winner')}</label>
            <select id={id} className="bm-select" value={winner.key} onChange={(event) => setKey(event.target.value)}>
              {winners.map((one) => (
                <option key={one.key} value={one.key}>
                  {one.label}
                </option>
              ))}
            </select>
          </div>
          <ReasonForm
            summary={t('passOn.open')}
            label={t('passOn.reason')}
            min={REASON_MIN}
            max={REASON_MAX}
            doLabel={t('passOn.propose')}
            done={t('passOn.proposed')}
            onSend={async (reason) => {
              const { districtId, projectId } = winner
              await proposePassOn(result.roundYear, { districtId, projectId, reason }, csrfToken)
            }}
          />
        </>
      ) : null}
    </section>
  )
}

function PassOnCard({ passOn, result }: { passOn: PassOn; result: RoundResult }) {
  const { t } = useTranslation('decisions')
  const language = useLanguage()
  const { districtId, projectTitle, reason, state, proposerName, proposedAt, settlerName, awardsAfter, leftDkk, how } = passOn
  const district = result.districts.find((one) => one.districtId === districtId)
  const titleOf = (id: string) => district?.projects.find(({ projectId }) => projectId === id)?.title ?? id
  return (
    <li data-state={state}>
      <p>
        <DistrictChip districtId={districtId} name={district?.name ?? ''} /> <strong lang="da">{projectTitle}</strong>
      </p>
      <p lang="da">{reason}</p>
      <p className="bm-fine">{t('passOn.by', { name: proposerName, at: formatMoment(proposedAt, language) })}</p>
      {state === 'withdrawn' ? null : (
        <>
          <p>{t(`passOn.${how}`)}</p>
          <ul className="bm-notes">
            {awardsAfter.map((award) => (
              <li key={award.projectId}>
                <span lang="da">{titleOf(award.projectId)}</span>: {formatAmount(award.amountDkk, language)}
                {award.source === 'passed-on' ? ` (${t('passOn.new')})` : ''}
              </li>
            ))}
            <li>{t('passOn.left', { amount: formatAmount(leftDkk, language) })}</li>
          </ul>
        </>
      )}
      {state === 'proposed' ? <Settle passOn={passOn} year={result.roundYear} /> : null}
      {state === 'proposed' ? null : <p className="bm-fine">{t(`passOn.state.${state}`, { name: settlerName ?? '' })}</p>}
    </li>
  )
}

function Settle({ passOn: { passOnId, isMine }, year }: { passOn: PassOn; year: number }) {
  const { t } = useTranslation('decisions')
  const { csrfToken } = useSession()
  const [error, setError] = useState<unknown>(null)
  const [isSending, setIsSending] = useState(false)
  async function settle(what: 'confirm' | 'withdraw') {
    setIsSending(true)
    setError(null)
    try {
      await settlePassOn(year, passOnId, what, csrfToken)
      announce(t(`passOn.${what}Done`))
    } catch (problem) {
      setError(problem)
      setIsSending(false)
    }
  }
  return (
    <>
      <p className="bm-fine">{t(isMine ? 'passOn.mine' : 'passOn.second')}</p>
      {error ? <ErrorState error={error} /> : null}
      <div className="bm-detail-actions">
        {isMine ? null : (
          <Button look="main" disabled={isSending} onClick={() => void settle('confirm')}>
            {t('passOn.confirm')}
          </Button>
        )}
        <Button disabled={isSending} onClick={() => void settle('withdraw')}>
          {t('passOn.withdraw')}
        </Button>
      </div>
    </>
  )
}
