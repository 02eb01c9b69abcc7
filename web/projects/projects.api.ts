import { queryOptions } from '@tanstack/react-query'
import type { Project } from '../../server/projects/contract.ts'
import { getJson } from '../lib/api.ts'

export function projectsQuery(year: number) {
  return queryOptions({
    queryKey: ['projects', year],
    queryFn: ({ signal }) => getJson<{ items: Project[] }>(`/api/rounds/${year}/projects`, signal),
    staleTime: 5 * 60_000,
  })
}

export function projectQuery(projectId: string) {
  return queryOptions({
    queryKey: ['project', projectId],
    queryFn: ({ signal }) => getJson<Project>(`/api/projects/${encodeURIComponent(projectId)}`, signal),
    staleTime: 5 * 60_000,
  })
}
