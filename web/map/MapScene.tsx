import { AttributionControl, useMap } from '@vis.gl/react-maplibre'
import type { Map as MapLibreMap } from 'maplibre-gl'
import { lazy, Suspense, useEffect, useMemo, useState } from 'react'
import type { Translate } from '../lib/translate.ts'
import { ConstraintLegend } from './ConstraintLegend.tsx'
import { MapCard } from './MapCard.tsx'
import { MapControls } from './MapControls.tsx'
import type { MapFrame, MapRoomProps, MapTarget } from './mapContract.ts'
import type { MapView } from './mapLayer.ts'
import { drawMapImage } from './pinImages.ts'
import { StackCard } from './StackCard.tsx'
import { targetKey } from './sources.ts'
import { useBasemapWatch } from './useBasemap.ts'
import { useCamera } from './useCamera.ts'
import { useConstraintLayers } from './useConstraintLayers.ts'
import { districtIdsOf, type MapData, useFeatureState, useSources, useStyleEpoch, useVisibility } from './useMapData.ts'
import { type Stack, useMapPointer } from './useMapPointer.ts'
import { useMovingResolution } from './useMovingResolution.ts'
import { useSnapshot } from './useSnapshot.ts'

const DrawingDesk = lazy(() => import('./DrawingDesk.tsx').then(({ DrawingDesk }) => ({ default: DrawingDesk })))

type MapSceneProps = {
  props: MapRoomProps
  texts: Translate
  data: MapData
  view: MapView
  home: MapFrame
  hovered: MapTarget | null
  setMapHovered: (target: MapTarget | null) => void
  instructionsId: string
  giveUp: () => void
}

/** Everything that lives on a running map: data, pointer, camera, cards, controls and the pencil. */
export function MapScene({ props, texts, data, view, home, hovered, setMapHovered, instructionsId, giveUp }: MapSceneProps) {
  const { padding, selected, tool, language, districts } = props
  const map = useRunningMap()
  const epoch = useStyleEpoch(map)
  const [stack, setStack] = useState<Stack | null>(null)
  useImages(map, districts)
  useSources(map, epoch, data.sources)
  useVisibility(map, epoch, view, data.sources)
  useConstraintLayers(map, epoch, props.constraints)
  useSnapshot(map, padding, props.onSnapshot)
  useMovingResolution(map)
  useFeatureState(map, epoch, 'hovered', hovered)
  useFeatureState(map, epoch, 'selected', selected)
  useBasemapWatch(map, view.base === 'other', giveUp)
  useCanvasWords(map, texts, instructionsId)
  const { showAll } = useCamera(map, { ...props, home, pinByKey: data.pinByKey })
  useMapPointer(map, epoch, {
    isOff: tool !== null,
    padding,
    onHover: (target) => {
      setMapHovered(target)
      props.onHover(target)
    },
    onSelect: props.onSelect,
    onStack: setStack,
  })
  const told = hovered && hovered.kind !== 'district' ? hovered : selected
  const pin = told ? data.pinByKey.get(targetKey(told)) : undefined
  const isCardShown = props.showCard && !tool && !stack && pin !== undefined
  return (
    <>
      <MapControls map={map} texts={texts} padding={padding} onShowAll={showAll} view={view} />
      {props.constraints.length > 0 && <ConstraintLegend texts={texts} shown={props.constraints} onHide={props.onHideConstraints} />}
      <MapAttribution
        map={map}
        texts={texts}
        language={language}
        districts={districts}
        basemap={view.base === 'other' ? props.basemap : null}
      />
      {isCardShown && <MapCard {...{ map, pin, texts, language, padding, districts }} />}
      {stack && !tool && (
        <StackCard {...{ map, stack, texts, padding }} pinByKey={data.pinByKey} onSelect={props.onSelect} onClose={() => setStack(null)} />
      )}
      {tool && (
        <Suspense fallback={<p className="bm-map-draw-hint bm-map-draw-loading">{texts('draw.loading')}</p>}>
          <DrawingDesk key={`${tool.mode}-${epoch}`} {...{ map, tool, texts, padding }} />
        </Suspense>
      )}
    </>
  )
}

function useRunningMap(): MapLibreMap {
  const { current } = useMap()
  if (!current) throw new Error('MapScene stands outside a map')
  return current.getMap() as MapLibreMap
}

/** Images are drawn when a tile first asks for them, so any district, category or mix has its sign. */
function useImages(map: MapLibreMap, districts: MapRoomProps['districts']): void {
  useEffect(() => {
    const districtIds = districtIdsOf(districts)
    map.setMissingStyleImageResolver(async (id) => {
      const image = await drawMapImage(id, districtIds)
      if (image && !map.hasImage(id)) map.addImage(id, image.data, { pixelRatio: image.pixelRatio })
    })
  }, [map, districts])
}

function useCanvasWords(map: MapLibreMap, texts: Translate, instructionsId: string): void {
  useEffect(() => {
    map.keyboard.disableRotation()
    const canvas = map.getCanvas()
    canvas.setAttribute('aria-label', texts('label'))
    canvas.setAttribute('aria-describedby', instructionsId)
  }, [map, texts, instructionsId])
}

type MapAttributionProps = Pick<MapRoomProps, 'language' | 'districts' | 'basemap'> & { map: MapLibreMap; texts: Translate }

function MapAttribution({ map, texts, language, districts, basemap }: MapAttributionProps) {
  const lines = useMemo(() => {
    const note = districts && !districts.isOfficial ? texts('districtsNote') : null
    return [districts?.attribution, note, basemap?.attribution].filter((line): line is string => Boolean(line)).map(escapeHtml)
  }, [districts, basemap, texts])
  const key = `${language} ${lines.join()}`
  // biome-ignore lint/correctness/useExhaustiveDependencies: the control is made anew with its key
  useEffect(() => {
    const control = map.getContainer().querySelector('.maplibregl-ctrl-attrib')
    const button = control?.querySelector('.maplibregl-ctrl-attrib-button')
    button?.setAttribute('aria-label', texts('controls.attribution'))
    button?.setAttribute('title', texts('controls.attribution'))
    // Beside the panel the sources stand open; on a phone they fold away until asked for.
    if (map.getContainer().clientWidth < 700) {
      control?.classList.remove('maplibregl-compact-show')
      control?.removeAttribute('open')
    }
  }, [map, key])
  return <AttributionControl key={key} compact customAttribution={lines} position="bottom-left" />
}

/** MapLibre writes attributions as HTML. */
function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
}
