import { type ChildProcess, fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { LoadAnswer, LoadOrder } from './httpLoad.ts'

const main = resolve(import.meta.dirname, '../../server/main.ts')

export interface ServerProcess {
  readonly port: number
  readonly stop: () => Promise<void>
}

async function endOf(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
}

/** Starts the program as people start it, on a free port. */
export async function startServerProcess(databaseUrl: string, more: Record<string, string> = {}): Promise<ServerProcess> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-server-'))
  const environment = { DATABASE_URL: databaseUrl, PORT: '0', HOST: '127.0.0.1', NODE_ENV: 'test', LOG_LEVEL: 'silent', LOCAL_DIR: folder }
  const child = spawn(process.execPath, [main], { env: { ...process.env, ...environment, ...more }, stdio: ['ignore', 'pipe', 'pipe'] })
  const abandon = () => child.kill('SIGKILL')
  process.once('exit', abandon)
  const said: string[] = []
  child.stderr.on('data', (text) => said.push(String(text)))
  const port = await new Promise<number>((done, fail) => {
    child.stdout.on('data', (text) => {
      said.push(String(text))
      const ready = /Ready: http:\/\/[^:]+:(\d+)/.exec(said.join(''))?.[1]
      if (ready !== undefined) done(Number(ready))
    })
    child.once('exit', () => fail(new Error(`The server did not start.\n${said.join('')}`)))
  })
  const stop = async () => {
    child.kill('SIGTERM')
    await endOf(child)
    process.off('exit', abandon)
    rmSync(folder, { recursive: true, force: true })
  }
  return { port, stop }
}

export interface HttpLoad {
  readonly run: (order: LoadOrder) => Promise<LoadAnswer>
  readonly stop: () => Promise<void>
}

/** Starts the load generator; every answer must have the status 200. */
export function startHttpLoad(): HttpLoad {
  const child = fork(join(import.meta.dirname, 'httpLoad.ts'))
  const run = async (order: LoadOrder) => {
    child.send(order)
    const [answer] = (await once(child, 'message')) as [LoadAnswer | { error: string }]
    if ('error' in answer) throw new Error(`The load generator failed: ${answer.error}`)
    if (answer.statuses['200'] !== answer.requests) throw new Error(`Not every answer was 200: ${JSON.stringify(answer.statuses)}`)
    return answer
  }
  const stop = async () => {
    child.kill('SIGTERM')
    await endOf(child)
  }
  return { run, stop }
}
