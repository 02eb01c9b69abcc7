import { roomOf } from './directions.ts'
import type { SourceFile } from './sourceFiles.ts'

/** Which room alone writes a table. */
export const TABLE_OWNERS: Record<string, string> = {
  district: 'districts',
  district_version: 'districts',
  district_area: 'districts',
  round: 'rounds',
  round_phase: 'rounds',
  round_share: 'rounds',
  person: 'accounts',
  session: 'accounts',
  sign_in_attempt: 'accounts',
  idempotency_key: 'accounts',
  idea: 'ideas',
  idea_event: 'ideas',
  idea_outcome: 'ideas',
  project: 'projects',
  project_idea: 'projects',
  project_event: 'projects',
  conflict_decision: 'conflicts',
  election: 'elections',
  election_district: 'elections',
  election_step: 'elections',
  election_log: 'elections',
  ballot_line: 'elections',
  ballot_exclusion: 'elections',
  ballot_preparation: 'elections',
  voter: 'voting',
  voter_mark: 'voting',
  ballot: 'voting',
  receipt: 'voting',
  receipt_root: 'voting',
  code_batch: 'voting',
  voting_code: 'voting',
  code_round: 'voting',
  voting_auditor: 'voting',
  voting_key: 'voting',
  vote_meeting: 'meetings',
  meeting_admission: 'meetings',
  knock_out_round: 'meetings',
  knock_out_standing: 'meetings',
  knock_out_count: 'meetings',
  knock_out_vote: 'meetings',
  agreed_sharing: 'meetings',
  agreed_amount: 'meetings',
  ballot_number: 'meetings',
  paper_batch: 'meetings',
  paper_ballot_tally: 'meetings',
  paper_invalid: 'meetings',
  district_result: 'allocation',
  award: 'allocation',
  pass_on: 'allocation',
  decision_record: 'allocation',
  installation: 'installations',
  installation_project: 'installations',
  picture: 'files',
  picture_variant: 'files',
  place: 'places',
  constraint_layer: 'constraints',
  constraint_layer_version: 'constraints',
  constraint_dataset: 'constraints',
  constraint_feature: 'constraints',
  constraint_piece: 'constraints',
  constraint_load: 'constraints',
  constraint_staged_feature: 'constraints',
  feasibility_record: 'feasibility',
  assessment: 'assessments',
  assessment_writer: 'assessments',
  assessment_answer: 'assessments',
  assessment_line: 'assessments',
  assessment_co_funding: 'assessments',
  assessment_note: 'assessments',
  assessment_event: 'assessments',
  appeal: 'assessments',
  assignment: 'worklist',
  element_price: 'prices',
  dataset: 'platform',
  rate_limit: 'platform',
  collection_version: 'platform',
}

