import { ROLES, type Role } from '../kernel/roles.ts'

/** What the identity provider says of a person, as far as it is looked at here. */
export type Claims = Record<string, unknown>

/** The standard OpenID Connect claim `address`; lives only while the district is found. @source OpenID Connect Core 1.0, 5.1.1 */
export interface AddressClaim {
  street_address?: string
  postal_code?: string
  locality?: string
  formatted?: string
}

/** Finds the district of an address, or `null`; passed in, so that another address register can take its place. */
export type ResolveAddress = (address: AddressClaim) => Promise<string | null>

export type SignInProblem = 'sign-in-failed' | 'sign-in-expired' | 'identity-provider-away' | 'voting-key-differs'

const FALLBACK_NAME = 'Borger'
const NAME_LENGTH = 100
const RETURN_TO_LENGTH = 2000
// Only resolves the path; `.invalid` never names a real host.
const anywhere = 'http://local.invalid'

// Somebody with several roles gets the one that may do most.
const strongestFirst: readonly Role[] = ['admin', 'organiser', 'planner', 'moderator', 'decision-maker', 'citizen']

/** The role a claim gives: a string or a list; only known words count, anything else is a citizen. */
export function roleOf(claim: unknown): Role {
  const words: unknown[] = Array.isArray(claim) ? claim : [claim]
  const known = words.filter((word): word is Role => (ROLES as readonly unknown[]).includes(word))
  return strongestFirst.find((role) => known.includes(role)) ?? 'citizen'
}

/** The name shown beside what a person writes: one line without control or direction characters, at most 100 characters. */
export function displayNameOf(claim: unknown): string {
  if (typeof claim !== 'string') return FALLBACK_NAME
  const line = claim
    .toWellFormed()
    .replace(/[\t\n\r\u2028\u2029]+/g, ' ')
    .replace(/[\p{Cc}\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff]/gu, '')
    .trim()
  return Array.from(line).slice(0, NAME_LENGTH).join('').trim() || FALLBACK_NAME
}

/**
 * Whole years a person has lived on a day, from the standard claim `birthdate` (a date or a year) or a number in `age`; null
 * where neither says. Of a year alone the last day counts, so that nobody is taken for older than they are.
 */
export function ageOf({ birthdate, age }: Claims, today: string): number | null {
  const plausible = (years: number) => (Number.isInteger(years) && years >= 0 && years <= 150 ? years : null)
  const [, year, month = '12', day = '31'] = (typeof birthdate === 'string' && /^(\d{4})(?:-(\d{2})-(\d{2}))?$/.exec(birthdate)) || []
  if (year !== undefined && year !== '0000') {
    const hadBirthday = today.slice(5) >= `${month}-${day}`
    return plausible(Number(today.slice(0, 4)) - Number(year) - (hadBirthday ? 0 : 1))
  }
  return typeof age === 'number' || typeof age === 'string' ? plausible(Number(age)) : null
}

/** The address claim's text members, or `null` when the provider gave none. */
export function addressOf(claim: unknown): AddressClaim | null {
  if (typeof claim !== 'object' || claim === null) return null
  const given = claim as Record<string, unknown>
  const text = (name: string) => (typeof given[name] === 'string' && given[name].trim() !== '' ? given[name].slice(0, 500) : undefined)
  const address = {
    street_address: text('street_address'),
    postal_code: text('postal_code'),
    locality: text('locality'),
    formatted: text('formatted'),
  }
  return address.street_address || address.formatted ? address : null
}

/** The street of an address without house number, floor and door: `Lundebjerg 12, 2. tv.` → `Lundebjerg`. */
export function streetOf({ street_address: street, formatted }: AddressClaim): string | null {
  const line = (street ?? formatted ?? '').split(/[\n,]/)[0]?.trim() ?? ''
  return line.replace(/\s+\d+\s*[A-Za-zÆØÅæøå]?$/, '').trim() || null
}

/** The town of an address: its locality, or what follows the postal code in the written address. */
export function townOf({ locality, formatted }: AddressClaim): string | null {
  return locality?.trim() || (formatted?.match(/\b\d{4}\s+(\p{L}[\p{L} ]*)/u)?.[1]?.trim() ?? null)
}

/** Whether a town is one the districts are named after. A street of the same name elsewhere in the country is not ours. */
export function isOwnTown(town: string, districtNames: readonly string[]): boolean {
  const wanted = town.toLowerCase()
  return districtNames.some((name) => `${name.toLowerCase()} `.startsWith(`${wanted} `))
}

function isLocal(path: string): boolean {
  return /^\/(?![/\\])/.test(path) && !/^\/(auth|test-login)(\/|\?|$)/.test(path)
}

/** A page of this site to come back to: path with query, without fragment; everything else becomes `/`. */
export function localPath(returnTo: string | undefined): string {
  if (returnTo === undefined || returnTo.length > RETURN_TO_LENGTH) return '/'
  if (!isLocal(returnTo) || /[\p{Cc}\\]/u.test(returnTo)) return '/'
  const url = URL.parse(returnTo, anywhere)
  if (url === null || url.origin !== anywhere) return '/'
  // `/.//evil.example` has become `//evil.example` by now.
  const path = url.pathname + url.search
  return isLocal(path) ? path : '/'
}

/** The page to come back to after a sign-in that did not work, so that it can say so and the draft is still there. */
export function withSignInProblem(returnTo: string, problem: SignInProblem): string {
  const url = new URL(returnTo, anywhere)
  url.searchParams.set('signInProblem', problem)
  return url.pathname + url.search
}
