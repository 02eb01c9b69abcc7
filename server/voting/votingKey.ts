import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Config, StartError } from '../platform/config.ts'

type KeyConfig = Pick<Config, 'votingKey' | 'localDir'>

const known = new Map<string, string>()

function readOrMake(localDir: string): string {
  const file = join(localDir, 'voting.key')
  try {
    mkdirSync(localDir, { recursive: true })
    writeFileSync(file, `${randomBytes(32).toString('base64url')}\n`, { flag: 'wx', mode: 0o600 })
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code !== 'EEXIST') throw new StartError(`The voting key cannot be kept in ${file} (${message}). Set VOTING_KEY or LOCAL_DIR.`)
  }
  const key = readFileSync(file, 'utf8').trim()
  if (key.length < 32) throw new StartError(`The voting key in ${file} is cut short. Restore that file, or set VOTING_KEY.`)
  return key
}

/** The key that people on the roll and codes are hashed with: of the environment, else this installation's own, kept in a file. */
export function votingKeyOf({ votingKey, localDir }: KeyConfig): string {
  if (votingKey !== null) return votingKey
  const key = known.get(localDir) ?? readOrMake(localDir)
  known.set(localDir, key)
  return key
}
