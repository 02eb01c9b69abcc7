import { useQuery } from '@tanstack/react-query'
import type { Project } from '../../../server/projects/contract.ts'
import { projectsQuery } from '../../projects/projects.api.ts'

/** The projects behind the lines of a ballot, for picture and place; the ballot itself never waits for them. */
export function useBallotProjects(year: number): ReadonlyMap<string, Project> {
  const { data } = useQuery({ ...projectsQuery(year), select: byId })
  return data ?? NOTHING
}

const NOTHING: ReadonlyMap<string, Project> = new Map()

function byId({ items }: { items: Project[] }): ReadonlyMap<string, Project> {
  return new Map(items.map((project) => [project.projectId, project]))
}
