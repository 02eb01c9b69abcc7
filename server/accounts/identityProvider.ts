import * as openid from 'openid-client'
import type { Config } from '../platform/config.ts'
import type { Log } from '../platform/log.ts'
import { accountProblem } from './contract.ts'
import { DEVELOPMENT_CLIENT_ID, developmentIssuerUrl } from './developmentPeople.ts'
import type { Claims } from './rules.ts'

/** What one sign-in keeps secret between its start and its return. */
interface SignInSecrets {
  state: string
  nonce: string
  codeVerifier: string
}

/** The issuer the configuration names, as the rest of the room sees it. */
export interface IdentityProvider {
  readonly roleClaim: string
  /** Claim that names a person as the roll does; null where it names them by subject. */
  readonly rollClaim: string | null
  /** Where to send the browser. @errors Problem `identity-provider-away` */
  signInUrl(secrets: SignInSecrets, lang: string | undefined): Promise<URL>
  /** What the issuer says of the person who came back. @errors Problem `sign-in-failed`, `identity-provider-away` */
  readClaims(callbackUrl: URL, secrets: SignInSecrets): Promise<Claims & { iss: string; sub: string }>
}

type IdentityProviderConfig = Pick<Config, 'oidc' | 'baseUrl' | 'isProduction'>

const TIMEOUT_S = 5
const RETRY_AFTER_MS = 250
// Long enough to be cheap, short enough that an issuer that moves its endpoints is followed without a restart.
const METADATA_AGE_MS = 3_600_000
const ASK_AGAIN_MS = 60_000

function settingsOf(config: IdentityProviderConfig): NonNullable<Config['oidc']> {
  if (config.oidc !== null) return config.oidc
  return {
    issuer: developmentIssuerUrl(config.baseUrl),
    clientId: DEVELOPMENT_CLIENT_ID,
    clientSecret: null,
    scope: 'openid profile address',
    roleClaim: 'role',
    rollClaim: 'roll_number',
  }
}

/** The way the issuer says it wants the secret; the standard's default is Basic. */
function clientAuthentication(secret: string | null): openid.ClientAuth {
  if (secret === null) return openid.None()
  const basic = openid.ClientSecretBasic(secret)
  const post = openid.ClientSecretPost(secret)
  return (server, ...rest) => {
    const supported = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic']
    return supported.includes('client_secret_basic') ? basic(server, ...rest) : post(server, ...rest)
  }
}

async function discover(config: IdentityProviderConfig): Promise<openid.Configuration> {
  const settings = settingsOf(config)
  const issuer = new URL(settings.issuer)
  const isPlain = issuer.protocol === 'http:' && !config.isProduction
  return openid.discovery(issuer, settings.clientId, undefined, clientAuthentication(settings.clientSecret), {
    timeout: TIMEOUT_S,
    // The signature of the identity token is checked too, not only the connection it came by.
    execute: [openid.enableNonRepudiationChecks, ...(isPlain ? [openid.allowInsecureRequests] : [])],
  })
}

function causeOf(error: unknown): string {
  const { message, code, cause } = error as { message?: string; code?: string; cause?: { message?: string; code?: string } }
  return [code, message, cause?.code ?? cause?.message].filter(Boolean).join(': ')
}

/** Asks for the issuer's metadata when first needed, keeps it, and asks again after a failure. */
function cachedDiscovery(config: IdentityProviderConfig, log: Log): () => Promise<openid.Configuration> {
  let known: { metadata: openid.Configuration; at: number } | null = null
  let running: Promise<openid.Configuration> | null = null

  const ask = async () => {
    try {
      const metadata = await discover(config).catch(async () => {
        await new Promise((resolve) => setTimeout(resolve, RETRY_AFTER_MS))
        return discover(config)
      })
      known = { metadata, at: performance.now() }
      return metadata
    } catch (error) {
      log.warn({ cause: causeOf(error) }, 'identity provider does not answer')
      if (known !== null) {
        known.at = performance.now() - METADATA_AGE_MS + ASK_AGAIN_MS
        return known.metadata
      }
      throw accountProblem('identity-provider-away', { retryAfterS: 10, cause: error })
    } finally {
      running = null
    }
  }

  return () => {
    if (known !== null && performance.now() - known.at < METADATA_AGE_MS) return Promise.resolve(known.metadata)
    running ??= ask()
    return running
  }
}

function isAway(error: unknown): boolean {
  const { code, status, cause } = error as { code?: string; status?: number; cause?: unknown }
  if (code === 'OAUTH_TIMEOUT' || (typeof status === 'number' && status >= 500)) return true
  if (cause instanceof Response) return cause.status >= 500
  return error instanceof TypeError && error.message === 'fetch failed'
}

async function exchangeCode(metadata: openid.Configuration, callbackUrl: URL, { state, nonce, codeVerifier }: SignInSecrets) {
  const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: codeVerifier, idTokenExpected: true }
  const tokens = await openid.authorizationCodeGrant(metadata, callbackUrl, checks)
  const identity = tokens.claims()
  if (identity === undefined) throw new Error('no identity token')
  if (metadata.serverMetadata().userinfo_endpoint === undefined) return identity
  // Name, role and address usually stand only here.
  const more = await openid.fetchUserInfo(metadata, tokens.access_token, identity.sub)
  return { ...identity, ...more, iss: identity.iss, sub: identity.sub }
}

/** Makes the one way to the issuer. Nothing is asked of it until somebody signs in. */
export function createIdentityProvider(config: IdentityProviderConfig, log: Log): IdentityProvider {
  const settings = settingsOf(config)
  const metadataOf = cachedDiscovery(config, log)

  return {
    roleClaim: settings.roleClaim,
    rollClaim: settings.rollClaim,

    async signInUrl({ state, nonce, codeVerifier }, lang) {
      return openid.buildAuthorizationUrl(await metadataOf(), {
        redirect_uri: `${config.baseUrl}/auth/callback`,
        scope: settings.scope,
        state,
        nonce,
        code_challenge: await openid.calculatePKCECodeChallenge(codeVerifier),
        code_challenge_method: 'S256',
        ...(lang === undefined ? {} : { ui_locales: lang }),
      })
    },

    async readClaims(callbackUrl, secrets) {
      const metadata = await metadataOf()
      try {
        return await exchangeCode(metadata, callbackUrl, secrets)
      } catch (error) {
        log.warn({ cause: causeOf(error) }, 'sign-in was not completed')
        throw accountProblem(isAway(error) ? 'identity-provider-away' : 'sign-in-failed', { cause: error })
      }
    },
  }
}
