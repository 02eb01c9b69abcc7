import { useEffect } from 'react'
import type { CheckResult } from '../../server/feasibility/contract.ts'
import type { PlaceGeometry } from '../../server/kernel/geometry.ts'
import { middleOf } from '../ideas/new/measure.ts'
import { useFlyTo } from '../ideas/new/useFlyTo.ts'
import { useTranslation } from '../lib/i18n.ts'
import { parseCamera } from '../lib/searchParams.ts'
import { useSharedSearch } from '../lib/sharedSearch.ts'
import { useIsWide } from '../lib/useMedia.ts'
import { ConstraintSign } from '../map/ConstraintSign.tsx'
import type { ShownConstraint } from '../map/mapContract.ts'
import { lendToMap, useLentToMap } from '../shell/mapState.ts'
import { setSheetHeight } from '../shell/sheetState.ts'
import { Button } from '../ui/Button.tsx'
import { constraintsOf } from './answer.ts'

/** From farther away the areas around one place are specks, or not drawn at all. */
const NEAR_ENOUGH_ZOOM = 13

/** "Vis mig": paints the areas that matter on the map. On a phone the legend stands here, the map has no room for it. */
export function ShowRules({ result, geometry }: { result: CheckResult; geometry: PlaceGeometry }) {
  const { t } = useTranslation('feasibility')
  const isWide = useIsWide()
  const flyTo = useFlyTo()
  const camera = parseCamera(useSharedSearch().at)
  const isShown = useLentToMap((state) => state.showsConstraints)
  const shown = constraintsOf(result)
  const text = JSON.stringify(shown)
  useEffect(() => lendToMap({ constraints: JSON.parse(text) }), [text])
  useEffect(() => () => lendToMap({ constraints: [], showsConstraints: false }), [])
  if (shown.length === 0) return null
  return (
    <>
      <Button
        aria-pressed={isShown}
        className="bm-show-rules"
        onClick={() => {
          lendToMap({ showsConstraints: !isShown })
          if (isShown) return
          if (!isWide) setSheetHeight('half')
          if (camera === null || camera.zoom < NEAR_ENOUGH_ZOOM) flyTo(middleOf(geometry))
        }}
      >
        {t(isShown ? 'map.hide' : 'map.show')}
      </Button>
      {isShown && !isWide ? <Legend shown={shown} /> : null}
    </>
  )
}

function Legend({ shown }: { shown: readonly ShownConstraint[] }) {
  const { t } = useTranslation('feasibility')
  return (
    <div className="bm-rules-legend">
      <ul aria-label={t('map.legend')}>
        {shown.map(({ layerId, name, severity }) => (
          <li key={layerId}>
            <ConstraintSign severity={severity} />
            {name}
          </li>
        ))}
      </ul>
      {shown.some(({ isDemo }) => isDemo) ? <p className="bm-reason-example">{t('exampleShort')}</p> : null}
    </div>
  )
}
