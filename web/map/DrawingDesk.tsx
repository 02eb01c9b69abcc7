import type { Map as MapLibreMap } from 'maplibre-gl'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import type { Translate } from '../lib/translate.ts'
import { Crosshair } from './Crosshair.tsx'
import { DrawToolbar } from './DrawToolbar.tsx'
import { freeMiddleOf } from './freeMiddle.ts'
import type { MapPadding, MapTool, PlaceGeometry, Position } from './mapContract.ts'
import { type DrawState, type Pencil, roundGeometry, takePencil } from './pencil.ts'

type DrawingDeskProps = { map: MapLibreMap; tool: MapTool; texts: Translate; padding: MapPadding }

const START: DrawState = { phase: 'empty', vertexCount: 0, canUndo: false }

/** The pencil with its tools: made anew for another kind of geometry or another style of the map. */
export function DrawingDesk({ map, tool, texts, padding }: DrawingDeskProps) {
  const { mode, value, crosshair } = tool
  const pencil = useRef<Pencil | null>(null)
  const told = useRef<string | null>(null)
  const [state, setState] = useState(START)

  const tell = useEffectEvent((geometry: PlaceGeometry | null) => {
    const text = JSON.stringify(geometry)
    if (text === told.current) return
    told.current = text
    tool.onChange(geometry)
  })
  const tellTrial = useEffectEvent((geometry: PlaceGeometry | null) => tool.onTrial?.(geometry))
  const tellDrawing = useEffectEvent((geometry: PlaceGeometry | null) => tool.onDrawing?.(geometry))
  const startValue = useEffectEvent(() => value)

  useEffect(() => {
    const start = startValue()
    told.current = JSON.stringify(start)
    const taken = takePencil(map, mode, start, {
      onGeometry: (geometry) => tell(geometry),
      onTrial: (geometry) => tellTrial(geometry),
      onDrawing: (geometry) => tellDrawing(geometry),
      onState: setState,
    })
    pencil.current = taken
    return () => {
      pencil.current = null
      taken.stop()
      tellDrawing(null)
    }
  }, [map, mode])

  useEffect(() => {
    const text = JSON.stringify(value)
    if (text === told.current) return
    told.current = text
    pencil.current?.show(value)
  }, [value])

  const place = (spot: Position) => {
    pencil.current?.placeAt(spot)
    tool.onTrial?.(null)
  }
  /** The cross is a pointer that stands still: what lies under it now is on trial. */
  const point = (spot: Position) => {
    pencil.current?.pointAt(spot)
    const { lng, lat } = map.unproject(spot)
    if (mode === 'point') tool.onTrial?.(roundGeometry({ type: 'Point', coordinates: [lng, lat] }))
  }
  return (
    <>
      {crosshair && <Crosshair map={map} padding={padding} texts={texts} onPlace={place} onPoint={point} />}
      <DrawToolbar
        mode={mode}
        hint={tool.hint}
        state={state}
        texts={texts}
        onPlaceHere={crosshair ? () => place(freeMiddleOf(map, padding)) : null}
        onUndo={() => pencil.current?.undo()}
        onFinish={() => pencil.current?.finish()}
        onClear={() => pencil.current?.clear()}
      />
    </>
  )
}
