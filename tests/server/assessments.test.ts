import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  type AssessmentDraft,
  type PublicAssessment,
  publicAssessmentSchema,
  type Workspace,
  workspaceSchema,
} from '../../server/assessments/contract.ts'
import { QUESTIONS } from '../../server/assessments/questions.ts'
import { replacePrices } from '../../server/prices/import.ts'
import { selectPrices } from '../../server/prices/queries.ts'
import { decideIdea, insertCheck, yesDraft } from '../builders/assessment.ts'
import { newIdea } from '../builders/idea.ts'
import { flatPicture, pictureForm } from '../builders/picture.ts'
import { buildRound } from '../builders/round.ts'
import { bodyOf, createTestApp, type SignedIn, type TestApp } from '../setup/app.ts'
import { digestWrites } from '../setup/dataDigest.ts'

const REASON = 'Stedet ligger i et fredet område, og nævnet giver sjældent lov.'
const NOT_FEASIBLE: Partial<AssessmentDraft> = { outcome: 'not-feasible', publicReason: REASON }
const ESTIMATE: AssessmentDraft['estimate'] = {
  lines: [
    {
      elementId: 'baenk',
      label: 'Bænk',
      unit: 'piece',
      quantity: 2,
      unitPriceDkk: 9500,
      runningCostDkkPerYear: 350,
      lifeYears: 20,
      paidBy: 'round',
      keptBy: 'municipality',
    },
    {
      elementId: null,
      label: 'Fundament',
      unit: 'm2',
      quantity: 3.25,
      unitPriceDkk: 801,
      runningCostDkkPerYear: 0,
      lifeYears: null,
      paidBy: 'municipality',
      keptBy: 'municipality',
    },
  ],
  coFunding: [{ source: 'Lokalforeningen', amountDkk: 5000, isConfirmed: true }],
  contingencyPercent: 10,
  runningYears: 25,
}

let t: TestApp
let author: SignedIn
let stranger: SignedIn
let anna: SignedIn
let bo: SignedIn
let organiser: SignedIn
beforeAll(async () => {
  t = await createTestApp()
  await buildRound(t.deps.db, { year: 2026 })
  await buildRound(t.deps.db, { year: 2027, phaseInMay: 'celebration' })
  author = await t.signIn('citizen')
  stranger = await t.signIn('citizen')
  anna = await t.signIn('planner')
  bo = await t.signIn('planner')
  organiser = await t.signIn('organiser')
})
afterAll(() => t.close())
beforeEach(async () => {
  t.clock.set('2026-05-04T10:00:00Z')
  await t.deps.db.deleteFrom('rate_limit').execute()
})

async function ideaOf(as = author): Promise<number> {
  const response = await t.send('POST', '/api/rounds/2026/ideas', { as, body: newIdea() })
  expect(response.status).toBe(201)
  return (await bodyOf(response)).ideaId
}

const pathOf = (ideaId: number) => `/api/plan/ideas/${ideaId}/assessment`
const workspace = (ideaId: number, as = anna) => t.read<Workspace>(pathOf(ideaId), as)
const publicPart = (ideaId: number, as?: SignedIn) => t.read(`/api/ideas/${ideaId}/assessment`, as)
const save = (ideaId: number, body: unknown, as = anna) => t.send('PUT', pathOf(ideaId), { as, body })
const post = (ideaId: number, step: string, body: unknown, as = anna) => t.send('POST', `${pathOf(ideaId)}/${step}`, { as, body })
const decide = (
  ideaId: number,
  draft: Partial<AssessmentDraft> = NOT_FEASIBLE,
  [assessor, approver] = [anna, bo] as (SignedIn | undefined)[],
) => decideIdea(t, { ideaId, draft, assessor: assessor as SignedIn, approver: approver as SignedIn })
const appeal = (ideaId: number, as = author) =>
  t.send('POST', `/api/ideas/${ideaId}/appeal`, { as, body: { reason: 'Fredningen gælder ikke for selve stien.' } })
const correction = (ideaId: number, change: object, as = author) =>
  t.send('POST', `/api/ideas/${ideaId}/correction`, { as, body: { message: 'Jeg har flyttet bænken ti meter.', ...change } })

/** Status and kind of an answer, to be compared in one line. */
async function told(response: Response): Promise<[number, string | undefined]> {
  return [response.status, response.ok ? undefined : (await bodyOf(response)).kind]
}

async function submitted(ideaId: number, draft: Partial<AssessmentDraft> = NOT_FEASIBLE, as = anna): Promise<number> {
  const { current } = await bodyOf<Workspace>(await save(ideaId, yesDraft(await workspace(ideaId), draft), as))
  const response = await post(ideaId, 'submit', { version: current.version }, as)
  expect(response.status, await response.clone().text()).toBe(200)
  return (await bodyOf<Workspace>(response)).current.version
}

