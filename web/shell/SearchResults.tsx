import { useTranslation } from '../lib/i18n.ts'
import { CategoryIcon } from '../map/CategoryIcon.tsx'
import { districtKey } from '../ui/districtKey.ts'
import type { Suggestion } from './suggestions.ts'

interface SearchResultsProps {
  listId: string
  suggestions: Suggestion[]
  active: number
  /** Said when the list is empty. */
  none: string
  note: string | null
  onChoose: (suggestion: Suggestion) => void
}

export function SearchResults({ listId, suggestions, active, none, note, onChoose }: SearchResultsProps) {
  const { t } = useTranslation('shell')
  const groups = [
    { kind: 'place', label: t('search.places') },
    { kind: 'idea', label: t('search.ideas') },
  ] as const
  const numbered = suggestions.map((suggestion, index) => ({ suggestion, index }))
  return (
    <div className="bm-results">
      <div id={listId} role="listbox" aria-label={t('search.label')} tabIndex={-1}>
        {groups.map(({ kind, label }) => {
          const items = numbered.filter(({ suggestion }) => suggestion.kind === kind)
          if (items.length === 0) return null
          return (
            // biome-ignore lint/a11y/useSemanticElements: a group of options has no element of its own
            <div key={kind} role="group" aria-label={label}>
              <p aria-hidden="true">{label}</p>
              {items.map(({ suggestion, index }) => (
                <SearchOption
                  key={`${suggestion.kind}${index}`}
                  id={`${listId}-${index}`}
                  suggestion={suggestion}
                  isActive={index === active}
                  onChoose={() => onChoose(suggestion)}
                />
              ))}
            </div>
          )
        })}
      </div>
      {suggestions.length === 0 ? <p className="bm-results-none">{none}</p> : null}
      {note ? <p className="bm-results-none">{note}</p> : null}
    </div>
  )
}

interface SearchOptionProps {
  id: string
  suggestion: Suggestion
  isActive: boolean
  onChoose: () => void
}

function SearchOption({ id, suggestion, isActive, onChoose }: SearchOptionProps) {
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: options of a combobox are reached through aria-activedescendant
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the input's
    <div
      id={id}
      role="option"
      aria-selected={isActive}
      className="bm-result"
      data-bm-district={districtKey(suggestion.districtId)}
      onPointerDown={(event) => event.preventDefault()}
      onClick={onChoose}
    >
      {suggestion.kind === 'idea' ? (
        <CategoryIcon category={suggestion.category} size={18} />
      ) : (
        <span className="bm-dot" aria-hidden="true" />
      )}
      <span>{suggestion.title}</span>
      {suggestion.kind === 'idea' ? <small>{suggestion.districtName}</small> : null}
    </div>
  )
}
