import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { ConstraintLayer } from '../../server/constraints/contract.ts'
import { LAYER_LIMITS } from '../../server/constraints/limits.ts'
import type { InstallationType } from '../../server/kernel/installationTypes.ts'
import type { Severity } from '../../server/kernel/severity.ts'
import { ApiProblem } from '../lib/api.ts'
import { LANGUAGES, type Language } from '../lib/language.ts'
import { catalogueQuery, sendLayerChange } from './constraints.api.ts'
import { dropDraft, keepDraft, keptDraft, type LayerDraft, newDraft } from './layerDraft.ts'
import { changeOf, rebased, TEXT_PARTS, type TextPart, wordsOf } from './layerWords.ts'

/** What is wrong with the length of a text, as the server will see it. */
export function lengthIssue(value: string, min: number, max: number): 'tooShort' | 'tooLong' | null {
  const { length } = value.trim()
  return length < min ? 'tooShort' : length > max ? 'tooLong' : null
}

/** The first field that cannot be sent, by its id. */
function firstWrongField({ words, reason }: LayerDraft): string | null {
  for (const part of TEXT_PARTS) {
    for (const language of LANGUAGES) {
      if (lengthIssue(words[part][language], LAYER_LIMITS.textMin, LAYER_LIMITS[part])) return `${part}-${language}`
    }
  }
  return lengthIssue(reason, LAYER_LIMITS.reasonMin, LAYER_LIMITS.reason) ? 'reason' : null
}

/** The draft of a change, kept in the browser, and its way to the server. */
export function useLayerForm(layer: ConstraintLayer, csrfToken: string | null, onSaved: () => void) {
  const { layerId } = layer
  const client = useQueryClient()
  const [kept] = useState(() => keptDraft(layerId))
  const [draft, setDraft] = useState<LayerDraft>(() => kept ?? newDraft(layer))
  const [isAsked, setIsAsked] = useState(false)
  const forget = () => {
    dropDraft(layerId)
    void client.invalidateQueries({ queryKey: catalogueQuery.queryKey })
  }
  const { mutate, reset, error, isPending } = useMutation({
    mutationFn: () =>
      sendLayerChange(layerId, { version: draft.base.version, ...changeOf(draft.base, draft.words), reason: draft.reason }, csrfToken),
    onSuccess: (saved) => {
      client.setQueryData(catalogueQuery.queryKey, (before) =>
        before ? { ...before, items: before.items.map((item) => (item.layerId === layerId ? saved : item)) } : before,
      )
      forget()
      onSaved()
    },
  })
  function change(next: LayerDraft) {
    keepDraft(layerId, next)
    setDraft(next)
  }
  const isConflict = error instanceof ApiProblem && error.kind === 'layer-edit-conflict'
  const conflict = isConflict ? (error.body.current as ConstraintLayer) : null
  return {
    draft,
    conflict,
    error,
    isAsked,
    isKept: kept !== null,
    isSaving: isPending,
    setSeverity: (type: InstallationType, severity: Severity) =>
      change({ ...draft, words: { ...draft.words, severities: { ...draft.words.severities, [type]: severity } } }),
    setText: (part: TextPart, language: Language, text: string) =>
      change({ ...draft, words: { ...draft.words, [part]: { ...draft.words[part], [language]: text } } }),
    setReason: (reason: string) => change({ ...draft, reason }),
    save() {
      setIsAsked(true)
      const wrong = firstWrongField(draft)
      if (wrong === null) mutate()
      else document.getElementById(wrong)?.focus()
    },
    /** Puts the own changes on top of what stands there now. */
    rebase() {
      if (conflict === null) return
      change({ ...draft, base: { ...wordsOf(conflict), version: conflict.version }, words: rebased(draft.base, draft.words, conflict) })
      reset()
    },
    leave: forget,
  }
}
