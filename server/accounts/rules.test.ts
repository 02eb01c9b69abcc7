import { describe, expect, test } from 'vitest'
import { addressOf, displayNameOf, isOwnTown, localPath, roleOf, streetOf, townOf, withSignInProblem } from './rules.ts'

describe('roleOf', () => {
  test.each([
    [undefined, 'citizen'],
    ['planner', 'planner'],
    ['decision-maker', 'decision-maker'],
    ['Planner', 'citizen'],
    ['visitor', 'citizen'],
    ['superuser', 'citizen'],
    [['unknown', 'moderator'], 'moderator'],
    [['citizen', 'moderator', 'planner'], 'planner'],
    [['admin', 'citizen'], 'admin'],
    [[], 'citizen'],
    [{ role: 'admin' }, 'citizen'],
    [[['admin']], 'citizen'],
    ['planner,admin', 'citizen'],
    [true, 'citizen'],
  ])('%j is %s', (claim, role) => expect(roleOf(claim)).toBe(role))
})

describe('displayNameOf', () => {
  test.each([
    ['  Ane Ærø  ', 'Ane Ærø'],
    ['Ane\n\tÆrø', 'Ane Ærø'],
    ['A\u0000n\u0007e\u009f', 'Ane'],
    ['\u202eenA', 'enA'],
    ['', 'Borger'],
    [' \u200b ', 'Borger'],
    [undefined, 'Borger'],
    [12, 'Borger'],
    ['x'.repeat(101), 'x'.repeat(100)],
    ['👩'.repeat(101), '👩'.repeat(100)],
    ['\ud800Ane', '\ufffdAne'],
    ['<b>Ane</b>', '<b>Ane</b>'],
  ])('%j is %j', (claim, name) => expect(displayNameOf(claim)).toBe(name))
})

describe('localPath', () => {
  test.each([
    ['/', '/'],
    ['/ideer/ny', '/ideer/ny'],
    ['/?kategori=green&q=b%C3%A6nk', '/?kategori=green&q=b%C3%A6nk'],
    ['/ideer/ny?trin=2#kort', '/ideer/ny?trin=2'],
    ['/ideer/æ', '/ideer/%C3%A6'],
    [undefined, '/'],
    ['', '/'],
    ['ideer', '/'],
    ['//evil.example', '/'],
    ['/\\evil.example', '/'],
    ['/%5Cevil.example', '/%5Cevil.example'],
    ['\\\\evil.example', '/'],
    ['/\t/evil.example', '/'],
    ['/.//evil.example', '/'],
    ['/ideer/..//evil.example', '/'],
    ['https://evil.example/', '/'],
    ['javascript:alert(1)', '/'],
    ['/a\r\nSet-Cookie: b=c', '/'],
    ['/auth/sign-in?returnTo=/', '/'],
    ['/./auth/callback', '/'],
    ['/test-login/auth', '/'],
    ['/authors', '/authors'],
    [`/${'a'.repeat(2000)}`, '/'],
  ])('%j is %j', (given, path) => expect(localPath(given)).toBe(path))
})

test('a sign-in problem joins the query that is there', () => {
  expect(withSignInProblem('/ideer/ny?trin=2', 'sign-in-failed')).toBe('/ideer/ny?trin=2&signInProblem=sign-in-failed')
  expect(withSignInProblem('/?signInProblem=sign-in-failed', 'sign-in-expired')).toBe('/?signInProblem=sign-in-expired')
})

describe('address', () => {
  test.each([
    ['Lundebjerg 12', 'Lundebjerg'],
    ['Knastebakken 7, 1. tv.', 'Knastebakken'],
    ['Magleparken 4B', 'Magleparken'],
    ['Magleparken 4 b', 'Magleparken'],
    ['Egebjerg Bygade 21\n2750 Ballerup', 'Egebjerg Bygade'],
    ['Ring 4', 'Ring'],
    ['10. Tværvej 3', '10. Tværvej'],
    ['Lundebjerg', 'Lundebjerg'],
    [' , ', null],
  ])('the street of %j is %j', (line, street) => expect(streetOf({ street_address: line })).toBe(street))

  test('a written address does where the parts are missing', () => {
    const address = { formatted: 'Lundebjerg 12, 1. tv.\n2740 Skovlunde\nDanmark' }
    expect([streetOf(address), townOf(address)]).toEqual(['Lundebjerg', 'Skovlunde'])
  })

  test.each([
    [undefined, null],
    ['Lundebjerg 12', null],
    [{}, null],
    [{ street_address: '  ', locality: 'Skovlunde' }, null],
    [{ street_address: 5 }, null],
  ])('%j is no address', (claim, address) => expect(addressOf(claim)).toBe(address))

  const names = ['Ballerup Nord', 'Ballerup Syd', 'Måløv', 'Skovlunde']
  test.each([
    ['Ballerup', true],
    ['skovlunde', true],
    ['Måløv', true],
    ['Aarhus', false],
    ['Ball', false],
    ['Nord', false],
  ])('%s is one of our towns: %s', (town, isOwn) => expect(isOwnTown(town, names)).toBe(isOwn))
})
