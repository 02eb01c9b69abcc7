import type { Share } from '../../../server/rounds/contract.ts'
import { formatAmount, formatPercent } from '../../lib/format.ts'
import { useLanguage, useTranslation } from '../../lib/i18n.ts'
import { BudgetBar } from '../../ui/BudgetBar.tsx'
import { readAmount } from './amount.ts'
import type { Draft } from './draft.ts'
import type { DraftStore } from './draftStore.ts'
import { TextField } from './fields.tsx'
import type { FieldIssue } from './steps.ts'

interface MoneyStepProps {
  draft: Draft
  store: DraftStore
  share: Share | null
  issueFor: (field: string) => FieldIssue | undefined
}

export function MoneyStep({ draft, store, share, issueFor }: MoneyStepProps) {
  const { t } = useTranslation('newIdea')
  const language = useLanguage()
  const optional = t('optional')

  /** Once written, the amount is shown the way money is written here. */
  function tidyAmount() {
    const amount = readAmount(draft.wishedAmount)
    if (amount.ok && amount.amountDkk !== null) store.change({ wishedAmount: formatAmount(amount.amountDkk, language) })
  }

  return (
    <>
      <p className="bm-lead">{t('money.lead')}</p>
      <TextField
        field="wishedAmount"
        label={t('money.amount')}
        hint={t('money.amountHint')}
        optional={optional}
        inputMode="numeric"
        value={draft.wishedAmount}
        onChange={(wishedAmount) => store.change({ wishedAmount })}
        onBlur={tidyAmount}
        issue={issueFor('wishedAmount')}
        counter={<OfShare text={draft.wishedAmount} share={share} />}
      />
      <TextField
        field="accessibilityNote"
        label={t('money.accessibility')}
        hint={t('money.accessibilityHint')}
        optional={optional}
        rows={3}
        value={draft.accessibilityNote}
        onChange={(accessibilityNote) => store.change({ accessibilityNote })}
        issue={issueFor('accessibilityNote')}
      />
      <TextField
        field="upkeepNote"
        label={t('money.upkeep')}
        hint={t('money.upkeepHint')}
        optional={optional}
        rows={3}
        value={draft.upkeepNote}
        onChange={(upkeepNote) => store.change({ upkeepNote })}
        issue={issueFor('upkeepNote')}
      />
    </>
  )
}

/** The amount beside what the district has to share. */
function OfShare({ text, share }: { text: string; share: Share | null }) {
  const { t } = useTranslation('newIdea')
  const language = useLanguage()
  const amount = readAmount(text)
  const shareDkk = share?.shareDkk ?? null
  if (!amount.ok || amount.amountDkk === null || share === null || shareDkk === null) return null
  const isOver = amount.amountDkk > shareDkk
  const values = {
    amount: formatAmount(amount.amountDkk, language),
    share: formatAmount(shareDkk, language),
    percent: formatPercent(amount.amountDkk, shareDkk, language),
    name: share.name,
  }
  return (
    <div className="bm-of-share">
      <BudgetBar districtId={share.districtId} part={amount.amountDkk} whole={shareDkk} />
      <p role="status">{t(isOver ? 'money.overShare' : 'money.ofShare', values)}</p>
    </div>
  )
}