describe('the checklist', () => {
  it('is what the workspace begins with, prefilled by the check of the place', async () => {
    const ideaId = await ideaOf()
    await insertCheck(t.deps.db, ideaId, {
      findings: [
        { layerId: 'par3', severity: 3 },
        { layerId: 'par17', severity: 2, relation: 'near', distanceM: 120.5 },
      ],
      duties: [{ layerId: 'ler', severity: 0 }],
      notChecked: ['jordv'],
    })
    const found = await workspace(ideaId)
    expect(workspaceSchema.safeParse(found).error).toBeUndefined()
    expect(found.current).toMatchObject({
      assessmentId: null,
      version: 0,
      state: 'draft',
      check: { checkedAt: '2026-05-04T09:00:00.000Z' },
    })
    expect(found.current.answers.map(({ questionId }) => questionId)).toEqual(QUESTIONS.map(({ questionId }) => questionId))
    const answers = Object.fromEntries(found.current.answers.map(({ questionId, answer }) => [questionId, answer]))
    expect(answers).toMatchObject({
      'absolute-protection': 'no',
      'dispensation-lines': 'needs-answer',
      soil: 'needs-answer',
      railway: 'yes',
      utilities: 'not-relevant',
      easements: 'needs-answer',
      'general-benefit': 'needs-answer',
    })
    const lines = found.current.answers.find(({ questionId }) => questionId === 'dispensation-lines')
    expect(lines?.basis.findings).toEqual([{ layerId: 'par17', severity: 2, relation: 'near', distanceM: 120.5 }])
    expect(found.may).toEqual({ save: true, submit: false, approve: false, return: false, reopen: false })
  })

  it('says yes to nothing where the place was never checked', async () => {
    const ideaId = await ideaOf()
    await t.deps.db.deleteFrom('feasibility_record').where('idea_id', '=', ideaId).execute()
    const { current } = await workspace(ideaId)
    expect(current.check).toBeNull()
    expect(new Set(current.answers.map(({ answer }) => answer))).toEqual(new Set(['needs-answer']))
  })

  it('can be read by everybody', async () => {
    expect((await t.read('/api/assessment-questions')).items).toHaveLength(QUESTIONS.length)
    expect((await t.read('/api/prices')).items[0]).toMatchObject({ elementId: 'baenk', name: { da: 'Bænk', en: 'Bench' }, isExample: true })
  })
})

