import { afterAll, beforeAll, expect, it } from 'vitest'
import { bodyOf, createTestApp, type TestApp } from '../setup/app.ts'

let t: TestApp
beforeAll(async () => {
  t = await createTestApp()
})
afterAll(() => t.close())

it('gives the four outlines with where they come from', async () => {
  const districts = await t.read('/api/districts')
  expect(districts.features.map((feature: { id: string }) => feature.id)).toEqual(['ballerup-nord', 'ballerup-syd', 'maaloev', 'skovlunde'])
  expect(districts.attribution).toContain('Klimadatastyrelsen')
  expect(districts.isOfficial).toBe(false)
  const areaM2 = districts.features.reduce((sum: number, feature: { properties: { areaM2: number } }) => sum + feature.properties.areaM2, 0)
  expect(areaM2 / 1e6).toBeCloseTo(33.9, 0)
})

it.each([
  ['skovlunde', 'Skovlunde', 12.402, 55.718],
  ['maaloev', 'Måløv', 12.314, 55.752],
  ['ballerup-nord', 'Ballerup Nord', 12.37, 55.744],
  ['ballerup-syd', 'Ballerup Syd', 12.354, 55.723],
])('finds %s at its label point', async (districtId, name, lng, lat) => {
  expect(await t.read(`/api/districts/at?lng=${lng}&lat=${lat}`)).toEqual({ districtId, name })
})

it('names the nearest district outside all of them', async () => {
  const response = await t.send('GET', '/api/districts/at?lng=12.25&lat=55.75')
  expect(response.status).toBe(404)
  expect(await bodyOf(response)).toMatchObject({ kind: 'outside-district', nearestDistrictId: 'maaloev', nearestDistrictName: 'Måløv' })
})

it.each(['lng=12.3', 'lng=x&lat=55', 'lng=200&lat=55', 'lng=NaN&lat=55', 'lng=1e400&lat=55'])('refuses %s', async (query) => {
  expect((await t.send('GET', `/api/districts/at?${query}`)).status).toBe(422)
})
