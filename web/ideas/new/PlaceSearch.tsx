import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useId, useState } from 'react'
import type { Place } from '../../../server/places/contract.ts'
import { useTranslation } from '../../lib/i18n.ts'
import { canDraw } from '../../map/canDraw.ts'
import { placesQuery } from '../../shell/search.api.ts'
import { useDebounced } from './useDebounced.ts'

/** Search for a place: a combobox with a list of proposals, worked by typing, arrows, Enter and Escape. */
export function PlaceSearch({ onPick, onFocus }: { onPick: (place: Place) => void; onFocus: (field: HTMLElement) => void }) {
  const { t } = useTranslation('newIdea')
  const id = useId()
  const [text, setText] = useState('')
  const [isOpen, setIsOpen] = useState(false)
  const [active, setActive] = useState(-1)
  const asked = useDebounced(text.trim(), 200)
  const { data, isError, isFetching } = useQuery({ ...placesQuery(asked), enabled: asked.length >= 2 })
  const items = asked.length >= 2 ? (data?.items ?? []) : []
  const showsList = isOpen && items.length > 0
  // What failed stays when the field is left: it would pull up what is being pressed below it.
  const showsState = asked.length >= 2 && (isOpen || (items.length === 0 && !isFetching))

  function pick(place: Place | undefined) {
    if (!place) return
    setText(place.name)
    setIsOpen(false)
    onPick(place)
  }

  const keys = new Map<string, () => void>([
    ['ArrowDown', () => move(active + 1)],
    ['ArrowUp', () => move(active < 0 ? items.length - 1 : active - 1)],
    ['Enter', () => (showsList ? pick(items[Math.max(0, active)]) : undefined)],
    ['Escape', () => setIsOpen(false)],
  ])

  function move(to: number) {
    setIsOpen(true)
    if (items.length > 0) setActive((to + items.length) % items.length)
  }

  function press(event: KeyboardEvent) {
    const act = keys.get(event.key)
    if (!act) return
    event.preventDefault()
    act()
  }

  return (
    <div className="bm-field bm-place-search">
      <label htmlFor={id}>{t('place.search')}</label>
      <input
        id={id}
        className="bm-input"
        type="text"
        role="combobox"
        aria-expanded={showsList}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={showsList && active >= 0 ? `${id}-${active}` : undefined}
        autoComplete="off"
        placeholder={t('place.searchHint')}
        value={text}
        onChange={(event) => {
          setText(event.target.value)
          setActive(-1)
          setIsOpen(true)
        }}
        onKeyDown={press}
        onFocus={(event) => onFocus(event.currentTarget)}
        onBlur={() => setIsOpen(false)}
      />
      <div className="bm-options" id={`${id}-list`} role="listbox" aria-label={t('place.search')} hidden={!showsList}>
        {items.map((place, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the input has the focus and takes the keys
          <div
            key={`${place.name} ${place.lng} ${place.lat}`}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => pick(place)}
          >
            <span>{place.name}</span>
            {place.accuracy === 'approximate' ? <span className="bm-soft">{t('place.approximate')}</span> : null}
          </div>
        ))}
      </div>
      <p className="bm-field-hint" role="status">
        {showsState ? <SearchState isError={isError} isFetching={isFetching} count={items.length} q={asked} /> : null}
      </p>
    </div>
  )
}

function SearchState({ isError, isFetching, count, q }: { isError: boolean; isFetching: boolean; count: number; q: string }) {
  const { t } = useTranslation('newIdea')
  if (isError) return t(canDraw() ? 'place.searchAway' : 'place.searchAwayWithoutMap')
  if (count > 0) return <span className="bm-hidden">{t('place.searchCount', { count })}</span>
  return isFetching ? t('place.searching') : t(canDraw() ? 'place.searchNone' : 'place.searchNoneWithoutMap', { q })
}
