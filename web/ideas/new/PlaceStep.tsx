import Crosshair from 'lucide-react/icons/crosshair'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import type { PlaceGeometry, Position } from '../../../server/kernel/geometry.ts'
import type { InstallationType } from '../../../server/kernel/installationTypes.ts'
import type { Round, Share } from '../../../server/rounds/contract.ts'
import { useTranslation } from '../../lib/i18n.ts'
import { canDraw } from '../../map/canDraw.ts'
import type { DrawMode } from '../../map/mapContract.ts'
import { lendToMap } from '../../shell/mapState.ts'
import { setSheetHeight } from '../../shell/sheetState.ts'
import { Button } from '../../ui/Button.tsx'
import { Chip } from '../../ui/Chip.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { CoordinateField } from './CoordinateField.tsx'
import type { Draft } from './draft.ts'
import type { DraftStore } from './draftStore.ts'
import { fieldId } from './fields.tsx'
import { NearList } from './NearList.tsx'
import { PlaceResult } from './PlaceResult.tsx'
import { PlaceSearch } from './PlaceSearch.tsx'
import { type FieldIssue, issuesOf } from './steps.ts'
import { useFlyTo } from './useFlyTo.ts'
import { useIssueText } from './useIssueText.ts'
import type { PlaceAnswer } from './usePlaceAnswer.ts'

const PlaceFeasibility = lazy(() =>
  import('../../feasibility/PlaceFeasibility.tsx').then(({ PlaceFeasibility }) => ({ default: PlaceFeasibility })),
)

const MODES: DrawMode[] = ['point', 'line', 'polygon']
const modeOf: Record<PlaceGeometry['type'], DrawMode> = { Point: 'point', LineString: 'line', Polygon: 'polygon' }

interface PlaceStepProps {
  draft: Draft
  store: DraftStore
  answer: PlaceAnswer | null
  share: Share | null
  round: Round | null
  issue: FieldIssue | undefined
  ideaId: number | null
  installationType: InstallationType | null
  onType: (type: InstallationType | null) => void
}

export function PlaceStep({ draft, store, answer, share, round, issue, ideaId, installationType, onType }: PlaceStepProps) {
  const { t } = useTranslation('newIdea')
  const say = useIssueText()
  const flyTo = useFlyTo()
  const { geometry } = draft
  const [mode, setMode] = useState<DrawMode>(geometry ? modeOf[geometry.type] : 'point')
  const [crosshair, setCrosshair] = useState(false)
  const [trial, setTrial] = useState<PlaceGeometry | null>(null)
  const drawn = useRef<Partial<Record<DrawMode, PlaceGeometry | null>>>({})
  const warning = geometry === null || issue ? undefined : issuesOf(draft, 1)[0]
  const set = (next: PlaceGeometry | null, placeName: string | null = null) => store.change({ geometry: next, placeName })

  useEffect(() => setSheetHeight('half'), [])
  useEffect(() => {
    const onChange = (next: PlaceGeometry | null) => {
      setTrial(null)
      store.change({ geometry: next, placeName: null })
    }
    lendToMap({ tool: { mode, value: geometry, crosshair, onChange, onTrial: setTrial } })
  }, [mode, geometry, crosshair, store])
  useEffect(() => () => lendToMap({ tool: null }), [])

  /** Each shape keeps what was drawn of it, so that a look at another costs nothing. */
  function changeMode(next: DrawMode) {
    if (next === mode) return
    drawn.current[mode] = geometry
    setMode(next)
    set(drawn.current[next] ?? null)
  }

  function setPoint(place: Position, name: string | null) {
    setMode('point')
    set({ type: 'Point', coordinates: place }, name)
    flyTo(place)
    setSheetHeight('half')
    document.getElementById(fieldId('geometry'))?.scrollIntoView({ block: 'start' })
  }

  /** Typing on a phone takes the whole sheet: the keyboard covers the rest. */
  function makeRoom(field: HTMLElement) {
    setSheetHeight('full')
    field.scrollIntoView({ block: 'center' })
  }

  return (
    <>
      <div className="bm-field" id={fieldId('geometry')} tabIndex={-1} data-wrong={issue ? true : undefined}>
        <PlaceResult geometry={geometry} answer={answer} share={share} round={round} />
        {warning ? <p className="bm-warning">{say(warning)}</p> : null}
      </div>
      {geometry !== null && warning === undefined && answer?.preview.inside === true ? (
        <Suspense fallback={<Skeleton height={150} />}>
          <PlaceFeasibility
            geometry={geometry}
            trial={trial}
            installationType={installationType}
            onType={onType}
            onMove={(next) => set(next)}
          />
        </Suspense>
      ) : null}
      {canDraw() ? (
        <fieldset className="bm-shape">
          <legend>{t('place.shape')}</legend>
          <div>
            {MODES.map((one) => (
              <Chip key={one} isOn={mode === one} onToggle={() => changeMode(one)}>
                {t(`place.modes.${one}`)}
              </Chip>
            ))}
          </div>
          <div>
            <Chip isOn={crosshair} onToggle={() => setCrosshair(!crosshair)}>
              <Crosshair aria-hidden="true" />
              {t('place.crosshair')}
            </Chip>
          </div>
        </fieldset>
      ) : null}
      <PlaceSearch onPick={(place) => setPoint([place.lng, place.lat], place.name)} onFocus={makeRoom} />
      <CoordinateField onPick={(place) => setPoint(place, null)} onFocus={makeRoom} />
      {geometry ? (
        <>
          <Button look="plain" className="bm-clear-place" onClick={() => set(null)}>
            {t('place.clear')}
          </Button>
          <NearList geometry={geometry} title={draft.title} exceptIdeaId={ideaId} />
        </>
      ) : null}
    </>
  )
}
