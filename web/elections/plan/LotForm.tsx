import { useId, useState } from 'react'
import type { PlanElection } from '../../../server/elections/contract.ts'
import { useTranslation } from '../../lib/i18n.ts'
import { useSession } from '../../lib/session.ts'
import { saveLot } from '../elections.api.ts'
import { LotExplained } from '../LotExplained.tsx'
import { SaveBar } from './SaveBar.tsx'
import { useSending } from './useSending.ts'

/** The seed of the lot and where it came from, with the order it gives. */
export function LotForm({ election }: { election: PlanElection }) {
  const { t } = useTranslation('planElections')
  const { csrfToken } = useSession()
  const { isSending, error, send } = useSending()
  const [own, setOwn] = useState<{ seed: string; source: string } | null>(null)
  const [seedId, sourceId] = [useId(), useId()]
  const lot = own ?? election.lot ?? { seed: '', source: '' }
  const isWhole = lot.seed.trim().length >= 3 && lot.source.trim().length >= 3
  return (
    <>
      <form
        className="bm-vote-form"
        onSubmit={(event) => {
          event.preventDefault()
          void send(t('lot.saved'), async () => {
            await saveLot(election, lot, csrfToken)
            setOwn(null)
          })
        }}
      >
        <div className="bm-field">
          <label htmlFor={seedId}>{t('lot.seed')}</label>
          <input
            id={seedId}
            className="bm-input"
            maxLength={500}
            value={lot.seed}
            onChange={(event) => setOwn({ ...lot, seed: event.target.value })}
          />
          <p className="bm-field-hint">{t('lot.seedHint')}</p>
        </div>
        <div className="bm-field">
          <label htmlFor={sourceId}>{t('lot.source')}</label>
          <input
            id={sourceId}
            className="bm-input"
            maxLength={500}
            value={lot.source}
            onChange={(event) => setOwn({ ...lot, source: event.target.value })}
          />
          <p className="bm-field-hint">{t('lot.sourceHint')}</p>
        </div>
        <SaveBar isDirty={own !== null && isWhole} isSending={isSending} error={error} onUndo={own === null ? null : () => setOwn(null)} />
      </form>
      {election.lot ? (
        <LotExplained
          {...election.lot}
          districts={election.districts
            .filter(({ takesPart }) => takesPart)
            .map(({ districtId, name, lot: projects }) => ({ districtId, name, projects }))}
        />
      ) : null}
    </>
  )
}
