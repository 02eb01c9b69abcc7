import { useQuery } from '@tanstack/react-query'
import { useLocation, useNavigate } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import { districtsQuery } from '../districts/districts.api.ts'
import { useLanguage } from '../lib/i18n.ts'
import { cameraText, parseCamera, type SharedSearch } from '../lib/searchParams.ts'
import { useChangeSearch, useSharedSearch } from '../lib/sharedSearch.ts'
import { useIsWide, useMedia, useWindowHeight } from '../lib/useMedia.ts'
import { MapRoom } from '../map/MapRoom.tsx'
import type { Camera, MapFrame, MapPadding, MapTarget, ShownConstraint } from '../map/mapContract.ts'
import { keepSearch } from '../plan/planSearch.ts'
import { configQuery } from '../rounds/rounds.api.ts'
import { useMayAddIdea } from './AddIdeaLink.tsx'
import { isWorkspace } from './isWorkspace.ts'
import { lendToMap, useLentToMap } from './mapState.ts'
import { setSheetHeight, sheetHeight, sheetPixels, useSheetHeight } from './sheetState.ts'
import { useMapContents } from './useMapContents.ts'
import { usePlaceInSite } from './usePlaceInSite.ts'

const PANEL_PX = 448
const WORKSPACE_PANEL_PX = 592
const TOP_WIDE_PX = 76
const TOP_PHONE_PX = 117
const EDGE_PX = 16
const NO_CONSTRAINTS: readonly ShownConstraint[] = []
/** What stands above the phone's sheet: the big button, or without it the map's own sources. */
const BUTTON_PX = 66
const SOURCES_PX = 42

/** Joins the one map with the address, the data and what the open page lends it. */
export function MapHost() {
  const { at } = useSharedSearch()
  const { subject } = usePlaceInSite()
  const isWide = useIsWide()
  const language = useLanguage()
  const contents = useMapContents()
  const districts = useQuery(districtsQuery)
  const config = useQuery(configQuery)
  const tool = useLentToMap((state) => state.tool)
  const highlight = useLentToMap((state) => state.highlight)
  const hovered = useLentToMap((state) => state.hovered)
  const constraints = useLentToMap((state) => (state.showsConstraints ? state.constraints : NO_CONSTRAINTS))
  const marks = useLentToMap((state) => state.marks)
  const results = useLentToMap((state) => state.results)
  const onSnapshot = useLentToMap((state) => state.onSnapshot)
  const camera = useMemo(() => parseCamera(at), [at])
  const select = useSelect(subject)
  const keepCamera = useKeepCamera(at)
  return (
    <MapRoom
      {...contents}
      districts={districts.data}
      basemap={config.data?.basemap ?? null}
      selected={subject}
      hovered={hovered}
      camera={camera}
      padding={useMapPadding(isWide)}
      language={language}
      tool={tool}
      highlight={highlight}
      constraints={constraints}
      marks={marks}
      results={results}
      onSnapshot={onSnapshot}
      onHideConstraints={useHideConstraints()}
      showCard={isWide}
      onSelect={select}
      onHover={rememberHover}
      onCameraChange={keepCamera}
    />
  )
}

function rememberHover(hovered: MapTarget | null) {
  lendToMap({ hovered })
}

/** What a page lent is taken back, and what the workspace has in the address is switched off there. */
function useHideConstraints() {
  const changeSearch = useChangeSearch()
  return useCallback(() => {
    lendToMap({ showsConstraints: false })
    void changeSearch({ layers: undefined }, { replace: true })
  }, [changeSearch])
}

/** The camera belongs to the address, but looking around is no step to go back from. */
function useKeepCamera(known: string | undefined) {
  const navigate = useNavigate()
  return useCallback(
    (camera: Camera, frame: MapFrame) => {
      lendToMap({ frame })
      const at = cameraText(camera)
      if (at !== known) void navigate({ to: '.', search: (before: SharedSearch) => ({ ...before, at }), replace: true, resetScroll: false })
    },
    [navigate, known],
  )
}

/** A pin leads to its page. The ground leads to its district's page, but only from a list: on a page it just is the ground. */
function useSelect(subject: MapTarget | null) {
  const navigate = useNavigate()
  return useCallback(
    (target: MapTarget | null) => {
      if (!target || (target.kind === 'district' && subject !== null)) return
      if (sheetHeight() === 'low') setSheetHeight('half')
      void navigate(isWorkspace(window.location.pathname) && target.kind === 'idea' ? assessmentOf(target.id) : pageOf(target))
    },
    [navigate, subject],
  )
}

/** In the planner's workspace a pin leads to the idea's assessment. */
function assessmentOf(ideaId: number) {
  return { to: '/plan/ideer/$id', params: { id: String(ideaId) }, search: keepSearch } as const
}

function pageOf(target: MapTarget) {
  const params = { id: String(target.id) }
  if (target.kind === 'idea') return { to: '/ideer/$id', params } as const
  if (target.kind === 'project') return { to: '/projekter/$id', params } as const
  if (target.kind === 'installation') return { to: '/anlaeg/$id', params } as const
  return { to: '/bydele/$id', params } as const
}

function useMapPadding(isWide: boolean): MapPadding {
  const height = useSheetHeight()
  const windowHeight = useWindowHeight()
  const inWorkspace = useLocation({ select: ({ pathname }) => isWorkspace(pathname) })
  const left = useMedia('(min-width: 1200px)') && inWorkspace ? WORKSPACE_PANEL_PX : PANEL_PX
  const coveredRight = useLentToMap((state) => state.coveredRight)
  const above = useMayAddIdea() ? BUTTON_PX : SOURCES_PX
  const covered = isWide ? EDGE_PX : Math.min(sheetPixels(height, windowHeight), windowHeight * 0.6)
  return useMemo(
    () =>
      isWide
        ? { top: TOP_WIDE_PX, right: EDGE_PX + coveredRight, bottom: EDGE_PX, left }
        : { top: TOP_PHONE_PX, right: EDGE_PX, bottom: covered + above, left: EDGE_PX },
    [isWide, covered, above, left, coveredRight],
  )
}
