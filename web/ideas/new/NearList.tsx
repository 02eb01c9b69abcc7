import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { NearItem } from '../../../server/ideas/contract.ts'
import type { PlaceGeometry } from '../../../server/kernel/geometry.ts'
import { formatDistance } from '../../lib/format.ts'
import { useLanguage, useTranslation } from '../../lib/i18n.ts'
import { CategoryIcon } from '../../map/CategoryIcon.tsx'
import { Button } from '../../ui/Button.tsx'
import { districtKey } from '../../ui/districtKey.ts'
import { middleOf } from './measure.ts'
import { nearQuery } from './newIdea.api.ts'
import { useDebounced } from './useDebounced.ts'

const RADIUS_M = 300
const SHOWN_AT_FIRST = 3
const LIKE_ENOUGH = 0.3

/** "Er det en af disse?": what stands or was proposed near the place, or under a similar title. */
export function NearList({ geometry, title, exceptIdeaId }: { geometry: PlaceGeometry; title: string; exceptIdeaId: number | null }) {
  const { t } = useTranslation('newIdea')
  const [showsAll, setShowsAll] = useState(false)
  const asked = useDebounced({ place: middleOf(geometry), title: title.trim() }, 400)
  const { data } = useQuery(nearQuery(asked.place, asked.title, RADIUS_M))
  if (!data) return null
  const items = data.items.filter(({ ideaId }) => ideaId === null || ideaId !== exceptIdeaId)
  if (items.length === 0) return <p className="bm-soft">{t('place.nearNone')}</p>
  return (
    <section className="bm-near" aria-labelledby="near-title">
      <h3 id="near-title">{t('place.near')}</h3>
      <p className="bm-soft">{t('place.nearText')}</p>
      <ul>
        {items.slice(0, showsAll ? undefined : SHOWN_AT_FIRST).map((item) => (
          <li key={`${item.kind} ${item.ideaId ?? item.projectId}`}>
            <NearLine item={item} />
          </li>
        ))}
      </ul>
      {items.length > SHOWN_AT_FIRST && !showsAll ? (
        <Button look="plain" onClick={() => setShowsAll(true)}>
          {t('place.nearMore', { count: items.length })}
        </Button>
      ) : null}
    </section>
  )
}

function NearLine({ item }: { item: NearItem }) {
  const { t } = useTranslation('newIdea')
  const language = useLanguage()
  const facts = [
    `${t(`place.nearKind.${item.kind}`)} ${item.roundYear}`,
    item.distanceM === null ? null : t('place.nearAway', { distance: formatDistance(Math.round(item.distanceM), language) }),
    item.outcome === null ? null : t(`place.nearOutcome.${item.outcome}`),
    (item.likeness ?? 0) >= LIKE_ENOUGH ? t('place.nearLike') : null,
  ]
  const content = (
    <>
      <span className="bm-near-icon" data-bm-district={districtKey(item.districtId)}>
        <CategoryIcon category={item.category} />
      </span>
      <span>
        <strong>{item.title}</strong>
        <span className="bm-soft">{facts.filter(Boolean).join(' · ')}</span>
      </span>
    </>
  )
  if (item.kind === 'idea') {
    return (
      <Link to="/ideer/$id" params={{ id: String(item.ideaId) }}>
        {content}
      </Link>
    )
  }
  return (
    <Link to="/projekter/$id" params={{ id: item.projectId ?? '' }}>
      {content}
    </Link>
  )
}
