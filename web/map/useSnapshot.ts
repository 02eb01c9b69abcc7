import type { Map as MapLibreMap } from 'maplibre-gl'
import { useEffect, useEffectEvent } from 'react'
import { freeMiddleOf } from './freeMiddle.ts'
import type { MapPadding, MapSnapshot } from './mapContract.ts'

/** A map that has not come to rest by then is drawn as it is. @unit milliseconds */
const PATIENCE_MS = 8000
/** Width to height of the picture on an A4 page. */
const SHAPE = 16 / 10
const LARGEST_PX = 1600

/** Takes one picture of the free part of the map once it stands still. */
export function useSnapshot(map: MapLibreMap, padding: MapPadding, onSnapshot: ((picture: MapSnapshot) => void) | null): void {
  const tell = useEffectEvent((picture: MapSnapshot) => onSnapshot?.(picture))
  const room = useEffectEvent(() => padding)
  const isAsked = onSnapshot !== null
  useEffect(() => {
    if (!isAsked) return
    let isOver = false
    const take = () => {
      if (isOver) return
      isOver = true
      // The drawing buffer holds the picture only within the frame that drew it.
      void map.once('render', () => tell(pictureOf(map, room())))
      map.triggerRepaint()
    }
    // An idle map says nothing more: a repaint makes it say so again.
    const idle = map.once('idle', take)
    map.triggerRepaint()
    void idle
    const timer = window.setTimeout(take, PATIENCE_MS)
    return () => {
      isOver = true
      window.clearTimeout(timer)
      map.off('idle', take)
    }
  }, [map, isAsked])
}

function pictureOf(map: MapLibreMap, padding: MapPadding): MapSnapshot {
  const source = map.getCanvas()
  const scale = source.width / map.getContainer().clientWidth
  const { clientWidth, clientHeight } = map.getContainer()
  const free = { width: clientWidth - padding.left - padding.right, height: clientHeight - padding.top - padding.bottom }
  const width = Math.min(free.width, free.height * SHAPE)
  const height = width / SHAPE
  const [x, y] = freeMiddleOf(map, padding)
  const shrink = Math.min(1, LARGEST_PX / (width * scale))
  const paper = document.createElement('canvas')
  paper.width = Math.round(width * scale * shrink)
  paper.height = Math.round(height * scale * shrink)
  const pen = paper.getContext('2d')
  if (!pen || paper.width < 1 || paper.height < 1) return null
  pen.drawImage(
    source,
    (x - width / 2) * scale,
    (y - height / 2) * scale,
    width * scale,
    height * scale,
    0,
    0,
    paper.width,
    paper.height,
  )
  return { url: paper.toDataURL('image/png'), width: paper.width, height: paper.height }
}
