import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useEffect } from 'react'
import type { Election, FrozenSetup } from '../../server/elections/contract.ts'
import { ApiProblem } from '../lib/api.ts'
import { markTextUsable } from '../lib/firstList.ts'
import { useLanguage, useTranslation } from '../lib/i18n.ts'
import { usePageTitle } from '../lib/usePageTitle.ts'
import { PageSkeleton } from '../shell/PageSkeleton.tsx'
import { BackLink } from '../ui/BackLink.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { ErrorState } from '../ui/ErrorState.tsx'
import { BallotDistrict } from './BallotDistrict.tsx'
import { electionQuery } from './elections.api.ts'
import { ruleSentences } from './electionWords.ts'
import { LotExplained } from './LotExplained.tsx'
import { SetupProof } from './SetupProof.tsx'
import { TurnoutPart } from './TurnoutPart.tsx'
import { VoteAuditors } from './VoteAuditors.tsx'
import { VoteState } from './VoteState.tsx'
import './elections.css'

/** `/afstemning/$year`: what is voted on, when, by which rules, and how anybody can check that nothing of it changed. */
export function ElectionPage() {
  const { t } = useTranslation('elections')
  const { year } = useParams({ from: '/afstemning/$year' })
  const isYear = /^20\d\d$/.test(year)
  const { data, error, refetch } = useQuery(electionQuery(isYear ? Number(year) : null))
  usePageTitle(t('title', { year }))
  useEffect(() => {
    if (data || error) markTextUsable()
  }, [data, error])
  const isNone = !isYear || (error instanceof ApiProblem && error.status === 404)
  if (isNone) return <NoVote year={year} />
  if (error) return <ErrorState error={error} onRetry={() => refetch()} />
  if (!data) return <PageSkeleton />
  if (data.setup === null || data.setupSha256 === null) return <NoVote year={year} isComing />
  return <Vote election={data} setup={data.setup} sha256={data.setupSha256} />
}

function NoVote({ year, isComing = false }: { year: string; isComing?: boolean }) {
  const { t } = useTranslation('elections')
  return (
    <div className="bm-page">
      <BackLink to="/runder">{t('back')}</BackLink>
      <h1>{t('title', { year })}</h1>
      <EmptyState title={t(isComing ? 'coming.title' : 'none.title')} text={t(isComing ? 'coming.text' : 'none.text')} />
    </div>
  )
}

function Vote({ election, setup, sha256 }: { election: Election; setup: FrozenSetup; sha256: string }) {
  const { t } = useTranslation(['elections', 'shell'])
  const language = useLanguage()
  const { roundYear, state, isDemo, logHead } = election
  const intro = language === 'en' && setup.introEn !== null ? setup.introEn : setup.introDa
  const districts = setup.districts.map((district) => ({ district, sentences: ruleSentences(district.settings, t) }))
  const inAll = (key: 'vote' | 'count') =>
    (districts[0]?.sentences[key] ?? []).filter((sentence) => districts.every(({ sentences }) => sentences[key].includes(sentence)))
  const common = { vote: inAll('vote'), count: inAll('count') }
  const hasOwnTimes = new Set(setup.districts.map(({ settings }) => `${settings.opensAt} ${settings.closesAt}`)).size > 1
  return (
    <article className="bm-page bm-vote">
      <BackLink to="/runder">{t('back')}</BackLink>
      <h1>{t('title', { year: roundYear })}</h1>
      {isDemo ? <p className="bm-badge">{t('demo', { ns: 'shell' })}</p> : null}
      <VoteState election={election} />
      <TurnoutPart election={election} />
      {intro ? (
        <p className="bm-text" lang={intro === setup.introEn ? 'en' : 'da'}>
          {intro}
        </p>
      ) : null}
      <Sentences title={t('howToVote')} items={common.vote} />
      <Sentences title={t('howCounted')} items={common.count} />
      <section className="bm-section">
        <h2>{t('projects')}</h2>
        {districts.map(({ district, sentences }) => (
          <BallotDistrict
            key={district.districtId}
            district={district}
            hasOwnTimes={hasOwnTimes}
            own={[...sentences.vote, ...sentences.count].filter(
              (sentence) => !common.vote.includes(sentence) && !common.count.includes(sentence),
            )}
          />
        ))}
      </section>
      <section className="bm-section">
        <h2>{t('secret.title')}</h2>
        <p>{t('secret.text')}</p>
        {setup.auditors === undefined ? null : <VoteAuditors auditors={setup.auditors} />}
      </section>
      <section className="bm-section">
        <h2>{t('lot.title')}</h2>
        <p>{t('lot.text')}</p>
        <LotExplained
          {...setup.lot}
          districts={setup.districts.map(({ districtId, name, lines }) => ({ districtId, name, projects: lines }))}
        />
      </section>
      <section className="bm-section">
        <h2>{t('proof.title')}</h2>
        <SetupProof year={roundYear} sha256={sha256} logHead={logHead} />
        {state === 'published' || state === 'stopped' ? (
          <p>
            <a href={`/api/rounds/${roundYear}/election/log`}>{t('proof.log')}</a>
          </p>
        ) : null}
      </section>
    </article>
  )
}

function Sentences({ title, items }: { title: string; items: readonly string[] }) {
  if (items.length === 0) return null
  return (
    <section className="bm-section">
      <h2>{title}</h2>
      <ul className="bm-notes">
        {items.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </section>
  )
}
