import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { selectDistrictNames } from '../../server/districts/import.ts'
import { StartError } from '../../server/platform/config.ts'
import type { Database } from '../../server/platform/db/connect.ts'
import { loadOnce } from '../../server/platform/db/dataset.ts'
import type { RecordedProject } from '../../server/projects/contract.ts'
import { replaceProjects, selectMisplacedProjects } from '../../server/projects/import.ts'
import { type RoundImport, selectRoundKind, upsertRound } from '../../server/rounds/import.ts'
import { readDataFile, type Say } from '../dataFile.ts'
import { type RoundFile, roundFileSchema } from './roundFile.ts'

/** The round files with their text, oldest first. */
export function readRoundFiles() {
  const names = readdirSync(import.meta.dirname).filter((name) => /^\d{4}\.json$/.test(name))
  return names.sort().map((name) => {
    const file = readDataFile(join(import.meta.dirname, name), roundFileSchema)
    if (name !== `${file.content.year}.json`) throw new StartError(`The data file data/rounds/${name} is of the year ${file.content.year}.`)
    return file
  })
}

function sharesOf({ year, totalDkk, sharesDkk, populations }: RoundFile): RoundImport['shares'] {
  if (sharesDkk === null) return []
  const sum = Object.values(sharesDkk).reduce((total, share) => total + share, 0)
  if (sum !== totalDkk) throw new StartError(`The shares in data/rounds/${year}.json sum to ${sum}, not to ${totalDkk}.`)
  const peopleIn = new Map(populations?.map((row) => [row.districtId, row]))
  return Object.entries(sharesDkk).map(([districtId, shareDkk]) => ({
    districtId,
    population: peopleIn.get(districtId)?.population ?? null,
    populationIsDerived: peopleIn.get(districtId)?.derived ?? false,
    shareDkk,
  }))
}

function roundOf(file: RoundFile): RoundImport {
  const { year, title, theme, description, totalDkk, rules, phases, proposalDeadline, sources, meetings, ballots } = file
  const record = { proposalDeadline, sources, meetings, ballots }
  return { year, title, theme, description, totalDkk, rules, phases, record, shares: sharesOf(file) }
}

function projectsOf({ year, projects }: RoundFile): RecordedProject[] {
  return projects.map(({ id, continues, ...project }) => ({ ...project, projectId: id, roundYear: year, continuesProjectId: continues }))
}

function districtIdsOf(files: readonly { content: RoundFile }[]): Set<string> {
  const ids = files.flatMap(({ content: { sharesDkk, projects } }) => [
    ...Object.keys(sharesDkk ?? {}),
    ...projects.map((project) => project.districtId),
  ])
  return new Set(ids.filter((id) => id !== null))
}

/**
 * Loads the real rounds with their projects. Demo rounds and ideas are not touched.
 * Returns whether the database now holds the rounds of the files.
 */
export async function loadRounds(db: Database, say: Say): Promise<boolean> {
  const files = readRoundFiles()
  const known = new Set((await selectDistrictNames(db)).map(({ districtId }) => districtId))
  const strange = [...districtIdsOf(files)].filter((id) => !known.has(id))
  if (strange.length > 0) {
    say(`Rounds: data/rounds tells of districts that are not loaded here (${strange.join(', ')}), so no round was loaded.`)
    return false
  }
  for (const { content } of files) {
    if ((await selectRoundKind(db, content.year)) !== 'demo') continue
    say(`Rounds: the database has a demo round of ${content.year}, so no real round was loaded. Remove it with npm run demo:clear.`)
    return false
  }
  const source = { datasetId: 'rounds', source: 'data/rounds', content: files.map(({ text }) => text), revision: 1 }
  const outcome = await loadOnce(db, source, async (trx) => {
    for (const { content } of files) await upsertRound(trx, roundOf(content))
    const projects = files.flatMap(({ content }) => projectsOf(content))
    await replaceProjects(
      trx,
      files.map(({ content }) => content.year),
      projects,
    )
    return files.length + projects.length
  })
  if (!outcome.loaded) return true
  say(`Rounds: ${files.length} rounds with ${outcome.rowCount - files.length} projects loaded.`)
  for (const { projectId, districtId } of await selectMisplacedProjects(db)) {
    say(`Rounds: the position of ${projectId} lies outside ${districtId}, where it is said to be.`)
  }
  return true
}
