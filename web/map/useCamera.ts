import type { MapLibreEvent, Map as MapLibreMap } from 'maplibre-gl'
import { useEffect, useEffectEvent, useRef } from 'react'
import { CLOSE_ZOOM, frameOf, freeMiddleOffset, isByPerson, isSameCamera, roundCamera, shiftCamera } from './camera.ts'
import { listen } from './listen.ts'
import type { Camera, MapFrame, MapPadding, MapRoomProps, Position } from './mapContract.ts'
import { type Pin, targetKey } from './sources.ts'

const QUIET_MS = 500
/** A selected pin nearer to the edge than this is brought in. @unit CSS pixels */
const EDGE = 48

/** The padding and some air: a breath on a phone, where height is short, more on a wide window. */
export function fitPadding({ top, right, bottom, left }: MapPadding): MapPadding {
  const air = Math.round(Math.min(56, Math.max(8, window.innerWidth * 0.04 - 8)))
  return { top: top + air, right: right + air, bottom: bottom + air, left: left + air }
}

export function readCamera(map: MapLibreMap, padding: MapPadding): Camera {
  const { lng, lat } = map.getCenter()
  return roundCamera(shiftCamera({ lng, lat, zoom: map.getZoom() }, freeMiddleOffset(padding)))
}

/** What stands in the free part of the window. */
function readFrame(map: MapLibreMap, padding: MapPadding): MapFrame {
  const { clientWidth, clientHeight } = map.getContainer()
  const southWest = map.unproject([padding.left, clientHeight - padding.bottom])
  const northEast = map.unproject([clientWidth - padding.right, padding.top])
  return [southWest.lng, southWest.lat, northEast.lng, northEast.lat]
}

type CameraRoom = Pick<MapRoomProps, 'camera' | 'padding' | 'selected' | 'districts' | 'onCameraChange'> & {
  home: MapFrame
  pinByKey: Map<string, Pin>
}

/** Keeps camera and URL in step, brings what is selected into sight, and fits again while nobody has moved the map. */
export function useCamera(map: MapLibreMap, room: CameraRoom): { showAll: () => void } {
  const { camera, padding, selected, home } = room
  const reported = useRef<Camera | null>(camera)
  const isUntouched = useRef(camera === null)
  /** False while the frame of a camera that came from the address is not told yet. */
  const isFrameTold = useRef(false)
  const isSettled = useSettled()

  const report = useEffectEvent(() => {
    if (isUntouched.current) return
    const now = readCamera(map, room.padding)
    const isKnownCamera = isSameCamera(now, reported.current)
    if (isKnownCamera && isFrameTold.current) return
    isFrameTold.current = true
    if (!isKnownCamera) reported.current = now
    room.onCameraChange(now, readFrame(map, room.padding))
  })

  useEffect(() => {
    let timer = 0
    const onMoveStart = (event: MapLibreEvent) => {
      if (event.originalEvent || isByPerson(event)) isUntouched.current = false
      window.clearTimeout(timer)
    }
    const onMoveEnd = () => {
      window.clearTimeout(timer)
      timer = window.setTimeout(() => report(), QUIET_MS)
    }
    const stop = listen(map, { movestart: onMoveStart, moveend: onMoveEnd })
    onMoveEnd()
    return () => {
      window.clearTimeout(timer)
      stop()
    }
  }, [map])

  const fitHome = useEffectEvent((duration: number) => {
    map.fitBounds(home, { padding: fitPadding(room.padding), duration, maxZoom: 14 })
  })

  const { top, right, bottom, left } = padding
  const homeKey = home.join()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the numbers are the occasion, the event reads the rest
  useEffect(() => {
    if (isUntouched.current) fitHome(isSettled.current ? 300 : 0)
    const onResize = () => {
      if (isUntouched.current) fitHome(0)
    }
    return listen(map, { resize: onResize })
  }, [map, homeKey, top, right, bottom, left])

  const goTo = useEffectEvent((wanted: Camera) => {
    if (isSameCamera(wanted, reported.current)) return
    reported.current = wanted
    isFrameTold.current = false
    isUntouched.current = false
    map.flyTo({ center: [wanted.lng, wanted.lat], zoom: wanted.zoom, offset: freeMiddleOffset(room.padding), maxDuration: 1600 })
  })
  useEffect(() => {
    if (camera) goTo(camera)
  }, [camera])

  const bringIn = useEffectEvent(() => {
    if (!selected) return
    if (selected.kind === 'district') return fitDistrict(map, room, selected.id, isUntouched)
    const pin = room.pinByKey.get(targetKey(selected))
    if (!pin || isInSight(map, pin.position, room.padding)) return
    isUntouched.current = false
    map.easeTo({
      center: pin.position,
      zoom: Math.max(map.getZoom(), CLOSE_ZOOM - 2),
      offset: freeMiddleOffset(room.padding),
      duration: 700,
    })
  })
  const selectedKey = selected && targetKey(selected)
  const isKnown = selectedKey !== null && (room.pinByKey.has(selectedKey) || selected?.kind === 'district')
  // biome-ignore lint/correctness/useExhaustiveDependencies: another selection, or its pin having arrived, is the occasion
  useEffect(() => bringIn(), [selectedKey, isKnown])

  const showAll = () => {
    isUntouched.current = false
    map.fitBounds(home, { padding: fitPadding(padding), duration: 700, maxZoom: 14 })
  }
  return { showAll }
}

/** True once the page has found its shape: from then on the map glides instead of jumping. */
function useSettled(): { readonly current: boolean } {
  const settled = useRef(false)
  useEffect(() => {
    const timer = window.setTimeout(() => {
      settled.current = true
    }, 1500)
    return () => window.clearTimeout(timer)
  }, [])
  return settled
}

function fitDistrict(map: MapLibreMap, room: CameraRoom, districtId: string, isUntouched: { current: boolean }): void {
  const district = room.districts?.features.find((feature) => feature.properties.districtId === districtId)
  const frame = district && frameOf(district.geometry.coordinates.flat(2))
  if (!frame) return
  isUntouched.current = false
  map.fitBounds(frame, { padding: fitPadding(room.padding), duration: 700, maxZoom: 15 })
}

function isInSight(map: MapLibreMap, position: Position, padding: MapPadding): boolean {
  const { x, y } = map.project(position)
  const { clientWidth, clientHeight } = map.getContainer()
  const isBeside = x > padding.left + EDGE && x < clientWidth - padding.right - EDGE
  return isBeside && y > padding.top + EDGE && y < clientHeight - padding.bottom - EDGE
}
