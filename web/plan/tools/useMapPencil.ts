import { useEffect } from 'react'
import type { DrawMode, PlaceGeometry } from '../../map/mapContract.ts'
import { lendToMap } from '../../shell/mapState.ts'

interface Pencil {
  mode: DrawMode
  value: PlaceGeometry | null
  crosshair: boolean
  hint: string
  onChange: (geometry: PlaceGeometry | null) => void
}

/** Lends the map's pencil to a tool; pins stay where they are. */
export function useMapPencil({ mode, value, crosshair, hint, onChange }: Pencil): void {
  useEffect(() => {
    lendToMap({ tool: { mode, value, crosshair, hint, keepsPins: true, onChange } })
  }, [mode, value, crosshair, hint, onChange])
  useEffect(() => () => lendToMap({ tool: null }), [])
}
