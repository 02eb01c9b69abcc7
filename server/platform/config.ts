import { resolve } from 'node:path'
import { z } from 'zod'
import { writtenNumber } from '../kernel/writtenNumber.ts'

const url = z.url({ protocol: /^https?$/ })
const postgresUrl = z.url({ protocol: /^postgres(ql)?$/ })

const environmentSchema = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  PORT: writtenNumber(z.int().min(0).max(65535)).default(8080),
  HOST: z.string().default('localhost'),
  BASE_URL: url.refine((text) => URL.parse(text)?.pathname === '/', 'an address without a path is needed').optional(),
  MUNICIPALITY: z.string().default('Ballerup'),
  DATABASE_URL: postgresUrl.optional(),
  DATABASE_POOL_SIZE: writtenNumber(z.int().min(1).max(200)).optional(),
  DATABASE_NAMED_STATEMENTS: z.stringbool().default(true),
  LOCAL_DIR: z.string().default('.local'),
  STORAGE_DIR: z.string().optional(),
  SECRET_KEY: z.string().min(32).optional(),
  VOTING_KEY: z.string().min(32).optional(),
  TRUSTED_PROXIES: writtenNumber(z.int().min(0).max(10)).default(0),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).optional(),
  DEMO: z.stringbool().optional(),
  OIDC_ISSUER: url.optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  OIDC_SCOPE: z.string().default('openid profile address'),
  OIDC_ROLE_CLAIM: z.string().default('role'),
  OIDC_ROLL_CLAIM: z.string().optional(),
  ADDRESS_SEARCH_URL: url.optional(),
  ADDRESS_SEARCH_TOKEN: z.string().optional(),
  BASEMAP_STYLE_URL: url.optional(),
  BASEMAP_TOKEN: z.string().optional(),
  BASEMAP_PMTILES: z
    .string()
    .regex(/^(?!https?:)/i, 'it must be a file on this machine, not an address')
    .optional(),
  BASEMAP_ATTRIBUTION: z.string().optional(),
  CONSTRAINT_LOADING: z.stringbool().optional(),
  CONSTRAINT_ALLOW_PRIVATE: z.stringbool().default(false),
  MAP_VIEWER_URL: z
    .string()
    .regex(/^https?:\/\//i, 'it must be an http(s) address')
    .regex(/\{(lng|lat|east|north)\}/, 'it must hold {lng} and {lat}, or {east} and {north}')
    .optional(),
})

type Environment = z.infer<typeof environmentSchema>

/** Everything the process was told from outside, read once. */
export interface Config {
  readonly isProduction: boolean
  readonly isTest: boolean
  readonly port: number
  readonly host: string
  /** Origin people type; sign-in returns to it. No trailing slash. */
  readonly baseUrl: string
  readonly municipality: string
  /** Null means: the embedded database in `localDir`. */
  readonly databaseUrl: string | null
  readonly databasePoolSize: number
  /** Off behind a connection pooler that does not carry named statements from session to session. */
  readonly namedStatements: boolean
  readonly localDir: string
  readonly storageDir: string
  /** Keys the rate limit's address prefixes, so that the table tells nobody an address. */
  readonly secretKey: string
  /** Keys the hashes of people on the roll and of voting codes. Null means: this installation's own, in a file of `localDir`. */
  readonly votingKey: string | null
  readonly trustedProxies: number
  readonly logLevel: string
  readonly loadDemo: boolean
  /** Null means: the development issuer with invented people. */
  readonly oidc: {
    issuer: string
    clientId: string
    clientSecret: string | null
    scope: string
    roleClaim: string
    /** Claim that names a person as the roll does; null where the roll names them by subject. */
    rollClaim: string | null
  } | null
  readonly addressSearch: { url: string; token: string | null } | null
  /** Whether layers are loaded from their services every night, and whether those may lie in the house network. */
  readonly constraintServices: { loadNightly: boolean; allowPrivate: boolean }
  readonly basemap: { styleUrl: string | null; pmtiles: string | null; token: string | null; attribution: string | null }
  /** Address of the official map viewer; `{lng}`, `{lat}`, `{east}` and `{north}` (EPSG:25832) are filled in by the page. */
  readonly mapViewerUrl: string | null
}

/** A start that cannot go on, with the sentence that tells what to do. `main` prints it and exits with 1. */
export class StartError extends Error {
  override name = 'StartError'
}

