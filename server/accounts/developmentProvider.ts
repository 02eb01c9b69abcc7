import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto'
import type { EventEmitter } from 'node:events'
import { type Account, type ClientMetadata, type Configuration, interactionPolicy, Provider } from 'oidc-provider'
import type { Log } from '../platform/log.ts'
import { endedPage, pageHeaders, pageLanguage } from './developmentPages.ts'
import { DEVELOPMENT_CLIENT_ID, DEVELOPMENT_PATH, developmentIssuerUrl, testPeople } from './developmentPeople.ts'
import { createDevelopmentStore } from './developmentStore.ts'

function findAccount(_context: unknown, key: string): Account | undefined {
  const person = testPeople.find((candidate) => candidate.key === key)
  if (person === undefined) return undefined
  const { name, role, birthdate, rollNumber, address } = person
  return {
    accountId: key,
    claims: async () => ({
      sub: key,
      name,
      role,
      birthdate,
      roll_number: rollNumber,
      ...(address === null ? {} : { address: { ...address } }),
    }),
  }
}

/** Every sign-in asks who it is, and nobody is asked what the page may know. */
function alwaysChoose(): interactionPolicy.DefaultPolicy {
  const policy = interactionPolicy.base()
  policy.remove('consent')
  const { Check } = interactionPolicy
  const isChosen = new Check('choose', 'A test person has to be chosen', (context) =>
    context.oidc.result?.login ? Check.NO_NEED_TO_PROMPT : Check.REQUEST_PROMPT,
  )
  policy.get('login')?.checks.add(isChosen)
  return policy
}

function clientOf(baseUrl: string): ClientMetadata {
  return {
    client_id: DEVELOPMENT_CLIENT_ID,
    redirect_uris: [`${baseUrl}/auth/callback`],
    response_types: ['code'],
    grant_types: ['authorization_code'],
    token_endpoint_auth_method: 'none',
    id_token_signed_response_alg: 'ES256',
    subject_type: 'pairwise',
  }
}

function providerConfiguration(baseUrl: string): Configuration {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return {
    adapter: createDevelopmentStore(),
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), kid: 'development', use: 'sig', alg: 'ES256' }] } as Configuration['jwks'],
    clients: [clientOf(baseUrl)],
    claims: { openid: ['sub'], profile: ['name', 'role', 'birthdate', 'roll_number'], address: ['address'] },
    scopes: ['openid', 'profile', 'address'],
    subjectTypes: ['pairwise'],
    pairwiseIdentifier: (_context, key, client) => createHash('sha256').update(`${client.clientId}:${key}`).digest('base64url'),
    findAccount,
    responseTypes: ['code'],
    clientAuthMethods: ['none'],
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      dPoP: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
    },
    interactions: { policy: alwaysChoose(), url: (_context, interaction) => `${DEVELOPMENT_PATH}/interaction/${interaction.uid}` },
    async loadExistingGrant(context) {
      const grant = new context.oidc.provider.Grant({ accountId: context.oidc.session?.accountId, clientId: context.oidc.client?.clientId })
      grant.addOIDCScope('openid profile address')
      await grant.save()
      return grant
    },
    clientBasedCORS: () => false,
    pkce: { required: () => true },
    cookies: { keys: [randomBytes(32).toString('base64url')] },
    ttl: { AccessToken: 300, AuthorizationCode: 60, IdToken: 300, Interaction: 600, Session: 600, Grant: 600 },
    renderError(context) {
      context.set(pageHeaders)
      context.type = 'html'
      context.body = endedPage(pageLanguage(context.query.ui_locales))
    },
  }
}

/** The OpenID Connect library set up for invented people: one public client, code flow with PKCE, pairwise subjects. */
export function createProvider(baseUrl: string, log: Log): Provider {
  const provider = new Provider(developmentIssuerUrl(baseUrl), providerConfiguration(baseUrl))
  // The headers it trusts are written in `prepare`; its own error log goes where all logs go.
  provider.proxy = true
  const note = (error: Error) => log.warn({ cause: error.message }, 'development issuer')
  const events: EventEmitter = provider
  events.on('error', note)
  events.on('server_error', (_context, error) => note(error))
  return provider
}
