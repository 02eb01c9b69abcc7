import { afterEach, expect, test, vi } from 'vitest'
import { readConfig, StartError } from '../platform/config.ts'
import { createLog } from '../platform/log.ts'
import { createDevelopmentIssuer } from './developmentIssuer.ts'
import { choosePage, endedPage, pageLanguage } from './developmentPages.ts'
import { testPeople } from './developmentPeople.ts'

const log = createLog('silent')
const config = { baseUrl: 'http://localhost:8080', isProduction: false, oidc: null }

afterEach(() => vi.unstubAllEnvs())

test('invented people are refused in production, by the configuration and by the issuer itself', () => {
  expect(() => readConfig({ NODE_ENV: 'production', SECRET_KEY: 'x'.repeat(32) })).toThrow(StartError)
  expect(() => createDevelopmentIssuer({ ...config, isProduction: true }, log)).toThrow(StartError)
  vi.stubEnv('NODE_ENV', 'production')
  expect(() => createDevelopmentIssuer(config, log)).toThrow(StartError)
})

test('invented people are refused beside a real issuer', () => {
  const oidc = { issuer: 'https://id.example', clientId: 'a', clientSecret: null, scope: 'openid', roleClaim: 'role', rollClaim: null }
  expect(() => createDevelopmentIssuer({ ...config, oidc }, log)).toThrow(StartError)
})

test('there is somebody for every district and every role', () => {
  expect(new Set(testPeople.map(({ key }) => key)).size).toBe(testPeople.length)
  expect(new Set(testPeople.map(({ role }) => role))).toEqual(
    new Set(['citizen', 'planner', 'organiser', 'moderator', 'decision-maker', 'admin']),
  )
})

test.each(['da', 'en'] as const)('the %s page says it is a test, and carries no inline script or style', (lang) => {
  const html = choosePage(testPeople, '/test-login/interaction/a', lang)
  expect(html).toContain(`<html lang="${lang}">`)
  expect(html).toContain(lang === 'da' ? 'Dette er en test' : 'This is a test')
  for (const page of [html, endedPage(lang)]) expect(page).not.toMatch(/<script|<style|style=|\son\w+=/)
})

test.each([
  ['en', 'en'],
  ['en-GB da', 'en'],
  ['de da', 'da'],
  ['fr', 'da'],
  [undefined, 'da'],
  [{}, 'da'],
])('locales %j give %s', (locales, lang) => expect(pageLanguage(locales)).toBe(lang))
