import { expect, it } from 'vitest'
import { importsOf, type SourceFile, sourceFiles } from './sourceFiles.ts'

/** Pages of the web that never say that their text stands, themselves or through a part: their map would wait in vain. */
function silentPages(files: readonly SourceFile[]): string[] {
  const speaking = new Set(files.filter(({ text }) => text.includes('markTextUsable')).map(({ path }) => path))
  return files
    .filter(({ path }) => /^web\/.*Page\.tsx$/.test(path))
    .filter((page) => !speaking.has(page.path) && !importsOf(page).some(({ target }) => speaking.has(target)))
    .map(({ path }) => `${path} never calls markTextUsable`)
}

it('every page says when its text stands, so that the map comes', () => {
  expect(silentPages(sourceFiles('web/**/*.tsx'))).toEqual([])
})

it('a planted page that keeps silent is rejected', () => {
  expect(silentPages([{ path: 'web/ideas/SilentPage.tsx', text: 'export function SilentPage() {}' }])).toHaveLength(1)
})
