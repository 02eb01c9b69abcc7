import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { Idea } from '../../../server/ideas/contract.ts'
import type { NewProject, PlanProject, PlanProjectList, ProjectState } from '../../../server/projects/contract.ts'
import { getJson, queryString, sendJson } from '../../lib/api.ts'
import { queryClient } from '../../lib/queryClient.ts'

/** Projects of a round with their authors' answers, and how full each shortlist is. */
export function planProjectsQuery(year: number | null, district: string | undefined) {
  return queryOptions({
    queryKey: ['plan', 'projects', year, district],
    queryFn: ({ signal }) => getJson<PlanProjectList>(`/api/plan/projects${queryString({ year, district })}`, signal),
    enabled: year !== null,
    placeholderData: keepPreviousData,
  })
}

/** Whatever is known of projects, ideas and the work on them is old after a step. */
async function refetchAll(): Promise<void> {
  await Promise.all([
    queryClient.invalidateQueries({ queryKey: ['plan'] }),
    queryClient.invalidateQueries({ queryKey: ['projects'] }),
    queryClient.invalidateQueries({ queryKey: ['project'] }),
    queryClient.invalidateQueries({ queryKey: ['idea'] }),
  ])
}

async function send<T>(path: string, body: unknown, csrfToken: string | null, method: 'POST' | 'PATCH' = 'POST'): Promise<T> {
  try {
    return await sendJson<T>(method, path, body, { csrfToken })
  } finally {
    // After a refusal too: what made it be refused must be seen.
    await refetchAll()
  }
}

/** @errors ApiProblem `idea-taken`, `wrong-district`, `project-phase-closed` … */
export function createProject(year: number, body: NewProject, csrfToken: string | null): Promise<PlanProject> {
  return send(`/api/rounds/${year}/projects`, body, csrfToken)
}

/** The steps of one project; each is made from the version that was seen. */
export type ProjectStep =
  | { name: 'ideas'; ideaIds: number[] }
  | { name: 'split'; ideaIds: number[]; reason: string }
  | { name: 'state'; state: ProjectState; reason: string | null }
  | { name: 'keep-idea'; ideaId: number; reason: string }

/** @errors ApiProblem `shortlist-full`, `project-edit-conflict`, `consent-refused` … */
export function takeProjectStep(project: PlanProject, { name, ...body }: ProjectStep, csrfToken: string | null): Promise<PlanProject> {
  return send(`/api/projects/${project.projectId}/${name}`, { version: project.version, ...body }, csrfToken)
}

/** @errors ApiProblem `project-edit-conflict` */
export function changeProject(
  project: PlanProject,
  words: { title: string; description: string },
  csrfToken: string | null,
): Promise<PlanProject> {
  return send(`/api/projects/${project.projectId}`, { version: project.version, ...words }, csrfToken, 'PATCH')
}

/** Says publicly why an idea becomes no project, or opens the question again. @errors ApiProblem `idea-in-project`, `idea-settled` */
export function settleIdea(
  ideaId: number,
  step: 'not-taken-forward' | 'reconsider',
  reason: string,
  csrfToken: string | null,
): Promise<Idea> {
  return send(`/api/plan/ideas/${ideaId}/${step}`, { reason }, csrfToken)
}
