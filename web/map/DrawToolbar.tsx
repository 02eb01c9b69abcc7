import { Check, Crosshair, Trash2, Undo2 } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Translate } from '../lib/translate.ts'
import type { DrawMode } from './mapContract.ts'
import type { DrawState } from './pencil.ts'

type DrawToolbarProps = {
  mode: DrawMode
  state: DrawState
  /** Said instead of the form's words until something is drawn. */
  hint?: string
  texts: Translate
  /** Null without a crosshair. */
  onPlaceHere: (() => void) | null
  onUndo: () => void
  onFinish: () => void
  onClear: () => void
}

const needed = { point: 1, line: 2, polygon: 3 } as const

/** What to do next, in words, and the pencil's buttons. */
export function DrawToolbar({ mode, state, hint, texts, onPlaceHere, onUndo, onFinish, onClear }: DrawToolbarProps) {
  const { phase, vertexCount, canUndo } = state
  const isShape = mode !== 'point'
  const count = isShape && vertexCount > 0 ? ` ${texts('draw.vertices', { count: vertexCount })}.` : ''
  const isPlacing = onPlaceHere !== null && !(isShape && phase === 'done')
  return (
    <div className="bm-map-draw">
      <p className="bm-map-draw-hint" role="status">
        {hint && (phase === 'empty' || !isShape) ? hint : texts(`draw.${mode}.${phase === 'drawing' && !isShape ? 'empty' : phase}`)}
        {count}
      </p>
      <div className="bm-map-draw-tools" role="toolbar" aria-label={texts('draw.toolbar')}>
        {isPlacing && (
          <ToolButton label={texts('draw.placeHere')} icon={<Crosshair size={18} aria-hidden="true" />} onPress={onPlaceHere} look="main" />
        )}
        {isShape && (
          <ToolButton label={texts('draw.undo')} icon={<Undo2 size={18} aria-hidden="true" />} onPress={onUndo} isOff={!canUndo} />
        )}
        {phase !== 'empty' && <ToolButton label={texts('draw.clear')} icon={<Trash2 size={18} aria-hidden="true" />} onPress={onClear} />}
        {isShape && phase === 'drawing' && (
          <ToolButton
            label={texts('draw.finish')}
            icon={<Check size={18} aria-hidden="true" />}
            onPress={onFinish}
            isOff={vertexCount < needed[mode]}
            look={isPlacing ? 'plain' : 'main'}
          />
        )}
      </div>
    </div>
  )
}

type ToolButtonProps = { label: string; icon: ReactNode; onPress: () => void; isOff?: boolean; look?: 'main' | 'plain' }

function ToolButton({ label, icon, onPress, isOff = false, look = 'plain' }: ToolButtonProps) {
  return (
    <button type="button" className="bm-map-tool" data-look={look} title={label} disabled={isOff} onClick={onPress}>
      {icon}
      <span className="bm-map-tool-words">{label}</span>
    </button>
  )
}
