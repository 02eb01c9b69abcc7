import { createHash } from 'node:crypto'
import { drawLot } from '../../server/allocation/rules/lot.ts'
import type { DistrictSettings, ElectionState, FrozenSetup } from '../../server/elections/contract.ts'
import { type Canonical, canonicalJson } from '../../server/elections/rules/canonicalJson.ts'
import type { Database } from '../../server/platform/db/connect.ts'
import { buildRound } from './round.ts'

export interface VoteProject {
  projectId: string
  title?: string
  costDkk: number
  smallestUsefulDkk?: number | null
}

export interface VoteDistrict {
  districtId: string
  name: string
  shareDkk: number
  projects: readonly VoteProject[]
  settings?: Partial<DistrictSettings>
  rollSize?: number | null
  exclusivePairs?: readonly (readonly [string, string])[]
}

export interface VoteOptions {
  year?: number
  state?: ElectionState
  districts?: readonly VoteDistrict[]
  opensAt?: string
  closesAt?: string
  isDemo?: boolean
  /** Public keys of the two auditors; none: as a vote that was frozen before they were part of it. */
  auditorKeys?: readonly string[]
}

/** Three projects in each of the four districts, with the shares of 2018. */
export const VOTE_DISTRICTS: readonly VoteDistrict[] = (
  [
    ['ballerup-nord', 'Ballerup Nord', 164_646],
    ['ballerup-syd', 'Ballerup Syd', 375_251],
    ['maaloev', 'Måløv', 186_185],
    ['skovlunde', 'Skovlunde', 273_918],
  ] as const
).map(([districtId, name, shareDkk]) => ({
  districtId,
  name,
  shareDkk,
  projects: [
    { projectId: `2026-${districtId}-baenke`, costDkk: 40_000 },
    { projectId: `2026-${districtId}-legeplads`, costDkk: 120_000 },
    { projectId: `2026-${districtId}-shelter`, costDkk: 90_000, smallestUsefulDkk: 30_000 },
  ],
}))

const ORDER = ['draft', 'frozen', 'open', 'ended', 'closed', 'counted', 'published'] as const

async function insertProjects(db: Database, year: number, { districtId, name, projects }: VoteDistrict): Promise<void> {
  for (const [index, { projectId, title = `Projekt ${index + 1} i ${name}` }] of projects.entries()) {
    await db
      .insertInto('project')
      .values({
        project_id: projectId,
        round_year: year,
        district_id: districtId,
        title,
        description: 'Et projekt til afstemning.',
        category: 'green',
        outcome: 'unknown',
      })
      .onConflict((conflict) => conflict.column('project_id').doNothing())
      .execute()
  }
}

const auditorOf = (key: string, index: number) => ({
  position: index + 1,
  name: `Revisor ${index + 1}`,
  fingerprint: createHash('sha256').update(Buffer.from(key, 'base64url')).digest('hex'),
})

/** What a frozen vote's set-up says for these districts. */
export function voteSetup(options: VoteOptions & { year: number }): FrozenSetup {
  const {
    year,
    auditorKeys,
    districts = VOTE_DISTRICTS,
    opensAt = `${year}-05-01T06:00:00.000Z`,
    closesAt = `${year}-05-20T18:00:00.000Z`,
  } = options
  const seed = 'Prøvelotteri 12 5 33 41 7'
  return {
    format: 'borgermillionen-election-1',
    roundYear: year,
    frozenAt: `${year}-04-20T10:00:00.000Z`,
    software: 'test',
    lot: { seed, source: 'Et lotteri i prøverne' },
    introDa: 'Stem om din bydels andel.',
    introEn: null,
    ...(auditorKeys === undefined ? {} : { auditors: auditorKeys.map(auditorOf) }),
    districts: districts.map(({ districtId, name, shareDkk, projects, settings = {}, rollSize = null, exclusivePairs = [] }) => {
      const lot = drawLot(
        projects.map(({ projectId }) => projectId),
        seed,
      ).map(({ projectId }) => projectId)
      return {
        districtId,
        name,
        shareDkk,
        rollSize,
        settings: {
          decidedBy: 'ballots',
          ballotKind: 'approval',
          maxChoices: 3,
          points: 10,
          pointsPerProject: 10,
          rule: 'greedy_cost',
          tie: 'min-cost,lot',
          minVotes: 1,
          remainderOffer: false,
          leftGoesTo: 'district-next-round',
          channels: ['home', 'code', 'paper'],
          eligibility: 'residents',
          minAgeHome: 15,
          minAgeMeeting: 6,
          opensAt,
          closesAt,
          ...settings,
        },
        lines: projects.map(({ projectId, costDkk, smallestUsefulDkk = null, title }, index) => ({
          lineNumber: index + 1,
          projectId,
          title: title ?? `Projekt ${index + 1} i ${name}`,
          description: 'Et projekt til afstemning.',
          costDkk,
          runningCostDkkPerYear: 1_500,
          smallestUsefulDkk,
          lotPlace: lot.indexOf(projectId) + 1,
        })),
        exclusivePairs: exclusivePairs.map(([first, second]) => ({
          projectIds: [first, second].sort() as [string, string],
          reason: 'De står samme sted.',
        })),
      }
    }),
  }
}