describe('a draft', () => {
  it('keeps answers, estimate and outcome, and nobody outside sees it', async () => {
    const ideaId = await ideaOf()
    const before = JSON.stringify(await publicPart(ideaId))
    const draft = yesDraft(await workspace(ideaId), { estimate: ESTIMATE, outcome: 'not-feasible', publicReason: REASON })
    draft.answers[0] = {
      ...(draft.answers[0] as (typeof draft.answers)[0]),
      note: 'Spørg juristen',
      publicText: 'Ikke en kommunal opgave.',
    }
    const response = await save(ideaId, draft)
    expect(response.status, await response.clone().text()).toBe(200)
    expect(response.headers.get('cache-control')).toBe('private, no-store')
    const { current, may, timeline, shareDkk } = await bodyOf<Workspace>(response)
    expect(current).toMatchObject({ version: 1, state: 'draft', assessor: { personId: anna.personId }, outcome: 'not-feasible' })
    expect(current.estimate).toEqual(ESTIMATE)
    expect(current.answers[0]).toMatchObject({ note: 'Spørg juristen', publicText: 'Ikke en kommunal opgave.' })
    // 2 × 9500 and 3.25 × 801 = 2603.25, each with ten per cent.
    expect(current.totals).toMatchObject({
      worksDkk: 21_603,
      paidByDkk: { round: 20_900, municipality: 2_863, others: 0 },
      roundDkk: 15_900,
      runningCostDkkPerYear: 700,
      runningCostDkk: 17_500,
      renewalDkk: 19_000,
    })
    expect(shareDkk).toBeNull()
    expect(may).toMatchObject({ save: true, submit: true, approve: false })
    expect(timeline.map(({ kind }) => kind)).toEqual(['started'])
    for (const as of [undefined, author, stranger]) expect(JSON.stringify(await publicPart(ideaId, as))).toBe(before)
    expect(JSON.parse(before)).toMatchObject({ state: 'none', decision: null, timeline: [], may: { correct: false, appeal: false } })
  })

  it('is compared with the district’s share', async () => {
    const ideaId = await ideaOf()
    await sql`insert into round_share values (2026, 'ballerup-syd', 100, false, 1000000)`.execute(t.deps.db)
    expect((await workspace(ideaId)).shareDkk).toBe(1_000_000)
    await t.deps.db.deleteFrom('round_share').where('round_year', '=', 2026).execute()
  })

  it('keeps the check it began with; a newer one is told and taken in on request, for what it changes', async () => {
    const ideaId = await ideaOf()
    await insertCheck(t.deps.db, ideaId)
    await save(ideaId, yesDraft(await workspace(ideaId)))
    await insertCheck(t.deps.db, ideaId, { findings: [{ layerId: 'fredning', severity: 3 }], checkedAt: '2026-05-05T09:00:00Z' })
    const told = await workspace(ideaId)
    expect(told.hasNewerCheck).toBe(true)
    const protection = ({ current }: Workspace) => current.answers.find(({ questionId }) => questionId === 'absolute-protection')
    expect(protection(told)).toMatchObject({ answer: 'yes', basis: { findings: [] } })
    expect((await bodyOf(await post(ideaId, 'submit', { version: 1 }))).kind).toBe('check-outdated')
    const after = await bodyOf<Workspace>(await post(ideaId, 'refresh', { version: 1 }))
    expect(after).toMatchObject({ hasNewerCheck: false, current: { version: 2, check: { checkedAt: '2026-05-05T09:00:00.000Z' } } })
    expect(protection(after)).toMatchObject({ answer: 'no', isPrefilled: true })
    expect(after.current.answers.filter(({ isPrefilled }) => isPrefilled)).toHaveLength(1)
    // The same findings, checked anew: nothing is asked again.
    await insertCheck(t.deps.db, ideaId, { findings: [{ layerId: 'fredning', severity: 3 }], checkedAt: '2026-05-06T09:00:00Z' })
    const answered = yesDraft(after, NOT_FEASIBLE)
    await save(ideaId, answered)
    const again = await bodyOf<Workspace>(await post(ideaId, 'refresh', { version: 3 }))
    expect(again.current.answers.filter(({ isPrefilled }) => isPrefilled)).toEqual([])
    expect((await post(ideaId, 'submit', { version: 4 })).status).toBe(200)
    await insertCheck(t.deps.db, ideaId, { notChecked: ['bane'], checkedAt: '2026-05-07T09:00:00Z' })
    expect((await bodyOf(await post(ideaId, 'approve', { version: 5 }, bo))).kind).toBe('check-outdated')
  })

  it('tells of savings by one person in a row once, and of others', async () => {
    const ideaId = await ideaOf()
    for (const as of [anna, anna, bo, bo, anna]) await save(ideaId, yesDraft(await workspace(ideaId)), as)
    const { timeline } = await workspace(ideaId)
    expect(timeline.map(({ kind, by }) => `${kind} ${by?.personId === anna.personId ? 'anna' : 'bo'}`)).toEqual([
      'started anna',
      'saved bo',
      'saved anna',
    ])
  })

  it.each<[string, (draft: AssessmentDraft) => Partial<AssessmentDraft>, [number, string]]>([
    ['of another version', () => ({ version: 7 }), [409, 'assessment-conflict']],
    [
      'with a question nobody asks',
      ({ answers: [first] }) => ({ answers: [{ ...first, questionId: 'horoscope' } as never] }),
      [422, 'question-unknown'],
    ],
    ['with an answer given twice', ({ answers: [first] }) => ({ answers: [first, first] as never }), [422, 'question-unknown']],
    [
      'with an element nobody sells',
      () => ({ estimate: { ...ESTIMATE, lines: [{ ...(ESTIMATE.lines[0] as object), elementId: 'rumraket' } as never] } }),
      [422, 'element-unknown'],
    ],
    [
      'with thousandths of a metre',
      () => ({ estimate: { ...ESTIMATE, lines: [{ ...(ESTIMATE.lines[0] as object), quantity: 0.125 } as never] } }),
      [422, 'invalid-request'],
    ],
    ['of a version of the idea to come', () => ({ ideaVersion: 2 }), [422, 'invalid-request']],
    ['with a reason too short', () => ({ publicReason: 'Nej.' }), [422, 'invalid-request']],
  ])('%s is refused and changes nothing', async (_what, change, expected) => {
    const ideaId = await ideaOf()
    const draft = yesDraft(await workspace(ideaId))
    const before = await digestWrites(t.deps.db, { except: ['rate_limit'] })
    expect(await told(await save(ideaId, { ...draft, ...change(draft) }))).toEqual(expected)
    expect(await digestWrites(t.deps.db, { except: ['rate_limit'] })).toEqual(before)
  })

  it('in conflict shows both', async () => {
    const ideaId = await ideaOf()
    const draft = yesDraft(await workspace(ideaId))
    await save(ideaId, { ...draft, outcome: 'needs-information' })
    const problem = await bodyOf(await save(ideaId, draft, bo))
    expect(problem).toMatchObject({
      kind: 'assessment-conflict',
      current: { current: { version: 1, outcome: 'needs-information' } },
      yours: { version: 0, outcome: 'feasible' },
    })
  })

  it('begun by two planners at once is begun once', async () => {
    const ideaId = await ideaOf()
    const draft = yesDraft(await workspace(ideaId))
    const answers = await Promise.all([anna, bo, anna, bo].map(async (as) => told(await save(ideaId, draft, as))))
    expect(answers.map(([status]) => status).sort()).toEqual([200, 409, 409, 409])
    const rows = await t.deps.db.selectFrom('assessment').where('idea_id', '=', ideaId).selectAll().execute()
    expect(rows).toHaveLength(1)
  })
})

describe('who may assess', () => {
  it('nobody their own idea', async () => {
    const ideaId = await ideaOf(anna)
    expect(await told(await save(ideaId, yesDraft(await workspace(ideaId))))).toEqual([409, 'own-idea'])
    const version = await submitted(ideaId, NOT_FEASIBLE, bo)
    expect(await told(await post(ideaId, 'approve', { version }, anna))).toEqual([409, 'own-idea'])
  })

  it('nobody in a phase that is over, and no idea that was withdrawn', async () => {
    const late = await t.deps.db
      .updateTable('idea')
      .set({ round_year: 2027 })
      .where('idea_id', '=', await ideaOf())
      .returning('idea_id as ideaId')
      .executeTakeFirstOrThrow()
    t.clock.set('2027-05-04T10:00:00Z')
    const celebrating = await t.signIn('planner')
    const drafted = yesDraft(await workspace(late.ideaId, celebrating))
    expect(await told(await save(late.ideaId, drafted, celebrating))).toEqual([409, 'assessment-phase-closed'])
    t.clock.set('2026-05-04T10:00:00Z')
    const ideaId = await ideaOf()
    await t.send('POST', `/api/rounds/2026/ideas/${ideaId}/withdraw`, { as: author, body: { version: 1 } })
    expect(await told(await save(ideaId, yesDraft(await workspace(ideaId))))).toEqual([409, 'idea-not-open'])
  })

  it('nobody a hidden idea, which is not there', async () => {
    const ideaId = await ideaOf()
    await t.deps.db.updateTable('idea').set({ status: 'hidden' }).where('idea_id', '=', ideaId).execute()
    const requests = [
      t.send('GET', pathOf(ideaId), { as: anna }),
      post(ideaId, 'reopen', { reason: 'Se på den igen' }),
      t.send('GET', `/api/ideas/${ideaId}/assessment`),
      appeal(ideaId),
      t.send('POST', `/api/plan/ideas/${ideaId}/notes`, { as: anna, body: { text: 'Hej' } }),
    ]
    for (const response of await Promise.all(requests)) expect(response.status).toBe(404)
  })
})

