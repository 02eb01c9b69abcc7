import type { Queue } from 'pg-boss'
import type { JobName } from './jobs.ts'

const DAY_S = 86_400

/**
 * How each job is retried. A job whose process died shows no sign of life for half a minute and is then done again.
 * @unit seconds
 */
export const QUEUES: Record<JobName, Omit<Queue, 'name'>> = {
  'make-picture-variants': {
    retryLimit: 6,
    retryDelay: 2,
    retryBackoff: true,
    retryDelayMax: 600,
    expireInSeconds: 300,
    heartbeatSeconds: 30,
    deleteAfterSeconds: DAY_S,
  },
  'remove-old-rows': {
    retryLimit: 3,
    retryDelay: 60,
    retryBackoff: true,
    retryDelayMax: 3600,
    expireInSeconds: 1800,
    heartbeatSeconds: 30,
    deleteAfterSeconds: 7 * DAY_S,
  },
  'recheck-feasibility': {
    policy: 'short',
    retryLimit: 3,
    retryDelay: 30,
    retryBackoff: true,
    retryDelayMax: 600,
    expireInSeconds: 1800,
    heartbeatSeconds: 30,
    deleteAfterSeconds: DAY_S,
  },
  // A service that is down is asked again after a quarter of an hour, half an hour, an hour …
  'load-constraint-layer': {
    retryLimit: 5,
    retryDelay: 900,
    retryBackoff: true,
    retryDelayMax: 14_400,
    expireInSeconds: 5_400,
    heartbeatSeconds: 60,
    deleteAfterSeconds: 7 * DAY_S,
  },
  'load-constraint-layers': {
    retryLimit: 3,
    retryDelay: 300,
    retryBackoff: true,
    retryDelayMax: 3600,
    expireInSeconds: 300,
    heartbeatSeconds: 30,
    deleteAfterSeconds: 7 * DAY_S,
  },
  // The next minute is the next try.
  'move-elections': {
    policy: 'short',
    retryLimit: 0,
    expireInSeconds: 60,
    heartbeatSeconds: 30,
    deleteAfterSeconds: 3_600,
  },
}
