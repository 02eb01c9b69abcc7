import { useMutation } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { BetterPlace as BetterPlaceAnswer } from '../../server/feasibility/contract.ts'
import type { PlaceGeometry } from '../../server/kernel/geometry.ts'
import { middleOf } from '../ideas/new/measure.ts'
import { formatDistance } from '../lib/format.ts'
import { useLanguage, useTranslation } from '../lib/i18n.ts'
import { useProblemText } from '../lib/problems/useProblemText.ts'
import { useSession } from '../lib/session.ts'
import { lendToMap } from '../shell/mapState.ts'
import { Button } from '../ui/Button.tsx'
import { directionOf, lightOf } from './answer.ts'
import { findBetterPlace, type Question } from './feasibility.api.ts'
import { VerdictSign } from './VerdictSign.tsx'

interface BetterPlaceProps {
  question: Question & { geometry: PlaceGeometry }
  /** Nothing milder is possible: only the way back is offered. */
  isBest: boolean
  onMove: (geometry: PlaceGeometry) => void
}

const isSame = (one: PlaceGeometry, other: PlaceGeometry) => JSON.stringify(one) === JSON.stringify(other)

/** Asks for the nearest place with a milder answer, tells how far it is and what holds there, and moves only when accepted. */
export function BetterPlace({ question, isBest, onMove }: BetterPlaceProps) {
  const { t } = useTranslation('feasibility')
  const { csrfToken } = useSession()
  const search = useMutation({ mutationFn: () => findBetterPlace(question, csrfToken) })
  const [moved, setMoved] = useState<{ from: PlaceGeometry; to: PlaceGeometry; way: string } | null>(null)
  const way = useWay()
  const { reset } = search
  const asked = JSON.stringify(question)
  // An answer for another place or another thing is no answer.
  // biome-ignore lint/correctness/useExhaustiveDependencies: forgotten whenever the question is another
  useEffect(() => reset(), [asked, reset])
  const place = search.data?.place ?? null
  useHighlight(place?.geometry ?? null)

  function accept({ geometry, distanceM }: NonNullable<BetterPlaceAnswer['place']>) {
    setMoved({ from: question.geometry, to: geometry, way: way(question.geometry, geometry, distanceM) })
    onMove(geometry)
  }

  return (
    <div className="bm-better">
      {moved !== null && isSame(moved.to, question.geometry) ? (
        <p className="bm-better-moved" role="status">
          {t('better.moved', { way: moved.way })}{' '}
          <Button look="plain" onClick={() => onMove(moved.from)}>
            {t('better.undo')}
          </Button>
        </p>
      ) : null}
      {isBest || place !== null ? null : (
        <Button disabled={search.isPending} onClick={() => search.mutate()}>
          {t(search.isPending ? 'better.asking' : 'better.find')}
        </Button>
      )}
      {place === null ? null : (
        <div className="bm-better-found" data-bm-verdict={lightOf(place)} role="status">
          <VerdictSign light={lightOf(place)} size={26} />
          <p>
            <strong>{way(question.geometry, place.geometry, place.distanceM)}:</strong> {t(`verdict.${lightOf(place)}`)}
          </p>
          <div className="bm-better-actions">
            <Button look="main" onClick={() => accept(place)}>
              {t('better.accept')}
            </Button>
            <Button look="plain" onClick={reset}>
              {t('better.refuse')}
            </Button>
          </div>
        </div>
      )}
      {search.data?.place === null ? <p role="status">{t('better.none')}</p> : null}
      {search.error ? <SearchFailed error={search.error} /> : null}
    </div>
  )
}

/** "24 m mod vest". */
function useWay() {
  const { t } = useTranslation('feasibility')
  const language = useLanguage()
  return (from: PlaceGeometry, to: PlaceGeometry, distanceM: number) =>
    t('better.way', {
      distance: formatDistance(Math.max(1, Math.round(distanceM)), language),
      direction: t(`direction.${directionOf(middleOf(from), middleOf(to))}`),
    })
}

/** The proposed place stands on the map until it is taken or refused. */
function useHighlight(geometry: PlaceGeometry | null): void {
  const text = JSON.stringify(geometry)
  useEffect(() => {
    if (text === 'null') return
    lendToMap({ highlight: JSON.parse(text) })
    return () => lendToMap({ highlight: null })
  }, [text])
}

function SearchFailed({ error }: { error: Error }) {
  const { title, todo } = useProblemText(error)
  return (
    <p role="alert">
      {title} {todo}
    </p>
  )
}
