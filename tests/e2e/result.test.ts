import { join } from 'node:path'
import { sql } from 'kysely'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildHardResult } from '../builders/hardResult.ts'
import { buildResult } from '../builders/result.ts'
import { buildVariedResult } from '../builders/variedResult.ts'
import { buildVote, VOTE_DISTRICTS } from '../builders/vote.ts'
import { findings } from '../setup/axe.ts'
import { DESKTOP, type Journey, PHONE, startJourney } from '../setup/browser.ts'
import { pageFaults, settled } from '../setup/pageFaults.ts'
import { signInAs } from '../setup/signInAs.ts'

let journey: Journey
const year = new Date().getFullYear()
beforeAll(async () => {
  journey = await startJourney()
  await buildVariedResult(journey.server.deps.db, year)
})
afterAll(() => journey.close())

async function open(page: Page, path: string): Promise<void> {
  await page.goto(`${journey.server.url}${path}`)
  await settled(page)
}

/** What else is not there is answered 404, which the browser tells; nothing else may be wrong. */
const faultsAmong = (problems: readonly string[]) => problems.filter((problem) => !problem.includes('404'))

describe('a citizen', () => {
  it('reads on a phone who won and why, counts it again, tries another rule and a file of their own', { timeout: 60_000 }, async () => {
    const { page, problems } = await journey.open({ size: PHONE, drawsMap: false })
    await open(page, `/runder/${year}/resultat`)
    const syd = page.getByRole('region', { name: /Ballerup Syd/ })
    expect(await syd.getByRole('list', { name: 'Projekter, der fik penge' }).innerText()).toMatch(/180\.000\skr\./)
    await syd.getByText('Sådan blev der talt, og hvorfor').click()
    const reasons = await syd.getByRole('list', { name: 'Hvorfor' }).innerText()
    expect(reasons).toContain('Nåede ikke med, fordi dets stemmer havde')
    expect(reasons).toMatch(/stemmer mere havde været nok/)
    await syd.getByText('Hvor blev din andel af? Et eksempel').click()
    const sydText = (await syd.innerText()).replaceAll('\u00a0', ' ')
    for (const words of [
      'Deles andelen lige, er der 2.073 kr. til hver stemmeseddel.',
      'blev det, hver stemmeseddel måtte betale med, hævet til 3.530 kr.',
      '1.530 kr. brugte den ikke. Det hævede beløb er kun til at regne med',
      'Af hele bydelens andel er 40.251 kr. tilbage. Det svarer til 222 kr. for hver stemmeseddel.',
      '31 stemmer fik ingen af deres projekter',
      '40 stemmer fik 2 af deres projekter',
    ]) {
      expect(sydText).toContain(words)
    }
    const maaloev = await page.getByRole('region', { name: /Måløv/ }).innerText()
    for (const words of ['40 stemmer', '71 stemmer for projekter i sidste runde', '74 i første runde', 'håndsoprækning, 3 blanke']) {
      expect(maaloev).toContain(words)
    }
    expect(maaloev).toContain('Talt to gange; begge tællere fik det samme.')
    expect(await page.getByRole('region', { name: /Ballerup Nord/ }).innerText()).toContain('færre end 20 stemmer')
    expect(await findings(page)).toEqual([])
    await page.getByRole('link', { name: 'Tæl selv om' }).click()
    await page.getByRole('button', { name: 'Tæl om nu' }).click()
    await page.getByText('Alt, der kan tjekkes her, er lig med det offentliggjorte.').first().waitFor()
    expect(await page.getByText('Lig med det offentliggjorte, trin for trin').count()).toBe(2)
    const inLog = await page.getByRole('list', { name: 'Er det de samme filer som dengang?' }).innerText()
    for (const words of ['Opsætningen er den, der blev låst.', 'Skovlunde: Filen med stemmesedler er den, der blev offentliggjort.']) {
      expect(inLog).toContain(words)
    }
    expect(inLog.match(/Kvitteringerne er dem, der var i kassen, da den blev lukket\./g)).toHaveLength(4)
    await page.getByLabel('Regel').selectOption('greedy_cost')
    await page.getByRole('button', { name: 'Tæl', exact: true }).click()
    await page.getByText('Dette er ikke resultatet.').waitFor()
    await page.getByLabel('Din egen .pb-fil').setInputFiles(join(import.meta.dirname, '../fixtures/pb', 'format_messy.pb'))
    await page.getByRole('button', { name: 'Tæl', exact: true }).click()
    await page.getByRole('list', { name: 'Projekter, der ville få penge' }).waitFor()
    const broken = { name: 'forkert.pb', mimeType: 'text/plain', buffer: Buffer.from('META\nkey;value\n') }
    await page.getByLabel('Din egen .pb-fil').setInputFiles(broken)
    await page.getByRole('button', { name: 'Tæl', exact: true }).click()
    await page.getByText('forkert.pb kan ikke tælles.').waitFor()
    expect(await findings(page)).toEqual([])
    expect(faultsAmong(problems)).toEqual([])
  })

  it('is told when a file was changed on the way', async () => {
    const { page } = await journey.open({ drawsMap: false })
    await page.route('**/ballots/skovlunde.pb', async (route) => {
      const text = await (await route.fetch()).text()
      await route.fulfill({ body: text.replace(/(\d+);(\d+-skovlunde-toilet)\n/, `$1;$2,${year}-skovlunde-skater\n`) })
    })
    await open(page, `/runder/${year}/tjek`)
    await page.getByRole('button', { name: 'Tæl om nu' }).click()
    await page.getByText('Noget er ikke lig med det offentliggjorte.').first().waitFor()
    await page.getByText('Filen har et andet fingeraftryk end det, der står i resultatet.').waitFor()
    await page.getByText('Skovlunde: Filen med stemmesedler er en anden end den, der blev offentliggjort, siger loggen.').waitFor()
  })

  it('is told when a file was changed in the database after publication, which the result itself follows', async () => {
    const { db } = journey.server.deps
    const forged = year + 3
    const [skovlunde] = VOTE_DISTRICTS.filter(({ districtId }) => districtId === 'skovlunde')
    await buildResult(db, { year: forged, districts: skovlunde ? [skovlunde] : [], hasEvidence: true })
    await db.transaction().execute(async (trx) => {
      await sql`alter table district_result disable trigger district_result_kept`.execute(trx)
      await sql`update district_result set ballot_file = replace(ballot_file, 'Projekt 1 i', 'Projekt 9 i') where round_year = ${forged}`.execute(
        trx,
      )
      await sql`alter table district_result enable trigger district_result_kept`.execute(trx)
    })
    const { page } = await journey.open({ size: PHONE, drawsMap: false })
    await open(page, `/runder/${forged}/tjek`)
    await page.getByRole('button', { name: 'Tæl om nu' }).click()
    await page.getByText('Noget er ikke lig med det offentliggjorte.').first().waitFor()
    await page.getByText('Filen har det fingeraftryk, der står i resultatet.').waitFor()
    await page.getByText('Skovlunde: Filen med stemmesedler er en anden end den, der blev offentliggjort, siger loggen.').waitFor()
    await page.getByText('Loggen hænger sammen', { exact: false }).waitFor()
  })

  it('sees rules that are for trying out step by step', async () => {
    const { page } = await journey.open({ size: PHONE, drawsMap: false })
    await open(page, `/runder/${year}/tjek`)
    const countBy = async (rule: string) => {
      await page.getByLabel('Regel').selectOption(rule)
      await page.getByRole('button', { name: 'Tæl', exact: true }).click()
      await page.getByText('Trin for trin', { exact: true }).click()
    }
    await countBy('phragmen')
    await page.getByText('blev købt, da hver stemmeseddel havde fået').first().waitFor()
    await countBy('max_welfare_card')
    await page.getByText('Ingen anden giver lige så meget.', { exact: false }).waitFor()
    expect(await findings(page)).toEqual([])
  })

  it('leaves no count behind that nobody waits for', async () => {
    const { page } = await journey.open({ drawsMap: false })
    // A count without end.
    await page.route('**/countWorker*', (route) => route.fulfill({ contentType: 'text/javascript', body: 'onmessage = () => {}' }))
    await open(page, `/runder/${year}/tjek`)
    await page.getByRole('button', { name: 'Tæl', exact: true }).click()
    const counting = () => page.workers().filter((worker) => worker.url().includes('countWorker')).length
    await expect.poll(counting).toBe(1)
    await page.getByRole('link', { name: `Resultatet af ${year}` }).click()
    await page.getByRole('link', { name: 'Tæl selv om' }).waitFor()
    await expect.poll(counting).toBe(0)
  })
})

