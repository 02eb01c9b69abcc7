import 'maplibre-gl/dist/maplibre-gl.css'
import './palette.css'
import './map.css'
import { type MapLib, Map as MapView } from '@vis.gl/react-maplibre'
import { type CSSProperties, useEffect, useId, useMemo, useState } from 'react'
import { backdropFrame } from './backdropData.ts'
import { frameOf, freeMiddleOffset, generousFrame, MAX_ZOOM, MIN_ZOOM, shiftCamera } from './camera.ts'
import { canDraw } from './canDraw.ts'
import { MapScene } from './MapScene.tsx'
import type { MapFrame, MapRoomProps, MapTarget } from './mapContract.ts'
import { composeStyle } from './mapStyle.ts'
import { useMapTexts } from './mapTexts.ts'
import { useBasemap } from './useBasemap.ts'
import { fitPadding } from './useCamera.ts'
import { useMapData } from './useMapData.ts'

/** Where nothing can be drawn the library, two fifths of all script, is not fetched. */
const mapLibrary = canDraw() ? import('./mapLibrary.ts') : null

/** Without districts after this long, the backdrop is fitted instead. @unit milliseconds */
const DISTRICT_PATIENCE_MS = 3000

/** The map of the whole page. Mounted once; pages change what it shows, never the map itself. */
export function MapRoom(props: MapRoomProps) {
  const { districts, padding, language, tool, visibleKinds } = props
  const texts = useMapTexts(language)
  const instructionsId = useId()
  const [mapHovered, setMapHovered] = useState<MapTarget | null>(null)
  const hovered = tool ? null : (mapHovered ?? props.hovered)
  const data = useMapData(props, hovered)
  const home = useHome(districts)
  const [isBroken, setIsBroken] = useState(mapLibrary === null)
  const { base, giveUp } = useBasemap(props.basemap)
  const isDrawing = tool !== null && !tool.keepsPins
  const kinds = visibleKinds.join()
  const showsResult = props.results !== null
  const view = useMemo(
    () => ({
      base: base ? ('other' as const) : ('own' as const),
      isDrawing,
      visibleKinds: kinds.split(',') as MapRoomProps['visibleKinds'],
      showsResult,
    }),
    [base, isDrawing, kinds, showsResult],
  )
  // The style holds what is shown at the moment the street map comes or goes; later data goes straight to the sources.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another street map is another style
  const mapStyle = useMemo(() => composeStyle(base, data.sources, view), [base])
  const paddings = {
    '--bm-pad-top': `${padding.top}px`,
    '--bm-pad-right': `${padding.right}px`,
    '--bm-pad-bottom': `${padding.bottom}px`,
    '--bm-pad-left': `${padding.left}px`,
  } as CSSProperties

  return (
    <div className="bm-map" style={paddings}>
      <p id={instructionsId} className="bm-map-unseen">
        {texts('instructions')}
      </p>
      {home && mapLibrary && (
        <MapView
          mapLib={mapLibrary as Promise<MapLib>}
          mapStyle={mapStyle}
          styleDiffing={false}
          initialViewState={startView(props, home)}
          maxBounds={generousFrame(home)}
          minZoom={MIN_ZOOM}
          maxZoom={MAX_ZOOM}
          dragRotate={false}
          touchPitch={false}
          pitchWithRotate={false}
          renderWorldCopies={false}
          attributionControl={false}
          fadeDuration={180}
          onError={({ target, error }) => (target ? console.error(error) : setIsBroken(true))}
        >
          <MapScene {...{ props, texts, data, view, home, hovered, setMapHovered, instructionsId, giveUp }} />
        </MapView>
      )}
      {isBroken && <p className="bm-map-broken">{texts('noWebGl')}</p>}
    </div>
  )
}

/** The frame of all districts; while they are on their way nothing is fitted, so that nothing jumps. */
function useHome(districts: MapRoomProps['districts']): MapFrame | null {
  const [isPatient, setIsPatient] = useState(true)
  useEffect(() => {
    const timer = window.setTimeout(() => setIsPatient(false), DISTRICT_PATIENCE_MS)
    return () => window.clearTimeout(timer)
  }, [])
  const ownFrame = useMemo(
    () => frameOf((districts?.features ?? []).flatMap((feature) => feature.geometry.coordinates.flat(2))),
    [districts],
  )
  return ownFrame ?? (isPatient ? null : backdropFrame())
}

function startView({ camera, padding }: MapRoomProps, home: MapFrame) {
  if (!camera) return { bounds: home, fitBoundsOptions: { padding: fitPadding(padding), maxZoom: 14 } }
  const [x, y] = freeMiddleOffset(padding)
  const { lng, lat, zoom } = shiftCamera(camera, [-x, -y])
  return { longitude: lng, latitude: lat, zoom }
}
