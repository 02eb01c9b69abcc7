import type { Map as MapLibreMap } from 'maplibre-gl'
import { useEffect, useEffectEvent, useId } from 'react'
import type { Translate } from '../lib/translate.ts'
import { freeMiddleOf } from './freeMiddle.ts'
import { listen } from './listen.ts'
import type { MapPadding, Position } from './mapContract.ts'

const STEP_PX = 40
const SMALL_STEP_PX = 4
const directions: Record<string, Position> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }

type CrosshairProps = {
  map: MapLibreMap
  padding: MapPadding
  texts: Translate
  onPlace: (spot: Position) => void
  onPoint: (spot: Position) => void
}

/** A cross in the middle of the free map: arrows move the map under it, Enter or space places. */
export function Crosshair({ map, padding, texts, onPlace, onPoint }: CrosshairProps) {
  const helpId = useId()
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const direction = directions[event.key]
    if (direction) {
      const step = event.shiftKey ? SMALL_STEP_PX : STEP_PX
      map.panBy([direction[0] * step, direction[1] * step], { duration: 0 })
    } else if (event.key === 'Enter' || event.key === ' ') {
      onPlace(freeMiddleOf(map, padding))
    } else {
      return
    }
    event.preventDefault()
    event.stopPropagation()
  })
  const onMove = useEffectEvent(() => onPoint(freeMiddleOf(map, padding)))

  useEffect(() => {
    const canvas = map.getCanvas()
    const described = canvas.getAttribute('aria-describedby')
    const onKeyDown = (event: KeyboardEvent) => onKey(event)
    const onMapMove = () => onMove()
    // Before MapLibre's own arrows, which move in longer strides.
    canvas.addEventListener('keydown', onKeyDown, { capture: true })
    const stop = listen(map, { move: onMapMove })
    canvas.setAttribute('aria-describedby', helpId)
    canvas.focus({ preventScroll: true })
    return () => {
      canvas.removeEventListener('keydown', onKeyDown, { capture: true })
      stop()
      if (described) canvas.setAttribute('aria-describedby', described)
    }
  }, [map, helpId])

  return (
    <>
      <p id={helpId} className="bm-map-unseen" role="status">
        {texts('draw.crosshair')}
      </p>
      <svg className="bm-map-crosshair" width={56} height={56} viewBox="0 0 56 56" aria-hidden="true" focusable="false">
        <g className="bm-map-crosshair-rim">
          <path d="M28 4v18M28 34v18M4 28h18M34 28h18" />
          <circle cx={28} cy={28} r={12} />
        </g>
        <path d="M28 4v18M28 34v18M4 28h18M34 28h18" />
        <circle cx={28} cy={28} r={12} />
        <circle className="bm-map-crosshair-dot" cx={28} cy={28} r={2} />
      </svg>
    </>
  )
}