async function insertDistricts(db: Database, year: number, setup: FrozenSetup): Promise<void> {
  for (const { districtId, shareDkk, rollSize, settings, lines, exclusivePairs } of setup.districts) {
    await db
      .insertInto('election_district')
      .values({
        round_year: year,
        district_id: districtId,
        decided_by: settings.decidedBy,
        ballot_kind: settings.ballotKind,
        channels: settings.channels,
        share_dkk: shareDkk,
        roll_size: rollSize,
        opens_at: settings.opensAt,
        closes_at: settings.closesAt,
      })
      .execute()
    await db
      .insertInto('ballot_line')
      .values(
        lines.map((line) => ({
          round_year: year,
          district_id: districtId,
          line_number: line.lineNumber,
          project_id: line.projectId,
          title: line.title,
          description: line.description,
          cost_dkk: line.costDkk,
          running_cost_dkk_per_year: line.runningCostDkkPerYear,
          smallest_useful_dkk: line.smallestUsefulDkk,
          lot_place: line.lotPlace,
        })),
      )
      .execute()
    for (const { projectIds, reason } of exclusivePairs) {
      const [first_project_id, second_project_id] = projectIds
      await db
        .insertInto('ballot_exclusion')
        .values({ round_year: year, district_id: districtId, first_project_id, second_project_id, reason })
        .execute()
    }
  }
}

/** A vote in a state, written straight into the tables; its round is made in the phase `decision` where there is none. */
export async function buildVote(db: Database, options: VoteOptions = {}): Promise<FrozenSetup> {
  const { year = 2026, state = 'open', isDemo = false } = options
  const round = await db.selectFrom('round').select('year').where('year', '=', year).executeTakeFirst()
  if (round === undefined) await buildRound(db, { year, phaseInMay: 'decision', isDemo })
  const setup = voteSetup({ ...options, year })
  for (const district of options.districts ?? VOTE_DISTRICTS) await insertProjects(db, year, district)
  const created = new Date(`${year}-04-01T10:00:00Z`)
  const { introDa, introEn } = setup
  const defaults = setup.districts[0]?.settings
  await db
    .insertInto('election')
    .values({
      round_year: year,
      settings: JSON.stringify({ ...defaults, exceptions: {}, introDa, introEn }),
      lot_seed: setup.lot.seed,
      lot_source: setup.lot.source,
      created_at: created,
      updated_at: created,
    })
    .execute()
  await insertDistricts(db, year, setup)
  for (const [index, key] of (options.auditorKeys ?? []).entries()) {
    const { position, name } = auditorOf(key, index)
    await db
      .insertInto('voting_auditor')
      .values({ round_year: year, position, name, public_key: Buffer.from(key, 'base64url') })
      .execute()
  }
  if (state === 'draft') return setup
  const text = canonicalJson(setup as unknown as Canonical)
  const opensAt = setup.districts.map(({ settings }) => settings.opensAt).sort()[0] as string
  const closesAt = setup.districts
    .map(({ settings }) => settings.closesAt)
    .sort()
    .at(-1) as string
  const times = {
    frozen: { frozen_at: setup.frozenAt, opens_at: opensAt, closes_at: closesAt, frozen_setup: text, frozen_sha256: sha256(text) },
    open: { opened_at: opensAt },
    ended: { ended_at: closesAt },
    closed: { closed_at: closesAt },
    counted: { counted_at: closesAt },
    published: { published_at: closesAt },
  }
  for (const next of ORDER.slice(1)) {
    await db
      .updateTable('election')
      .set({ state: next, ...times[next as keyof typeof times] })
      .where('round_year', '=', year)
      .execute()
    if (next === 'closed') await db.updateTable('election_district').set({ is_closed: true }).where('round_year', '=', year).execute()
    if (next === state) break
  }
  return setup
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
