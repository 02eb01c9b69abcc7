import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useEffect } from 'react'
import type { Stage } from '../../../server/meetings/contract.ts'
import { ApiProblem } from '../../lib/api.ts'
import { markTextUsable } from '../../lib/firstList.ts'
import { formatAmount, formatMoment, formatNumber } from '../../lib/format.ts'
import { useLanguage, useTranslation } from '../../lib/i18n.ts'
import { usePageTitle } from '../../lib/usePageTitle.ts'
import { districtKey } from '../../ui/districtKey.ts'
import { stageQuery } from '../meetings.api.ts'
import { StageContent } from './StageContent.tsx'
import './stage.css'

/** `/scene/:year/:districtId`: what the projector throws on the wall, and nothing else. */
export function StagePage() {
  const { t } = useTranslation('meetings')
  const { year, districtId } = useParams({ from: '/scene/$year/$districtId' })
  const { data, error } = useQuery(stageQuery({ year: Number(year), districtId }))
  usePageTitle(data?.districtName ?? t('title'))
  useEffect(() => {
    if (data || error) markTextUsable()
  }, [data, error])
  return (
    <div className="bm-stage" data-bm-district={districtKey(districtId)}>
      {data ? <Hall stage={data} isAway={error !== null} /> : <NoStage error={error} />}
    </div>
  )
}

function NoStage({ error }: { error: unknown }) {
  const { t } = useTranslation('meetings')
  const isMissing = error instanceof ApiProblem && error.status === 404
  return (
    <main id="main" className="bm-stage-main" aria-busy={error === null || undefined}>
      <h1>{t(error === null ? 'stage.loading' : isMissing ? 'stage.none' : 'stage.away')}</h1>
    </main>
  )
}

function Hall({ stage, isAway }: { stage: Stage; isAway: boolean }) {
  const { t } = useTranslation('meetings')
  const language = useLanguage()
  const { districtName, shareDkk, voteState, isVotingOpen, admitted, ballots, decidedBy, closesAt, round } = stage
  const cast = decidedBy === 'ballots' ? ballots : (round?.castInRound ?? null)
  return (
    <>
      <header className="bm-stage-header">
        <p className="bm-stage-district">
          <span aria-hidden="true" />
          {districtName}
        </p>
        <p>{t('stage.share', { amount: formatAmount(shareDkk, language) })}</p>
        <p className="bm-stage-state" data-open={isVotingOpen || undefined}>
          {t(voteState === 'stopped' ? 'stage.stopped' : isVotingOpen ? 'stage.open' : 'stage.closed')}
        </p>
      </header>
      <main id="main" className="bm-stage-main">
        <StageContent stage={stage} />
      </main>
      <footer className="bm-stage-footer">
        <p>{t('stage.admitted', { count: admitted, number: formatNumber(admitted, language) })}</p>
        {cast === null ? null : <p>{t('stage.ballots', { count: cast, number: formatNumber(cast, language) })}</p>}
        {decidedBy === 'ballots' && isVotingOpen ? <p>{t('stage.closes', { moment: formatMoment(closesAt, language) })}</p> : null}
        {isAway ? <p role="status">{t('stage.away')}</p> : null}
      </footer>
    </>
  )
}
