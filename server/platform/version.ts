import { readFileSync } from 'node:fs'

const packageFile = new URL('../../package.json', import.meta.url)

/** The version of this program. */
export const VERSION: string = JSON.parse(readFileSync(packageFile, 'utf8')).version

/** What runs here, as it is published: `borgermillionen 0.1.0`, with the commit where it is known. */
export function softwareName(commit: string | null): string {
  return `borgermillionen ${VERSION}${commit === null ? '' : ` (${commit})`}`
}