describe('a submission', () => {
  it.each<[string, Partial<AssessmentDraft>, string]>([
    ['without an outcome', { outcome: null }, 'outcome-missing'],
    ['that says no without a reason', { outcome: 'not-feasible' }, 'reason-missing'],
    ['with conditions nobody names', { outcome: 'feasible-on-conditions' }, 'reason-missing'],
    ['that asks without saying what', { outcome: 'needs-information' }, 'reason-missing'],
    ['that is feasible with a question open', { answers: [] }, 'answers-open'],
    [
      'that is feasible on conditions with a question open',
      { answers: [], outcome: 'feasible-on-conditions', publicReason: REASON },
      'answers-open',
    ],
  ])('%s is refused', async (_what, change, kind) => {
    const ideaId = await ideaOf()
    await save(ideaId, yesDraft(await workspace(ideaId), change))
    expect(await told(await post(ideaId, 'submit', { version: 1 }))).toEqual([422, kind])
  })

  it('names the questions that stand against it', async () => {
    const ideaId = await ideaOf()
    const draft = yesDraft(await workspace(ideaId))
    await save(ideaId, { ...draft, answers: draft.answers.map((one, index) => (index === 3 ? { ...one, answer: 'no' } : one)) })
    const problem = await bodyOf(await post(ideaId, 'submit', { version: 1 }))
    expect(problem).toMatchObject({ kind: 'answers-open', questionIds: [QUESTIONS[3]?.questionId] })
  })

  it('by two at once happens once', async () => {
    const ideaId = await ideaOf()
    await save(ideaId, yesDraft(await workspace(ideaId)))
    const answers = await Promise.all([anna, bo].map(async (as) => told(await post(ideaId, 'submit', { version: 1 }, as))))
    expect(answers.map(([status]) => status).sort()).toEqual([200, 409])
    expect((await workspace(ideaId)).timeline.filter(({ kind }) => kind === 'submitted')).toHaveLength(1)
  })

  it('of an idea its author has changed since is refused until somebody has looked', async () => {
    const ideaId = await ideaOf()
    await save(ideaId, yesDraft(await workspace(ideaId)))
    await t.send('PATCH', `/api/rounds/2026/ideas/${ideaId}`, { as: author, body: { version: 1, title: 'En helt anden bænk' } })
    expect(await told(await post(ideaId, 'submit', { version: 1 }))).toEqual([409, 'idea-changed'])
    const { ideaVersion, current } = await workspace(ideaId)
    expect([ideaVersion, current.ideaVersion]).toEqual([2, 1])
    await save(ideaId, yesDraft(await workspace(ideaId)))
    expect(await told(await post(ideaId, 'submit', { version: 2 }))).toEqual([200, undefined])
  })

  it('cannot be written on, but be returned with a reason', async () => {
    const ideaId = await ideaOf()
    const version = await submitted(ideaId)
    expect(await told(await save(ideaId, yesDraft(await workspace(ideaId))))).toEqual([409, 'assessment-not-open'])
    expect(await told(await post(ideaId, 'return', { version }, organiser))).toEqual([422, 'invalid-request'])
    const back = await bodyOf<Workspace>(await post(ideaId, 'return', { version, reason: 'Grunden er for kort' }, organiser))
    expect(back.current).toMatchObject({ state: 'draft', submittedAt: null, publicReason: REASON })
    expect(back.timeline.at(-1)).toMatchObject({ kind: 'returned', text: 'Grunden er for kort', by: { personId: organiser.personId } })
  })
})

