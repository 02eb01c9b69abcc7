import type { Page } from 'playwright-core'

/** A page of the server on which nothing is drawn. */
const NOWHERE = '/healthz'

/** On the page of invented people, the button with a name. */
export async function pressPerson(page: Page, person: string): Promise<void> {
  await page
    .getByRole('button')
    .filter({ has: page.getByText(person, { exact: true }) })
    .click()
}

/** Signs an invented person in the way anybody does it, by the button with their name, and ends at `returnTo`. */
export async function signInAs(page: Page, serverUrl: string, person: string, returnTo = NOWHERE): Promise<void> {
  await page.goto(`${serverUrl}/auth/sign-in?returnTo=${encodeURIComponent(returnTo)}`)
  await pressPerson(page, person)
  await page.waitForURL((url) => url.pathname === returnTo.split('?')[0])
}
