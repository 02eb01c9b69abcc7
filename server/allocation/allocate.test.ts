import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { faultSentence, warningSentence } from './faultSentences.ts'
import type { PbFault } from './rules/pb/faults.ts'
import { readPb } from './rules/pb/pbReader.ts'

const command = join(import.meta.dirname, 'allocate.ts')
const fixtures = resolve(import.meta.dirname, '../../tests/fixtures/pb')
const fixture = (name: string) => join(fixtures, `${name}.pb`)

function allocate(...words: string[]): Promise<{ code: number; out: string; error: string }> {
  return new Promise((done) => {
    execFile(process.execPath, [command, ...words], (failure, out, error) => done({ code: Number(failure?.code ?? 0), out, error }))
  })
}

const json = async (...words: string[]) => JSON.parse((await allocate(...words, '--json')).out)

describe('the command', () => {
  it('prints what was counted as JSON', async () => {
    expect(await json(fixture('tie_ids_9_10'), '--rule', 'greedy_cost', '--tie', 'lexico')).toEqual({
      rule: 'greedy_cost',
      tie: 'lexico',
      selected: ['10', '11'],
      totalCost: 100,
      tiesMet: [{ stage: 'walk', fromRun: 0, toRun: 0, step: 1, projects: ['10', '9'], criterion: 'lexico' }],
    })
  })

  it('tells how it went and what would have been enough when asked', async () => {
    const { transcript } = await json(fixture('minority_40'), '--rule', 'mes_cost+add1u', '--transcript', '--enough')
    expect(transcript.projects[0]).toMatchObject({ projectId: 'M1', enough: { cost: 31_000, moreVotes: 1 } })
  })

  it('prints a table to be read', async () => {
    const { out } = await allocate(fixture('minority_40'), '--rule', 'mes_cost+add1u', '--transcript')
    expect(out).toContain('3 of 5 projects, 71,000 of 100,000')
    expect(out).toMatch(/^M3 +60 +31,000 +31,000 +bought in round 1 by 60 effective votes$/m)
  })

  it('follows the literature, a lot, a seed, pairs and thresholds where it is told to', async () => {
    const selected = async (name: string, ...words: string[]) => (await json(fixture(name), ...words)).selected
    expect(await selected('zero_support_fits')).toEqual(['A', 'B'])
    expect(await selected('zero_support_fits', '--reference')).toEqual(['A', 'B', 'C'])
    expect(await selected('zero_support_fits', '--min-score', '5')).toEqual(['A'])
    expect(await selected('tie_ids_9_10', '--tie', 'lot', '--lot', '9,10,11')).toEqual(['11', '9'])
    expect(await selected('minority_40', '--excludes', 'M1,M3', '--excludes', 'M2,M3')).toEqual(['M3', 'N1', 'N2'])
  }, 20_000)

  it.each([
    [[fixture('invalid_duplicate_project')], 'line 18: project id A appears twice'],
    [[fixture('invalid_negative_cost')], 'line 17: cost of A is negative'],
    [[fixture('invalid_no_budget')], 'is refused: META has no budget'],
    [[fixture('invalid_unknown_project')], 'line 22: a ballot names project Z, which is not on the list'],
    [[fixture('points'), '--rule', 'foo'], 'rule "foo" is not known'],
    [[fixture('points'), '--tie', 'coin'], 'tie order "coin" is not known'],
    [[fixture('points'), '--tie', 'lot'], 'ties by lot need the published order'],
    [[fixture('points'), '--lot', 'A,X'], '--lot names project X'],
    [[fixture('points'), '--excludes', 'A'], '--excludes takes two projects'],
    [[fixture('points'), '--step', '-1'], "Option '--step' argument is ambiguous"],
    [[fixture('points'), '--step', 'x'], '--step must be a whole number'],
    [[fixture('points'), '--wrong'], "Unknown option '--wrong'"],
    [['nowhere.pb'], 'cannot be read'],
    [[], 'name one file'],
  ])(
    'refuses %j with a reason and exit code 2',
    async (words, reason) => {
      const { code, out, error } = await allocate(...words)
      expect([code, out]).toEqual([2, ''])
      expect(error).toContain(reason)
    },
    20_000,
  )

  it('refuses a file that is not UTF-8, and notes numbers that do not add up', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'bm-allocate-'))
    writeFileSync(join(folder, 'latin.pb'), Buffer.from('META\nkey;value\nunit;M\xe5l\xf8v\n', 'latin1'))
    expect(await allocate(join(folder, 'latin.pb'))).toMatchObject({ code: 2, error: expect.stringContaining('it is not UTF-8') })
    writeFileSync(join(folder, 'short.pb'), readFileSync(fixture('points'), 'utf8').replace('num_votes;9', 'num_votes;10'))
    expect(await allocate(join(folder, 'short.pb'))).toMatchObject({ code: 0, error: 'Note: META says 10 ballots, the file has 9.\n' })
    rmSync(folder, { recursive: true })
  }, 20_000)
})

