import { type FormEvent, useEffect, useId, useState } from 'react'
import type { Question } from '../../../server/assessments/contract.ts'
import { ASSESSMENT_LIMITS } from '../../../server/assessments/limits.ts'
import type { Idea } from '../../../server/ideas/contract.ts'
import { IDEA_LIMITS } from '../../../server/ideas/limits.ts'
import { announce } from '../../lib/announce.ts'
import { formatDate } from '../../lib/format.ts'
import { useLanguage, useTranslation } from '../../lib/i18n.ts'
import { useSession } from '../../lib/session.ts'
import type { DrawMode, PlaceGeometry } from '../../map/mapContract.ts'
import { lendToMap } from '../../shell/mapState.ts'
import { setSheetHeight } from '../../shell/sheetState.ts'
import { Button } from '../../ui/Button.tsx'
import { Chip } from '../../ui/Chip.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { correct } from '../assessments.api.ts'

interface CorrectionFormProps {
  idea: Idea
  until: string | null
  /** What was left to the author to put right. */
  questions: readonly Question[]
}

/** Within the window the author puts the idea right: words, place, and a line to the assessor. */
export function CorrectionForm({ idea, until, questions }: CorrectionFormProps) {
  const { t } = useTranslation('decision')
  const language = useLanguage()
  return (
    <div className="bm-decision-may">
      <p>{t('mayCorrect', { date: until ? formatDate(until, language) : '' })}</p>
      {questions.length > 0 ? (
        <ul className="bm-notes">
          {questions.map(({ questionId, question }) => (
            <li key={questionId}>{question[language]}</li>
          ))}
        </ul>
      ) : null}
      <details className="bm-reasoned">
        <summary>{t('correctOpen')}</summary>
        <Form idea={idea} />
      </details>
    </div>
  )
}

const FIELDS = ['title', 'description', 'accessibilityNote', 'upkeepNote'] as const
type Field = (typeof FIELDS)[number]
const LONGEST: Record<Field, number> = {
  title: IDEA_LIMITS.title,
  description: IDEA_LIMITS.description,
  accessibilityNote: IDEA_LIMITS.note,
  upkeepNote: IDEA_LIMITS.note,
}

function Form({ idea }: { idea: Idea }) {
  const { t } = useTranslation('decision')
  const { csrfToken } = useSession()
  const id = useId()
  const [words, setWords] = useState<Partial<Record<Field, string>>>({})
  const [geometry, setGeometry] = useState<PlaceGeometry | null>(null)
  const [message, setMessage] = useState('')
  const [error, setError] = useState<unknown>(null)
  const [isSending, setIsSending] = useState(false)
  async function send(event: FormEvent) {
    event.preventDefault()
    setIsSending(true)
    setError(null)
    const changed = FIELDS.filter((field) => words[field] !== undefined && words[field] !== (idea[field] ?? ''))
    const change = Object.fromEntries(changed.map((field) => [field, words[field]?.trim() || null]))
    try {
      await correct(idea.ideaId, { version: idea.version, message, ...change, ...(geometry ? { geometry } : {}) }, csrfToken)
      announce(t('correctDone'))
    } catch (problem) {
      setError(problem)
      setIsSending(false)
    }
  }
  return (
    <form className="bm-field" onSubmit={send}>
      {FIELDS.map((field) => (
        <label key={field} className="bm-tool-field">
          <span>{t(`field.${field}`)}</span>
          <textarea
            className="bm-input"
            rows={field === 'description' ? 5 : field === 'title' ? 1 : 2}
            maxLength={LONGEST[field]}
            value={words[field] ?? idea[field] ?? ''}
            onChange={(event) => setWords({ ...words, [field]: event.target.value })}
          />
        </label>
      ))}
      <PlaceMover idea={idea} moved={geometry} onMove={setGeometry} />
      <label htmlFor={id}>{t('message')}</label>
      <textarea
        id={id}
        className="bm-input"
        rows={3}
        maxLength={ASSESSMENT_LIMITS.reason}
        value={message}
        onChange={(event) => setMessage(event.target.value)}
      />
      {error ? <ErrorState error={error} /> : null}
      <div>
        <Button look="main" type="submit" disabled={isSending || message.trim().length < ASSESSMENT_LIMITS.reasonMin}>
          {t('correctDo')}
        </Button>
      </div>
    </form>
  )
}

const MODES: Record<PlaceGeometry['type'], DrawMode> = { Point: 'point', LineString: 'line', Polygon: 'polygon' }

interface PlaceMoverProps {
  idea: Idea
  moved: PlaceGeometry | null
  onMove: (geometry: PlaceGeometry | null) => void
}

/** Takes the map's pencil for as long as the place is being moved. */
function PlaceMover({ idea, moved, onMove }: PlaceMoverProps) {
  const { t } = useTranslation('decision')
  const [isMoving, setIsMoving] = useState(false)
  const [crosshair, setCrosshair] = useState(false)
  const value = moved ?? idea.geometry
  useEffect(() => {
    if (!isMoving) return
    lendToMap({ tool: { mode: MODES[value.type], value, crosshair, onChange: (next) => next && onMove(next) } })
  }, [isMoving, value, crosshair, onMove])
  useEffect(() => {
    if (!isMoving) return
    setSheetHeight('half')
    return () => lendToMap({ tool: null })
  }, [isMoving])
  return (
    <div className="bm-chip-wrap">
      <Chip isOn={isMoving} onToggle={() => setIsMoving(!isMoving)}>
        {t('move')}
      </Chip>
      {isMoving ? (
        <Chip isOn={crosshair} onToggle={() => setCrosshair(!crosshair)}>
          {t('crosshair')}
        </Chip>
      ) : null}
      {moved ? <p className="bm-fine">{t('moved')}</p> : null}
    </div>
  )
}
