import type { Page } from 'playwright-core'
import { findings } from './axe.ts'

const OTHER = { da: 'en', en: 'da' } as const
export type PageLanguage = keyof typeof OTHER

/** The panel shows the page's own words and nothing is still coming. */
export async function settled(page: Page): Promise<void> {
  // Looked at often; a locator would look ever more seldom, up to half a second late each time.
  await page.evaluate(`new Promise((done, fail) => {
    const end = Date.now() + 30_000
    const look = () => {
      if (document.querySelector('main h1') && !document.querySelector('main [aria-busy=true], main .bm-skeleton')) done()
      else if (Date.now() > end) fail(new Error('Something of ' + location.pathname + ' is still coming after 30 seconds.'))
      else setTimeout(look, 30)
    }
    look()
  })`)
}

/** What is wrong with the words and the width of the page as it stands. */
async function faultsOf(page: Page, language: PageLanguage): Promise<string[]> {
  const faults: string[] = []
  const shown = await page.getAttribute('html', 'lang')
  if (shown !== language) faults.push(`speaks "${shown}" instead of "${language}"`)
  const tooWide = await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth')
  if (tooWide > 0) faults.push(`is ${tooWide}px wider than the window in "${language}"`)
  // A text that has no translation shows its key.
  const words = await page.locator('body').innerText()
  faults.push(...(words.match(/\b[a-z]+\.[a-z]+[A-Za-z]*\.[a-zA-Z]+\b/g) ?? []).map((key) => `shows the key ${key} in "${language}"`))
  return faults
}

/**
 * Opens a page in one language, looks at everything, and changes to the other as a person would: what then is too wide,
 * or has no words, is told as well.
 */
export async function pageFaults(page: Page, address: URL, language: PageLanguage): Promise<string[]> {
  const at = new URL(address)
  at.searchParams.set('lang', language)
  await page.goto(at.href)
  await settled(page)
  const faults = [...(await findings(page)), ...(await faultsOf(page, language))]
  const other = OTHER[language]
  const button = page.locator(`header button[lang=${other}]`).first()
  // A sheet for printing lies over the header, and a projector has none.
  if ((await page.locator('.bm-print-bar, .bm-stage').count()) === 0) await button.click()
  else {
    at.searchParams.set('lang', other)
    await page.goto(at.href)
  }
  await page.locator(`html[lang=${other}]`).waitFor({ state: 'attached' })
  await settled(page)
  faults.push(...(await faultsOf(page, other)))
  return faults.map((fault) => `${address.pathname}: ${fault}`)
}
