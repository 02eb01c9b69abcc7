import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { middleOf } from '../../ideas/new/measure.ts'
import { cameraText, type SharedSearch } from '../../lib/searchParams.ts'
import type { MapSnapshot, PlaceGeometry } from '../../map/mapContract.ts'
import { lendToMap } from '../../shell/mapState.ts'

const CLOSEST_ZOOM = 17
/** The camera has set out by then; the map takes the picture when it stands still again. @unit milliseconds */
const DEPARTURE_MS = 700
/** Longer than the map waits for its own tiles: without a map there is a page without a picture. */
const PATIENCE_MS = 14_000

/** What a shape may fill of the picture, which is smaller where the map is. @unit CSS pixels */
const WIDE_PX = 320
const PHONE_PX = 120
const PHONE_FROM_PX = 900

/** Zoom at which a shape takes about half of the picture's width. */
function zoomFor(geometry: PlaceGeometry): number {
  const positions =
    geometry.type === 'Point' ? [geometry.coordinates] : geometry.type === 'LineString' ? geometry.coordinates : geometry.coordinates.flat()
  const wide = window.innerWidth < PHONE_FROM_PX ? PHONE_PX : WIDE_PX
  const lngs = positions.map(([lng]) => lng)
  const lats = positions.map(([, lat]) => lat)
  const span = Math.max(Math.max(...lngs) - Math.min(...lngs), (Math.max(...lats) - Math.min(...lats)) * 2.5, 1e-5)
  return Math.min(CLOSEST_ZOOM, Math.log2((360 * wide) / (512 * span)))
}

/** Flies the map to a place and brings a picture of it. Undefined while it is drawn, null when there is none. */
export function useMapPicture(geometry: PlaceGeometry | null): MapSnapshot | undefined {
  const navigate = useNavigate()
  const [picture, setPicture] = useState<MapSnapshot | undefined>(undefined)
  const key = JSON.stringify(geometry)
  useEffect(() => {
    const place = JSON.parse(key) as PlaceGeometry | null
    if (place === null) return
    const [lng, lat] = middleOf(place)
    lendToMap({ highlight: place })
    const at = cameraText({ lng, lat, zoom: zoomFor(place) })
    void navigate({ to: '.', search: (before: SharedSearch) => ({ ...before, at }), replace: true, resetScroll: false })
    const departure = window.setTimeout(() => {
      lendToMap({
        onSnapshot: (taken) => {
          setPicture(taken)
          lendToMap({ onSnapshot: null })
        },
      })
    }, DEPARTURE_MS)
    const patience = window.setTimeout(() => setPicture((known) => (known === undefined ? null : known)), PATIENCE_MS)
    return () => {
      window.clearTimeout(departure)
      window.clearTimeout(patience)
      lendToMap({ highlight: null, onSnapshot: null })
    }
  }, [key, navigate])
  return picture
}
