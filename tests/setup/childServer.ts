import { spawn } from 'node:child_process'
import { resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

const main = resolve(import.meta.dirname, '../../server/main.ts')

export interface ChildServer {
  readonly pid: number
  /** Everything said so far. */
  readonly output: { stdout: string; stderr: string }
  /** The address it listens on and how long it took; fails with what it said when it ended before. */
  readonly ready: Promise<{ url: string; startedInMs: number }>
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>
  kill(signal: NodeJS.Signals): void
  /** Whether anything of its process group is still there. */
  isRunning(): boolean
}

/** `npm start` as a process of its own, with nothing of this process's environment but the path and what is compiled already. */
export function startChild(environment: Record<string, string>): ChildServer {
  const began = performance.now()
  const { PATH, HOME, NODE_COMPILE_CACHE } = process.env
  const child = spawn(process.execPath, [main], {
    env: { PATH, HOME, NODE_COMPILE_CACHE, LOG_LEVEL: 'silent', PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  const output = { stdout: '', stderr: '' }
  child.stderr.on('data', (text) => {
    output.stderr += text
  })
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((done) =>
    child.once('close', (code, signal) => done({ code, signal })),
  )
  const ready = new Promise<{ url: string; startedInMs: number }>((done, fail) => {
    child.stdout.on('data', (text) => {
      output.stdout += text
      const url = /Ready: (\S+)/.exec(output.stdout)?.[1]
      if (url) done({ url, startedInMs: Math.round(performance.now() - began) })
    })
    ended.then(({ code }) => fail(new Error(`ended with ${code} before it was ready:\n${output.stdout}${output.stderr}`)))
  })
  ready.catch(() => {})
  const pid = child.pid as number
  return { pid, output, ready, ended, kill: (signal) => void child.kill(signal), isRunning: () => isGroupAlive(pid) }
}

function isGroupAlive(pid: number): boolean {
  try {
    return process.kill(-pid, 0)
  } catch {
    return false
  }
}

/** Ends a child that a failed test left. */
export async function endChild(child: ChildServer): Promise<void> {
  if (!child.isRunning()) return
  process.kill(-child.pid, 'SIGKILL')
  for (let wait = 0; wait < 50 && child.isRunning(); wait++) await pause(100)
}
