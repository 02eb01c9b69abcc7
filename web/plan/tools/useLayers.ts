import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useSyncExternalStore } from 'react'
import type { ConstraintLayer } from '../../../server/constraints/contract.ts'
import type { Severity } from '../../../server/kernel/severity.ts'
import { catalogueQuery } from '../../constraints/constraints.api.ts'
import { useLanguage } from '../../lib/i18n.ts'
import { useChangeSearch, useSharedSearch } from '../../lib/sharedSearch.ts'
import { constraintPaint } from '../../map/constraintPaint.ts'
import { lendToMap } from '../../shell/mapState.ts'

/** More areas at once than anybody can tell apart. */
const MOST_LAYERS = 12
const FULL = 1
const opacities = new Map<string, number>()
const listeners = new Set<() => void>()
let revision = 0

/** How strongly a layer is painted is the moment's; which layers are on stands in the address. */
export function setOpacity(layerId: string, opacity: number): void {
  opacities.set(layerId, opacity)
  revision += 1
  for (const listener of listeners) listener()
}

function useOpacityRevision(): number {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => revision,
  )
}

export function useOpacity(layerId: string): number {
  useOpacityRevision()
  return opacities.get(layerId) ?? FULL
}

/** The layers of the address and how to switch one. */
export function useShownLayers() {
  const { layers } = useSharedSearch()
  const change = useChangeSearch()
  const shown = useMemo(() => (layers ? layers.split(',').slice(0, MOST_LAYERS) : []), [layers])
  const set = (ids: readonly string[]) => void change({ layers: ids.length > 0 ? ids.join(',') : undefined }, { replace: true })
  return {
    shown,
    isFull: shown.length >= MOST_LAYERS,
    toggle: (layerId: string) =>
      set(shown.includes(layerId) ? shown.filter((id) => id !== layerId) : [...shown, layerId].slice(0, MOST_LAYERS)),
    hideAll: () => set([]),
  }
}

/** True when a layer has areas to paint. */
export function hasMap({ isMapped, data }: ConstraintLayer): boolean {
  return isMapped && (data.featureCount ?? 0) > 0
}

/** Lends the map what the address has switched on, for as long as the workspace is open. */
export function useLendLayers(): void {
  const { shown } = useShownLayers()
  const { data } = useQuery(catalogueQuery)
  const language = useLanguage()
  const strength = useOpacityRevision()
  // biome-ignore lint/correctness/useExhaustiveDependencies: another opacity is another painting
  useEffect(() => {
    const known = (data?.items ?? []).filter((layer) => hasMap(layer) && shown.includes(layer.layerId))
    lendToMap({
      showsConstraints: true,
      constraints: known.map(({ layerId, layerNumber, name, severities, data: { isDemo } }) => ({
        layerId,
        name: name[language],
        severity: Math.max(...Object.values(severities)) as Severity,
        isDemo,
        opacity: opacities.get(layerId) ?? FULL,
        paint: constraintPaint(layerNumber),
      })),
    })
  }, [data, shown, strength, language])
  useEffect(() => () => lendToMap({ constraints: [], showsConstraints: false }), [])
}
