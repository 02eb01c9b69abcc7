import type { GeoJSONSource, Map as MapLibreMap, MapMouseEvent } from 'maplibre-gl'
import { useEffect, useEffectEvent, useRef } from 'react'
import { BY_PERSON, freeMiddleOffset, MAX_ZOOM } from './camera.ts'
import { listen } from './listen.ts'
import type { MapPadding, MapTarget, Position } from './mapContract.ts'
import { sourceId } from './mapStyle.ts'
import { type Picked, pick } from './pick.ts'
import { CLUSTER_MAX_ZOOM, type PinProperties, targetKey, targetOf } from './sources.ts'

/** Things that stand on one spot and cannot be pulled apart by zooming. */
export type Stack = { position: Position; targets: MapTarget[]; count: number }

const STACK_LIMIT = 8

type PointerRoom = {
  isOff: boolean
  padding: MapPadding
  onHover: (target: MapTarget | null) => void
  onSelect: (target: MapTarget | null) => void
  onStack: (stack: Stack | null) => void
}

/** Turns pointer movement, clicks and taps into targets. */
export function useMapPointer(map: MapLibreMap, epoch: number, room: PointerRoom): void {
  const hoveredKey = useRef<string | null>(null)

  const tellHover = useEffectEvent((target: MapTarget | null) => {
    const key = target && targetKey(target)
    if (key === hoveredKey.current) return
    hoveredKey.current = key
    room.onHover(target)
  })

  const onMove = useEffectEvent((event: MapMouseEvent) => {
    if (room.isOff || map.isMoving()) return
    const picked = pick(map, [event.point.x, event.point.y], 'mouse')
    const isSign = picked !== null && !(picked.kind === 'target' && picked.target.kind === 'district')
    map.getCanvas().style.cursor = isSign ? 'pointer' : ''
    tellHover(picked?.kind === 'target' ? picked.target : null)
  })

  const onClick = useEffectEvent((event: MapMouseEvent) => {
    if (room.isOff) return
    const isTouch = window.matchMedia('(hover: none)').matches
    const picked = pick(map, [event.point.x, event.point.y], isTouch ? 'touch' : 'mouse')
    room.onStack(null)
    if (picked?.kind === 'cluster') void openCluster(map, picked, room)
    else room.onSelect(picked?.target ?? null)
  })

  const onLeave = useEffectEvent(() => tellHover(null))

  useEffect(() => {
    if (epoch === 0) return
    let frame = 0
    // One look per drawn frame is enough, however fast the mouse reports.
    const onMouseMove = (event: MapMouseEvent) => {
      cancelAnimationFrame(frame)
      frame = requestAnimationFrame(() => onMove(event))
    }
    const onMapClick = (event: MapMouseEvent) => onClick(event)
    const onMouseOut = () => onLeave()
    const stop = listen(map, { mousemove: onMouseMove, click: onMapClick, mouseout: onMouseOut })
    return () => {
      cancelAnimationFrame(frame)
      stop()
    }
  }, [map, epoch])
}

/** Zooms until the cluster falls apart; what never does is listed. */
async function openCluster(map: MapLibreMap, cluster: Extract<Picked, { kind: 'cluster' }>, room: PointerRoom): Promise<void> {
  const source = map.getSource<GeoJSONSource>(sourceId('pins'))
  if (!source) return
  const zoom = await source.getClusterExpansionZoom(cluster.clusterId)
  if (zoom <= CLUSTER_MAX_ZOOM) {
    map.easeTo(
      { center: cluster.position, zoom: Math.min(zoom + 0.3, MAX_ZOOM), offset: freeMiddleOffset(room.padding), duration: 500 },
      BY_PERSON,
    )
    return
  }
  const leaves = await source.getClusterLeaves(cluster.clusterId, STACK_LIMIT, 0)
  const targets = leaves.map((leaf) => targetOf(leaf.properties as PinProperties))
  room.onStack({ position: cluster.position, targets, count: cluster.count })
}
