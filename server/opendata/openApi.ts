import type { OpenAPIHono } from '@hono/zod-openapi'
import { accountProblem } from '../accounts/contract.ts'
import { allocationProblem } from '../allocation/contract.ts'
import { assessmentProblem } from '../assessments/contract.ts'
import { basemapProblem } from '../basemap/contract.ts'
import { conflictProblem } from '../conflicts/contract.ts'
import { constraintProblem } from '../constraints/contract.ts'
import { districtProblem } from '../districts/contract.ts'
import { electionProblem } from '../elections/contract.ts'
import { pictureProblem } from '../files/contract.ts'
import { ideaProblem } from '../ideas/contract.ts'
import { commonProblem } from '../kernel/problem.ts'
import { meetingProblem } from '../meetings/problems.ts'
import type { Config } from '../platform/config.ts'
import type { AppEnv } from '../platform/http/environment.ts'
import { healthProblem } from '../platform/http/health.ts'
import { VERSION } from '../platform/version.ts'
import { projectProblem } from '../projects/contract.ts'
import { votingProblem } from '../voting/contract.ts'
import { worklistProblem } from '../worklist/contract.ts'

type KindTable = Readonly<Record<string, number>>

/** Problem kinds with their status: those of every route, and those of a room's routes by tag. */
export const PROBLEM_KINDS: { common: KindTable; byTag: Readonly<Record<string, KindTable>> } = {
  common: commonProblem.kinds,
  byTag: {
    accounts: accountProblem.kinds,
    allocation: { ...electionProblem.kinds, ...allocationProblem.kinds },
    // A correction is a change of the idea as well.
    assessments: { ...ideaProblem.kinds, ...districtProblem.kinds, 'outside-district': 422, ...assessmentProblem.kinds },
    basemap: basemapProblem.kinds,
    constraints: constraintProblem.kinds,
    conflicts: conflictProblem.kinds,
    districts: districtProblem.kinds,
    elections: electionProblem.kinds,
    files: pictureProblem.kinds,
    // A place where a search finds no district is not there; an idea put on it is refused.
    ideas: { ...ideaProblem.kinds, ...districtProblem.kinds, 'outside-district': 422 },
    meetings: { ...electionProblem.kinds, ...meetingProblem.kinds, 'voting-closed': 409, 'not-eligible': 403, 'already-voted': 409 },
    operation: healthProblem.kinds,
    voting: { ...electionProblem.kinds, ...votingProblem.kinds },
    worklist: worklistProblem.kinds,
    // An author withdraws an idea in favour of a project: what an idea refuses is refused there too.
    projects: { ...ideaProblem.kinds, ...districtProblem.kinds, ...projectProblem.kinds, 'outside-district': 422 },
  },
}

/** What the reference says of each room, in its order. */
const TAGS = [
  { name: 'rounds', description: 'Rounder: one time the million is shared out, with its phases and shares' },
  { name: 'districts', description: 'Bydele: the outlines, and which district a place lies in' },
  { name: 'ideas', description: 'Idéer: what citizens propose, at a place' },
  { name: 'worklist', description: 'Arbejdsliste: which ideas wait for whom; staff only' },
  {
    name: 'assessments',
    description: 'Vurdering: what the municipality says of an idea, from the draft to the decision, correction and appeal',
  },
  { name: 'prices', description: 'Priser: what elements cost to build and to keep' },
  { name: 'projects', description: 'Projekter: ideas taken forward, and what the districts voted on' },
  { name: 'conflicts', description: 'Konflikter: what stands in each other’s way' },
  { name: 'elections', description: 'Afstemning: how the districts decide their shares, from the set-up to the published log' },
  {
    name: 'allocation',
    description: 'Fordeling: the result with its reasons, the ballots to count again, political decisions, money passed on',
  },
  { name: 'installations', description: 'Anlæg: what stands in the landscape' },
  { name: 'constraints', description: 'Bindingslag: what the law says about places, and how old the data behind it is' },
  { name: 'feasibility', description: 'Hvad må stå her: what the layers say about a place, and what was not checked' },
  { name: 'places', description: 'Steder: search for places and addresses' },
  { name: 'tiles', description: 'Vector tiles for maps and GIS programs' },
  { name: 'ogc', description: 'OGC API Features: the same for QGIS, GDAL and other GIS programs' },
  { name: 'meetings', description: 'Afstemningsmøder: the evening of a district, its rounds and its papers' },
  { name: 'voting', description: 'Afstemning: one ballot each, its receipt, codes, turnout' },
  { name: 'exports', description: 'Whole rounds as files' },
  { name: 'files', description: 'Billeder: pictures of ideas' },
  { name: 'accounts', description: 'Sign-in and session' },
  { name: 'opendata', description: 'About this installation' },
  { name: 'basemap', description: 'The street map behind, passed on from its provider' },
  { name: 'operation', description: 'For those who run the server' },
]

function openApiConfig(config: Pick<Config, 'baseUrl' | 'municipality'>) {
  return {
    openapi: '3.1.0',
    info: {
      title: `Borgermillionen · ${config.municipality}`,
      version: VERSION,
      description:
        'Citizens decide over one million kroner on a map. Reading is open to everybody. Coordinates are EPSG:4326 longitude, latitude; ' +
        'money is whole Danish kroner; what is the same for everybody carries an ETag and may be read from any site; errors are RFC 9457 problems with a closed word in `kind`. ' +
        'A write needs a session, the header `X-CSRF-Token` and a request from this site.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: config.baseUrl }],
    tags: TAGS,
  }
}

interface Operation {
  tags?: string[]
  requestBody?: { content?: Record<string, unknown> }
  responses?: Record<string, { description?: string; content?: Record<string, unknown>; 'x-problem-kinds'?: string[] }>
}

/** The kinds a room's routes may answer with a status. */
function kindsFor(tags: readonly string[], status: number): string[] {
  const tables = [PROBLEM_KINDS.common, ...tags.map((tag) => PROBLEM_KINDS.byTag[tag] ?? {})]
  const kinds = tables.flatMap((table) => Object.entries(table).filter(([, of]) => of === status))
  return [...new Set(kinds.map(([kind]) => kind))].sort()
}

/** What is refused before any handler: a body that is no JSON or too long, and everything while the database is away. */
function addCommonAnswers(operation: Operation): void {
  const takesJson = operation.requestBody?.content?.['application/json'] !== undefined
  const asksItself = operation.tags?.includes('operation') ?? false
  const common = [...(takesJson ? [400, 413, 415] : []), ...(asksItself ? [] : [503])]
  const content = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } }
  operation.responses = { ...Object.fromEntries(common.map((status) => [status, { content }])), ...operation.responses }
}

/** Writes into every problem answer which kinds it may carry. */
function nameKinds(operation: Operation): void {
  for (const [status, response] of Object.entries(operation.responses ?? {})) {
    if (!response.content?.['application/problem+json']) continue
    const kinds = kindsFor(operation.tags ?? [], Number(status))
    response['x-problem-kinds'] = kinds
    response.description = `Problem (RFC 9457): ${kinds.join(', ')}`
  }
}

/** The OpenAPI 3.1 description of every mounted route. */
export function describeApi(app: OpenAPIHono<AppEnv>, config: Pick<Config, 'baseUrl' | 'municipality'>) {
  const document = structuredClone(app.getOpenAPI31Document(openApiConfig(config)))
  for (const path of Object.values(document.paths ?? {})) {
    for (const operation of Object.values(path as Record<string, Operation>)) {
      addCommonAnswers(operation)
      nameKinds(operation)
    }
  }
  return document
}
