import { useNavigate } from '@tanstack/react-router'
import { useCallback } from 'react'
import type { Position } from '../../../server/kernel/geometry.ts'
import { cameraText, type SharedSearch } from '../../lib/searchParams.ts'

const CLOSE_ZOOM = 15.5

/** Brings a place into the map's view; the camera lives in the address. */
export function useFlyTo(): (place: Position) => void {
  const navigate = useNavigate()
  return useCallback(
    ([lng, lat]) =>
      void navigate({
        to: '.',
        search: (before: SharedSearch) => ({ ...before, at: cameraText({ lng, lat, zoom: CLOSE_ZOOM }) }),
        replace: true,
        resetScroll: false,
      }),
    [navigate],
  )
}