describe('a result that is hard to tell', () => {
  const hard = year + 2
  beforeAll(() => buildHardResult(journey.server.deps, hard))

  it('names points, few ballots, ties, a meeting that agreed, and how money was passed on', { timeout: 90_000 }, async () => {
    const { page } = await journey.open({ size: PHONE, drawsMap: false })
    await open(page, `/runder/${hard}/resultat`)
    const textOf = async (name: RegExp) => {
      const region = page.getByRole('region', { name })
      for (const summary of await region.locator('summary').all()) await summary.click()
      return (await region.innerText()).replaceAll('\u00a0', ' ')
    }
    const lead = (await page.locator('.bm-lead').first().innerText()).replaceAll('\u00a0', ' ')
    expect(lead).toMatch(/har fordelt [\d.]+ kr\. af 1\.000\.000 kr\. til \d projekter/)
    const syd = await textOf(/Ballerup Syd/)
    expect(syd).toContain('100 point')
    expect(syd).toContain('kr. pr. point')
    expect(syd).not.toContain('100 stemmer')
    const few = await textOf(/Skovlunde/)
    expect(few).toContain('Lige andele: Alle stemmer råder over lige mange penge')
    expect(few).toContain('Nåede ikke med, fordi det fik 2 stemmer; der skulle mindst 3 til.')
    expect(few).toContain('Trinnene vises ikke')
    const passed = await textOf(/Måløv/)
    expect(passed).toContain('Optællingen før »Amfi« faldt fra')
    expect(passed).toContain('Sådan fandt pengene videre, da »Amfi« faldt fra')
    expect(passed).toContain('Nåede ikke med, fordi det koster 150.000 kr., og der kun var 126.185 kr. at give videre.')
    expect(passed).toContain('Optællingen gav først: Amfi 120.000 kr., Cykelbane 60.000 kr. Den står uændret i filerne.')
    expect(passed).toMatch(/Efter at »Amfi« faldt fra, var resultatet: Cykelbane 60\.000 kr\., (Drivhus|Eng) 100\.000 kr\./)
    expect(passed).toMatch(
      /Plads 4 på listen: »(Drivhus|Eng)« og »(Drivhus|Eng)« stod lige\. .* fordi det kom før i den offentlige lodtrækning\./,
    )
    expect(await textOf(/Ballerup Nord/)).toContain('Alle var enige om køkkenhaven. Resten blev stående.')
    expect(await findings(page)).toEqual([])
  })

  it('is reached from the page of a project that missed out, at its district', async () => {
    const { page } = await journey.open({ size: PHONE, drawsMap: false })
    await open(page, `/projekter/${hard}-skater`)
    await page.getByRole('link', { name: `Sådan blev der stemt og talt i ${hard}` }).click()
    await page.getByRole('region', { name: /Skovlunde/ }).waitFor()
    expect(new URL(page.url()).hash).toBe('#skovlunde')
    // At the top of the sheet, which covers the lower half of a phone.
    await expect.poll(() => page.locator('#skovlunde').evaluate((element) => element.getBoundingClientRect().top)).toBeLessThan(500)
  })

  it('gives its text for newspapers without a clipboard too, and is formal district by district', async () => {
    const { page } = await journey.open({ drawsMap: false, isSpoiled: true })
    await page.addInitScript(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }))
    await sql`insert into decision_record (decision_record_id, round_year, district_id, body, decided_on, summary, author_name, created_at)
      values (gen_random_uuid(), ${hard}, 'maaloev', 'Kommunalbestyrelsen', ${`${hard}-06-22`}, 'Bevilligede pengene til Måløv.', 'Test', now())`.execute(
      journey.server.deps.db,
    )
    await open(page, `/runder/${hard}/resultat`)
    expect(await page.getByRole('region', { name: /Måløv/ }).innerText()).toContain('Formelt besluttet den 22. juni')
    expect(await page.getByRole('region', { name: /Ballerup Syd/ }).innerText()).toContain('Et løfte')
    await page.getByText('For Ballerup Syd, Skovlunde og Ballerup Nord er der ikke registreret en politisk beslutning endnu.').waitFor()
    await page.getByRole('button', { name: 'Kopiér teksten' }).click()
    await page.getByText('Teksten er markeret.', { exact: false }).first().waitFor()
    expect(await page.evaluate('String(window.getSelection())')).toContain('Borgerne i Ballerup har fordelt')
  })
})