describe('sentences', () => {
  const faults: PbFault[] = [
    { kind: 'quote-left-open', line: 3 },
    { kind: 'section-missing', section: 'VOTES', line: null },
    { kind: 'section-repeated', section: 'META', line: 3 },
    { kind: 'before-sections', text: 'x', line: 1 },
    { kind: 'column-missing', section: 'META', column: 'key', line: 2 },
    { kind: 'column-repeated', section: 'META', column: 'key', line: 2 },
    { kind: 'meta-missing', key: 'budget', line: null },
    { kind: 'meta-repeated', key: 'budget', line: 4 },
    { kind: 'vote-type-unknown', text: 'x', line: 3 },
    { kind: 'amount-malformed', of: 'budget', text: 'x', line: 3 },
    { kind: 'amount-negative', of: 'budget', line: 3 },
    { kind: 'amount-too-large', of: 'A', line: 3 },
    { kind: 'project-unnamed', line: 3 },
    { kind: 'project-repeated', project: 'A', line: 3 },
    { kind: 'project-unknown', project: 'A', line: 3 },
    { kind: 'project-twice-on-ballot', project: 'A', line: 3 },
    { kind: 'voter-unnamed', line: 3 },
    { kind: 'voter-repeated', voter: '1', line: 3 },
    { kind: 'points-missing', line: 3 },
    { kind: 'points-malformed', text: 'x', line: 3 },
    { kind: 'points-over-limit', sum: 3, limit: 2, line: 3 },
    { kind: 'several-chosen', line: 3 },
    { kind: 'lot-malformed', line: 3 },
  ]

  it.each(faults)('of $kind say more than its name', (fault) => {
    expect(faultSentence(fault)).not.toContain(fault.kind)
    expect(faultSentence(fault).startsWith('line ')).toBe(fault.line !== null)
  })

  it('of warnings', () => {
    expect(warningSentence({ kind: 'projects-differ', said: 3, found: 2 })).toBe('META says 3 projects, the file has 2')
    expect(warningSentence({ kind: 'votes-differ', project: 'A', said: 3, found: 2 })).toBe(
      'project A is said to have 3 votes, the ballots give it 2',
    )
  })

  it('are what the invalid files are refused with', () => {
    const expected = JSON.parse(readFileSync(join(fixtures, 'expected.json'), 'utf8')) as Record<string, { reason?: string }>
    for (const name of readdirSync(fixtures).filter((file) => file.startsWith('invalid_'))) {
      const reading = readPb(readFileSync(join(fixtures, name), 'utf8'))
      if (reading.ok) throw new Error(`${name} is accepted`)
      expect(faultSentence(reading.fault).replace(/^line \d+: /, '')).toBe(expected[name.replace('.pb', '')]?.reason)
    }
  })
})
