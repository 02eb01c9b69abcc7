import { readConfig, StartError } from './platform/config.ts'
import { startServer } from './start.ts'

const began = performance.now()
const say = (line: string) => console.log(`${((performance.now() - began) / 1000).toFixed(1).padStart(5)} s  ${line}`)

function stopOnSignal(close: () => Promise<void>): void {
  let stopping = false
  const stop = async () => {
    if (stopping) process.exit(1)
    stopping = true
    say('Closing …')
    await close()
    say('Closed. Everything is saved.')
    process.exit(0)
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
}

try {
  const config = readConfig(process.env)
  const running = await startServer(config, say)
  stopOnSignal(running.close)
  say(`Ready: ${running.url}`)
  if (config.oidc === null) say('Sign-in: invented test people (set OIDC_ISSUER for a real identity provider).')
} catch (error) {
  if (!(error instanceof StartError)) throw error
  console.error(`Borgermillionen cannot start. ${error.message}`)
  process.exit(1)
}
