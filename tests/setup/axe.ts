import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

interface Violation {
  id: string
  impact: string
  nodes: { target: string[]; failureSummary: string }[]
}

/** WCAG 2.2 AA rules of axe on the page as it stands, each finding as a line. */
export async function findings(page: Page): Promise<string[]> {
  // Half a megabyte, once for each page.
  if (!(await page.evaluate<boolean>('"axe" in window'))) await page.evaluate(await readFile(axePath, 'utf8'))
  const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
  // What passes is not described: that takes longer than the rules.
  const options = JSON.stringify({ runOnly: rules, resultTypes: ['violations'] })
  const violations = await page.evaluate<Violation[]>(`axe.run(document, ${options}).then(({ violations }) => violations)`)
  return violations.flatMap(({ id, impact, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} (${impact}) ${target.join(' ')}: ${failureSummary.split('\n')[1]?.trim()}`),
  )
}
