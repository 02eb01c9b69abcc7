import { useQuery } from '@tanstack/react-query'
import type { Question, Workspace } from '../../../server/assessments/contract.ts'
import { totalsOf } from '../../../server/assessments/rules/estimate.ts'
import type { ConstraintLayer } from '../../../server/constraints/contract.ts'
import type { CheckResult } from '../../../server/feasibility/contract.ts'
import type { Idea } from '../../../server/ideas/contract.ts'
import { districtsQuery } from '../../districts/districts.api.ts'
import { toUtm32 } from '../../ideas/new/utm32.ts'
import { formatDate, formatMoment, formatNumber } from '../../lib/format.ts'
import { useLanguage, useTranslation } from '../../lib/i18n.ts'
import type { MapSnapshot } from '../../map/mapContract.ts'
import { useShownLayers } from '../../plan/tools/useLayers.ts'
import { configQuery } from '../../rounds/rounds.api.ts'
import { TotalsView } from '../economy/TotalsView.tsx'
import { AnswerTable } from './AnswerTable.tsx'
import { EstimateTable } from './EstimateTable.tsx'
import { FindingTable } from './FindingTable.tsx'

export interface SheetProps {
  idea: Idea
  workspace: Workspace
  questions: readonly Question[]
  check: CheckResult | null
  catalogue: readonly ConstraintLayer[]
  picture: MapSnapshot | undefined
  withNotes: boolean
}

/** The paper itself: what, where, what the law says, what was answered, what it costs, what was decided. */
export function Sheet(props: SheetProps) {
  const { t } = useTranslation(['assessment', 'plan', 'mapTools', 'shell'])
  const language = useLanguage()
  const { idea, workspace, questions, check, withNotes } = props
  const { current, notes } = workspace
  const { data: config } = useQuery(configQuery)
  const [east, north] = toUtm32(idea.labelPoint)
  const isDecided = current.state === 'decided'
  return (
    <article className="bm-a4">
      <header>
        <p>
          {config?.municipality} · {t('print.sheet', { id: idea.ideaId })}
        </p>
        <p>{t('print.printed', { date: formatDate(new Date().toISOString(), language) })}</p>
      </header>
      <h2>{idea.title}</h2>
      <p className="bm-a4-meta">
        {idea.districtName} · {t(`category.${idea.category}`)} ·{' '}
        {t('print.coordinates', { east: formatNumber(east, language, 1), north: formatNumber(north, language, 1) })}
      </p>
      <p className="bm-a4-outcome" data-decided={isDecided || undefined}>
        <strong>{current.outcome ? t(`outcome.${current.outcome}`) : t('decided.nothing')}</strong>
        {isDecided ? '' : ` (${t('print.draft')})`}
      </p>
      {current.publicReason ? <p className="bm-text">{current.publicReason}</p> : null}
      <p className="bm-a4-meta">
        {current.assessor ? `${t('decided.assessor')}: ${current.assessor.displayName}. ` : ''}
        {current.approver ? `${t('decided.approver')}: ${current.approver.displayName}. ` : ''}
        {current.decidedAt ? formatDate(current.decidedAt, language) : ''}
      </p>
      <MapPicture {...props} />
      <p className="bm-text bm-a4-idea">{idea.description}</p>
      {check ? <FindingTable check={check} /> : <p>{t('place.never')}</p>}
      <AnswerTable answers={current.answers} questions={questions} withNotes={withNotes} />
      {current.estimate.lines.length > 0 ? (
        <>
          <EstimateTable estimate={current.estimate} />
          <TotalsView
            totals={totalsOf(current.estimate)}
            estimate={current.estimate}
            shareDkk={workspace.shareDkk}
            districtId={workspace.districtId}
          />
        </>
      ) : null}
      {withNotes && notes.length > 0 ? (
        <section>
          <h3>{t('notes.title')}</h3>
          <ul>
            {notes.map(({ noteId, by, at, text }) => (
              <li key={noteId}>
                {by?.displayName ?? t('timeline.gone')}, {formatMoment(at, language)}: {text}
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </article>
  )
}

function MapPicture({ picture, catalogue }: SheetProps) {
  const { t } = useTranslation(['assessment', 'plan'])
  const language = useLanguage()
  const { data: districts } = useQuery(districtsQuery)
  const { data: config } = useQuery(configQuery)
  const { shown } = useShownLayers()
  const layers = catalogue.filter(({ layerId }) => shown.includes(layerId))
  const sources = [...new Set([districts?.attribution, config?.basemap?.attribution, ...layers.map(({ attribution }) => attribution)])]
  if (picture === undefined) return <p className="bm-a4-wait">{t('print.waiting')}</p>
  if (picture === null) return <p className="bm-a4-wait">{t('print.noMap')}</p>
  return (
    <figure className="bm-a4-map">
      <img src={picture.url} alt={t('print.mapAlt')} width={picture.width} height={picture.height} />
      <figcaption>
        {layers.length > 0 ? `${layers.map(({ name }) => name[language]).join(' · ')}. ` : ''}
        {t('print.sources', { sources: sources.filter(Boolean).join(' · ') })}
      </figcaption>
    </figure>
  )
}
