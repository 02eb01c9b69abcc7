import type { Map as MapLibreMap } from 'maplibre-gl'
import { type ReactNode, useLayoutEffect, useRef } from 'react'
import { placeCard } from './cardPlacement.ts'
import { listen } from './listen.ts'
import type { MapPadding, Position } from './mapContract.ts'

const MARGIN = 12

type CardFrameProps = {
  map: MapLibreMap
  position: Position
  padding: MapPadding
  /** From the pin's middle to the card's edge. @unit CSS pixels */
  gap: number
  className: string
  label: string
  children: ReactNode
}

/** A card that stays beside its place while the map moves. Moves by transform: no React state per frame. */
export function CardFrame({ map, position, padding, gap, className, label, children }: CardFrameProps) {
  const frame = useRef<HTMLElement>(null)
  const [lng, lat] = position
  const { top, right, bottom, left } = padding
  useLayoutEffect(() => {
    const card = frame.current
    if (!card) return
    const place = () => {
      const { clientWidth, clientHeight } = map.getContainer()
      const free = { left: left + MARGIN, top: top + MARGIN, right: clientWidth - right - MARGIN, bottom: clientHeight - bottom - MARGIN }
      const spot = placeCard(map.project([lng, lat]), { width: card.offsetWidth, height: card.offsetHeight }, free, gap)
      card.style.visibility = spot ? 'visible' : 'hidden'
      if (spot) card.style.transform = `translate(${Math.round(spot.left)}px, ${Math.round(spot.top)}px)`
    }
    place()
    const observer = new ResizeObserver(place)
    observer.observe(card)
    const stop = listen(map, { move: place, resize: place })
    return () => {
      observer.disconnect()
      stop()
    }
  }, [map, lng, lat, top, right, bottom, left, gap])
  return (
    <article ref={frame} className={`bm-map-card ${className}`} aria-label={label}>
      {children}
    </article>
  )
}
