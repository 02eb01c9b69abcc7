import type { FeatureCollection } from 'geojson'
import type { GeoJSONSource, Map as MapLibreMap } from 'maplibre-gl'
import { useEffect, useMemo, useRef, useState } from 'react'
import { LAYER_ORDER } from './layerOrder.ts'
import { listen } from './listen.ts'
import type { MapRoomProps, MapTarget } from './mapContract.ts'
import type { MapView, SourceId } from './mapLayer.ts'
import { isDrawn, layerId, sourceId } from './mapStyle.ts'
import {
  collectPins,
  districtCollections,
  highlightCollection,
  type Pin,
  pinCollection,
  pinFeature,
  type SourceData,
  shapeCollection,
  startData,
  targetKey,
} from './sources.ts'

export type MapData = { sources: SourceData; pinByKey: Map<string, Pin> }

/** What the page hands over, turned into sources; each part is worked out again only when its own input changes. */
export function useMapData(props: MapRoomProps, hovered: MapTarget | null): MapData {
  const { districts, ideas, projects, installations, visibleKinds, highlight, marks, results, selected } = props
  const kinds = visibleKinds.join()
  const districtIds = useMemo(() => districtIdsOf(districts), [districts])
  const pins = useMemo(
    () => collectPins({ ideas, projects, installations, visibleKinds: kinds.split(',') as MapRoomProps['visibleKinds'] }, districtIds),
    [ideas, projects, installations, kinds, districtIds],
  )
  const pinByKey = useMemo(() => new Map(pins.map((pin) => [pin.properties.pinId, pin])), [pins])
  const fixed = useMemo(() => ({ ...startData(), ...districtCollections(districts) }), [districts])
  const pinData = useMemo(() => pinCollection(pins), [pins])
  const shapes = useMemo(() => shapeCollection(ideas), [ideas])
  const highlighted = useMemo(() => highlightCollection(highlight), [highlight])
  const [selectedKey, hoveredKey] = [selected && targetKey(selected), hovered && targetKey(hovered)]
  const focus = useMemo(() => focusCollection(pinByKey, selectedKey, hoveredKey), [pinByKey, selectedKey, hoveredKey])
  const sources = useMemo(
    () => ({
      ...fixed,
      pins: pinData,
      shapes,
      highlight: highlighted,
      focus,
      marks: marks ?? fixed.marks,
      results: results ?? fixed.results,
    }),
    [fixed, pinData, shapes, highlighted, focus, marks, results],
  )
  return { sources, pinByKey }
}

export function districtIdsOf(districts: MapRoomProps['districts']): string[] {
  return (districts?.features ?? []).map((feature) => feature.properties.districtId)
}

function focusCollection(pinByKey: Map<string, Pin>, selectedKey: string | null, hoveredKey: string | null): FeatureCollection {
  const keys = hoveredKey === selectedKey ? [selectedKey] : [hoveredKey, selectedKey]
  const features = keys.flatMap((key) => {
    const pin = key === null ? undefined : pinByKey.get(key)
    return pin ? [pinFeature(pin, { isSelected: key === selectedKey, sortKey: key === selectedKey ? 1 : 0 })] : []
  })
  return { type: 'FeatureCollection', features }
}

/** Counts the styles that have finished loading; 0 until the first has. */
export function useStyleEpoch(map: MapLibreMap): number {
  const [epoch, setEpoch] = useState(0)
  useEffect(() => {
    const onStyleLoad = () => setEpoch((value) => value + 1)
    // The first style may have loaded before anybody listened.
    if (map.getLayer(layerId('district-ground'))) onStyleLoad()
    return listen(map, { 'style.load': onStyleLoad })
  }, [map])
  return epoch
}

/** Gives each source its data whenever it is another than last time. */
export function useSources(map: MapLibreMap, epoch: number, sources: SourceData): void {
  const given = useRef<Partial<SourceData>>({})
  useEffect(() => {
    if (epoch === 0) return
    for (const [id, data] of Object.entries(sources) as [SourceId, FeatureCollection][]) {
      if (given.current[id] === data) continue
      map.getSource<GeoJSONSource>(sourceId(id))?.setData(data)
      given.current[id] = data
    }
  }, [map, epoch, sources])
}

export function useVisibility(map: MapLibreMap, epoch: number, view: MapView, sources: SourceData): void {
  useEffect(() => {
    if (epoch === 0) return
    for (const layer of LAYER_ORDER) {
      const wanted = isDrawn(layer, view, sources) ? 'visible' : 'none'
      const id = layerId(layer.id)
      if (map.getLayer(id) && (map.getLayoutProperty(id, 'visibility') ?? 'visible') !== wanted)
        map.setLayoutProperty(id, 'visibility', wanted)
    }
  }, [map, epoch, view, sources])
}

/** Hovered and selected as feature states of districts and shapes; pins say it through the focus source. */
export function useFeatureState(map: MapLibreMap, epoch: number, state: 'hovered' | 'selected', target: MapTarget | null): void {
  const key = target && targetKey(target)
  const kind = target?.kind
  useEffect(() => {
    if (epoch === 0 || key === null || (kind !== 'district' && kind !== 'idea')) return
    const source = sourceId(kind === 'district' ? 'ground' : 'shapes')
    if (!map.getSource(source)) return
    map.setFeatureState({ source, id: key }, { [state]: true })
    return () => {
      if (map.getSource(source)) map.removeFeatureState({ source, id: key }, state)
    }
  }, [map, epoch, state, key, kind])
}
