import { importsOf, type SourceFile } from './sourceFiles.ts'

const isTest = (path: string) => /\.test\.tsx?$/.test(path)
// A schema there is one call beside the words it is made of, which the build drops (`manualPureFunctions` in `web/vite.config.ts`).
const isKernel = (path: string) => path.startsWith('server/kernel/')

/**
 * Ways on which zod would come into the page's script, of which it would be a tenth: a file the page runs, through the files it
 * imports, to one that imports zod. Types are free; a value the page needs belongs into `limits.ts` or the rules.
 */
export function waysToSchemas(files: readonly SourceFile[]): string[] {
  const runs = new Map(files.map((file) => [file.path, importsOf(file).filter(({ isTypeOnly }) => !isTypeOnly)]))
  const seen = new Set<string>()
  const walk = (path: string, way: readonly string[]): string[] => {
    if (seen.has(path) || isKernel(path)) return []
    seen.add(path)
    return (runs.get(path) ?? []).flatMap(({ target }) =>
      target === 'zod' ? [[...way, path, 'zod'].join(' → ')] : walk(target, [...way, path]),
    )
  }
  return [...runs.keys()].filter((path) => path.startsWith('web/') && !isTest(path)).flatMap((path) => walk(path, []))
}
