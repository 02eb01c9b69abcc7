import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { PlanElection, Preparation } from '../../../server/elections/contract.ts'
import { formatAmount } from '../../lib/format.ts'
import { useLanguage, useTranslation } from '../../lib/i18n.ts'
import { useSession } from '../../lib/session.ts'
import { keepSearch } from '../../plan/planSearch.ts'
import { Button } from '../../ui/Button.tsx'
import { DistrictChip } from '../../ui/DistrictChip.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { savePreparation } from '../elections.api.ts'
import { NumberField } from '../NumberField.tsx'
import { SaveBar } from './SaveBar.tsx'
import { useSending } from './useSending.ts'

const MAX_DKK = 1_000_000_000

/** What each shortlisted project costs on its ballot, district by district; the approved estimates are offered. */
export function PreparationList({ election }: { election: PlanElection }) {
  const { t } = useTranslation('planElections')
  const language = useLanguage()
  const { districts, preparations } = election
  if (preparations.length === 0) {
    return (
      <EmptyState title={t('prepare.none')} text={t('prepare.noneText')}>
        <Link to="/plan/projekter" search={keepSearch}>
          {t('prepare.toProjects')}
        </Link>
      </EmptyState>
    )
  }
  return (
    <>
      <TakeAllOver election={election} />
      {districts.map(({ districtId, name, shareDkk, takesPart }) => (
        <section key={districtId} className="bm-vote-prepare">
          <h3>
            <DistrictChip districtId={districtId} name={name} />
            <span className="bm-vote-share">{t('prepare.share', { share: formatAmount(shareDkk, language) })}</span>
          </h3>
          {takesPart ? null : <p className="bm-fine">{t('prepare.noPart')}</p>}
          {preparations
            .filter((one) => one.districtId === districtId)
            .map((preparation) => (
              <PreparationForm key={preparation.projectId} election={election} preparation={preparation} shareDkk={shareDkk ?? 0} />
            ))}
        </section>
      ))}
    </>
  )
}

/** Every project that has an approved estimate and nothing written down gets it at one press. */
function TakeAllOver({ election }: { election: PlanElection }) {
  const { t } = useTranslation('planElections')
  const { csrfToken } = useSession()
  const { isSending, error, send } = useSending()
  const waiting = election.preparations.filter(({ prepared, suggested }) => prepared === null && suggested !== null)
  if (waiting.length === 0) return error ? <ErrorState error={error} /> : null
  const takeOver = async () => {
    let current = election
    for (const { projectId, suggested } of waiting) {
      if (suggested) current = await savePreparation(current, projectId, { ...suggested, smallestUsefulDkk: null }, csrfToken)
    }
  }
  return (
    <div>
      <Button onClick={() => send(t('prepare.tookOver'), takeOver)} disabled={isSending}>
        {t('prepare.takeOver', { count: waiting.length })}
      </Button>
      {error ? <ErrorState error={error} /> : null}
    </div>
  )
}

type Written = { costDkk: number | null; runningCostDkkPerYear: number | null; smallestUsefulDkk: number | null }

const EMPTY: Written = { costDkk: null, runningCostDkkPerYear: null, smallestUsefulDkk: null }

function PreparationForm({ election, preparation, shareDkk }: { election: PlanElection; preparation: Preparation; shareDkk: number }) {
  const { t } = useTranslation('planElections')
  const language = useLanguage()
  const { csrfToken } = useSession()
  const { isSending, error, send } = useSending()
  const { projectId, title, shortlistNumber, prepared, suggested } = preparation
  const [own, setOwn] = useState<Written | null>(null)
  const written: Written = own ?? prepared ?? { ...EMPTY, ...suggested }
  const change = (next: Partial<Written>) => setOwn({ ...written, ...next })
  const { costDkk, smallestUsefulDkk } = written
  const isTooDear = costDkk !== null && costDkk > shareDkk
  return (
    <details className="bm-vote-preparation">
      <summary>
        <span className="bm-vote-number" aria-hidden="true">
          {shortlistNumber}
        </span>
        <span>
          {title}
          <span className="bm-soft-text" data-wrong={isTooDear || undefined}>
            {prepared === null ? t('prepare.missing') : formatAmount(prepared.costDkk, language)}
          </span>
        </span>
      </summary>
      <form
        className="bm-vote-form"
        onSubmit={(event) => {
          event.preventDefault()
          if (costDkk === null) return
          void send(t('prepare.saved', { title }), async () => {
            await savePreparation(election, projectId, { ...written, costDkk }, csrfToken)
            setOwn(null)
          })
        }}
      >
        <NumberField
          label={t('prepare.cost')}
          value={costDkk}
          min={1}
          max={MAX_DKK}
          hint={isTooDear ? t('prepare.tooDear', { share: formatAmount(shareDkk, language) }) : estimateHint(suggested, t, language)}
          onChange={(next) => change({ costDkk: next })}
        />
        <NumberField
          label={t('prepare.running')}
          value={written.runningCostDkkPerYear}
          min={0}
          max={MAX_DKK}
          isOptional
          onChange={(runningCostDkkPerYear) => change({ runningCostDkkPerYear })}
        />
        <NumberField
          label={t('prepare.smallest')}
          value={smallestUsefulDkk}
          min={1}
          max={costDkk ?? MAX_DKK}
          isOptional
          hint={t('prepare.smallestHint')}
          onChange={(next) => change({ smallestUsefulDkk: next })}
        />
        <SaveBar
          isDirty={costDkk !== null && (own !== null || prepared === null)}
          isSending={isSending}
          error={error}
          onUndo={own === null ? null : () => setOwn(null)}
        />
      </form>
    </details>
  )
}

function estimateHint(
  suggested: Preparation['suggested'],
  t: ReturnType<typeof useTranslation>['t'],
  language: ReturnType<typeof useLanguage>,
): string {
  if (suggested === null) return t('prepare.noEstimate')
  const { costDkk, runningCostDkkPerYear } = suggested
  return t('prepare.estimate', { cost: formatAmount(costDkk, language), running: formatAmount(runningCostDkkPerYear, language) })
}
