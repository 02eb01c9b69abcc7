import { type SubmitEvent, useId, useState } from 'react'
import type { ElectionDistrict } from '../../../server/elections/contract.ts'
import type { MadeCodes } from '../../../server/voting/contract.ts'
import { VOTING_LIMITS } from '../../../server/voting/limits.ts'
import { useTranslation } from '../../lib/i18n.ts'
import { useSession } from '../../lib/session.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { makeCodes } from '../voting.api.ts'
import { CODES_PER_PAGE } from './pages.ts'

const USUAL_COUNT = 40
const ROUNDS = [1, 2, 3, 4, 5, 6]

interface NewBatchProps {
  year: number
  districts: readonly ElectionDistrict[]
  onMade: (made: MadeCodes) => void
}

/** Which district, how many, and for which ballot. */
export function NewBatch({ year, districts, onMade }: NewBatchProps) {
  const { t } = useTranslation('codes')
  const { csrfToken } = useSession()
  const id = useId()
  const [districtId, setDistrictId] = useState(districts[0]?.districtId ?? '')
  const [count, setCount] = useState(String(USUAL_COUNT))
  const [roundNumber, setRoundNumber] = useState(1)
  const [error, setError] = useState<unknown>(null)
  const [isMaking, setIsMaking] = useState(false)
  const number = Number(count)
  const isNumber = Number.isInteger(number) && number >= 1 && number <= VOTING_LIMITS.codesPerBatch
  const district = districts.find((one) => one.districtId === districtId)
  const isKnockOut = district?.settings.decidedBy === 'knock-out'
  async function make(event: SubmitEvent) {
    event.preventDefault()
    if (!isNumber || isMaking) return
    setIsMaking(true)
    setError(null)
    try {
      onMade(await makeCodes(year, { districtId, count: number, meetingId: null, roundNumber: isKnockOut ? roundNumber : 0 }, csrfToken))
    } catch (problem) {
      setError(problem)
    } finally {
      setIsMaking(false)
    }
  }
  if (districts.length === 0) return <EmptyState title={t('noDistricts')} text={t('noDistrictsText')} />
  return (
    <form className="bm-new-batch" onSubmit={make} aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{t('new.title')}</h2>
      <div className="bm-field">
        <label htmlFor={`${id}-district`}>{t('new.district')}</label>
        <select id={`${id}-district`} className="bm-select" value={districtId} onChange={(event) => setDistrictId(event.target.value)}>
          {districts.map((one) => (
            <option key={one.districtId} value={one.districtId}>
              {one.name}
            </option>
          ))}
        </select>
      </div>
      <div className="bm-field" data-wrong={!isNumber || undefined}>
        <label htmlFor={`${id}-count`}>{t('new.count')}</label>
        <input
          id={`${id}-count`}
          className="bm-input"
          inputMode="numeric"
          value={count}
          aria-invalid={!isNumber || undefined}
          aria-describedby={`${id}-count-said`}
          onChange={(event) => setCount(event.target.value.trim())}
        />
        <p id={`${id}-count-said`} className={isNumber ? 'bm-field-hint' : 'bm-field-error'}>
          {isNumber
            ? t('new.pages', { count: Math.ceil(number / CODES_PER_PAGE) })
            : t('new.countWrong', { max: VOTING_LIMITS.codesPerBatch })}
        </p>
      </div>
      {isKnockOut ? <RoundField id={`${id}-round`} roundNumber={roundNumber} onRound={setRoundNumber} /> : null}
      <Notice>{t('new.once')}</Notice>
      {error ? <ErrorState error={error} /> : null}
      <p>
        <Button look="main" type="submit" disabled={!isNumber} aria-disabled={isMaking || undefined}>
          {t(isMaking ? 'new.making' : 'new.make')}
        </Button>
      </p>
    </form>
  )
}

function RoundField({ id, roundNumber, onRound }: { id: string; roundNumber: number; onRound: (round: number) => void }) {
  const { t } = useTranslation('codes')
  return (
    <div className="bm-field">
      <label htmlFor={id}>{t('new.round')}</label>
      <p className="bm-field-hint" id={`${id}-hint`}>
        {t('new.roundHint')}
      </p>
      <select
        id={id}
        className="bm-select"
        value={roundNumber}
        aria-describedby={`${id}-hint`}
        onChange={(event) => onRound(Number(event.target.value))}
      >
        {ROUNDS.map((round) => (
          <option key={round} value={round}>
            {t('round', { round })}
          </option>
        ))}
      </select>
    </div>
  )
}
