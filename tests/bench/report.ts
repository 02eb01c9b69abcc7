import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { arch, cpus, release, totalmem } from 'node:os'
import { join } from 'node:path'
import { type Figure, holdsBar, type PartResult, rounded, spreadText } from './measure.ts'

const file = join(import.meta.dirname, 'results.md')
const PARTS = ['server', 'growth', 'page', 'conflicts', 'feasibility', 'feasibility-growth', 'layer', 'count', 'votes'] as const
export type PartName = (typeof PARTS)[number]
export const partNames: readonly string[] = PARTS

/** What the figures depend on. Names no host and no folder. */
export function describeMachine(): string {
  const [first] = cpus()
  const memoryGb = Math.round(totalmem() / 2 ** 30)
  return `${cpus().length} cores (${first?.model.trim() ?? 'unknown'}), ${memoryGb} GB, Linux ${release().split('-')[0]} ${arch()}`
}

function barText({ bar }: Figure): string {
  if (bar === null) return 'told only'
  return 'atLeast' in bar ? `≥ ${bar.atLeast}` : `≤ ${bar.atMost}`
}

function verdict(figure: Figure): string {
  const holds = holdsBar(figure)
  if (holds === null) return '–'
  return holds ? 'pass' : '**fail**'
}

/** One line per figure, for people at a terminal. */
export function figureLine(figure: Figure): string {
  const head = `${figure.name}: ${spreadText(figure.measured)} ${figure.unit}`
  return `${head} | bar ${barText(figure)} | ${verdict(figure).replaceAll('*', '')} | ${figure.detail}`
}

function section(name: PartName, { figures, plans, notes }: PartResult, facts: readonly string[]): string {
  const rows = figures.map(
    (figure) =>
      `| ${figure.name} | ${barText(figure)} | ${spreadText(figure.measured)} ${figure.unit} | ${verdict(figure)} | ${figure.detail} |`,
  )
  const folded = Object.entries(plans).map(([title, plan]) => `### ${title}\n\n\`\`\`\n${plan}\n\`\`\`\n`)
  return [
    `## ${name}`,
    '',
    ...facts.map((fact) => `- ${fact}`),
    ...notes.map((note) => `- ${note}`),
    '',
    '| what | bar | measured: median (lowest–highest) | | detail |',
    '|---|---|---|---|---|',
    ...rows,
    ...(folded.length === 0 ? [] : ['', '<details><summary>Plans</summary>', '', ...folded, '</details>']),
    '',
  ].join('\n')
}

/** Sections of an earlier run stay for the parts that were not run now. */
function earlierSections(): Map<string, string> {
  if (!existsSync(file)) return new Map()
  const sections = readFileSync(file, 'utf8')
    .split(/^(?=## )/m)
    .slice(1)
  return new Map(sections.map((text) => [/^## (\S+)/.exec(text)?.[1] ?? '', text]))
}

/** Writes what was measured into results.md. */
export function writeResults(results: ReadonlyMap<PartName, PartResult>, facts: readonly string[]): void {
  const sections = earlierSections()
  for (const [name, result] of results) sections.set(name, section(name, result, facts))
  const title = '# Speed, measured\n\nWritten by `npm run bench`. Each part says when and on what it was measured.\n'
  writeFileSync(file, [title, ...PARTS.flatMap((name) => sections.get(name)?.trimEnd() ?? []).map((text) => `${text}\n`)].join('\n'))
}

/** The same for programs. */
export function resultsJson(results: ReadonlyMap<PartName, PartResult>): string {
  const parts = [...results].map(([name, { figures }]) => [
    name,
    figures.map((figure) => ({
      name: figure.name,
      bar: figure.bar,
      unit: figure.unit,
      median: Number(rounded(figure.measured.median)),
      lowest: Number(rounded(figure.measured.lowest)),
      highest: Number(rounded(figure.measured.highest)),
      passed: holdsBar(figure),
    })),
  ])
  return JSON.stringify(Object.fromEntries(parts), null, 2)
}
