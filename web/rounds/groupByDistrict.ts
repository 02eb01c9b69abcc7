import type { Project } from '../../server/projects/contract.ts'

export interface ProjectGroup {
  districtId: string | null
  districtName: string | null
  projects: Project[]
}

const rank = { won: 0, lost: 1, unknown: 2 } as const

/** Projects by district in the order of their names, those without one last; winners first, larger awards before smaller. */
export function groupByDistrict(projects: readonly Project[]): ProjectGroup[] {
  const groups = Map.groupBy(projects, (project) => project.districtId)
  return [...groups]
    .map(([districtId, members]) => ({
      districtId,
      districtName: members[0]?.districtName ?? null,
      projects: members.toSorted((a, b) => rank[a.outcome] - rank[b.outcome] || (b.awardedDkk ?? 0) - (a.awardedDkk ?? 0)),
    }))
    .toSorted(
      (a, b) =>
        Number(a.districtId === null) - Number(b.districtId === null) || (a.districtName ?? '').localeCompare(b.districtName ?? '', 'da'),
    )
}