describe('a decision', () => {
  it('needs a second person: none who wrote on it', async () => {
    const ideaId = await ideaOf()
    await save(ideaId, yesDraft(await workspace(ideaId)), bo)
    const version = await submitted(ideaId)
    expect(await told(await post(ideaId, 'approve', { version }, anna))).toEqual([409, 'needs-second-person'])
    expect(await told(await post(ideaId, 'approve', { version }, bo))).toEqual([409, 'needs-second-person'])
    expect((await workspace(ideaId, bo)).may.approve).toBe(false)
    expect((await workspace(ideaId, organiser)).may.approve).toBe(true)
    expect(await told(await post(ideaId, 'approve', { version }, organiser))).toEqual([200, undefined])
  })

  it('by two at once is made once', async () => {
    const ideaId = await ideaOf()
    const version = await submitted(ideaId)
    const answers = await Promise.all([bo, organiser].map(async (as) => told(await post(ideaId, 'approve', { version }, as))))
    expect(answers.map(([status]) => status).sort()).toEqual([200, 409])
    const { timeline, current } = await workspace(ideaId)
    expect(timeline.filter(({ kind }) => kind === 'decided')).toHaveLength(1)
    expect([bo.personId, organiser.personId]).toContain(current.approver?.personId)
  })

  it('is public at once: outcome, reason and sentences, and neither names nor notes', async () => {
    const ideaId = await ideaOf()
    await t.send('POST', `/api/plan/ideas/${ideaId}/notes`, { as: anna, body: { text: 'Hemmelig note' } })
    const draft = yesDraft(await workspace(ideaId), { ...NOT_FEASIBLE, estimate: ESTIMATE, correctionDays: 20 })
    draft.answers[10] = {
      ...(draft.answers[10] as (typeof draft.answers)[0]),
      answer: 'no',
      note: 'Hemmelig bemærkning',
      publicText: 'Her er fredet.',
      authorMayCorrect: true,
    }
    await decide(ideaId, draft)
    const shown = await publicPart(ideaId)
    expect(publicAssessmentSchema.safeParse(shown).error).toBeUndefined()
    expect(shown).toMatchObject({
      state: 'decided',
      decision: {
        outcome: 'not-feasible',
        publicReason: REASON,
        sentences: [{ questionId: 'absolute-protection', answer: 'no', text: 'Her er fredet.' }],
        correctable: ['absolute-protection'],
        correctUntil: '2026-05-24',
        appealUntil: '2026-06-01',
        totalDkk: 23_763,
        runningCostDkkPerYear: 700,
        ideaVersion: 1,
      },
      timeline: [{ kind: 'decided', by: 'municipality', outcome: 'not-feasible' }],
      may: { correct: false, appeal: false },
    })
    for (const as of [undefined, stranger, author]) {
      const text = JSON.stringify(await publicPart(ideaId, as))
      expect(text).not.toMatch(/Hemmelig|Test planner|personId|displayName/)
    }
    expect(await publicPart(ideaId, author)).toMatchObject({ may: { correct: true, appeal: true } })
  })

  it('of an idea that was changed afterwards says so', async () => {
    const ideaId = await ideaOf()
    await decide(ideaId, {})
    expect(await publicPart(ideaId)).toMatchObject({ ideaChanged: false })
    const geometry = { type: 'Point', coordinates: [12.3619, 55.7339] }
    await t.send('PATCH', `/api/rounds/2026/ideas/${ideaId}`, { as: author, body: { version: 1, geometry } })
    expect(await publicPart(ideaId)).toMatchObject({ ideaChanged: true, decision: { outcome: 'feasible', ideaVersion: 1 } })
    const changed = await t.read('/api/plan/ideas?year=2026&changed=true', anna)
    expect(changed.items).toContainEqual(expect.objectContaining({ ideaId, ideaChanged: true, status: 'decided' }))
    expect(changed.items.every((item: { ideaChanged: boolean }) => item.ideaChanged)).toBe(true)
  })

  it('never changes, whoever asks the database', async () => {
    const ideaId = await ideaOf()
    const { current } = await decide(ideaId)
    const id = current.assessmentId as number
    for (const statement of [
      `update assessment set outcome = 'feasible' where assessment_id = ${id}`,
      `update assessment_answer set answer = 'no' where assessment_id = ${id}`,
      `delete from assessment_answer where assessment_id = ${id}`,
      `insert into assessment_co_funding values (${id}, 9, 'En fond', 1, true)`,
      `update assessment_event set kind = 'saved' where assessment_id = ${id}`,
    ]) {
      await expect(sql.raw(statement).execute(t.deps.db), statement).rejects.toMatchObject({ code: '23001' })
    }
    await t.deps.db.deleteFrom('idea').where('idea_id', '=', ideaId).execute()
    expect(await t.deps.db.selectFrom('assessment').where('assessment_id', '=', id).selectAll().execute()).toEqual([])
  })

  it('keeps its prices when the catalogue changes or loses an element', async () => {
    const ideaId = await ideaOf()
    await decide(ideaId, { estimate: ESTIMATE })
    const prices = await selectPrices(t.deps.db)
    const dearer = prices.filter(({ elementId }) => elementId !== 'baenk').map((price) => ({ ...price, priceDkk: price.priceDkk * 2 }))
    await t.deps.db.transaction().execute((trx) => replacePrices(trx, dearer))
    const { current } = await workspace(ideaId)
    expect(current.estimate.lines).toEqual([{ ...ESTIMATE.lines[0], elementId: null }, ESTIMATE.lines[1]])
    expect((await t.read('/api/prices')).items[0]).toMatchObject({ elementId: 'bord-baenkesaet', priceDkk: 29_000 })
    await t.deps.db.transaction().execute((trx) => replacePrices(trx, prices))
  })

  it('can be looked at again; it stands until there is another', async () => {
    const ideaId = await ideaOf()
    await decide(ideaId)
    const reopened = await bodyOf<Workspace>(await post(ideaId, 'reopen', { reason: 'Nye kort over fredningen' }, organiser))
    expect(reopened.current).toMatchObject({ occasion: 'review', state: 'draft', version: 1, assessor: null, outcome: null })
    expect(reopened.earlier).toHaveLength(1)
    expect(await told(await post(ideaId, 'reopen', { reason: 'En gang til' }, organiser))).toEqual([409, 'assessment-not-open'])
    expect(await publicPart(ideaId, author)).toMatchObject({
      state: 'reconsidered',
      decision: { outcome: 'not-feasible' },
      may: { correct: false, appeal: false },
    })
    await decide(ideaId, {}, [bo, anna])
    expect(await publicPart(ideaId)).toMatchObject({
      state: 'decided',
      decision: { outcome: 'feasible', occasion: 'review', appealUntil: null },
      earlier: [{ outcome: 'not-feasible' }],
    })
  })
})

