import type { Database } from '../../server/platform/db/connect.ts'
import { ballotsOf, buildResult, type HandedIn } from './result.ts'
import type { VoteDistrict } from './vote.ts'

/** Four districts that decide in four ways: equal shares with a tie, most votes with a remainder, a knock-out, and a handful of ballots. */
export function variedDistricts(year: number): { districts: VoteDistrict[]; handedIn: Record<string, HandedIn> } {
  const id = (name: string) => `${year}-${name}`
  const syd: VoteDistrict = {
    districtId: 'ballerup-syd',
    name: 'Ballerup Syd',
    shareDkk: 375_251,
    rollSize: 18_101,
    settings: { rule: 'mes_cost+add1u', tie: 'min-cost,max-votes,lot' },
    projects: [
      { projectId: id('syd-sommerscene'), title: 'Sommerscene og parasoller til Dans på Kirketorvet', costDkk: 180_000 },
      { projectId: id('syd-aktivitetsbane'), title: 'Udfordrende offentlig aktivitetsbane ved atletikstadion', costDkk: 240_000 },
      { projectId: id('syd-baenke'), title: 'Bænke og lys på stien til Grantoften', costDkk: 60_000 },
      { projectId: id('syd-urtehaver'), title: 'Urtehaver på taget', costDkk: 60_000 },
      { projectId: id('syd-bordtennis'), title: 'Bordtennis på Baltorpplænen', costDkk: 35_000 },
    ],
  }
  const [scene, bane, baenke, haver, tennis] = syd.projects.map(({ projectId }) => projectId) as [string, string, string, string, string]
  const skovlunde: VoteDistrict = {
    districtId: 'skovlunde',
    name: 'Skovlunde',
    shareDkk: 273_918,
    settings: { remainderOffer: true },
    projects: [
      { projectId: id('skovlunde-toilet'), title: 'Toilet og vand i Sømosen', costDkk: 220_000 },
      { projectId: id('skovlunde-harer'), title: 'Harefamilie at klatre på i Ådalen', costDkk: 140_000, smallestUsefulDkk: 50_000 },
      { projectId: id('skovlunde-skater'), title: 'Skaterramper i Skovlunde Bypark', costDkk: 190_000 },
    ],
  }
  const [toilet, harer, skater] = skovlunde.projects.map(({ projectId }) => projectId) as [string, string, string]
  const maaloev: VoteDistrict = {
    districtId: 'maaloev',
    name: 'Måløv',
    shareDkk: 186_185,
    settings: { decidedBy: 'knock-out', channels: ['show-of-hands'] },
    projects: [
      { projectId: id('maaloev-klatring'), title: 'Klatreskulptur ved Måløvhallerne', costDkk: 186_185 },
      { projectId: id('maaloev-koekken'), title: 'Nyt køkken i Brydegården', costDkk: 186_185 },
      { projectId: id('maaloev-baalhytte'), title: 'Bålhytte til spejderne', costDkk: 150_000 },
    ],
  }
  const [klatring, koekken, baalhytte] = maaloev.projects.map(({ projectId }) => projectId) as [string, string, string]
  const nord: VoteDistrict = {
    districtId: 'ballerup-nord',
    name: 'Ballerup Nord',
    shareDkk: 164_646,
    projects: [
      { projectId: id('nord-koekkenhave'), title: 'Fælles køkkenhave ved Nordbuen', costDkk: 90_000 },
      { projectId: id('nord-shelter'), title: 'Shelter nord for Lundegården', costDkk: 90_000 },
    ],
  }
  const [have, shelter] = nord.projects.map(({ projectId }) => projectId) as [string, string]
  return {
    districts: [syd, skovlunde, maaloev, nord],
    handedIn: {
      'ballerup-syd': {
        box: ballotsOf(
          [52, scene],
          [31, bane],
          [24, scene, tennis],
          [18, bane, baenke],
          [16, haver, baenke],
          [12, tennis],
          [9, haver],
          [3],
        ),
        meeting: { paper: { ballots: ballotsOf([14, scene, bane], [5, tennis]), invalid: [{ reason: 'too-many-marks', count: 2 }] } },
      },
      skovlunde: { box: ballotsOf([48, toilet], [37, harer], [21, toilet, harer], [26, skater], [1]) },
      maaloev: {
        meeting: {
          knockOut: [
            {
              votes: [
                { projectId: klatring, votes: 30 },
                { projectId: koekken, votes: 26 },
                { projectId: baalhytte, votes: 15 },
              ],
              goOn: 2,
            },
            {
              votes: [
                { projectId: klatring, votes: 40 },
                { projectId: koekken, votes: 31 },
              ],
              goOn: 1,
            },
          ],
          rounds: [
            { method: 'show-of-hands', blankVotes: 3, note: 'Talt to gange; begge tællere fik det samme.' },
            { method: 'show-of-hands', blankVotes: 0, note: null },
          ],
        },
        turnout: { byChannel: [{ channel: 'show-of-hands', ballots: 74 }], marks: null, receipts: null },
      },
      'ballerup-nord': { box: ballotsOf([8, have], [8, shelter]) },
    },
  }
}

/** A published round whose districts decided in four ways. */
export function buildVariedResult(db: Database, year: number) {
  return buildResult(db, { year, ...variedDistricts(year), hasEvidence: true })
}
