import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { accountProblem } from '../../server/accounts/contract.ts'
import { allocationProblem } from '../../server/allocation/contract.ts'
import { assessmentProblem } from '../../server/assessments/contract.ts'
import { conflictProblem } from '../../server/conflicts/contract.ts'
import { constraintProblem, LOAD_FAILURE_KINDS } from '../../server/constraints/contract.ts'
import { districtProblem } from '../../server/districts/contract.ts'
import { electionProblem } from '../../server/elections/contract.ts'
import { pictureProblem } from '../../server/files/contract.ts'
import { ideaFieldSchema, ideaProblem } from '../../server/ideas/contract.ts'
import { CATEGORIES } from '../../server/kernel/categories.ts'
import { GEOMETRY_REASONS } from '../../server/kernel/geometry.ts'
import { PHASES } from '../../server/kernel/phases.ts'
import { commonProblem } from '../../server/kernel/problem.ts'
import { ROLES } from '../../server/kernel/roles.ts'
import { meetingProblem } from '../../server/meetings/problems.ts'
import { UNFINISHED } from '../../server/meetings/rules/unfinished.ts'
import { projectProblem } from '../../server/projects/contract.ts'
import { votingProblem } from '../../server/voting/contract.ts'
import { worklistProblem } from '../../server/worklist/contract.ts'
import { findText, type Texts } from './translate.ts'

const web = join(import.meta.dirname, '..')

function read(path: string): Texts {
  return JSON.parse(readFileSync(join(web, path), 'utf8')) as Texts
}

function entries(texts: Texts, prefix = ''): [string, string][] {
  return Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'string' ? [[`${prefix}${key}`, value]] : entries(value, `${prefix}${key}.`),
  )
}

const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort()
const danishFiles = globSync('*/**/*.da.json', { cwd: web, exclude: ['dist/**'] })

describe.each(danishFiles.sort())('%s', (file) => {
  const danish = new Map(entries(read(file)))
  const english = new Map(entries(read(file.replace('.da.json', '.en.json'))))

  it('says the same things in both languages', () => {
    expect([...english.keys()].sort()).toEqual([...danish.keys()].sort())
  })

  it('leaves nothing empty', () => {
    expect([...danish, ...english].filter(([, text]) => text.trim() === '')).toEqual([])
  })

  it('uses the same values in both languages', () => {
    for (const [key, text] of danish) expect([key, placeholders(english.get(key) ?? '')]).toEqual([key, placeholders(text)])
  })
})

describe.each(['da', 'en'])('words for everything the server may say (%s)', (language) => {
  const problems = read(`lib/problems/problems.${language}.json`)
  const shell = read(`shell/shell.${language}.json`)
  const rounds = read(`rounds/rounds.${language}.json`)
  const accounts = read(`accounts/accounts.${language}.json`)
  const rooms = [
    commonProblem,
    accountProblem,
    districtProblem,
    electionProblem,
    pictureProblem,
    ideaProblem,
    constraintProblem,
    assessmentProblem,
    worklistProblem,
    conflictProblem,
    projectProblem,
    allocationProblem,
    meetingProblem,
    votingProblem,
  ]
  const kinds = ['offline', ...rooms.flatMap((room) => Object.keys(room.kinds))]

  it.each(kinds.flatMap((kind) => ['title', 'kept', 'todo'].map((part) => `kinds.${kind}.${part}`)))('%s', (key) => {
    expect(findText(problems, key)).toBeTruthy()
  })

  it.each(GEOMETRY_REASONS.flatMap((reason) => ['title', 'kept', 'todo'].map((part) => `geometry.${reason}.${part}`)))('%s', (key) => {
    expect(findText(problems, key)).toBeTruthy()
  })

  it.each(UNFINISHED)('what keeps a vote from being closed: %s', (kind) => {
    expect(findText(read(`elections/plan/planElections.${language}.json`), `openWork.${kind}`)).toBeTruthy()
  })

  it('says of every failure of a load what it is and what to do, and of no other', () => {
    const failures = read(`constraints/loadFailure.${language}.json`).kinds as Texts
    const words = (kind: string) => ['title', 'todo'].map((part) => findText(failures, `${kind}.${part}`))
    expect(LOAD_FAILURE_KINDS.filter((kind) => !words(kind).every(Boolean))).toEqual([])
    expect(Object.keys(failures).sort()).toEqual([...LOAD_FAILURE_KINDS].sort())
  })

  it('names everything an author may correct', () => {
    const decision = read(`assessments/author/decision.${language}.json`)
    expect(ideaFieldSchema.options.filter((field) => !findText(decision, `corrected.${field}`))).toEqual([])
  })

  it('names every category, phase and role', () => {
    expect(CATEGORIES.filter((category) => !findText(shell, `category.${category}`))).toEqual([])
    expect(PHASES.filter((phase) => !findText(rounds, `phase.${phase}`))).toEqual([])
    expect(ROLES.filter((role) => !findText(accounts, `role.${role}`))).toEqual([])
  })
})

describe('keys used in components', () => {
  const patterns = /\bt\('([\w.-]+)'/g
  it('exist in some text file', () => {
    const known = new Set(danishFiles.flatMap((file) => entries(read(file)).map(([key]) => key.replace(/_(one|other)$/, ''))))
    const missing: string[] = []
    for (const file of globSync('**/*.tsx', { cwd: web, exclude: ['dist/**'] })) {
      for (const [, key] of readFileSync(join(web, file), 'utf8').matchAll(patterns))
        if (key && !known.has(key)) missing.push(`${file}: ${key}`)
    }
    expect(missing).toEqual([])
  })
})
