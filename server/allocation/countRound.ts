import { electionProblem } from '../elections/contract.ts'
import { appendLog } from '../elections/log.ts'
import type { Confirmation } from '../elections/parts.ts'
import { readFrozenElection } from '../elections/setup.ts'
import type { Database } from '../platform/db/connect.ts'
import { awardProjects } from '../projects/awards.ts'
import { writeBallotFile } from './ballotFile.ts'
import { countDistrict, type MeetingForCount, type Turnout } from './districtCount.ts'
import { insertResult, selectCountedDistricts, selectResultProjects } from './queries.ts'
import type { CastBallot } from './rules/election.ts'

/** Where a count takes its ballots from: the other rooms of the vote, put together in `app.ts`. */
export interface CountSources {
  /** The box of a district, once it is closed: ballots from home and by code. A blank ballot names nothing. */
  ballots(trx: Database, year: number, districtId: string): Promise<readonly CastBallot[]>
  /** Paper, knock-out rounds and agreed amounts of its meeting, accepted ones only. */
  meeting(trx: Database, year: number, districtId: string): Promise<MeetingForCount>
  /** Ballots by channel, marks on the list of voters and receipts published. */
  turnout(trx: Database, year: number, districtId: string): Promise<Turnout>
}

/**
 * Counts every district of a closed vote by its frozen rule and keeps the results. Nothing of them can be read before they are
 * published. Runs inside the transaction of the step that two organisers take.
 * @errors Problem `no-election`, `wrong-state`, `not-ready` naming the districts whose meeting is not finished
 */
export async function countRound(
  trx: Database,
  year: number,
  at: Date,
  { sources, municipality }: { sources: CountSources; municipality: string },
): Promise<void> {
  const { state, setup, setupSha256 } = await readFrozenElection(trx, year)
  if (state !== 'closed') throw electionProblem('wrong-state', { extra: { state } })
  const places = new Map((await selectResultProjects(trx, year)).map((project) => [project.projectId, project]))
  const open: { districtId: string; kind: string }[] = []
  for (const district of setup.districts) {
    const { districtId, shareDkk } = district
    const counted = countDistrict(district, {
      box: await sources.ballots(trx, year, districtId),
      meeting: await sources.meeting(trx, year, districtId),
      turnout: await sources.turnout(trx, year, districtId),
    })
    if (!counted.ok) {
      open.push({ districtId, kind: counted.reason })
      continue
    }
    const { outcome, awards, election } = counted.counted
    const selected = awards.map(({ projectId }) => projectId)
    const frame = { municipality, roundYear: year, district, setupSha256, places }
    const ballotFile = election === null ? null : writeBallotFile(frame, election, selected)
    await insertResult(trx, { year, districtId, resultNumber: 1, shareDkk, outcome, awards, election, ballotFile, at })
  }
  if (open.length > 0) throw electionProblem('not-ready', { extra: { open } })
}

/**
 * Gives the projects what their districts gave them, and writes the fingerprints of the ballot files into the log. The step that
 * calls it makes the vote `published` in the same transaction.
 * @errors Problem `wrong-state`
 */
export async function publishRound(trx: Database, year: number, { actorName, at }: Confirmation): Promise<void> {
  const { state, setup } = await readFrozenElection(trx, year)
  const counted = await selectCountedDistricts(trx, year)
  if (state !== 'counted' || counted.length !== setup.districts.length) throw electionProblem('wrong-state', { extra: { state } })
  const awards = new Map(counted.flatMap((district) => district.awards.map((award) => [award.projectId, award] as const)))
  const lines = setup.districts.flatMap((district) => district.lines.map(({ projectId }) => projectId))
  await awardProjects(
    trx,
    lines.map((projectId) => {
      const award = awards.get(projectId)
      return { projectId, amountDkk: award?.amountDkk ?? 0, note: award?.source === 'remainder' ? 'resten af bydelens andel' : null }
    }),
    { at, actorId: null },
  )
  const files = Object.fromEntries(counted.flatMap(({ districtId, fileSha256 }) => (fileSha256 ? [[districtId, fileSha256]] : [])))
  await appendLog(trx, year, { action: 'publish-ballot-files', actorName, detail: { files }, at })
}
