import { findPerson, refuseCrossSite } from './accounts/middleware.ts'
import { accountsRoutes } from './accounts/routes.ts'
import { removeExpired } from './accounts/service.ts'
import { planResultRoutes } from './allocation/planRoutes.ts'
import { allocationRoutes } from './allocation/routes.ts'
import { assessmentsRoutes } from './assessments/routes.ts'
import { basemapRoutes } from './basemap/routes.ts'
import { conflictsRoutes } from './conflicts/routes.ts'
import { handleLoadingJobs } from './constraints/jobs.ts'
import { loadingRoutes } from './constraints/loadingRoutes.ts'
import { constraintsRoutes } from './constraints/routes.ts'
import { districtsRoutes } from './districts/routes.ts'
import { handleElectionJobs } from './elections/clock.ts'
import { planElectionsRoutes } from './elections/planRoutes.ts'
import { electionsRoutes } from './elections/routes.ts'
import { exportsRoutes } from './exports/routes.ts'
import { handleFeasibilityJobs, recheckAfterNewData } from './feasibility/records.ts'
import { feasibilityRoutes } from './feasibility/routes.ts'
import { handleFileJobs, removeAbandonedPictures } from './files/jobs.ts'
import { filesRoutes } from './files/routes.ts'
import { ideaOutcomeRoutes } from './ideas/outcomeRoutes.ts'
import { ideasRoutes } from './ideas/routes.ts'
import { installationsRoutes } from './installations/routes.ts'
import { meetingDecisionRoutes, paperRoutes } from './meetings/decisionRoutes.ts'
import { readAcceptedPapers } from './meetings/forCount.ts'
import { meetingsRoutes } from './meetings/routes.ts'
import { ogcRoutes } from './ogc/routes.ts'
import { mountReference, opendataRoutes } from './opendata/routes.ts'
import { readInitialData } from './opendata/service.ts'
import { placesRoutes } from './places/routes.ts'
import type { Deps } from './platform/deps.ts'
import { compressAnswers } from './platform/http/compressAnswers.ts'
import { healthRoutes } from './platform/http/health.ts'
import { limitBody } from './platform/http/limitBody.ts'
import { createMetrics, metricsRoutes } from './platform/http/metrics.ts'
import { refuseOtherMethods } from './platform/http/otherMethods.ts'
import { onError, onNotFound } from './platform/http/problems.ts'
import { removeOldWindows } from './platform/http/rateLimit.ts'
import { requestContext } from './platform/http/requestContext.ts'
import { createRouter } from './platform/http/router.ts'
import { securityHeaders } from './platform/http/securityHeaders.ts'
import { staticRoutes } from './platform/http/staticFiles.ts'
import { pageFolder } from './platform/page/build.ts'
import { pricesRoutes } from './prices/routes.ts'
import { consentRoutes } from './projects/consentRoutes.ts'
import { planProjectsRoutes } from './projects/planRoutes.ts'
import { projectsRoutes } from './projects/routes.ts'
import { roundsRoutes } from './rounds/routes.ts'
import { tilesRoutes } from './tiles/routes.ts'
import { voteParts } from './voteParts.ts'
import { planVotingRoutes } from './voting/planRoutes.ts'
import { votingRoutes } from './voting/routes.ts'
import { worklistRoutes } from './worklist/routes.ts'

/** Every night: what has lost its purpose goes, session by session, draft by draft. */
function tidyEveryNight(deps: Deps): void {
  deps.jobs.handle('remove-old-rows', async () => {
    await removeExpired(deps)
    await removeAbandonedPictures(deps)
    await removeOldWindows(deps)
  })
  deps.jobs.schedule('remove-old-rows', '15 3 * * *')
}

/** Puts the rooms together: what every request passes through, every room's routes, one place for errors. */
export function createApp(deps: Deps, metrics = createMetrics()) {
  const app = createRouter()
  app.onError(onError)
  app.notFound(onNotFound)
  app.use(requestContext(deps.config, deps.log))
  app.use(metrics.measure)
  app.use(securityHeaders(deps.config))
  app.use(compressAnswers())
  // The same for everybody, whoever is signed in: these stand before the session is looked up.
  app.route('/', healthRoutes(deps))
  app.route('/', metricsRoutes(metrics))
  app.route('/', tilesRoutes(deps))
  app.route('/', basemapRoutes(deps))
  app.route('/', ogcRoutes(deps))
  // The page and its files are not: they neither wait for the database nor fail with it.
  for (const path of ['/api/*', '/auth/*', '/pictures/*']) app.use(path, findPerson(deps))
  app.use(refuseCrossSite(deps.config))
  app.use(limitBody())
  app.route('/', accountsRoutes(deps))
  app.route('/', roundsRoutes(deps))
  app.route('/', districtsRoutes(deps))
  app.route('/', ideasRoutes(deps))
  app.route('/', worklistRoutes(deps))
  app.route('/', assessmentsRoutes(deps))
  app.route('/', pricesRoutes(deps))
  app.route('/', feasibilityRoutes(deps))
  app.route('/', ideaOutcomeRoutes(deps))
  app.route('/', projectsRoutes(deps))
  app.route('/', planProjectsRoutes(deps))
  app.route('/', consentRoutes(deps))
  app.route('/', conflictsRoutes(deps))
  app.route('/', votingRoutes(deps, readAcceptedPapers))
  app.route('/', planVotingRoutes(deps))
  app.route('/', electionsRoutes(deps))
  app.route('/', planElectionsRoutes(deps, voteParts(deps.config)))
  app.route('/', meetingsRoutes(deps))
  app.route('/', meetingDecisionRoutes(deps))
  app.route('/', paperRoutes(deps))
  app.route('/', allocationRoutes(deps))
  app.route('/', planResultRoutes(deps))
  app.route('/', installationsRoutes(deps))
  app.route('/', loadingRoutes(deps))
  app.route('/', filesRoutes(deps))
  app.route('/', placesRoutes(deps))
  app.route('/', constraintsRoutes(deps))
  app.route('/', opendataRoutes(deps))
  app.route('/', exportsRoutes(deps))
  mountReference(app, deps.config)
  app.use(refuseOtherMethods(app))
  app.route(
    '/',
    staticRoutes(pageFolder, () => readInitialData(deps)),
  )
  handleFileJobs(deps)
  handleFeasibilityJobs(deps)
  handleLoadingJobs(deps, (trx) => recheckAfterNewData(deps, trx))
  handleElectionJobs(deps)
  tidyEveryNight(deps)
  return app
}

export type App = ReturnType<typeof createApp>