describe('an earlier round', () => {
  it('can be printed, and has no text for newspapers where no winner is known', async () => {
    const { page } = await journey.open({ drawsMap: false })
    await open(page, '/runder/2021/resultat')
    await page.getByRole('button', { name: 'Skriv ud' }).waitFor()
    expect(await page.getByText('Til avisen').count()).toBe(0)
    await open(page, '/runder/2018/resultat')
    expect(await page.getByText('Til avisen').count()).toBe(1)
  })
})

describe('an organiser', () => {
  it('records a decision, which everybody then reads beside the result', async () => {
    const { page } = await journey.open({ drawsMap: false })
    await signInAs(page, journey.server.url, 'Testprojektleder', '/plan/afstemning/beslutninger')
    await page.getByLabel('Hvem besluttede').fill('Kommunalbestyrelsen')
    await page.getByLabel('Hvornår').fill(`${year}-06-22`)
    await page.getByLabel('Hvad blev besluttet').fill('Bevilligede pengene, som bydelene ønskede.')
    await page.getByRole('button', { name: 'Registrér', exact: true }).click()
    await page.getByText('Bevilligede pengene, som bydelene ønskede.').waitFor()
    await page.getByText('Foreslå, at pengene går videre').click()
    await page.getByLabel('Hvorfor kan det ikke bygges? (offentligt)').fill('Ejeren af jorden vil alligevel ikke.')
    await page.getByRole('button', { name: 'Foreslå', exact: true }).click()
    await page.getByText('En anden organisator skal bekræfte.').waitFor()
    expect(await findings(page)).toEqual([])
    await open(page, `/runder/${year}/resultat`)
    await page.getByText('Bevilligede pengene, som bydelene ønskede.').waitFor()
  })
})

