import { type ElectionDistrict, electionProblem, type FrozenSetup } from '../elections/contract.ts'
import { readElection } from '../elections/setup.ts'
import { commonProblem, Problem } from '../kernel/problem.ts'
import type { Database } from '../platform/db/connect.ts'
import type { Deps } from '../platform/deps.ts'
import { readRound, readShares } from '../rounds/service.ts'
import { ballotFileName } from './ballotFile.ts'
import {
  allocationProblem,
  type DistrictResult,
  type PassedOn,
  type ResultProject,
  type RoundResult,
  type TranscriptFile,
} from './contract.ts'
import {
  type PassOnRow,
  type ResultProjectRow,
  type ResultRow,
  selectBallotFile,
  selectDecisions,
  selectPassOns,
  selectResultProjects,
  selectResults,
} from './queries.ts'
import { recordedDistricts } from './recordedResult.ts'
import { reasonsFromTotals } from './totalsReasons.ts'

export type Reading = Pick<Deps, 'db' | 'clock' | 'config'>

/** A transcript as the contract has it; its stages are as the rules wrote them. */
const shown = (transcript: ResultRow['outcome']['transcript']) => transcript as unknown as DistrictResult['transcript']

const tiesShown = ({ tiesMet }: ResultRow['outcome']) => tiesMet.map((tieMet) => ({ ...tieMet, projects: [...tieMet.projects] }))

/** The rounds of a knock-out; how they were voted on is unknown where it was not kept. */
function roundsShown({ knockOut }: ResultRow['outcome']): DistrictResult['knockOut'] {
  return knockOut?.map(({ method = null, blankVotes = null, ...round }) => ({ ...round, method, blankVotes })) ?? null
}

/** The vote of a round, or null where it never had one here. */
async function findElection(db: Database, year: number) {
  try {
    return await readElection(db, year)
  } catch (error) {
    if (error instanceof Problem && error.kind === 'no-election') return null
    throw error
  }
}

interface DistrictRows {
  district: ElectionDistrict
  /** The count, then what followed. */
  results: readonly ResultRow[]
  passOns: readonly PassOnRow[]
  projects: ReadonlyMap<string, ResultProjectRow>
}

function passedOnOf({ results, passOns }: DistrictRows): PassedOn[] {
  return results.slice(1).flatMap(({ resultNumber, outcome }) => {
    const cause = passOns.find((passOn) => passOn.resultNumber === resultNumber)
    const before = results.find((result) => result.resultNumber === resultNumber - 1)
    if (cause === undefined || before === undefined) return []
    const { projectId, reason, settledAt } = cause
    const how = outcome.how ?? 'nobody'
    // Kept before its scope was: a recount may have been put aside, and does not tell where the money went.
    const scope = outcome.scope ?? (how === 'recounted' && outcome.transcript !== null ? 'all' : null)
    const told = scope === null ? { transcript: null, tiesMet: [] } : { transcript: shown(outcome.transcript), tiesMet: tiesShown(outcome) }
    return [{ projectId, reason, confirmedAt: settledAt ?? '', awardsBefore: before.awards, how, scope, ...told }]
  })
}

function projectsOf(rows: DistrictRows, passedOn: readonly PassedOn[]): ResultProject[] {
  const [first, last] = [rows.results[0], rows.results.at(-1)]
  const votes = new Map(first?.outcome.votes?.map((line) => [line.projectId, line.votes]))
  return rows.district.lines.map(({ projectId, title, lineNumber, costDkk }) => {
    const award = last?.awards.find((one) => one.projectId === projectId)
    const known = rows.projects.get(projectId)
    return {
      projectId,
      title,
      lineNumber,
      category: known?.category ?? 'other',
      point: known?.point ?? null,
      costDkk,
      votes: votes.get(projectId) ?? null,
      outcome: award ? 'won' : 'lost',
      awardedDkk: award?.amountDkk ?? 0,
      awardSource: award?.source ?? null,
      note: passedOn.find((one) => one.projectId === projectId)?.reason ?? null,
      mergedFrom: known?.mergedFrom ?? [],
    }
  })
}

