import { Outlet, useLocation } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { textUsable } from '../lib/firstList.ts'
import { useTranslation } from '../lib/i18n.ts'
import { AddIdeaLink } from './AddIdeaLink.tsx'
import { isAlone } from './isAlone.ts'
import { isWorkspace } from './isWorkspace.ts'
import { ModeSwitch } from './ModeSwitch.tsx'
import { OfflineBanner } from './OfflineBanner.tsx'
import { PageSkeleton } from './PageSkeleton.tsx'
import { Panel } from './Panel.tsx'
import { SearchPlaceholder } from './SearchPlaceholder.tsx'
import { useFocusOnNavigation } from './useFocusOnNavigation.ts'

// The map and the search box come after the text: together they weigh more than everything else.
const MapHost = lazy(async () => {
  await textUsable()
  const { MapHost: component } = await import('./MapHost.tsx')
  return { default: component }
})
const SearchBox = lazy(async () => {
  await textUsable()
  const { SearchBox: component } = await import('./SearchBox.tsx')
  return { default: component }
})

const MapTools = lazy(async () => ({ default: (await import('../plan/tools/MapTools.tsx')).MapTools }))

/** The window: one map under everything, the panel, and what floats above; in the booth nothing but the page. */
export function RootLayout() {
  const standsAlone = useLocation({ select: ({ pathname }) => isAlone(pathname) })
  useFocusOnNavigation()
  return standsAlone ? <AloneWindow /> : <MapWindow />
}

/** The page brings its own header and `main`, so that a way out can be part of what it does. */
function AloneWindow() {
  return (
    <div className="bm-alone" data-scroll-restoration-id="alone">
      <Suspense fallback={<PageSkeleton />}>
        <Outlet />
      </Suspense>
    </div>
  )
}

/** Pages change inside the panel only. */
function MapWindow() {
  const { t } = useTranslation('shell')
  const inWorkspace = useLocation({ select: ({ pathname }) => isWorkspace(pathname) })
  return (
    <>
      <a className="bm-skip" href="#main">
        {t('skip')}
      </a>
      <Panel>
        <Suspense fallback={<PageSkeleton />}>
          <Outlet />
        </Suspense>
      </Panel>
      <div className="bm-top">
        <Suspense fallback={<SearchPlaceholder />}>
          <SearchBox />
        </Suspense>
        {inWorkspace ? (
          <Suspense fallback={null}>
            <MapTools />
          </Suspense>
        ) : (
          <ModeSwitch />
        )}
      </div>
      <OfflineBanner />
      <AddIdeaLink />
      <div className="bm-map-host">
        <Suspense fallback={null}>
          <MapHost />
        </Suspense>
      </div>
    </>
  )
}
