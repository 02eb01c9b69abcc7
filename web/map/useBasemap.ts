import type { ErrorEvent, Map as MapLibreMap, MapSourceDataEvent, StyleSpecification } from 'maplibre-gl'
import { useEffect, useState } from 'react'
import type { PublicConfig } from '../../server/opendata/contract.ts'
import { BASEMAP_PATIENCE_MS, loadBasemap } from './basemap.ts'
import { listen } from './listen.ts'
import { isOurs } from './mapStyle.ts'

/** The configured street map once its style is there; null means our own backdrop. `giveUp` goes back to it. */
export function useBasemap(basemap: PublicConfig['basemap']): { base: StyleSpecification | null; giveUp: () => void } {
  const [base, setBase] = useState<StyleSpecification | null>(null)
  const [kind, url] = [basemap?.kind, basemap?.url]
  useEffect(() => {
    setBase(null)
    if (!kind || !url) return
    const stop = new AbortController()
    loadBasemap({ kind, url, attribution: null }, stop.signal).then(
      (style) => {
        if (!stop.signal.aborted) setBase(style)
      },
      (cause: unknown) => {
        if (!stop.signal.aborted) console.error('The street map did not come; our own backdrop stays.', cause)
      },
    )
    return () => stop.abort()
  }, [kind, url])
  return { base, giveUp: () => setBase(null) }
}

/** A style may come while its tiles do not: then the backdrop returns too. */
export function useBasemapWatch(map: MapLibreMap, isShown: boolean, giveUp: () => void): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: one watch per shown street map
  useEffect(() => {
    if (!isShown) return
    let hasAnswered = false
    const onData = (event: MapSourceDataEvent) => {
      if (!isOurs(event.sourceId) && event.tile) hasAnswered = true
    }
    const onError = (event: ErrorEvent & { sourceId?: string }) => {
      if (!hasAnswered && event.sourceId && !isOurs(event.sourceId)) giveUp()
    }
    const wait = () => window.setTimeout(() => !hasAnswered && giveUp(), BASEMAP_PATIENCE_MS)
    let timer = wait()
    let isAsked = false
    // On a slow machine the map may need a while until it asks for the first tile.
    const onAsked = (event: MapSourceDataEvent) => {
      if (isAsked || isOurs(event.sourceId) || !event.tile) return
      isAsked = true
      window.clearTimeout(timer)
      timer = wait()
    }
    const stop = listen(map, { sourcedataloading: onAsked, sourcedata: onData, error: onError })
    return () => {
      window.clearTimeout(timer)
      stop()
    }
  }, [map, isShown])
}
