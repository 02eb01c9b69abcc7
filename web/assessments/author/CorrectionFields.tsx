import { type FormEvent, useEffect, useId, useState } from 'react'
import { ASSESSMENT_LIMITS } from '../../../server/assessments/limits.ts'
import type { Idea } from '../../../server/ideas/contract.ts'
import { DraftLine } from '../../ideas/new/DraftNotes.tsx'
import { ErrorSummary } from '../../ideas/new/ErrorSummary.tsx'
import { fieldId } from '../../ideas/new/fields.tsx'
import '../../ideas/new/formTexts.ts'
import { draftOfIdea } from '../../ideas/new/ideaBody.ts'
import { MoneyStep } from '../../ideas/new/MoneyStep.tsx'
import '../../ideas/new/newIdea.css'
import { openForm, useDraftState } from '../../ideas/new/openForm.ts'
import { SendOutcome } from '../../ideas/new/SendOutcome.tsx'
import type { SendTarget } from '../../ideas/new/sendDraft.ts'
import { useIssues } from '../../ideas/new/useIssues.ts'
import { useSend } from '../../ideas/new/useSend.ts'
import { WhatStep } from '../../ideas/new/WhatStep.tsx'
import { useTranslation } from '../../lib/i18n.ts'
import type { DrawMode, PlaceGeometry } from '../../map/mapContract.ts'
import { lendToMap } from '../../shell/mapState.ts'
import { setSheetHeight } from '../../shell/sheetState.ts'
import { Button } from '../../ui/Button.tsx'
import { Chip } from '../../ui/Chip.tsx'
import { correct } from '../assessments.api.ts'

/** The last step of the form for ideas asks for everything at once, as a correction does. */
const EVERYTHING = 4

/** Everything of the idea in one go, as a draft that the browser keeps, and a line to the assessor. */
export function CorrectionFields({ idea, onSent }: { idea: Idea; onSent: () => void }) {
  const { t } = useTranslation('decision')
  const id = useId()
  const [form] = useState(() => openForm(`bm-draft-correction-${idea.ideaId}`, () => draftOfIdea(idea)))
  const state = useDraftState(form)
  const { draft } = state
  const [message, setMessage] = useState('')
  const checks = useIssues(draft, EVERYTHING, null)
  const target: SendTarget = {
    kind: 'change',
    idea,
    sendChange: ({ ideaId }, change, csrfToken) => correct(ideaId, { ...change, message }, csrfToken),
  }
  const sending = useSend(target, form, onSent, ({ issues }) => checks.refuse(issues))
  function submit(event: FormEvent) {
    event.preventDefault()
    if (checks.check()) void sending.send()
  }
  return (
    <form className="bm-correction" onSubmit={submit} noValidate>
      <ErrorSummary
        issues={checks.issues}
        attempt={checks.attempt}
        onGo={({ field }) => document.getElementById(fieldId(field))?.focus()}
      />
      <WhatStep draft={draft} form={form} issueFor={checks.issueFor} />
      <MoneyStep draft={draft} store={form.store} share={null} issueFor={checks.issueFor} />
      <PlaceMover idea={idea} geometry={draft.geometry ?? idea.geometry} onMove={(geometry) => form.store.change({ geometry })} />
      <div className="bm-field">
        <label htmlFor={id}>{t('message')}</label>
        <textarea
          id={id}
          className="bm-input"
          rows={3}
          maxLength={ASSESSMENT_LIMITS.reason}
          value={message}
          onChange={(event) => setMessage(event.target.value)}
        />
      </div>
      <SendOutcome form={form} sending={sending} />
      <div>
        <Button
          look="main"
          type="submit"
          disabled={sending.state.phase === 'sending' || message.trim().length < ASSESSMENT_LIMITS.reasonMin}
        >
          {t('correctDo')}
        </Button>
      </div>
      <DraftLine
        state={state}
        store={form.store}
        isChange
        onDiscarded={() => {
          checks.forget()
          sending.reset()
        }}
      />
    </form>
  )
}

const MODES: Record<PlaceGeometry['type'], DrawMode> = { Point: 'point', LineString: 'line', Polygon: 'polygon' }

interface PlaceMoverProps {
  idea: Idea
  geometry: PlaceGeometry
  onMove: (geometry: PlaceGeometry) => void
}

/** Takes the map's pencil for as long as the place is being moved. */
function PlaceMover({ idea, geometry, onMove }: PlaceMoverProps) {
  const { t } = useTranslation('decision')
  const [isMoving, setIsMoving] = useState(false)
  const [crosshair, setCrosshair] = useState(false)
  const isMoved = JSON.stringify(geometry) !== JSON.stringify(idea.geometry)
  useEffect(() => {
    if (!isMoving) return
    lendToMap({ tool: { mode: MODES[geometry.type], value: geometry, crosshair, onChange: (next) => next && onMove(next) } })
  }, [isMoving, geometry, crosshair, onMove])
  useEffect(() => {
    if (!isMoving) return
    setSheetHeight('half')
    return () => lendToMap({ tool: null })
  }, [isMoving])
  return (
    <div className="bm-chip-wrap" id={fieldId('geometry')} tabIndex={-1}>
      <Chip isOn={isMoving} onToggle={() => setIsMoving(!isMoving)}>
        {t('move')}
      </Chip>
      {isMoving ? (
        <Chip isOn={crosshair} onToggle={() => setCrosshair(!crosshair)}>
          {t('crosshair')}
        </Chip>
      ) : null}
      {isMoved ? <p className="bm-fine">{t('moved')}</p> : null}
    </div>
  )
}
