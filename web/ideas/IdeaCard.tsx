import { Link } from '@tanstack/react-router'
import type { IdeaSummary } from '../../server/ideas/contract.ts'
import { formatAmount } from '../lib/format.ts'
import { useLanguage, useTranslation } from '../lib/i18n.ts'
import { lendToMap, useLentToMap } from '../shell/mapState.ts'
import { DistrictChip } from '../ui/DistrictChip.tsx'
import { Skeleton } from '../ui/Skeleton.tsx'
import { Tile } from '../ui/Tile.tsx'

const EXCERPT_LENGTH = 76

/** About two lines, cut between words. More would be the largest thing painted on the page, and the last. */
function shortExcerpt(text: string): string {
  if (text.length <= EXCERPT_LENGTH) return text
  const cut = text.slice(0, EXCERPT_LENGTH)
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), EXCERPT_LENGTH / 2)).replace(/[\s,.:;–-]+$/, '')} …`
}

/** One idea in a list. Pointing at it points at its pin. */
export function IdeaCard({ idea }: { idea: IdeaSummary }) {
  const { t } = useTranslation('ideas')
  const language = useLanguage()
  const point = () => lendToMap({ hovered: { kind: 'idea', id: idea.ideaId } })
  const isPointedAt = useLentToMap(({ hovered }) => hovered?.kind === 'idea' && hovered.id === idea.ideaId)
  const leave = () => lendToMap({ hovered: null })
  const amount = idea.wishedAmountDkk === null ? t('card.noAmount') : formatAmount(idea.wishedAmountDkk, language)
  return (
    <li
      className="bm-card"
      data-pointed={isPointedAt || undefined}
      onPointerEnter={point}
      onPointerLeave={leave}
      onFocus={point}
      onBlur={leave}
    >
      <Tile category={idea.category} districtId={idea.districtId} picture={idea.picture} />
      <div className="bm-card-text">
        <h3>
          <Link to="/ideer/$id" params={{ id: String(idea.ideaId) }} className="bm-card-link">
            {idea.title}
          </Link>
        </h3>
        <p className="bm-card-excerpt">{shortExcerpt(idea.excerpt)}</p>
        <p className="bm-card-meta">
          <DistrictChip districtId={idea.districtId} name={idea.districtName}>
            {` · ${amount}`}
          </DistrictChip>
        </p>
      </div>
    </li>
  )
}

export function IdeaCardSkeleton() {
  return (
    <li className="bm-card" aria-hidden="true">
      <Skeleton width={64} height={64} />
      <div className="bm-card-text bm-card-wait">
        <Skeleton width="75%" height={18} />
        <Skeleton width="95%" />
        <Skeleton width="50%" height={13} />
      </div>
    </li>
  )
}
