import type { Project } from '../../server/projects/contract.ts'
import { formatAmount } from '../lib/format.ts'
import { useLanguage, useTranslation } from '../lib/i18n.ts'

/** Who paid beside the round, each with the amount as far as it is known. */
export function FundingList({ funding }: { funding: Project['funding'] }) {
  const { t } = useTranslation('projects')
  const language = useLanguage()
  if (funding.length === 0) return <span className="bm-unknown">{t('fact.fundingUnknown')}</span>
  return (
    <ul>
      {funding.map(({ funder, amountDkk }) => (
        <li key={funder}>
          <span lang="da">{funder}</span>
          {amountDkk === null ? '' : `: ${formatAmount(amountDkk, language)}`}
        </li>
      ))}
    </ul>
  )
}
