import { randomUUID } from 'node:crypto'
import { confirmPassOn, proposePassOn } from '../../server/allocation/passOn.ts'
import type { CastBallot } from '../../server/allocation/rules/election.ts'
import type { Deps } from '../../server/platform/deps.ts'
import type { SessionPerson } from '../../server/platform/http/environment.ts'
import { ballotsOf, buildResult, type HandedIn } from './result.ts'
import type { VoteDistrict } from './vote.ts'

/** Ballots of points: how many alike, and what each gave to whom. */
const pointsOf = (...choices: readonly (readonly [number, Record<string, number>])[]): CastBallot[] =>
  choices.flatMap(([count, given]) => Array.from({ length: count }, () => ({ projects: Object.keys(given), points: Object.values(given) })))

async function organiser({ db }: Pick<Deps, 'db'>, subject: string): Promise<SessionPerson> {
  const personId = randomUUID()
  await db
    .insertInto('person')
    .values({ person_id: personId, issuer: 'https://test.example', subject, display_name: subject, role: 'organiser' })
    .execute()
  return {
    personId,
    displayName: subject,
    role: 'organiser',
    districtId: null,
    csrfToken: '',
    voterKey: null,
    ageYears: null,
    expiresAt: new Date(),
  }
}

/**
 * A published round of what is hard to tell: points by equal shares, a handful of ballots by equal shares, money passed on twice,
 * a tie of three, and amounts a meeting agreed on.
 */
export async function buildHardResult(deps: Pick<Deps, 'db' | 'clock'>, year: number): Promise<void> {
  const id = (name: string) => `${year}-${name}`
  const lines = (...projects: readonly (readonly [string, string, number])[]) =>
    projects.map(([name, title, costDkk]) => ({ projectId: id(name), title, costDkk }))
  const equalShares = { rule: 'mes_cost+add1u', tie: 'min-cost,max-votes,lot' } as const
  const districts: VoteDistrict[] = [
    {
      districtId: 'ballerup-syd',
      name: 'Ballerup Syd',
      shareDkk: 375_251,
      settings: { ...equalShares, ballotKind: 'points' },
      projects: lines(['scene', 'Scene', 200_000], ['bane', 'Bane', 170_000], ['haver', 'Haver', 90_000]),
    },
    {
      districtId: 'skovlunde',
      name: 'Skovlunde',
      shareDkk: 273_918,
      settings: { ...equalShares, minVotes: 3 },
      projects: lines(['toilet', 'Toilet', 220_000], ['harer', 'Harer', 140_000], ['skater', 'Skater', 90_000]),
    },
    {
      districtId: 'maaloev',
      name: 'Måløv',
      shareDkk: 186_185,
      projects: lines(
        ['a', 'Amfi', 120_000],
        ['b', 'Bro', 150_000],
        ['c', 'Cykelbane', 60_000],
        ['d', 'Drivhus', 100_000],
        ['e', 'Eng', 100_000],
      ),
    },
    {
      districtId: 'ballerup-nord',
      name: 'Ballerup Nord',
      shareDkk: 164_646,
      settings: { decidedBy: 'agreed-sharing' },
      projects: lines(['koekkenhave', 'Køkkenhave', 90_000], ['shelter', 'Shelter', 90_000]),
    },
  ]
  const handedIn: Record<string, HandedIn> = {
    'ballerup-syd': {
      box: pointsOf([20, { [id('scene')]: 5, [id('haver')]: 1 }], [15, { [id('bane')]: 4 }], [6, { [id('haver')]: 3 }]),
    },
    skovlunde: { box: ballotsOf([9, id('toilet')], [5, id('toilet'), id('harer')], [2, id('skater')]) },
    maaloev: { box: ballotsOf([30, id('a')], [20, id('b')], [15, id('c')], [5, id('d'), id('e')]) },
    'ballerup-nord': {
      meeting: {
        agreed: [{ projectId: id('koekkenhave'), amount: 90_000 }],
        minutes: 'Alle var enige om køkkenhaven. Resten blev stående.',
      },
    },
  }
  await buildResult(deps.db, { year, districts, handedIn })
  const [one, two] = [await organiser(deps, 'Organisator Et'), await organiser(deps, 'Organisator To')]
  const passOn = async (projectId: string, reason: string) => {
    const { passOnId } = await proposePassOn(deps, one, year, { districtId: 'maaloev', projectId, reason })
    return (await confirmPassOn(deps, two, year, passOnId)).awardsAfter.find(({ source }) => source === 'passed-on')?.projectId ?? ''
  }
  const next = await passOn(id('a'), 'Jorden er forurenet, så det kan ikke bygges dér.')
  await passOn(next, 'Ejeren af jorden vil alligevel ikke have det.')
}