describe('what is not public', () => {
  it('stands in no answer anybody else gets', async () => {
    const ideaId = await ideaOf()
    await t.send('POST', `/api/plan/ideas/${ideaId}/notes`, { as: anna, body: { text: 'LØNLIG note' } })
    const draft = yesDraft(await workspace(ideaId), { outcome: 'not-feasible', publicReason: 'LØNLIG begrundelse' })
    await save(ideaId, { ...draft, answers: draft.answers.map((answer) => ({ ...answer, note: 'LØNLIG', publicText: 'LØNLIG' })) })
    await post(ideaId, 'submit', { version: 1 })
    await post(ideaId, 'return', { version: 2, reason: 'LØNLIG grund' }, bo)
    const people = await Promise.all((['citizen', 'moderator', 'decision-maker'] as const).map((role) => t.signIn(role)))
    const paths = [
      `/api/ideas/${ideaId}/assessment`,
      `/api/ideas/${ideaId}`,
      '/api/rounds/2026/ideas',
      '/api/rounds/2026/ideas.geojson',
      pathOf(ideaId),
    ]
    for (const as of [undefined, author, ...people]) {
      for (const path of paths) expect(await (await t.send('GET', path, { as })).text(), path).not.toContain('LØNLIG')
    }
    expect(JSON.stringify(await workspace(ideaId, organiser))).toContain('LØNLIG note')
  })
})

describe('the constraints refuse', () => {
  it('what the door would have refused before', async () => {
    const ideaId = await ideaOf()
    await save(ideaId, yesDraft(await workspace(ideaId), { outcome: 'not-feasible' }))
    const { assessmentId } = (await workspace(ideaId)).current
    const set = (columns: string) => sql.raw(`update assessment set ${columns} where assessment_id = ${assessmentId}`).execute(t.deps.db)
    const decided = "state = 'decided', submitted_at = now(), decided_at = now(), appeal_until = '2026-06-01'"
    const refusals: [string, string][] = [
      [`${decided}, approver_id = '${bo.personId}'`, 'assessment_reason'],
      [`${decided}, public_reason = '${REASON}', approver_id = assessor_id`, 'assessment_second_person'],
      [`state = 'submitted', submitted_at = now(), outcome = null`, 'assessment_outcome'],
      [`assessor_id = '${author.personId}'`, 'assessment_own_idea'],
    ]
    for (const [columns, constraint] of refusals) await expect(set(columns), columns).rejects.toMatchObject({ code: '23514', constraint })
    await sql`insert into assessment_writer values (${assessmentId}, ${bo.personId})`.execute(t.deps.db)
    const approvedByWriter = `${decided}, public_reason = '${REASON}', approver_id = '${bo.personId}'`
    await expect(set(approvedByWriter)).rejects.toMatchObject({ code: '23514', constraint: 'assessment_second_person' })
    const second = sql`insert into assessment (idea_id, occasion, idea_version, contingency_percent, running_years, created_at, updated_at)
      values (${ideaId}, 'first', 1, 0, 1, now(), now())`
    await expect(second.execute(t.deps.db)).rejects.toMatchObject({ code: '23505' })
  })
})

