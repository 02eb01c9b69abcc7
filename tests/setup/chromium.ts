import { existsSync } from 'node:fs'
import type { TestProject } from 'vitest/node'
import { buildPage } from '../../server/platform/page/build.ts'
import { installPackages, isDebianAsRoot } from './debianPackage.ts'
import provideTemplate from './templateDatabase.ts'

declare module 'vitest' {
  interface ProvidedContext {
    chromiumPath: string
  }
}

const usualPlaces = [
  // Chromium built without windows: the same pages for a fifth less work.
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

/** A Chrome or Chromium to drive: CHROMIUM_PATH, the usual places, or on Debian as root its packages. */
export function findChromium(): string {
  const named = process.env.CHROMIUM_PATH
  if (named) {
    if (existsSync(named)) return named
    throw new Error(`CHROMIUM_PATH names ${named}, but nothing is there. Correct it, or unset it to look in the usual places.`)
  }
  const found = () => usualPlaces.find((place) => existsSync(place))
  if (!found() && isDebianAsRoot()) installPackages('chromium', 'chromium-headless-shell')
  const path = found()
  if (path) return path
  throw new Error(
    'The journeys need a Chrome or Chromium. Install one (on Debian: apt-get install chromium), or set CHROMIUM_PATH to its program.',
  )
}

/** Before the journeys: a browser, and a page that is up to date; the database is made meanwhile, each on a core of its own. */
export default async function setup(project: TestProject) {
  project.provide('chromiumPath', findChromium())
  const page = buildPage()
  page.catch(() => {})
  const end = await provideTemplate(project)
  await page
  return end
}