function requireTogether(environment: Environment): void {
  if (environment.OIDC_ISSUER && !environment.OIDC_CLIENT_ID) {
    throw new StartError('OIDC_ISSUER is set but OIDC_CLIENT_ID is missing. Set OIDC_CLIENT_ID to the client registered with the issuer.')
  }
  const isLoopback = ['localhost', '127.0.0.1', '::1'].includes(environment.HOST)
  if (!environment.OIDC_ISSUER && environment.DATABASE_URL && !isLoopback) {
    throw new StartError(
      'OIDC_ISSUER is missing. With DATABASE_URL and a HOST that others can reach, anybody could sign in as an invented test person: set OIDC_ISSUER and OIDC_CLIENT_ID, or HOST=localhost.',
    )
  }
  if (environment.NODE_ENV !== 'production') return
  if (!environment.OIDC_ISSUER) {
    throw new StartError(
      'OIDC_ISSUER is missing. With NODE_ENV=production the sign-in with invented test people is refused: set OIDC_ISSUER and OIDC_CLIENT_ID.',
    )
  }
  if (!environment.SECRET_KEY) {
    throw new StartError(
      'SECRET_KEY is missing. With NODE_ENV=production set it to at least 32 random characters, the same for every process.',
    )
  }
  if (!environment.VOTING_KEY) {
    throw new StartError(
      'VOTING_KEY is missing. With NODE_ENV=production set it to at least 32 random characters, the same for every process, and keep it apart from the database: who may vote and who has voted is hashed with it.',
    )
  }
  if (environment.BASE_URL === undefined || new URL(environment.BASE_URL).protocol !== 'https:') {
    throw new StartError(
      'BASE_URL is missing or not https. With NODE_ENV=production set it to the https address people type: session cookies are sent over nothing else.',
    )
  }
}

function oidcOf(environment: Environment): Config['oidc'] {
  if (!environment.OIDC_ISSUER) return null
  return {
    issuer: environment.OIDC_ISSUER,
    clientId: environment.OIDC_CLIENT_ID as string,
    clientSecret: environment.OIDC_CLIENT_SECRET ?? null,
    scope: environment.OIDC_SCOPE,
    roleClaim: environment.OIDC_ROLE_CLAIM,
    rollClaim: environment.OIDC_ROLL_CLAIM ?? null,
  }
}

function addressSearchOf(environment: Environment): Config['addressSearch'] {
  const url = environment.ADDRESS_SEARCH_URL
  return url === undefined ? null : { url, token: environment.ADDRESS_SEARCH_TOKEN ?? null }
}

function basemapOf(environment: Environment): Config['basemap'] {
  return {
    styleUrl: environment.BASEMAP_STYLE_URL ?? null,
    pmtiles: environment.BASEMAP_PMTILES ?? null,
    token: environment.BASEMAP_TOKEN ?? null,
    attribution: environment.BASEMAP_ATTRIBUTION ?? null,
  }
}

/** Reads and checks the environment. @errors StartError naming the variable */
export function readConfig(source: Record<string, string | undefined>): Config {
  const set = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''))
  const parsed = environmentSchema.safeParse(set)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    throw new StartError(`${issue?.path.join('.')} is not usable: ${issue?.message}. See the configuration table in README.md.`)
  }
  const environment = parsed.data
  requireTogether(environment)
  const localDir = resolve(environment.LOCAL_DIR)
  return Object.freeze({
    isProduction: environment.NODE_ENV === 'production',
    isTest: environment.NODE_ENV === 'test',
    port: environment.PORT,
    host: environment.HOST,
    baseUrl: new URL(environment.BASE_URL ?? `http://localhost:${environment.PORT}`).origin,
    municipality: environment.MUNICIPALITY,
    databaseUrl: environment.DATABASE_URL ?? null,
    databasePoolSize: environment.DATABASE_POOL_SIZE ?? (environment.DATABASE_URL ? 10 : 6),
    namedStatements: environment.DATABASE_NAMED_STATEMENTS,
    localDir,
    storageDir: environment.STORAGE_DIR ? resolve(environment.STORAGE_DIR) : resolve(localDir, 'files'),
    secretKey: environment.SECRET_KEY ?? crypto.randomUUID() + crypto.randomUUID(),
    votingKey: environment.VOTING_KEY ?? null,
    trustedProxies: environment.TRUSTED_PROXIES,
    logLevel: environment.LOG_LEVEL ?? (environment.NODE_ENV === 'test' ? 'silent' : 'info'),
    loadDemo: environment.DEMO ?? environment.DATABASE_URL === undefined,
    oidc: oidcOf(environment),
    addressSearch: addressSearchOf(environment),
    constraintServices: {
      loadNightly: environment.CONSTRAINT_LOADING ?? environment.DATABASE_URL !== undefined,
      allowPrivate: environment.CONSTRAINT_ALLOW_PRIVATE,
    },
    basemap: basemapOf(environment),
    mapViewerUrl: environment.MAP_VIEWER_URL ?? null,
  })
}
