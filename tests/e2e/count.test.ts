import { readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { countElection } from '../../server/allocation/rules/count.ts'
import { type Election, makeElection } from '../../server/allocation/rules/election.ts'
import { readPb } from '../../server/allocation/rules/pb/pbReader.ts'
import { countInPage, startCountPage } from '../setup/countPage.ts'
import { launchBrowser } from '../setup/launchBrowser.ts'

let served: Awaited<ReturnType<typeof startCountPage>>
let browser: Browser
let page: Page

beforeAll(async () => {
  served = await startCountPage()
  browser = await launchBrowser(inject('chromiumPath'))
  page = await browser.newPage()
  await page.goto(served.url)
})

afterAll(async () => {
  await browser?.close()
  await served?.close()
})

const HOUSE = { tie: ['min-cost', 'max-votes', 'lexico'], withTranscript: true } as const
const fixture = (name: string) => readFileSync(new URL(`../fixtures/pb/${name}.pb`, import.meta.url), 'utf8')

/** An election that takes some seconds: no ballot is like another. */
function longElection(): Election {
  const projects = Array.from({ length: 80 }, (_, index) => ({ id: `p${index}`, cost: 150_000 + ((index * 7919) % 9973) * 10 }))
  const ballots = Array.from({ length: 4000 }, (_, voter) => ({
    projects: projects.filter((_project, index) => (Math.imul(voter * 80 + index + 1, 2_654_435_761) >>> 12) % 11 < 3).map(({ id }) => id),
  }))
  return makeElection({ budget: 4_000_000, projects, ballots })
}

describe('a count beside the page', () => {
  it('answers what the server answers, transcript and all', async () => {
    const reading = readPb(fixture('minority_40'))
    if (!reading.ok) throw new Error('the fixture is broken')
    const { answer } = await countInPage(page, { source: { pb: fixture('minority_40') }, rule: 'mes_cost+add1u', options: HOUSE })
    const { ballots: _, blankBallots: __, ...frame } = reading.file.election
    const titles = reading.file.projects.map(({ id, columns }) => [id, columns.name])
    const count = countElection(reading.file.election, 'mes_cost+add1u', HOUSE)
    expect(answer).toEqual({ ok: true, count, file: { frame, titles, warnings: [] } })
  })

  it('counts a file by the fewest votes and the ties it names itself, when asked', async () => {
    const pb = ['META', 'key;value', 'budget;100', 'vote_type;approval', 'min_project_score_threshold;3']
      .concat('PROJECTS', 'project_id;cost;lot', 'A;50;2', 'B;60;3', 'C;50;1')
      .concat('VOTES', 'voter_id;vote', '1;A,C', '2;A,C', '3;A,C', '4;B', '5;B')
      .join('\n')
    const order = { source: { pb }, rule: 'greedy_cost', options: { tie: ['lexico'], withTranscript: true } } as const
    expect((await countInPage(page, order)).answer).toMatchObject({ count: { tie: 'lexico', selected: ['A', 'C'] } })
    const { answer } = await countInPage(page, { ...order, asWritten: true })
    expect(answer).toMatchObject({ count: { tie: 'min-cost,max-votes,lot', tiesMet: [{ projects: ['C', 'A'] }] } })
    const reasons = answer.ok ? answer.count.transcript?.projects.find(({ projectId }) => projectId === 'B')?.reasons : []
    expect(reasons).toEqual([{ kind: 'too-few-votes', votes: 2, needed: 3 }])
  })

  it('finds what would have been enough when asked', async () => {
    const order = { source: { pb: fixture('minority_40') }, rule: 'mes_cost+add1u', options: HOUSE, withEnough: true } as const
    const { answer } = await countInPage(page, order)
    const losers = answer.ok ? answer.count.transcript?.projects.filter(({ award }) => award === null) : []
    expect(losers?.map(({ projectId, enough }) => [projectId, enough])).toEqual([
      ['M1', { cost: 31_000, moreVotes: 1 }],
      ['M2', { cost: 31_000, moreVotes: 1 }],
    ])
  })

  it('refuses a bad file with line and reason', async () => {
    const { answer } = await countInPage(page, { source: { pb: fixture('invalid_unknown_project') }, rule: 'greedy_cost', options: HOUSE })
    expect(answer).toEqual({ ok: false, fault: { kind: 'project-unknown', project: 'Z', line: 22 } })
  })

  it('tells how far it is, and leaves the page its turns', async () => {
    const order = { source: { election: longElection() }, rule: 'mes_cost+add1-nostop', options: { tie: ['lexico'] } } as const
    const { answer, progress, seconds, turns } = await countInPage(page, order)
    expect(answer.ok).toBe(true)
    expect(progress.length).toBeGreaterThan(1)
    const increments = progress.map((now) => (now.kind === 'raising' ? now.increments : -1))
    expect(increments).toEqual(increments.toSorted((a, b) => a - b))
    expect(turns).toBeGreaterThan(seconds * 10)
  })

  it('can be given up', async () => {
    const order = { source: { election: longElection() }, rule: 'mes_cost+add1-nostop', options: { tie: ['lexico'] } } as const
    await expect(countInPage(page, order, 100)).rejects.toThrow(/TimeoutError|timed out/)
    const { answer } = await countInPage(page, { source: { pb: fixture('points') }, rule: 'greedy_cost', options: HOUSE })
    expect(answer).toMatchObject({ ok: true, count: { selected: ['A', 'D'] } })
  })

  it('fails with a word where the order cannot be counted', async () => {
    const order = { source: { pb: fixture('points') }, rule: 'greedy_cost', options: { tie: ['lot'] } } as const
    await expect(countInPage(page, order)).rejects.toThrow('a lot must name every project once')
  })
})
