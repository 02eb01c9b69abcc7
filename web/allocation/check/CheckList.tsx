import { useEffect } from 'react'
import { announce } from '../../lib/announce.ts'
import { useTranslation } from '../../lib/i18n.ts'
import type { Translate } from '../../lib/translate.ts'
import { Button } from '../../ui/Button.tsx'
import { DistrictChip } from '../../ui/DistrictChip.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import type { WorkProgress } from '../countOrder.ts'
import type { RoundResult } from '../result.api.ts'
import { CheckSign } from './CheckSign.tsx'
import { areSumsWrong } from './compare.ts'
import { DistrictLines } from './DistrictLines.tsx'
import { type CheckState, useCheck } from './useCheck.ts'
import { WholeLines } from './WholeLines.tsx'

/** Counts every district again and says of each whether it is equal. */
export function CheckList({ result }: { result: RoundResult }) {
  const { t } = useTranslation('check')
  const { state, start, cancel } = useCheck(result)
  const summary = summaryOf(state)
  useEffect(() => {
    if (summary !== null) announce(t(`summary.${summary}`))
  }, [summary, t])
  const isRunning = state.phase === 'running'
  return (
    <section className="bm-section" aria-labelledby="recount">
      <h2 id="recount">{t('recount')}</h2>
      <p>{t('how')}</p>
      <p className="bm-detail-actions">
        {isRunning ? (
          <Button onClick={cancel}>{t('cancel')}</Button>
        ) : (
          <Button look="main" onClick={() => void start()}>
            {t(state.phase === 'idle' ? 'start' : 'again')}
          </Button>
        )}
      </p>
      {isRunning ? <Progress state={state} count={result.districts.length} /> : null}
      {state.phase === 'failed' ? <ErrorState error={state.error} /> : null}
      {summary === null ? null : (
        <p className="bm-recount-summary" data-verdict={summary}>
          <CheckSign verdict={summary === 'equal' ? 'equal' : summary === 'different' ? 'different' : 'not-here'} />
          {t(`summary.${summary}`)}
        </p>
      )}
      <ul className="bm-recounts">
        {result.districts.map((district) => {
          const check = state.districts[district.districtId ?? '']
          return check ? (
            <li key={district.districtId}>
              <h3>
                <DistrictChip districtId={district.districtId} name={district.name ?? ''} />
              </h3>
              <DistrictLines check={check} district={district} />
            </li>
          ) : null
        })}
      </ul>
      {state.whole ? <WholeLines whole={state.whole} districts={result.districts} /> : null}
    </section>
  )
}

function summaryOf({ phase, districts, whole }: CheckState): 'equal' | 'different' | 'cancelled' | null {
  if (phase === 'cancelled') return 'cancelled'
  if (phase !== 'done' || whole === null) return null
  const verdicts = [...Object.values(districts).map(({ verdict }) => verdict), whole.setup, whole.log.verdict, whole.receipts.verdict]
  const isOff =
    Object.values(districts).some(({ sums }) => areSumsWrong(sums)) ||
    whole.comparisons.some(({ found }) => found !== 'equal') ||
    verdicts.some((verdict) => verdict === 'different' || verdict === 'failed')
  return isOff ? 'different' : 'equal'
}

function progressWords(progress: WorkProgress | null, t: Translate): string {
  if (progress === null) return t('progress.reading')
  if (progress.kind === 'asking') return t('progress.asking', { done: progress.done, of: progress.of })
  return t('progress.raising', { increments: progress.increments })
}

function Progress({ state, count }: { state: CheckState; count: number }) {
  const { t } = useTranslation('check')
  const done = Object.keys(state.districts).length
  return (
    <div className="bm-recount-progress">
      <progress max={count} value={done} aria-label={t('recount')} />
      <span>{progressWords(state.progress, t)}</span>
    </div>
  )
}
