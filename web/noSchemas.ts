import type { Plugin } from 'vite'

/** Ends a build that would send zod to the browser: it is a tenth of all script, and nothing on the page needs it. */
export function noSchemas(): Plugin {
  return {
    name: 'no-schemas',
    apply: 'build',
    generateBundle(_options, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type !== 'chunk' || !Object.keys(file.modules).some((id) => id.includes('/node_modules/zod/'))) continue
        // Who imports it cannot be told here: every contract does, and most are dropped. The test of the page's script names the way.
        this.error(`zod came into ${file.fileName}. Take values from limits.ts and rules, never from a contract.`)
      }
    },
  }
}
