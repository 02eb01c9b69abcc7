import type { Meeting } from '../../server/meetings/contract.ts'
import { bodyOf, type SignedIn, type TestApp } from '../setup/app.ts'
import { VOTE_DISTRICTS, type VoteDistrict } from './vote.ts'

/** Måløv as it was in 2018: three projects, the whole share for one of them. */
export const MAALOEV_2018: VoteDistrict = {
  districtId: 'maaloev',
  name: 'Måløv',
  shareDkk: 186_185,
  projects: [
    { projectId: '2026-klatring', costDkk: 186_185 },
    { projectId: '2026-brydegaarden', costDkk: 150_000 },
    { projectId: '2026-spejdere', costDkk: 120_000 },
  ],
  settings: { decidedBy: 'knock-out', ballotKind: 'choose-one', channels: ['code', 'paper', 'show-of-hands'] },
}

const districtOf = (wanted: string) => VOTE_DISTRICTS.find(({ districtId }) => districtId === wanted) as VoteDistrict

/** Ballerup Syd, whose meeting agrees on amounts. */
export const SYD_AGREES: VoteDistrict = {
  ...districtOf('ballerup-syd'),
  settings: { decidedBy: 'agreed-sharing', channels: ['paper'] },
}

/** Skovlunde, decided by the ballots of its box. */
export const SKOVLUNDE = districtOf('skovlunde')

/** The address of a district's meeting, for its staff. */
export const meetingPath = (districtId: string, year = 2026) => `/api/plan/rounds/${year}/meetings/${districtId}`

/** Plans a meeting, and opens it unless told otherwise. */
export async function buildMeeting(t: TestApp, as: SignedIn, districtId: string, { isOpen = true, year = 2026 } = {}): Promise<Meeting> {
  const path = meetingPath(districtId, year)
  const plan = { version: 0, place: 'Kulturhus Måløv', startsAt: '2026-05-04T17:00:00.000Z', endsAt: '2026-05-04T19:00:00.000Z' }
  const planned = await t.send('PUT', path, { as, body: plan })
  if (!planned.ok) throw new Error(await planned.text())
  if (!isOpen) return bodyOf<Meeting>(planned)
  const opened = await t.send('POST', `${path}/open`, { as })
  if (!opened.ok) throw new Error(await opened.text())
  return bodyOf<Meeting>(opened)
}

/** Lets people in without a list. */
export async function letPeopleIn(
  t: TestApp,
  as: SignedIn,
  districtId: string,
  people: number,
  means = 'show-of-hands',
  year = 2026,
): Promise<void> {
  const answer = await t.send('POST', `${meetingPath(districtId, year)}/door`, { as, body: { means, people } })
  if (!answer.ok) throw new Error(await answer.text())
}
