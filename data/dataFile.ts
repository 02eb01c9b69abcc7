import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { z } from 'zod'
import type { Clock } from '../server/platform/clock.ts'
import { StartError } from '../server/platform/config.ts'
import type { Database } from '../server/platform/db/connect.ts'

/** Where loaders tell people what they do. */
export type Say = (line: string) => void

export interface Loading {
  db: Database
  isEmbedded: boolean
  withDemo: boolean
  clock: Clock
  say: Say
}

export interface DataFile<Content> {
  name: string
  text: string
  content: Content
}

/** Reads a JSON file and checks it against its schema. @errors StartError naming file, place and what is wrong */
export function readDataFile<Schema extends z.ZodType>(file: string, schema: Schema): DataFile<z.infer<Schema>> {
  const name = basename(file)
  let text: string
  let json: unknown
  try {
    text = readFileSync(file, 'utf8')
    json = JSON.parse(text)
  } catch (error) {
    throw new StartError(`The data file ${file} cannot be read: ${(error as Error).message}.`)
  }
  const parsed = schema.safeParse(json)
  if (parsed.success) return { name, text, content: parsed.data }
  const issue = parsed.error.issues[0]
  throw new StartError(`The data file ${file} is not as it must be: ${issue?.path.join('/') || 'the whole file'}: ${issue?.message}.`)
}
