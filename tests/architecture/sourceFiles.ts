import { globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, resolve } from 'node:path'

/** A file of the repository, or one planted to prove that a rule sees it. */
export interface SourceFile {
  path: string
  text: string
}

const root = resolve(import.meta.dirname, '../..')

/** All our TypeScript, without what is generated or installed. */
export function sourceFiles(pattern = '{server,web,data,migrations,tests}/**/*.{ts,tsx}'): SourceFile[] {
  const generated = new Set(['server/platform/db/schema.ts'])
  return globSync(pattern, { cwd: root, exclude: (name) => /^dist(\.|$)/.test(name) || name === 'node_modules' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => !generated.has(path))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
}

export interface Import {
  /** Path in the repository for relative imports, the package's name otherwise. */
  target: string
  isRelative: boolean
  isTypeOnly: boolean
}

/** What a file imports, type imports included. */
export function importsOf({ path, text }: SourceFile): Import[] {
  const found = text.matchAll(
    /(?:^|\n)\s*(import|export)\s+(type\s+)?(?:[^'"`;]*?\sfrom\s+)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/g,
  )
  return [...found].map((match) => {
    const specifier = (match[3] ?? match[4] ?? '').split('?')[0] ?? ''
    const isRelative = specifier.startsWith('.')
    return {
      target: isRelative ? normalize(join(dirname(path), specifier)).replaceAll('\\', '/') : specifier,
      isRelative,
      isTypeOnly: match[2] !== undefined,
    }
  })
}