const WRITES =
  /\.(?:insertInto|updateTable|deleteFrom|mergeInto)\(\s*['"](\w+)|\b(?:insert\s+into|update|delete\s+from|truncate(?:\s+table)?)\s+(\w+)\s*(?=\(|set\b|where\b|select\b|values\b|\n|`|;)/gi

/** Tables a file writes, by builder or by raw statement. */
function tablesWritten(text: string): string[] {
  const code = text.replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')
  return [...code.matchAll(WRITES)].map((match) => match[1] ?? match[2] ?? '').filter((table) => table in TABLE_OWNERS)
}

/** Writes by another room than the owner. */
export function foreignWrites(files: readonly SourceFile[]): string[] {
  return files
    .filter(({ path }) => path.startsWith('server/') && !path.endsWith('.test.ts'))
    .flatMap(({ path, text }) => {
      const room = roomOf(path) ?? (path.startsWith('server/platform/') ? 'platform' : path)
      return tablesWritten(text)
        .filter((table) => TABLE_OWNERS[table] !== room)
        .map((table) => `${path} writes ${table}, which belongs to ${TABLE_OWNERS[table]}`)
    })
}

/** Tables the migrations make. */
export function tablesMade(files: readonly SourceFile[]): string[] {
  return files
    .filter(({ path }) => path.startsWith('migrations/'))
    .flatMap(({ text }) => [...text.matchAll(/create (?:unlogged )?table (\w+)/g)].map((match) => match[1] ?? ''))
}

/** Handlers whose first statement is not an access check. */
export function uncheckedHandlers(files: readonly SourceFile[]): string[] {
  const check = /^(?:const (?:\w+|\{[^}]*\}) = )?(?:require(?:Person|Role)\(context|publicAccess\(context, '.{10,}'\))/
  return files
    .filter(({ path }) => /^server\/[^/]+\/.*[rR]outes\.ts$/.test(path))
    .flatMap(({ path, text }) =>
      [...text.matchAll(/\.openapi\(\s*(\w+),\s*(?:async )?\((\w*)\) =>\s*(\{?)\s*([^\n]*)/g)]
        .filter((match) => match[3] !== '{' || !check.test(match[4] ?? ''))
        .map(
          (match) => `${path}: the handler of ${match[1]} does not begin with requirePerson, requireRole or publicAccess(context, reason)`,
        ),
    )
}

const NEEDS_DOCSTRING = /^server\/kernel\/|\/rules\.ts$|^server\/[^/]+\/rules\/|(q|Q)ueries\.ts$|^server\/platform\/db\/postgis\.ts$/

/** Exported functions without a docstring where one is owed. */
export function undocumented(files: readonly SourceFile[]): string[] {
  return files
    .filter(({ path }) => path.startsWith('server/') && NEEDS_DOCSTRING.test(path) && !path.endsWith('.test.ts'))
    .flatMap(({ path, text }) =>
      [...text.matchAll(/([^\n]*)\n(?:export (?:async )?function\*? (\w+)|export class (\w+))/g)]
        .filter((match) => !/\*\/\s*$/.test(match[1] ?? ''))
        .map((match) => `${path}: ${match[2] ?? match[3]} has no docstring`),
    )
}

// Lists and reference tables may be long; nothing else.
const LONG_ALLOWED = [/\.test\.tsx?$/, /^migrations\//]
export const LINES_MAX = 400

/** Files past the length where a second idea lives inside. */
export function tooLong(files: readonly SourceFile[]): string[] {
  return files
    .filter(({ path }) => !LONG_ALLOWED.some((pattern) => pattern.test(path)))
    .map(({ path, text }) => ({ path, lines: text.split('\n').length }))
    .filter(({ lines }) => lines > LINES_MAX)
    .map(({ path, lines }) => `${path} has ${lines} lines (at most ${LINES_MAX})`)
}

const EMPTY_NAMES = /^(utils?|helpers?|common|misc|shared|index)(\.|$)/

/** Files and folders whose name says nothing. */
export function emptyNames(files: readonly SourceFile[]): string[] {
  return files
    .filter(({ path }) => path.split('/').some((part) => EMPTY_NAMES.test(part)))
    .map(({ path }) => `${path} has a name that says nothing`)
}

/** Conversions between reference systems outside the vocabulary and the whole raw statements that may hold them. */
export function strayTransforms(files: readonly SourceFile[]): string[] {
  const allowed = /^server\/platform\/db\/postgis\.ts$|^server\/tiles\/|(^|\/)import\w*\.ts$/
  return files
    .filter(({ path }) => path.startsWith('server/') && !path.endsWith('.test.ts') && !allowed.test(path))
    .filter(({ text }) => /ST_Transform|ST_SetSRID/.test(text))
    .map(({ path }) => `${path} converts coordinates itself: use platform/db/postgis.ts`)
}

// What these rooms give away must come from views made for publishing; the other names hold no data of people.
const PUBLISHING_ROOMS = ['ogc', 'exports']
const READABLE = /^(published_\w+|collection_version|pg_attribute|pg_class)$/
const READS = /\.(?:selectFrom|\w*Join\w*)\(\s*['"](\w+)|\b(?:from|join)\s+(?!lateral\b|distinct\b)"?(\w+)/gi

/** In the rooms that publish: reads of anything but published views, and statements outside their queries, where nobody looks for them. */
export function unpublishedReads(files: readonly SourceFile[]): string[] {
  return files
    .filter(({ path }) => PUBLISHING_ROOMS.includes(roomOf(path) ?? '') && !path.endsWith('.test.ts'))
    .flatMap(({ path, text }) => {
      const code = text.replaceAll(/\/\*[\s\S]*?\*\/|(^|\s)\/\/.*$/gm, '')
      if (!/(q|Q)ueries\.ts$/.test(path))
        return /\bsql[`<.]|\.selectFrom\(/.test(code) ? [`${path} holds a statement; those stand in queries.ts`] : []
      const read = [...code.matchAll(READS)].map((match) => match[1] ?? match[2] ?? '')
      return read.filter((table) => !READABLE.test(table)).map((table) => `${path} reads ${table}, which is no published view`)
    })
}

/** Routes of a room that are mounted twice, which works and answers twice as slowly, or by nobody. */
export function strayMounts(files: readonly SourceFile[]): string[] {
  const code = files.filter(({ path }) => path.startsWith('server/') && !path.endsWith('.test.ts')).map(({ text }) => text)
  const mounts = code.flatMap((text) => [...text.matchAll(/\.route\(\s*'[^']*',\s*(\w+Routes)\(/g)].map((match) => match[1] ?? ''))
  const made = code.flatMap((text) => [...text.matchAll(/^export function (\w+Routes)\(/gm)].map((match) => match[1] ?? ''))
  // Parts of a room's routes carry the same names in several rooms.
  const parts = code.flatMap((text) => [...text.matchAll(/^function (\w+Routes)\(/gm)].map((match) => match[1] ?? ''))
  const twice = new Set(mounts.filter((name, index) => mounts.indexOf(name) !== index && !parts.includes(name)))
  return [
    ...[...twice].map((name) => `${name} is mounted more than once`),
    ...made.filter((name) => !mounts.includes(name)).map((name) => `${name} is mounted nowhere`),
  ]
}

/** Journeys that change a browser's profile for good without saying so: the next one would take it over. */
export function unsaidSpoiling(files: readonly SourceFile[]): string[] {
  const lasting = /\b(addInitScript|clock\.\w+At|clock\.install|exposeFunction|exposeBinding|setExtraHTTPHeaders|setGeolocation)\(/g
  return files
    .filter(({ path }) => path.startsWith('tests/e2e/'))
    .filter(({ text }) => [...text.matchAll(lasting)].length > [...text.matchAll(/\bisSpoiled: true\b/g)].length)
    .map(({ path }) => `${path}: open the profile with isSpoiled: true`)
}
