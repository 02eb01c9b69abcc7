import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router'
import { readConflictSearch } from './conflicts/conflictSearch.ts'
import { readFormSearch } from './ideas/new/formSearch.ts'
import { readSharedSearch, type SharedSearch } from './lib/searchParams.ts'
import { readPlanSearch } from './plan/planSearch.ts'
import { CurrentRoundPage } from './rounds/CurrentRoundPage.tsx'
import { NotFoundPage } from './shell/NotFoundPage.tsx'
import { PageSkeleton } from './shell/PageSkeleton.tsx'
import { RootLayout } from './shell/RootLayout.tsx'
import { RouteError } from './shell/RouteError.tsx'
import { readBoothSearch } from './voting/booth/boothSearch.ts'
import { readReceiptSearch } from './voting/receipt/receiptSearch.ts'

const rootRoute = createRootRoute({
  component: RootLayout,
  notFoundComponent: NotFoundPage,
  validateSearch: readSharedSearch,
  search: { middlewares: [keepFilters] },
})

/** Filters and camera follow from page to page; what a link names itself, even as undefined, wins. */
function keepFilters({ search, next }: { search: SharedSearch; next: (search: SharedSearch) => SharedSearch }): SharedSearch {
  const { district, category, q, frame, at, layers } = search
  return { district, category, q, frame, at, layers, ...next(search) }
}

const getParentRoute = () => rootRoute

const routeTree = rootRoute.addChildren([
  createRoute({ getParentRoute, path: '/', component: CurrentRoundPage }),
  createRoute({
    getParentRoute,
    path: '/runder',
    component: lazyRouteComponent(() => import('./rounds/RoundsPage.tsx'), 'RoundsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/runder/$year',
    component: lazyRouteComponent(() => import('./rounds/RoundPage.tsx'), 'RoundPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/projekter/$id',
    component: lazyRouteComponent(() => import('./projects/ProjectPage.tsx'), 'ProjectPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/ideer/ny',
    validateSearch: readFormSearch,
    component: lazyRouteComponent(() => import('./ideas/new/NewIdeaPage.tsx'), 'NewIdeaPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/ideer/$id',
    component: lazyRouteComponent(() => import('./ideas/IdeaPage.tsx'), 'IdeaPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/ideer/$id/rediger',
    validateSearch: readFormSearch,
    component: lazyRouteComponent(() => import('./ideas/new/EditIdeaPage.tsx'), 'EditIdeaPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/bydele/$id',
    component: lazyRouteComponent(() => import('./districts/DistrictPage.tsx'), 'DistrictPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/anlaeg',
    component: lazyRouteComponent(() => import('./installations/InstallationsPage.tsx'), 'InstallationsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/anlaeg/$id',
    component: lazyRouteComponent(() => import('./installations/InstallationPage.tsx'), 'InstallationPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/plan',
    validateSearch: readPlanSearch,
    component: lazyRouteComponent(() => import('./worklist/WorkListPage.tsx'), 'WorkListPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/plan/ideer/$id',
    validateSearch: readPlanSearch,
    component: lazyRouteComponent(() => import('./assessments/AssessmentPage.tsx'), 'AssessmentPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/plan/ideer/$id/udskrift',
    component: lazyRouteComponent(() => import('./assessments/print/PrintPage.tsx'), 'PrintPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/plan/konflikter',
    validateSearch: readConflictSearch,
    component: lazyRouteComponent(() => import('./conflicts/ConflictsPage.tsx'), 'ConflictsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/plan/projekter',
    validateSearch: readPlanSearch,
    component: lazyRouteComponent(() => import('./projects/plan/PlanProjectsPage.tsx'), 'PlanProjectsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/plan/bindingslag',
    component: lazyRouteComponent(() => import('./constraints/ConstraintsPage.tsx'), 'ConstraintsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/plan/bindingslag/$layerId',
    component: lazyRouteComponent(() => import('./constraints/ConstraintPage.tsx'), 'ConstraintPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/stem',
    validateSearch: readBoothSearch,
    component: lazyRouteComponent(() => import('./voting/VotePage.tsx'), 'VotePage'),
  }),
  createRoute({
    getParentRoute,
    path: '/stem/kode',
    validateSearch: readBoothSearch,
    component: lazyRouteComponent(() => import('./voting/CodePage.tsx'), 'CodePage'),
  }),
  createRoute({
    getParentRoute,
    path: '/kvittering',
    validateSearch: readReceiptSearch,
    component: lazyRouteComponent(() => import('./voting/receipt/ReceiptPage.tsx'), 'ReceiptPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/plan/afstemning/koder',
    component: lazyRouteComponent(() => import('./voting/codes/CodesPage.tsx'), 'CodesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/om',
    component: lazyRouteComponent(() => import('./about/AboutPage.tsx'), 'AboutPage'),
  }),
])

export const router = createRouter({
  routeTree,
  defaultPreload: 'intent',
  defaultPendingComponent: PageSkeleton,
  defaultErrorComponent: RouteError,
  scrollRestoration: true,
  scrollToTopSelectors: ['.bm-panel-scroll', '.bm-alone'],
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
