import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Idea } from '../../server/ideas/contract.ts'
import { formatAmount, formatArea, formatDate, formatDistance } from '../lib/format.ts'
import { useLanguage, useTranslation } from '../lib/i18n.ts'
import { sharesQuery } from '../rounds/rounds.api.ts'
import { Amount } from '../ui/Amount.tsx'
import { BudgetBar } from '../ui/BudgetBar.tsx'
import { type Fact, Facts } from '../ui/Facts.tsx'

/** What the idea wishes, where it belongs, and who wrote it. */
export function IdeaFacts({ idea }: { idea: Idea }) {
  const { t } = useTranslation('idea')
  const language = useLanguage()
  const facts: (Fact | null)[] = [
    { term: t('fact.amount'), value: <WishedAmount idea={idea} /> },
    {
      term: t('fact.round'),
      value: (
        <Link to="/runder/$year" params={{ year: String(idea.roundYear) }}>
          {idea.roundTitle ? `${idea.roundYear}: ${idea.roundTitle}` : idea.roundYear}
        </Link>
      ),
    },
    {
      term: t('fact.district'),
      value: (
        <Link to="/bydele/$id" params={{ id: idea.districtId }}>
          {idea.districtName}
        </Link>
      ),
    },
    idea.spansDistricts.length > 1 ? { term: t('fact.spans'), value: <SpannedDistricts idea={idea} /> } : null,
    idea.lengthM === null ? null : { term: t('fact.length'), value: formatDistance(idea.lengthM, language) },
    idea.areaM2 === null ? null : { term: t('fact.area'), value: formatArea(idea.areaM2, language) },
    { term: t('fact.accessibility'), value: <Note text={idea.accessibilityNote} /> },
    { term: t('fact.upkeep'), value: <Note text={idea.upkeepNote} /> },
    { term: t('fact.author'), value: <Note text={idea.authorName} /> },
    { term: t('fact.created'), value: formatDate(idea.createdAt, language) },
  ]
  return (
    <section className="bm-section" aria-label={t('fact.title')}>
      <Facts items={facts.filter((fact) => fact !== null)} />
    </section>
  )
}

function useShares(idea: Idea) {
  return useQuery(sharesQuery(idea.roundYear)).data?.items ?? []
}

function WishedAmount({ idea }: { idea: Idea }) {
  const { t } = useTranslation('idea')
  const language = useLanguage()
  const share = useShares(idea).find(({ districtId }) => districtId === idea.districtId)?.shareDkk ?? null
  return (
    <>
      <Amount value={idea.wishedAmountDkk} />
      {share === null ? null : (
        <>
          {' '}
          <span className="bm-soft">
            {t(idea.wishedAmountDkk === null ? 'fact.shareIs' : 'fact.ofShare', {
              share: formatAmount(share, language),
              district: idea.districtName,
            })}
          </span>
        </>
      )}
      {share === null || idea.wishedAmountDkk === null ? null : (
        <BudgetBar districtId={idea.districtId} part={idea.wishedAmountDkk} whole={share} />
      )}
    </>
  )
}

function SpannedDistricts({ idea }: { idea: Idea }) {
  const shares = useShares(idea)
  return idea.spansDistricts.map((id) => shares.find(({ districtId }) => districtId === id)?.name ?? id).join(', ')
}

function Note({ text }: { text: string | null }) {
  const { t } = useTranslation('shell')
  return text === null ? <span className="bm-unknown">{t('unknown')}</span> : <span className="bm-text">{text}</span>
}