describe('every page of a result', () => {
  it.each([
    ['da', PHONE],
    ['en', DESKTOP],
  ] as const)('is accessible, fits and speaks both languages, begun in %s', { timeout: 90_000 }, async (language, size) => {
    const { page } = await journey.open({ size, drawsMap: false })
    const found: string[] = []
    for (const path of [`/runder/${year}/resultat`, `/runder/${year}/tjek`, '/runder/2018/resultat', '/runder/2021/resultat']) {
      found.push(...(await pageFaults(page, new URL(path, journey.server.url), language)))
    }
    expect(found).toEqual([])
  })

  it('says before publication how far the vote is, and nothing of the count', async () => {
    await buildVote(journey.server.deps.db, { year: year + 1, state: 'open', districts: VOTE_DISTRICTS.slice(0, 1) })
    const { page } = await journey.open({ size: PHONE, drawsMap: false })
    const faults = await pageFaults(page, new URL(`/runder/${year + 1}/resultat`, journey.server.url), 'da')
    expect(faults).toEqual([])
    await page.goto(`${journey.server.url}/runder/${year + 1}/resultat?lang=da`)
    await page.getByText('Der stemmes nu.').waitFor()
  })
})

describe('the map beside a result', () => {
  it('shows a circle per project, larger for more money', { timeout: 60_000 }, async () => {
    const { page, problems } = await journey.open()
    await open(page, `/runder/${year}/resultat`)
    await page.getByRole('button', { name: 'Vis signaturforklaring' }).click()
    await page.getByText('Fik penge; cirklens areal følger beløbet').waitFor()
    expect(faultsAmong(problems)).toEqual([])
  })
})
