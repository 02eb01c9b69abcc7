import { X } from 'lucide-react'
import type { Map as MapLibreMap } from 'maplibre-gl'
import { type KeyboardEvent, useEffect, useRef } from 'react'
import type { Translate } from '../lib/translate.ts'
import { CardFrame } from './CardFrame.tsx'
import { CategoryIcon } from './CategoryIcon.tsx'
import type { MapPadding, MapTarget } from './mapContract.ts'
import { type Pin, targetKey } from './sources.ts'
import type { Stack } from './useMapPointer.ts'

type StackCardProps = {
  map: MapLibreMap
  stack: Stack
  pinByKey: Map<string, Pin>
  texts: Translate
  padding: MapPadding
  onSelect: (target: MapTarget) => void
  onClose: () => void
}

/** Things on one spot, as a list to choose from. */
export function StackCard({ map, stack, pinByKey, texts, padding, onSelect, onClose }: StackCardProps) {
  const pins = stack.targets.flatMap((target) => pinByKey.get(targetKey(target)) ?? [])
  const left = stack.count - pins.length
  const title = texts('card.stack', { count: stack.count })
  const list = useRef<HTMLUListElement>(null)
  useEffect(() => list.current?.querySelector('button')?.focus({ preventScroll: true }), [])
  const closeOnEscape = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onClose()
  }
  return (
    <CardFrame map={map} position={stack.position} padding={padding} gap={30} className="bm-map-card-stack" label={title}>
      <div className="bm-map-card-head">
        <p className="bm-map-card-title">{title}</p>
        <button type="button" className="bm-map-card-close" aria-label={texts('card.close')} onClick={onClose}>
          <X size={18} aria-hidden="true" />
        </button>
      </div>
      <ul ref={list} className="bm-map-stack" onKeyDown={closeOnEscape}>
        {pins.map(({ properties }, index) => (
          <li key={properties.pinId} data-bm-district={properties.districtId ?? 'other-district'}>
            <button type="button" onClick={() => onSelect(stack.targets[index] as MapTarget)}>
              <span className="bm-map-stack-sign">
                <CategoryIcon category={properties.category} size={16} />
              </span>
              {properties.title}
            </button>
          </li>
        ))}
      </ul>
      {left > 0 && <p className="bm-map-card-kind">{texts('card.stackMore', { count: left })}</p>}
    </CardFrame>
  )
}
