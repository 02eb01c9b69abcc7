import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type KeyboardEvent, useDeferredValue, useEffect, useId, useState } from 'react'
import { announce } from '../lib/announce.ts'
import { useTranslation } from '../lib/i18n.ts'
import { cameraText, type SharedSearch } from '../lib/searchParams.ts'
import { useCurrentRound } from '../rounds/rounds.api.ts'
import { SearchSign } from '../ui/signs.tsx'
import { SearchResults } from './SearchResults.tsx'
import { ideaSuggestionsQuery, placesQuery } from './search.api.ts'
import { setSheetHeight } from './sheetState.ts'
import { type Suggestion, suggestionsOf } from './suggestions.ts'
import './search.css'

const PLACE_ZOOM = 16

/** Finds places and ideas: a combobox after the ARIA pattern, with the list below it. */
export function SearchBox() {
  const { t } = useTranslation('shell')
  const listId = useId()
  const navigate = useNavigate()
  const [text, setText] = useState('')
  const [isOpen, setIsOpen] = useState(false)
  const [active, setActive] = useState(-1)
  const { suggestions, isSettled, addressServiceAway, asked } = useSuggestions(text)
  const isShown = isOpen && asked !== ''
  const chosen = suggestions[active]

  // biome-ignore lint/correctness/useExhaustiveDependencies: another question has no chosen answer yet
  useEffect(() => setActive(-1), [asked])
  useEffect(() => {
    if (isShown && isSettled)
      announce(suggestions.length ? t('search.count', { count: suggestions.length }) : t('search.none', { q: asked }))
  }, [isShown, isSettled, suggestions.length, asked, t])

  function choose(suggestion: Suggestion) {
    setIsOpen(false)
    if (suggestion.kind === 'idea') {
      setText('')
      void navigate({ to: '/ideer/$id', params: { id: String(suggestion.ideaId) } })
      return
    }
    setText(suggestion.title)
    setSheetHeight('low')
    const at = cameraText({ lng: suggestion.lng, lat: suggestion.lat, zoom: PLACE_ZOOM })
    void navigate({ to: '.', search: (before: SharedSearch) => ({ ...before, at }), resetScroll: false })
  }

  function close() {
    if (isShown) setIsOpen(false)
    else setText('')
  }

  function step(by: 1 | -1) {
    setIsOpen(true)
    const from = active < 0 && by < 0 ? 0 : active
    setActive((from + by + suggestions.length) % Math.max(1, suggestions.length))
  }

  function press(event: KeyboardEvent) {
    const first = chosen ?? suggestions[0]
    switch (event.key) {
      case 'Escape':
        close()
        break
      case 'ArrowDown':
        step(1)
        break
      case 'ArrowUp':
        step(-1)
        break
      case 'Enter':
        if (isShown && first) choose(first)
        break
      default:
        return
    }
    event.preventDefault()
  }

  return (
    <search className="bm-search" onBlur={(event) => event.currentTarget.contains(event.relatedTarget) || setIsOpen(false)}>
      <SearchSign />
      <input
        type="text"
        role="combobox"
        inputMode="search"
        autoComplete="off"
        spellCheck={false}
        maxLength={100}
        aria-label={t('search.label')}
        placeholder={t('search.label')}
        aria-expanded={isShown}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={chosen ? `${listId}-${active}` : undefined}
        value={text}
        onChange={(event) => {
          setText(event.target.value)
          setIsOpen(true)
        }}
        onFocus={() => setIsOpen(true)}
        onKeyDown={press}
      />
      {text ? (
        <button type="button" className="bm-search-clear" aria-label={t('search.clear')} onClick={() => setText('')}>
          <span aria-hidden="true">×</span>
        </button>
      ) : null}
      {isShown ? (
        <SearchResults
          listId={listId}
          suggestions={suggestions}
          active={active}
          none={isSettled ? t('search.none', { q: asked }) : t('loading')}
          note={addressServiceAway ? t('search.addressServiceAway') : null}
          onChoose={choose}
        />
      ) : null}
    </search>
  )
}

function useSuggestions(text: string) {
  const asked = useDeferredValue(useSettled(text.trim()))
  const round = useCurrentRound()
  const places = useQuery(placesQuery(asked))
  const ideas = useQuery(ideaSuggestionsQuery(round?.year ?? null, asked))
  return {
    asked,
    suggestions: suggestionsOf(places.data?.items ?? [], ideas.data?.items ?? []),
    isSettled: !places.isFetching && !ideas.isFetching,
    addressServiceAway: places.data?.addressServiceAnswered === false,
  }
}

const TYPING_PAUSE_MS = 180

function useSettled(text: string): string {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), TYPING_PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text])
  return settled
}
