import type { Map as MapLibreMap } from 'maplibre-gl'
import { formatAmount } from '../lib/format.ts'
import type { Translate } from '../lib/translate.ts'
import { CardFrame } from './CardFrame.tsx'
import { CategoryIcon } from './CategoryIcon.tsx'
import type { MapRoomProps } from './mapContract.ts'
import type { Pin, PinProperties } from './sources.ts'

type MapCardProps = Pick<MapRoomProps, 'language' | 'padding' | 'districts'> & { map: MapLibreMap; pin: Pin; texts: Translate }

/** What the pointed-at or selected pin is, in four lines. The panel tells the rest. */
export function MapCard({ map, pin, texts, language, padding, districts }: MapCardProps) {
  const { title, category, districtId, amountDkk } = pin.properties
  const district = districts?.features.find((feature) => feature.properties.districtId === districtId)
  const amount = amountDkk === null ? texts('card.amountUnknown') : formatAmount(amountDkk, language)
  return (
    <CardFrame map={map} position={pin.position} padding={padding} gap={34} className="bm-map-card-fact" label={title}>
      <p className="bm-map-card-kind">{kindLine(pin.properties, texts)}</p>
      <p className="bm-map-card-title">{title}</p>
      <p className="bm-map-card-facts" data-bm-district={districtId ?? 'other-district'}>
        {district && <span className="bm-map-chip">{district.properties.name}</span>}
        <span className="bm-map-card-category">
          <CategoryIcon category={category} size={16} />
          {texts(`category.${category}`)}
        </span>
      </p>
      <p className="bm-map-card-amount">{amount}</p>
    </CardFrame>
  )
}

function kindLine({ kind, year, outcome }: PinProperties, texts: Translate): string {
  const parts = [texts(`kind.${kind}`)]
  if (kind === 'project' && year !== null) parts.push(texts('card.round', { year }))
  if (kind === 'project' && outcome !== null) parts.push(texts(`outcome.${outcome}`))
  if (kind === 'installation' && year !== null) parts.push(texts('card.opened', { year }))
  return parts.join(' · ')
}
