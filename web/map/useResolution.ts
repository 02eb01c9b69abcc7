import type { Map as MapLibreMap } from 'maplibre-gl'
import { useEffect } from 'react'
import { createPace } from './framePace.ts'
import { listen } from './listen.ts'

const MOVING_SHARE = 0.5
const REST_MS = 250

/**
 * Draws with half the pixels a side while the map moves on a machine too slow for all of them (old phones, rendering
 * without a graphics card), and sharp again as soon as it rests.
 */
export function useResolution(map: MapLibreMap): void {
  useEffect(() => {
    const pace = createPace()
    let isCoarse = false
    let timer = 0
    const draw = (coarse: boolean) => {
      if (coarse === isCoarse) return
      isCoarse = coarse
      map.setPixelRatio(window.devicePixelRatio * (coarse ? MOVING_SHARE : 1))
    }
    const onMove = () => {
      window.clearTimeout(timer)
      if (pace.isSlow) draw(true)
    }
    const onRender = () => {
      if (map.isMoving()) pace.add(performance.now())
      else pace.pause()
    }
    const onMoveEnd = () => {
      pace.pause()
      window.clearTimeout(timer)
      timer = window.setTimeout(() => draw(false), REST_MS)
    }
    const stop = listen(map, { movestart: onMove, move: onMove, render: onRender, moveend: onMoveEnd })
    return () => {
      window.clearTimeout(timer)
      stop()
    }
  }, [map])
}