describe('a correction', () => {
  const ASKING: Partial<AssessmentDraft> = { outcome: 'needs-information', publicReason: 'Hvor præcis skal bænken stå?' }

  it('is a new version of the idea and an assessment that looks at it', async () => {
    const ideaId = await ideaOf()
    await decide(ideaId, ASKING)
    expect(await publicPart(ideaId, author)).toMatchObject({ decision: { correctUntil: '2026-05-18' }, may: { correct: true } })
    await insertCheck(t.deps.db, ideaId, { findings: [{ layerId: 'bane', severity: 2 }] })
    const response = await correction(ideaId, { version: 1, title: 'Bænk ved dammen' })
    expect(response.status, await response.clone().text()).toBe(200)
    expect(await bodyOf(response)).toMatchObject({
      state: 'reconsidered',
      timeline: [
        { kind: 'decided', corrected: [] },
        { kind: 'corrected', by: 'author', corrected: ['title'] },
      ],
    })
    expect(await t.read(`/api/ideas/${ideaId}`)).toMatchObject({ version: 2, title: 'Bænk ved dammen' })
    const { current, timeline } = await workspace(ideaId)
    expect(current).toMatchObject({ occasion: 'correction', state: 'draft', ideaVersion: 2, assessor: null })
    expect(current.answers.find(({ questionId }) => questionId === 'railway')).toMatchObject({ answer: 'needs-answer', isPrefilled: true })
    expect(current.answers.find(({ questionId }) => questionId === 'upkeep')).toMatchObject({ answer: 'yes' })
    expect(timeline.at(-1)).toMatchObject({ kind: 'corrected', isAuthor: true, text: 'Jeg har flyttet bænken ti meter.' })
    // Again within the window, until somebody has submitted the new assessment.
    const moved = { version: 2, geometry: { type: 'Point', coordinates: [12.3619, 55.7339] } }
    expect(await told(await correction(ideaId, moved))).toEqual([200, undefined])
    expect(await t.read(`/api/ideas/${ideaId}`)).toMatchObject({ version: 3, labelPoint: [12.3619, 55.7339] })
    expect((await workspace(ideaId)).current).toMatchObject({ occasion: 'correction', ideaVersion: 2 })
    // The other place was checked anew.
    await post(ideaId, 'refresh', { version: 1 })
    await submitted(ideaId)
    expect(await told(await correction(ideaId, { version: 3 }))).toEqual([409, 'correction-closed'])
  })

  it('may be of the category, the wished amount and the pictures too, and the timeline tells what it changed', async () => {
    const ideaId = await ideaOf()
    await decide(ideaId, ASKING)
    const body = pictureForm(await flatPicture(40, 30), { altText: 'Stedet ved dammen' })
    const { pictureId } = await bodyOf(await t.send('POST', '/api/pictures', { as: author, body }))
    const before = await t.read(`/api/ideas/${ideaId}`)
    const change = { category: 'art', wishedAmountDkk: 42_000, pictureIds: [pictureId] }
    // What is sent as it stands is no change.
    const response = await correction(ideaId, { version: 1, ...change, title: before.title, geometry: before.geometry })
    expect(response.status, await response.clone().text()).toBe(200)
    const corrected = ['category', 'wishedAmountDkk', 'pictureIds']
    const shown = (await bodyOf<PublicAssessment>(response)).timeline.at(-1)
    expect(shown?.corrected.toSorted()).toEqual(corrected.toSorted())
    expect(await t.read(`/api/ideas/${ideaId}`)).toMatchObject({
      version: 2,
      category: 'art',
      wishedAmountDkk: 42_000,
      pictures: [{ pictureId }],
    })
    expect((await workspace(ideaId)).timeline.at(-1)).toMatchObject({ kind: 'corrected', corrected: shown?.corrected })
    expect(await told(await correction(ideaId, { version: 2, wishedAmountDkk: null, pictureIds: [] }))).toEqual([200, undefined])
    expect((await workspace(ideaId)).timeline.at(-1)?.corrected.toSorted()).toEqual(['pictureIds', 'wishedAmountDkk'])
    expect(await told(await correction(ideaId, { version: 3 }))).toEqual([200, undefined])
    expect((await workspace(ideaId)).timeline.at(-1)?.corrected).toEqual([])
    const rewrite = sql`update assessment_event set corrected_fields = '{title}' where idea_id = ${ideaId}`.execute(t.deps.db)
    await expect(rewrite).rejects.toMatchObject({ code: '23001' })
  })

  it.each<[string, object, string]>([
    ['a category nobody knows', { category: 'castle' }, '/category'],
    ['an amount of nothing', { wishedAmountDkk: 0 }, '/wishedAmountDkk'],
    ['more than the million', { wishedAmountDkk: 1_000_001 }, '/wishedAmountDkk'],
    ['half a krone', { wishedAmountDkk: 0.5 }, '/wishedAmountDkk'],
    ['seven pictures', { pictureIds: Array.from({ length: 7 }, () => crypto.randomUUID()) }, '/pictureIds'],
    ['a picture of nobody', { pictureIds: ['8f14e45f-ceea-467f-a9d7-0e2d2a4c8d11'] }, '/pictureIds/0'],
  ])('is refused with %s, and nothing changes', async (_what, change, pointer) => {
    const ideaId = await ideaOf()
    await decide(ideaId, ASKING)
    const response = await correction(ideaId, { version: 1, title: 'En anden titel', ...change })
    expect(response.status).toBe(422)
    expect(await bodyOf(response)).toMatchObject({ errors: [{ pointer }] })
    expect(await t.read(`/api/ideas/${ideaId}`)).toMatchObject({ version: 1, pictures: [] })
    expect((await workspace(ideaId)).timeline.at(-1)?.kind).toBe('decided')
  })

  it('is the author’s alone, within the window, of the newest version', async () => {
    const ideaId = await ideaOf()
    expect(await told(await correction(ideaId, { version: 1 }))).toEqual([409, 'correction-closed'])
    await decide(ideaId, ASKING)
    expect(await told(await correction(ideaId, { version: 1 }, stranger))).toEqual([403, 'not-the-author'])
    expect(await told(await correction(ideaId, { version: 3 }))).toEqual([409, 'edit-conflict'])
    expect(await told(await correction(ideaId, { version: 1, geometry: { type: 'Point', coordinates: [12.45, 55.72] } }))).toEqual([
      422,
      'outside-district',
    ])
    t.clock.set('2026-05-18T21:59:00Z')
    expect(await publicPart(ideaId, await again(author))).toMatchObject({ may: { correct: true } })
    t.clock.set('2026-05-18T22:01:00Z')
    expect(await told(await correction(ideaId, { version: 1 }, await again(author)))).toEqual([409, 'correction-closed'])
  })

  it('is not open where nothing was left to the author', async () => {
    const ideaId = await ideaOf()
    await decide(ideaId, { ...NOT_FEASIBLE, correctionDays: 30 })
    expect(await publicPart(ideaId, author)).toMatchObject({ decision: { correctUntil: null }, may: { correct: false } })
    expect(await told(await correction(ideaId, { version: 1 }))).toEqual([409, 'correction-closed'])
  })
})