function districtResult(rows: DistrictRows, year: number, municipality: string): DistrictResult {
  const { district, results } = rows
  const [first, last] = [results[0], results.at(-1)]
  if (first === undefined || last === undefined) throw electionProblem('wrong-state')
  const { districtId, name, shareDkk, rollSize, settings } = district
  const { decidedBy, ballotKind, tie, minVotes, remainderOffer } = settings
  const { outcome } = first
  const passedOn = passedOnOf(rows)
  const fileName = ballotFileName({ municipality, roundYear: year, district })
  const hasTotalsOnly = decidedBy === 'ballots' && outcome.isWithheld && outcome.transcript === null
  return {
    districtId,
    name,
    shareDkk,
    decidedBy,
    ballotKind,
    rule: decidedBy === 'ballots' ? settings.rule : null,
    tie,
    minVotes,
    remainderOffer,
    // A set-up frozen before there was a choice says nothing of it.
    leftGoesTo: settings.leftGoesTo ?? null,
    rollSize,
    ballots: decidedBy === 'agreed-sharing' ? null : outcome.ballots,
    blankBallots: decidedBy === 'ballots' ? outcome.blankBallots : null,
    invalid: outcome.invalid,
    turnout: outcome.turnout,
    marks: outcome.marks,
    receipts: outcome.receipts,
    projects: projectsOf(rows, passedOn),
    awardedDkk: shareDkk - last.outcome.leftDkk,
    leftDkk: last.outcome.leftDkk,
    fundedPerBallot: outcome.fundedPerBallot === null ? null : [...outcome.fundedPerBallot],
    transcript: shown(outcome.transcript),
    tiesMet: tiesShown(outcome),
    totalsReasons: hasTotalsOnly
      ? reasonsFromTotals(
          district,
          outcome.votes ?? [],
          first.awards.map(({ projectId }) => projectId),
        )
      : [],
    knockOut: roundsShown(outcome),
    minutes: outcome.minutes ?? null,
    other: outcome.other,
    isWithheld: outcome.isWithheld,
    undecidedReason: outcome.undecidedReason,
    ballotFile:
      first.fileSha256 === null ? null : { url: `/api/rounds/${year}/ballots/${districtId}.pb`, fileName, sha256: first.fileSha256 },
    passedOn,
  }
}

async function readDistricts({ db, config }: Reading, year: number, setup: FrozenSetup): Promise<DistrictResult[]> {
  const results = await selectResults(db, year)
  const passOns = await selectPassOns(db, year)
  const projects = new Map((await selectResultProjects(db, year)).map((project) => [project.projectId, project]))
  return setup.districts.map((district) => {
    const of = <Row extends { districtId: string }>(rows: readonly Row[]) =>
      rows.filter(({ districtId }) => districtId === district.districtId)
    return districtResult({ district, results: of(results), passOns: of(passOns), projects }, year, config.municipality)
  })
}

/**
 * The result of a round: as it was counted once that is published, or of an earlier round what the sources tell.
 * @errors Problem `not-found` without such a round, `not-published`
 */
export async function readResult(reading: Reading, year: number): Promise<RoundResult> {
  const { db } = reading
  const round = await readRound(reading, year)
  const election = await findElection(db, year)
  const shared = { roundYear: year, isDemo: round.isDemo, totalDkk: round.totalDkk, decisions: await selectDecisions(db, year) }
  if (election?.state === 'published' && election.setup !== null) {
    const { publishedAt, setupSha256, setup } = election
    return { ...shared, source: 'count', publishedAt, setupSha256, districts: await readDistricts(reading, year, setup), sources: null }
  }
  const isHistory = election === null && round.phases.length === 0
  if (!isHistory)
    throw allocationProblem('not-published', { extra: { state: election?.state ?? null, closesAt: election?.closesAt ?? null } })
  const districts = recordedDistricts(await readShares(reading, year), await selectResultProjects(db, year), round.record.ballots)
  return { ...shared, source: 'record', publishedAt: null, setupSha256: null, districts, sources: round.record.sources }
}

/** The published ballot file of a district with its name. @errors Problem `not-published`, `ballots-withheld`, `not-found` */
export async function readBallotFile(reading: Reading, year: number, districtId: string): Promise<{ text: string; fileName: string }> {
  const { db, config } = reading
  const election = await findElection(db, year)
  if (election?.state !== 'published') throw allocationProblem('not-published')
  const district = election.setup?.districts.find((one) => one.districtId === districtId)
  if (district === undefined) throw commonProblem('not-found')
  const text = await selectBallotFile(db, year, districtId)
  if (text === undefined || text === null) throw allocationProblem('ballots-withheld')
  return { text, fileName: ballotFileName({ municipality: config.municipality, roundYear: year, district }) }
}

/** A district's count step by step. @errors Problem `not-published`, `no-election` for a district without a part in it */
export async function readTranscript({ db }: Pick<Deps, 'db'>, year: number, districtId: string): Promise<TranscriptFile> {
  const election = await findElection(db, year)
  if (election?.state !== 'published' || election.setup === null) throw allocationProblem('not-published')
  const district = election.setup.districts.find((one) => one.districtId === districtId)
  const [first, ...later] = (await selectResults(db, year)).filter((row) => row.districtId === districtId)
  if (district === undefined || first === undefined) throw electionProblem('no-election')
  const { decidedBy, rule, tie, minVotes, remainderOffer } = district.settings
  return {
    format: 'borgermillionen-transcript-1',
    roundYear: year,
    districtId,
    setupSha256: election.setupSha256 ?? '',
    decidedBy,
    rule: decidedBy === 'ballots' ? rule : null,
    tie,
    minVotes,
    step: 1,
    remainderOffer,
    awards: first.awards,
    tiesMet: tiesShown(first.outcome),
    transcript: shown(first.outcome.transcript),
    knockOut: roundsShown(first.outcome),
    minutes: first.outcome.minutes ?? null,
    later: later.map(({ resultNumber, awards, outcome }) => ({
      resultNumber,
      withoutProjectIds: [...outcome.withoutProjectIds],
      how: outcome.how ?? 'nobody',
      awards,
      scope: outcome.scope ?? null,
      tiesMet: tiesShown(outcome),
      transcript: shown(outcome.transcript),
    })),
  }
}
