import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Batch, MeetingDesk } from '../../../server/meetings/contract.ts'
import { useTranslation } from '../../lib/i18n.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { AtDistrict } from '../AtMeeting.tsx'
import { batchesQuery, type MeetingKey } from '../meetings.api.ts'
import { BatchForm } from './BatchForm.tsx'
import { BatchReview } from './BatchReview.tsx'
import './paper.css'

/** `/plan/afstemning/moede/:districtId/papir`: piles of papers, entered by one clerk and accepted by another. */
export function PaperPage() {
  return <AtDistrict title="paper.title">{(desk, key) => <Paper desk={desk} meetingKey={key} />}</AtDistrict>
}

type Shown = { kind: 'list' } | { kind: 'new' } | { kind: 'recount'; batch: Batch } | { kind: 'review'; batchId: string }

function Paper({ desk, meetingKey }: { desk: MeetingDesk; meetingKey: MeetingKey }) {
  const { t } = useTranslation('meetings')
  const [shown, setShown] = useState<Shown>({ kind: 'list' })
  const toList = () => setShown({ kind: 'list' })
  if (desk.decidedBy !== 'ballots') return <EmptyState title={t('paper.otherwise')} text={t(`paper.otherwiseText.${desk.decidedBy}`)} />
  if (!desk.means.includes('paper')) return <EmptyState title={t('paper.notUsed')} />
  if (shown.kind === 'new' || shown.kind === 'recount')
    return <BatchForm desk={desk} meetingKey={meetingKey} recount={shown.kind === 'recount' ? shown.batch : null} onDone={toList} />
  if (shown.kind === 'review') return <BatchReview desk={desk} meetingKey={meetingKey} batchId={shown.batchId} onDone={toList} />
  return <Batches desk={desk} meetingKey={meetingKey} onShow={setShown} />
}

function Batches({ desk, meetingKey, onShow }: { desk: MeetingDesk; meetingKey: MeetingKey; onShow: (shown: Shown) => void }) {
  const { t } = useTranslation('meetings')
  const { data, error, refetch } = useQuery(batchesQuery(meetingKey))
  const mayWork = desk.voteState === 'open' || desk.voteState === 'ended'
  if (data === undefined) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton height={160} />
  return (
    <>
      <p className="bm-lead">{t('paper.lead')}</p>
      {mayWork ? (
        <p className="bm-detail-actions">
          <Button look="main" className="bm-meeting-big" onClick={() => onShow({ kind: 'new' })}>
            {t('paper.new')}
          </Button>
        </p>
      ) : (
        <p>{t('paper.notNow')}</p>
      )}
      {data.items.length === 0 ? <EmptyState title={t('paper.none')} text={t('paper.noneText')} /> : null}
      <ul className="bm-paper-batches" aria-label={t('paper.batches')}>
        {data.items.map((batch) => (
          <li key={batch.batchId} className="bm-meeting-card" data-state={batch.state}>
            <BatchFacts batch={batch} />
            {mayWork ? <BatchSteps batch={batch} isRecounted={hasRecount(data.items, batch)} onShow={onShow} /> : null}
          </li>
        ))}
      </ul>
    </>
  )
}

function hasRecount(items: readonly Batch[], { batchId }: Batch): boolean {
  return items.some(({ replacesBatchId, state }) => replacesBatchId === batchId && state === 'entered')
}

function BatchFacts({ batch }: { batch: Batch }) {
  const { t } = useTranslation('meetings')
  const { label, recountNumber, state, controlTotal, invalidTotal, clerkName, deciderName, refuseReason, recountReason } = batch
  return (
    <>
      <h2>
        {label} {recountNumber > 0 ? <span className="bm-soft-text">{t('paper.recountNumber', { number: recountNumber })}</span> : null}
      </h2>
      <p>
        <span className="bm-paper-state">{t(`batchState.${state}`)}</span> {t('paper.papers', { count: controlTotal })}
        {invalidTotal > 0 ? `, ${t('paper.invalidCount', { count: invalidTotal })}` : ''}
      </p>
      <p className="bm-soft-text">
        {t('paper.clerk', { name: clerkName })}{' '}
        {deciderName ? t(`paper.decider.${state === 'refused' ? 'refused' : 'accepted'}`, { name: deciderName }) : ''}
      </p>
      {refuseReason ? <p>{t('paper.refusedBecause', { reason: refuseReason })}</p> : null}
      {recountReason ? <p>{t('paper.recountBecause', { reason: recountReason })}</p> : null}
    </>
  )
}

function BatchSteps({ batch, isRecounted, onShow }: { batch: Batch; isRecounted: boolean; onShow: (shown: Shown) => void }) {
  const { t } = useTranslation('meetings')
  if (batch.state === 'entered')
    return (
      <p className="bm-detail-actions">
        {batch.isMine ? (
          <span>{t('paper.needsOther')}</span>
        ) : (
          <Button look="main" onClick={() => onShow({ kind: 'review', batchId: batch.batchId })}>
            {t('paper.review')}
          </Button>
        )}
      </p>
    )
  if (batch.state === 'accepted' && !isRecounted)
    return (
      <p className="bm-detail-actions">
        <Button onClick={() => onShow({ kind: 'recount', batch })}>{t('paper.recount')}</Button>
      </p>
    )
  return null
}
