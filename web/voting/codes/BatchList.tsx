import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ElectionDistrict } from '../../../server/elections/contract.ts'
import type { CodeBatch } from '../../../server/voting/contract.ts'
import { announce } from '../../lib/announce.ts'
import { formatDate } from '../../lib/format.ts'
import { useLanguage, useTranslation } from '../../lib/i18n.ts'
import { useSession } from '../../lib/session.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { DistrictChip } from '../../ui/DistrictChip.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { cancelCodes, codeBatchesQuery } from '../voting.api.ts'

/** What was made so far: how many, how many were used, and what can still be taken back. */
export function BatchList({ year, districts }: { year: number; districts: readonly ElectionDistrict[] }) {
  const { t } = useTranslation('codes')
  const { data, error, refetch } = useQuery(codeBatchesQuery(year))
  return (
    <section className="bm-batches" aria-labelledby="batches">
      <h2 id="batches">{t('list.title')}</h2>
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {!data && !error ? <Skeleton height={90} /> : null}
      {data?.items.length === 0 ? <p className="bm-fine">{t('list.empty')}</p> : null}
      <ul>
        {data?.items.map((batch) => (
          <BatchLine
            key={batch.batchId}
            year={year}
            batch={batch}
            name={districts.find(({ districtId }) => districtId === batch.districtId)?.name ?? batch.districtId}
          />
        ))}
      </ul>
    </section>
  )
}

function BatchLine({ year, batch, name }: { year: number; batch: CodeBatch; name: string }) {
  const { t } = useTranslation('codes')
  const language = useLanguage()
  const { count, used, roundNumber, createdBy, createdOn, cancelledAt } = batch
  return (
    <li data-cancelled={cancelledAt !== null || undefined}>
      <h3>
        <DistrictChip districtId={batch.districtId} name={name}>
          {roundNumber > 0 ? ` · ${t('round', { round: roundNumber })}` : ''}
        </DistrictChip>
      </h3>
      <p>
        <strong>{t('list.used', { used, count })}</strong>
        {cancelledAt === null ? '' : ` · ${t('list.cancelled', { date: formatDate(cancelledAt, language) })}`}
      </p>
      <p className="bm-fine">{t('list.made', { name: createdBy, date: formatDate(createdOn, language) })}</p>
      {cancelledAt === null && used === 0 ? <CancelButton year={year} batch={batch} /> : null}
    </li>
  )
}

function CancelButton({ year, batch }: { year: number; batch: CodeBatch }) {
  const { t } = useTranslation('codes')
  const { csrfToken } = useSession()
  const [isAsking, setIsAsking] = useState(false)
  const [error, setError] = useState<unknown>(null)
  async function cancel() {
    try {
      await cancelCodes(year, batch.batchId, csrfToken)
      announce(t('cancel.done'))
      setIsAsking(false)
    } catch (problem) {
      setError(problem)
    }
  }
  return (
    <>
      <Button onClick={() => setIsAsking(true)}>{t('cancel.open')}</Button>
      {isAsking ? (
        <Dialog title={t('cancel.title', { count: batch.count })} onClose={() => setIsAsking(false)}>
          <p>{t('cancel.text')}</p>
          {error ? <ErrorState error={error} /> : null}
          <div className="bm-dialog-actions">
            <Button look="danger" onClick={() => void cancel()}>
              {t('cancel.do')}
            </Button>
            <Button onClick={() => setIsAsking(false)}>{t('cancel.keep')}</Button>
          </div>
        </Dialog>
      ) : null}
    </>
  )
}
