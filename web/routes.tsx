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
    path: '/runder/$year/resultat',
    component: lazyRouteComponent(() => import('./allocation/result/ResultPage.tsx'), 'ResultPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/runder/$year/tjek',
    component: lazyRouteComponent(() => import('./allocation/check/CheckPage.tsx'), 'CheckPage'),
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
    path: '/plan/afstemning',
    component: lazyRouteComponent(() => import('./elections/plan/PlanElectionPage.tsx'), 'PlanElectionPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/afstemning/$year',
    component: lazyRouteComponent(() => import('./elections/ElectionPage.tsx'), 'ElectionPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/plan/afstemning/beslutninger',
    component: lazyRouteComponent(() => import('./allocation/plan/DecisionsPage.tsx'), 'DecisionsPage'),
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
    path: '/plan/afstemning/moede',
    component: lazyRouteComponent(() => import('./meetings/MeetingsPage.tsx'), 'MeetingsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/plan/afstemning/moede/$districtId',
    component: lazyRouteComponent(() => import('./meetings/desk/EveningPage.tsx'), 'EveningPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/plan/afstemning/moede/$districtId/doer',
    component: lazyRouteComponent(() => import('./meetings/door/DoorPage.tsx'), 'DoorPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/plan/afstemning/moede/$districtId/papir',
    component: lazyRouteComponent(() => import('./meetings/paper/PaperPage.tsx'), 'PaperPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/plan/afstemning/moede/$districtId/stemmesedler',
    component: lazyRouteComponent(() => import('./meetings/ballots/BallotSheetsPage.tsx'), 'BallotSheetsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/scene/$year/$districtId',
    component: lazyRouteComponent(() => import('./meetings/stage/StagePage.tsx'), 'StagePage'),
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
    path: '/plan/afstemning/revisorer',
    component: lazyRouteComponent(() => import('./voting/auditors/AuditorsPage.tsx'), 'AuditorsPage'),
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
