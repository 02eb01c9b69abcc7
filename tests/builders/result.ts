import { sql } from 'kysely'
import { type CountSources, countRound, publishRound } from '../../server/allocation/countRound.ts'
import type { MeetingForCount, Turnout } from '../../server/allocation/districtCount.ts'
import type { CastBallot } from '../../server/allocation/rules/election.ts'
import type { FrozenSetup } from '../../server/elections/contract.ts'
import { appendLog } from '../../server/elections/log.ts'
import type { Database } from '../../server/platform/db/connect.ts'
import { closeBoxes } from '../../server/voting/box.ts'
import { buildVote, VOTE_DISTRICTS, type VoteDistrict, type VoteOptions } from './vote.ts'

/** What a district handed in. */
export interface HandedIn {
  box?: readonly CastBallot[]
  meeting?: Partial<MeetingForCount>
  turnout?: Turnout
}

export interface ResultOptions extends Omit<VoteOptions, 'state'> {
  state?: 'counted' | 'published'
  handedIn?: Readonly<Record<string, HandedIn>>
  /** Whether the log tells of freezing and closing, and the boxes hold receipts, as many as there are said to be. */
  hasEvidence?: boolean
}

const NO_MEETING: MeetingForCount = {
  paper: { ballots: [], invalid: [] },
  knockOut: null,
  agreed: null,
  rounds: [],
  minutes: null,
  undecidedReason: null,
}

/** Ballots by what they choose and how many chose it. */
export function ballotsOf(...choices: readonly (readonly [number, ...string[]])[]): CastBallot[] {
  return choices.flatMap(([count, ...projects]) => Array.from({ length: count }, () => ({ projects })))
}

/** Sixty people in a district of three projects: most want the third, the dearest is second, ten choose the first alone, two hand in blank. */
function usualBallots({ projects }: VoteDistrict): CastBallot[] {
  const [first = '', second = '', third = ''] = projects.map(({ projectId }) => projectId)
  return ballotsOf([20, third], [12, second, third], [10, first], [9, second], [7, first, third], [2])
}

/** Sources of a count that were written down beforehand. */
export function sourcesOf(handedIn: Readonly<Record<string, HandedIn>>): CountSources {
  return {
    ballots: async (_trx, _year, districtId) => handedIn[districtId]?.box ?? [],
    meeting: async (_trx, _year, districtId) => ({ ...NO_MEETING, ...handedIn[districtId]?.meeting }),
    turnout: async (_trx, _year, districtId) => {
      const { box = [], meeting, turnout } = handedIn[districtId] ?? {}
      const paper = meeting?.paper
      const onPaper = (paper?.ballots.length ?? 0) + (paper?.invalid.reduce((sum, { count }) => sum + count, 0) ?? 0)
      const atHome = Math.ceil(box.length / 2)
      const byChannel = [
        { channel: 'home' as const, ballots: atHome },
        { channel: 'code' as const, ballots: box.length - atHome },
        { channel: 'paper' as const, ballots: onPaper },
      ]
      return turnout ?? { byChannel, marks: box.length + onPaper, receipts: box.length }
    },
  }
}

/** Puts every project that has no place somewhere in its district. */
async function placeProjects(db: Database, year: number): Promise<void> {
  await sql`
    update project p set position_accuracy = 'exact', geom = ST_Translate(ST_PointOnSurface(a.geom), 250 * n.number, 180 * (n.number % 2))
    from (select project_id, row_number() over (partition by district_id order by project_id) - 2 as number from project where round_year = ${year}) n
    join project q using (project_id) join current_district_area a on a.district_id = q.district_id
    where p.project_id = n.project_id and p.geom is null and p.round_year = ${year}`.execute(db)
}

/** Writes what a vote leaves behind on its way: the lines of its log, and boxes that are closed over receipts. */
async function buildEvidence(db: Database, { roundYear: year, frozenAt, districts }: FrozenSetup, sources: CountSources): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const { frozen_sha256: sha256 } = await trx
      .selectFrom('election')
      .where('round_year', '=', year)
      .select('frozen_sha256')
      .executeTakeFirstOrThrow()
    await appendLog(trx, year, { action: 'setup-frozen', actorName: 'Test', detail: { sha256 }, at: new Date(frozenAt) })
    await appendLog(trx, year, { action: 'vote-opened', actorName: 'clock', at: new Date(`${year}-05-01T06:00:00Z`) })
    for (const { districtId } of districts) {
      const { receipts } = await sources.turnout(trx, year, districtId)
      await sql`insert into receipt (receipt_hash, round_year, district_id)
        select sha256(convert_to(${year}::integer || ${districtId} || n, 'UTF8')), ${year}::integer, ${districtId}
        from generate_series(1, ${receipts ?? 0}::integer) n`.execute(trx)
    }
    await trx.updateTable('election_district').set({ is_closed: false }).where('round_year', '=', year).execute()
    await closeBoxes(trx, year, { actorName: 'Test organiser', at: new Date(`${year}-05-20T18:00:00Z`) })
  })
}

/** A vote that was counted and, unless something else is said, published, without the rooms that collect ballots. */
export async function buildResult(db: Database, options: ResultOptions = {}): Promise<FrozenSetup> {
  const { state = 'published', handedIn, hasEvidence = false, districts = VOTE_DISTRICTS, ...vote } = options
  const { year = 2026 } = vote
  const setup = await buildVote(db, { ...vote, districts, state: 'closed' })
  await placeProjects(db, year)
  const sources = sourcesOf(
    handedIn ?? Object.fromEntries(districts.map((district) => [district.districtId, { box: usualBallots(district) }])),
  )
  const at = new Date(`${year}-05-21T08:00:00Z`)
  if (hasEvidence) await buildEvidence(db, setup, sources)
  await db.transaction().execute(async (trx) => {
    await countRound(trx, year, at, { sources, municipality: 'Ballerup' })
    await trx.updateTable('election').set({ state: 'counted', counted_at: at }).where('round_year', '=', year).execute()
  })
  if (state === 'counted') return setup
  const publishedAt = new Date(`${year}-05-22T08:00:00Z`)
  await db.transaction().execute(async (trx) => {
    await publishRound(trx, year, { actorName: 'Test organiser', at: publishedAt })
    await trx.updateTable('election').set({ state: 'published', published_at: publishedAt }).where('round_year', '=', year).execute()
  })
  return setup
}
