import type { Map as MapLibreMap } from 'maplibre-gl'
import { useEffect } from 'react'
import { MovingPace } from './movingPace.ts'

/** So much of the screen’s resolution has a moving map on a machine that cannot keep up: words blur, signs and numbers can be read. */
const PART_WHILE_MOVING = 0.4
/** A hand that pauses sees it sharp again. @unit milliseconds */
const SHARP_AFTER_MS = 160

/**
 * Gives the canvas another resolution. The public `setPixelRatio` also ends whatever gesture is going on, which would take the
 * map out of the hand that pulls it.
 */
function setResolution(map: MapLibreMap, pixelRatio: number): void {
  const inner = map as unknown as { _overridePixelRatio: number; _resizeInternal(): void }
  inner._overridePixelRatio = pixelRatio
  inner._resizeInternal()
  map.triggerRepaint()
}

/** Draws a moving map coarser where frames would take too long, and sharp again as soon as it rests. */
export function useMovingResolution(map: MapLibreMap | null): void {
  useEffect(() => {
    if (map === null) return
    const pace = new MovingPace()
    let frame = 0
    let sharpening = 0
    let isCoarse = false
    const draw = (coarse: boolean) => {
      if (isCoarse === coarse) return
      isCoarse = coarse
      setResolution(map, window.devicePixelRatio * (coarse ? PART_WHILE_MOVING : 1))
    }
    const watch = (now: number) => {
      pace.frame(now)
      if (pace.isSlow) draw(true)
      frame = requestAnimationFrame(watch)
    }
    const begin = () => {
      clearTimeout(sharpening)
      if (frame !== 0) return
      pace.begin(performance.now())
      frame = requestAnimationFrame(watch)
    }
    const end = () => {
      cancelAnimationFrame(frame)
      frame = 0
      clearTimeout(sharpening)
      if (isCoarse) sharpening = window.setTimeout(() => draw(false), SHARP_AFTER_MS)
    }
    map.on('movestart', begin)
    map.on('moveend', end)
    return () => {
      map.off('movestart', begin)
      map.off('moveend', end)
      cancelAnimationFrame(frame)
      clearTimeout(sharpening)
    }
  }, [map])
}
