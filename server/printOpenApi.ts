// `npm run openapi`: prints the OpenAPI document. Nothing is started: routes only ask their database when they are called.
import { createApp } from './app.ts'
import { describeApi } from './opendata/openApi.ts'
import { systemClock } from './platform/clock.ts'
import { readConfig } from './platform/config.ts'
import type { Deps } from './platform/deps.ts'
import { createLog } from './platform/log.ts'

const config = readConfig(process.env)
const jobs: Deps['jobs'] = { send: async () => {}, handle: () => {}, schedule: () => {} }
const parts: Pick<Deps, 'config' | 'clock' | 'log' | 'jobs'> = { config, clock: systemClock, log: createLog('silent'), jobs }
console.log(JSON.stringify(describeApi(createApp(parts as Deps), config), null, 2))
