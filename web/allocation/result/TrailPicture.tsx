import { formatAmount, formatNumber } from '../../lib/format.ts'
import { useLanguage, useTranslation } from '../../lib/i18n.ts'
import type { DistrictResult } from '../result.api.ts'
import { wordsOf } from './otherWords.ts'
import type { Wording } from './reasonSentences.ts'
import { type ShareTrail, shareTrail, type TrailPiece, type TrailRest } from './shareTrail.ts'

/** "Where your share went", for an invented ballot, never for a real one. */
export function TrailPicture({ district, titleOf }: { district: DistrictResult; titleOf: (projectId: string) => string }) {
  const { t: usual } = useTranslation('result')
  const t = wordsOf(district, usual)
  const language = useLanguage()
  if (district.decidedBy !== 'ballots' || district.isWithheld || district.passedOn.length > 0) return null
  const trail = shareTrail(district)
  if (trail === null) return null
  const money = (amount: number) => formatAmount(Math.round(amount), language)
  const chosen = new Intl.ListFormat(language, { type: 'conjunction' }).format(
    trail.chosen.map((id) => t('trail.quoted', { title: titleOf(id) })),
  )
  return (
    <details className="bm-tally-steps">
      <summary>{t('trail.open')}</summary>
      <p>
        {t('trail.example', { chosen })} {t('trail.part', { part: money(trail.part) })}{' '}
        {trail.isRaised ? t('trail.raised', { held: money(trail.held) }) : ''}
      </p>
      <div className="bm-trail" aria-hidden="true">
        {trail.pieces.map(({ projectId, amount, isChosen }) => (
          <span key={projectId ?? 'left'} data-chosen={isChosen} data-left={projectId === null} style={{ flexGrow: amount }} />
        ))}
      </div>
      <ul className="bm-notes">
        {trail.pieces.map(({ projectId, amount, isChosen }) => (
          <li key={projectId ?? 'left'}>{pieceWords({ projectId, amount, isChosen }, trail, { t, language, titleOf })}</li>
        ))}
      </ul>
      {trail.rest === null ? null : <Rest rest={trail.rest} titleOf={titleOf} />}
      <p className="bm-fine">{t(`trail.${trail.how}`)}</p>
    </details>
  )
}

function pieceWords({ projectId, amount, isChosen }: TrailPiece, { how, isRaised, held }: ShareTrail, wording: Wording): string {
  const { t, language, titleOf } = wording
  const money = formatAmount(Math.round(amount), language)
  if (projectId === null) return t(how === 'average' ? 'trail.left' : isRaised ? 'trail.unspentRaised' : 'trail.unspent', { amount: money })
  const title = titleOf(projectId)
  if (how === 'own') return t('trail.paid', { amount: money, title })
  return t(isChosen ? 'trail.chosen' : 'trail.notChosen', { amount: money, title, percent: formatNumber((amount / held) * 100, language) })
}

/** What the share still held when every ballot had paid for its own, and where that went. */
function Rest({ rest, titleOf }: { rest: TrailRest; titleOf: (projectId: string) => string }) {
  const { t } = useTranslation('result')
  const language = useLanguage()
  const money = (amount: number) => formatAmount(Math.round(amount), language)
  return (
    <ul className="bm-notes">
      {rest.given.map(({ projectId, amount }) => (
        <li key={projectId}>{t('trail.given', { amount: money(amount), title: titleOf(projectId) })}</li>
      ))}
      <li>{rest.left === 0 ? t('trail.noneLeft') : t('trail.shareLeft', { amount: money(rest.left), each: money(rest.leftEach) })}</li>
    </ul>
  )
}