/** The same person with a session that began now. */
async function again(person: SignedIn): Promise<SignedIn> {
  const fresh = await t.signIn('citizen')
  await sql`update session set person_id = ${person.personId} where person_id = ${fresh.personId}`.execute(t.deps.db)
  return { ...fresh, personId: person.personId }
}

describe('an appeal', () => {
  it('is decided by another assessor, who may come to the same', async () => {
    const ideaId = await ideaOf()
    await decide(ideaId)
    const response = await appeal(ideaId)
    expect(await bodyOf(response)).toMatchObject({ state: 'reconsidered', appeal: { result: 'pending' }, may: { appeal: false } })
    expect(JSON.stringify(await publicPart(ideaId))).not.toContain('selve stien')
    const found = await workspace(ideaId)
    expect(found).toMatchObject({ appeal: { reason: 'Fredningen gælder ikke for selve stien.', result: 'pending' }, may: { save: false } })
    expect(await told(await save(ideaId, yesDraft(found, NOT_FEASIBLE)))).toEqual([409, 'same-assessor'])
    const version = await submitted(ideaId, NOT_FEASIBLE, bo)
    expect(await told(await post(ideaId, 'approve', { version }, anna))).toEqual([409, 'same-assessor'])
    expect(await told(await post(ideaId, 'approve', { version }, organiser))).toEqual([200, undefined])
    expect(await publicPart(ideaId)).toMatchObject({ state: 'decided', appeal: { result: 'upheld' }, decision: { occasion: 'appeal' } })
    expect(await told(await appeal(ideaId))).toEqual([409, 'already-appealed'])
  })

  it('may change the outcome', async () => {
    const ideaId = await ideaOf()
    await decide(ideaId)
    await appeal(ideaId)
    await decide(ideaId, {}, [bo, organiser])
    expect(await publicPart(ideaId)).toMatchObject({ appeal: { result: 'changed' }, decision: { outcome: 'feasible' } })
  })

  it('made twice at once is made once', async () => {
    const ideaId = await ideaOf()
    await decide(ideaId)
    const answers = await Promise.all([1, 2, 3].map(async () => told(await appeal(ideaId))))
    expect(answers.filter(([status]) => status === 200)).toHaveLength(1)
    expect(answers.filter(([, kind]) => kind === 'already-appealed')).toHaveLength(2)
    expect((await t.deps.db.selectFrom('assessment').where('idea_id', '=', ideaId).selectAll().execute()).length).toBe(2)
  })

  it('is the author’s alone, in time, and against what is not a yes', async () => {
    const ideaId = await ideaOf()
    expect(await told(await appeal(ideaId))).toEqual([409, 'appeal-closed'])
    await decide(ideaId)
    expect(await told(await appeal(ideaId, stranger))).toEqual([403, 'not-the-author'])
    t.clock.set('2026-06-02T10:00:00Z')
    expect(await told(await appeal(ideaId, await again(author)))).toEqual([409, 'appeal-closed'])
    t.clock.set('2026-05-04T10:00:00Z')
    const yes = await ideaOf()
    await decide(yes, {})
    expect(await told(await appeal(yes))).toEqual([409, 'appeal-closed'])
  })

  it('is guarded by the database too', async () => {
    const ideaId = await ideaOf()
    await decide(ideaId)
    await appeal(ideaId)
    const set = sql`update assessment set assessor_id = ${anna.personId} where idea_id = ${ideaId} and state = 'draft'`
    await expect(set.execute(t.deps.db)).rejects.toMatchObject({ code: '23514', constraint: 'assessment_other_assessor' })
    const second = sql`insert into appeal select idea_id, assessment_id, person_id, reason, appealed_at from appeal where idea_id = ${ideaId}`
    await expect(second.execute(t.deps.db)).rejects.toMatchObject({ code: '23505' })
  })
})

describe('internal notes', () => {
  it('have replies, stay as they are, and are never public', async () => {
    const [ideaId, other] = [await ideaOf(), await ideaOf()]
    const note = (text: string, replyTo: number | null = null, on = ideaId) =>
      t.send('POST', `/api/plan/ideas/${on}/notes`, { as: organiser, body: { text, replyTo } })
    const { notes } = await bodyOf<Workspace>(await note('<b>Ring til Banedanmark</b>'))
    const noteId = notes[0]?.noteId as number
    const answered = await bodyOf<Workspace>(await note('Gjort.', noteId))
    expect(answered.notes).toMatchObject([
      { text: '<b>Ring til Banedanmark</b>', replyTo: null },
      { text: 'Gjort.', replyTo: noteId },
    ])
    expect(await told(await note('Hvad?', noteId, other))).toEqual([422, 'note-unknown'])
    await expect(sql`update assessment_note set text = 'x'`.execute(t.deps.db)).rejects.toMatchObject({ code: '23001' })
  })

  it('outlive who wrote them, without the name', async () => {
    const ideaId = await ideaOf()
    const guest = await t.signIn('planner')
    await t.send('POST', `/api/plan/ideas/${ideaId}/notes`, { as: guest, body: { text: 'Farvel' } })
    await save(ideaId, yesDraft(await workspace(ideaId)), guest)
    await t.deps.db.deleteFrom('person').where('person_id', '=', guest.personId).execute()
    const found = await workspace(ideaId)
    expect(found.notes).toMatchObject([{ text: 'Farvel', by: null }])
    expect(found.timeline).toMatchObject([{ kind: 'started', by: null }])
    expect(found.current.assessor).toBeNull()
  })
})
