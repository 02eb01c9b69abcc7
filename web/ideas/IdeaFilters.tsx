import { useQuery } from '@tanstack/react-query'
import { CATEGORIES } from '../../server/kernel/categories.ts'
import { useTranslation } from '../lib/i18n.ts'
import { useChangeSearch, useSharedSearch } from '../lib/sharedSearch.ts'
import { CategoryIcon } from '../map/CategoryIcon.tsx'
import { sharesQuery, useCurrentRound } from '../rounds/rounds.api.ts'
import { Chip } from '../ui/Chip.tsx'
import { districtKey } from '../ui/districtKey.ts'

/** Filters of the list and the map: category, district and the map's frame. All of them live in the address. */
export function IdeaFilters() {
  const { t } = useTranslation('ideas')
  return (
    <section className="bm-filters" aria-label={t('filter.title')}>
      <CategoryChips />
      <DistrictChips />
    </section>
  )
}

function CategoryChips() {
  const { t } = useTranslation('ideas')
  const { t: shell } = useTranslation('shell')
  const { category } = useSharedSearch()
  const change = useChangeSearch()
  return (
    <fieldset className="bm-chip-row" aria-label={t('filter.category')}>
      <Chip isOn={!category} onToggle={() => change({ category: undefined })}>
        {t('filter.all')}
      </Chip>
      {CATEGORIES.map((choice) => (
        <Chip key={choice} isOn={category === choice} onToggle={() => change({ category: category === choice ? undefined : choice })}>
          <CategoryIcon category={choice} size={17} />
          {shell(`category.${choice}`)}
        </Chip>
      ))}
    </fieldset>
  )
}

function DistrictChips() {
  const { t } = useTranslation('ideas')
  const { district, frame } = useSharedSearch()
  const change = useChangeSearch()
  const round = useCurrentRound()
  const { data } = useQuery(sharesQuery(round?.year ?? null))
  return (
    <fieldset className="bm-chip-row" aria-label={t('filter.district')}>
      {data?.items.map(({ districtId, name }) => (
        <Chip
          key={districtId}
          isOn={district === districtId}
          onToggle={() => change({ district: district === districtId ? undefined : districtId })}
        >
          <span className="bm-dot" data-bm-district={districtKey(districtId)} aria-hidden="true" />
          {name}
        </Chip>
      ))}
      <Chip isOn={frame === 1} onToggle={() => change({ frame: frame ? undefined : 1 })}>
        {t('filter.frame')}
      </Chip>
    </fieldset>
  )
}
