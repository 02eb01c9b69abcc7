import { useEffect } from 'react'
import type { DrawMode, PlaceGeometry } from '../../map/mapContract.ts'
import { lendToMap } from '../../shell/mapState.ts'
import { setSheetHeight } from '../../shell/sheetState.ts'

interface Pencil {
  mode: DrawMode
  value: PlaceGeometry | null
  crosshair: boolean
  hint: string
  onChange: (geometry: PlaceGeometry | null) => void
  onDrawing?: (geometry: PlaceGeometry | null) => void
}

/** Lends the map's pencil to a tool; pins stay where they are. */
export function useMapPencil({ mode, value, crosshair, hint, onChange, onDrawing }: Pencil): void {
  useEffect(() => {
    lendToMap({ tool: { mode, value, crosshair, hint, keepsPins: true, onChange, onDrawing } })
  }, [mode, value, crosshair, hint, onChange, onDrawing])
  useEffect(() => {
    // On a phone the map has to be seen to be drawn on.
    setSheetHeight('low')
    return () => lendToMap({ tool: null })
  }, [])
}
