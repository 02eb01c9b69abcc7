import { expect, it } from 'vitest'
import { importsOf, type SourceFile, sourceFiles } from './sourceFiles.ts'

// A sheet for printing undresses the page it stands in.
const MAY_OVERRIDE = ['web/assessments/print/print.css', 'web/meetings/ballots/ballots.css']

/** Classes that the style sheets of two rooms dress: what a page looks like would hang on which page was open before. */
function dressedTwice(files: readonly SourceFile[]): string[] {
  const rooms = new Map<string, Set<string>>()
  for (const { path, text } of files.filter(({ path }) => !MAY_OVERRIDE.includes(path))) {
    const selectors = text.replaceAll(/\/\*[\s\S]*?\*\//g, '').matchAll(/([^{}]+)\{/g)
    for (const [, list = ''] of selectors) {
      for (const [, name = ''] of list.matchAll(/(?:^|,)\s*\.(bm-[\w-]+)\s*(?=,|$)/g))
        rooms.set(name, (rooms.get(name) ?? new Set()).add(path.split('/')[1] ?? ''))
    }
  }
  return [...rooms].filter(([, found]) => found.size > 1).map(([name, found]) => `.${name} is dressed by ${[...found].join(' and ')}`)
}

it('a class is dressed by one room', () => expect(dressedTwice(sourceFiles('web/**/*.css'))).toEqual([]))

it('a planted class of two rooms is rejected', () => {
  const text = '.bm-a,\n.bm-b {\n  gap: 1px;\n}\n'
  expect(
    dressedTwice([
      { path: 'web/ideas/ideas.css', text },
      { path: 'web/plan/plan.css', text: text.replace('bm-a', 'bm-c') },
    ]),
  ).toEqual(['.bm-b is dressed by ideas and plan'])
})

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
