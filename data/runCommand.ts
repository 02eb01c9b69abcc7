import { StartError } from '../server/platform/config.ts'
import type { Say } from './dataFile.ts'

/** Runs a command of the terminal: what it says goes out line by line, a known failure is one sentence and exit code 1. */
export async function runCommand(run: (say: Say) => Promise<void>): Promise<void> {
  try {
    await run((line) => console.log(line))
  } catch (error) {
    if (!(error instanceof StartError)) throw error
    console.error(error.message)
    process.exitCode = 1
  }
}
