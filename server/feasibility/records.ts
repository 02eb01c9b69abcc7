import { commonProblem } from '../kernel/problem.ts'
import { copenhagenDate } from '../kernel/time.ts'
import type { Database } from '../platform/db/connect.ts'
import type { Deps } from '../platform/deps.ts'
import { readCurrentPhase } from '../rounds/service.ts'
import type { CheckResult, IdeaFeasibility } from './contract.ts'
import { type Language, present } from './present.ts'
import { selectHitsOfIdeas } from './queries.ts'
import {
  insertRecords,
  isShownIdea,
  type KeptResult,
  lockIdeas,
  type NewRecord,
  type Occasion,
  type RecordRow,
  selectLatestRecords,
  selectStandingIdeas,
  selectSubmissionRecord,
  selectTextsOf,
} from './recordQueries.ts'
import { changesBetween, type Judgement, judge, saysTheSame } from './rules.ts'
import { factsOf, type KnownFacts } from './service.ts'

type Reading = Pick<Deps, 'db' | 'clock'>

// Small enough that an idea being rechecked keeps its author waiting for less than a moment.
const BATCH = 100

interface Round {
  occasion: Occasion
  at: Date
}

async function checkIdeas(trx: Database, ideaIds: readonly number[], { occasion, at }: Round, known: KnownFacts | null) {
  const ideas = await lockIdeas(trx, ideaIds)
  const row = await selectHitsOfIdeas(
    trx,
    ideas.map(({ ideaId }) => ideaId),
    known?.mark ?? '',
  )
  const facts = factsOf(row, known)
  const hitsOf = new Map(row.places.map(({ number, hits }) => [number, hits]))
  const records = ideas.map(({ ideaId, dimension, district }): NewRecord => {
    const hits = hitsOf.get(ideaId) ?? []
    const { verdict, partial, ...rest } = judge(facts, hits, { dimension, installationType: null, now: at })
    return { ideaId, occasion, checkedAt: at, catalogueVersion: row.catalogueVersion, verdict, partial, result: { ...rest, district } }
  })
  // A database without a catalogue has no version a record could name, and nothing was asked.
  return { records: facts.length === 0 ? [] : records, known: row.mark === null ? null : { mark: row.mark, facts } }
}

/** Writes down what the layers say about an idea's place now. Runs inside the transaction that writes the idea. */
export async function recordFindings(trx: Database, ideaId: number, occasion: 'submission' | 'change', at: Date): Promise<void> {
  const { records } = await checkIdeas(trx, [ideaId], { occasion, at }, null)
  if (records.length > 0) await insertRecords(trx, records)
}

function judgementOf({ verdict, partial, result }: Pick<RecordRow, 'verdict' | 'partial' | 'result'>): Judgement {
  return { ...result, verdict, partial }
}

/**
 * Checks every idea that stands again, of one round or of all that are not over, and writes a record where the result says
 * something else than the latest. Two of these at once write each difference once: the ideas are locked meanwhile.
 */
export async function recheckIdeas({ db, clock }: Reading, roundYear: number | null) {
  const at = clock.now()
  const ideaIds = await selectStandingIdeas(db, roundYear, copenhagenDate(at))
  let known: KnownFacts | null = null
  let written = 0
  for (let start = 0; start < ideaIds.length; start += BATCH) {
    const batch = ideaIds.slice(start, start + BATCH)
    await db.transaction().execute(async (trx) => {
      const checked = await checkIdeas(trx, batch, { occasion: 'recheck', at }, known)
      known = checked.known
      const latest = new Map((await selectLatestRecords(trx, batch)).map((record) => [record.ideaId, record]))
      const changed = checked.records.filter((record) => {
        const before = latest.get(record.ideaId)
        return before === undefined || !saysTheSame(judgementOf(before), judgementOf(record))
      })
      if (changed.length > 0) await insertRecords(trx, changed)
      written += changed.length
    })
  }
  return { checked: ideaIds.length, written }
}

async function inWords(db: Database, record: RecordRow, language: Language): Promise<CheckResult> {
  const texts = await selectTextsOf(db, record.catalogueVersion)
  const { district, ...rest }: KeptResult = record.result
  const { verdict, partial, catalogueVersion, checkedAt } = record
  return present({ ...rest, verdict, partial }, { texts, district, catalogueVersion, checkedAt }, language)
}

/** What an idea's place was found to be when it was sent, what holds now, and the difference. @errors Problem `not-found` */
export async function readIdeaFeasibility({ db }: Reading, ideaId: number, language: Language): Promise<IdeaFeasibility> {
  if (!(await isShownIdea(db, ideaId))) throw commonProblem('not-found')
  const first = await selectSubmissionRecord(db, ideaId)
  const [last] = await selectLatestRecords(db, [ideaId])
  if (last === undefined) return { submission: null, latest: null, changes: [] }
  const latest = await inWords(db, last, language)
  if (first === null) return { submission: null, latest, changes: [] }
  const names = new Map((await selectTextsOf(db, last.catalogueVersion)).map(({ layerId, name }) => [layerId, name[language]]))
  const changes = changesBetween(judgementOf(first), judgementOf(last))
  return {
    submission: await inWords(db, first, language),
    latest,
    changes: changes.map((change) => ({ ...change, name: names.get(change.layerId) ?? change.layerId })),
  }
}

const RECHECK = 'recheck-feasibility'

/** Queues a new check of a round's ideas. @errors Problem `not-found` */
export async function requestRecheck(deps: Pick<Deps, 'db' | 'clock' | 'jobs'>, roundYear: number): Promise<void> {
  await readCurrentPhase(deps, roundYear)
  await deps.jobs.send(RECHECK, { roundYear }, { key: String(roundYear) })
}

/** Queues a new check of all ideas that new data may concern; call it in the transaction that swaps a layer's data. */
export async function recheckAfterNewData({ jobs }: Pick<Deps, 'jobs'>, trx: Database): Promise<void> {
  await jobs.send(RECHECK, { roundYear: null }, { db: trx, key: 'all' })
}

/** Says who checks again; called while the rooms are put together. */
export function handleFeasibilityJobs(deps: Deps): void {
  deps.jobs.handle(RECHECK, async ({ roundYear }) => {
    const done = await recheckIdeas(deps, roundYear)
    deps.log.info({ roundYear, ...done }, 'ideas checked again')
  })
}
