import { expect, it } from 'vitest'
import type { Project } from '../../server/projects/contract.ts'
import { groupByDistrict } from './groupByDistrict.ts'

function project(projectId: string, districtId: string | null, outcome: Project['outcome'], awardedDkk: number | null): Project {
  return { projectId, districtId, districtName: districtId, outcome, awardedDkk } as Project
}

it('groups by district, winners and larger awards first, projects without a district last', () => {
  const groups = groupByDistrict([
    project('a', null, 'lost', 0),
    project('b', 'skovlunde', 'lost', 0),
    project('c', 'skovlunde', 'won', 53918),
    project('d', 'skovlunde', 'won', 220000),
    project('e', 'maaloev', 'unknown', null),
  ])
  expect(groups.map((group) => [group.districtId, group.projects.map((item) => item.projectId)])).toEqual([
    ['maaloev', ['e']],
    ['skovlunde', ['d', 'c', 'b']],
    [null, ['a']],
  ])
})
