import { relative } from 'node:path'
import type { Rolldown } from 'vite'

type Modules = Parameters<Rolldown.CodeSplittingNameFunction>[1]

/** Pages that one visit goes through together, by where they stand. Whoever opens one is likely to open the next. */
const AREAS: readonly (readonly [string, RegExp])[] = [
  ['form', /^(ideas\/new\/|assessments\/author\/CorrectionFields)/],
  ['place', /^feasibility\//],
  ['vote', /^voting\/(?!codes\/|booth\/PlaceMap)/],
  ['result', /^allocation\/(result|check)\//],
  ['meetings', /^meetings\//],
  ['plan', /^(plan|worklist|conflicts|constraints|voting\/codes|assessments(?!\/author)|[a-z]+\/plan)\//],
  ['pages', /^(about|assessments\/author|districts|elections|ideas|installations|projects|rounds)\//],
]

/** The areas from which a module is reached: those of the pages, loaded one by one, that import it. A page of no area is one itself. */
function areasOf(id: string, modules: Modules): Set<string> {
  const areas = new Set<string>()
  const seen = new Set<string>()
  const climb = (module: string) => {
    if (seen.has(module)) return
    seen.add(module)
    const info = modules.getModuleInfo(module)
    if (info === null) return
    if (info.isEntry || info.dynamicImporters.length > 0) areas.add(areaOf(module))
    info.importers.forEach(climb)
  }
  climb(id)
  return areas
}

function areaOf(page: string): string {
  const path = relative(import.meta.dirname, page).replaceAll('\\', '/')
  // Page and worker of the map library share most of it; the build finds out what.
  if (/\/maplibre-gl\/|^map\/(mapLibrary|archive)\.ts$/.test(path)) return 'map library'
  return AREAS.find(([, pages]) => pages.test(path))?.[0] ?? path
}

/** `base` comes with the map, so with every first visit: it holds only what the map and the search box need too. */
function groupOf(id: string, modules: Modules): string | null {
  const areas = [...areasOf(id, modules)]
  const named = areas.filter((area) => AREAS.some(([name]) => name === area))
  if (named.length === 0) return null
  if (areas.length === 1) return named[0] ?? null
  // A style sheet comes to the pages that ask for it, and to no others.
  if (id.endsWith('.css')) return null
  return named.length === areas.length ? 'shared' : 'base'
}

/**
 * Which files the page's script is cut into: one for everything the first page needs, one for each area, and two for what
 * several areas need. A file for every module that two pages share would be a hundred and twenty of them, a third larger together.
 */
export const scriptGroups: Rolldown.CodeSplittingGroup[] = [
  { name: 'first', test: /\/web\/main\.tsx$/, priority: 2 },
  { name: groupOf, debugName: 'areas', priority: 1, includeDependenciesRecursively: false },
]
