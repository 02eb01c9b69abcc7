import { useCallback, useEffect, useRef, useState } from 'react'
import type { WorkProgress } from '../countOrder.ts'
import type { RoundResult } from '../result.api.ts'
import { checkDistrict, checkWhole, type DistrictCheck, fetchSetup, type WholeCheck } from './runCheck.ts'

export interface CheckState {
  /** Nothing yet, under way, done, or ended by the reader. */
  phase: 'idle' | 'running' | 'done' | 'cancelled' | 'failed'
  /** By district id. */
  districts: Readonly<Record<string, DistrictCheck>>
  whole: WholeCheck | null
  /** The district that is counted now. */
  current: string | null
  progress: WorkProgress | null
  error: unknown
}

const IDLE: CheckState = { phase: 'idle', districts: {}, whole: null, current: null, progress: null, error: null }

/** Counts a whole round again in the browser, one district after the other. */
export function useCheck(result: RoundResult) {
  const [state, setState] = useState(IDLE)
  const abort = useRef<AbortController | null>(null)
  useEffect(() => () => abort.current?.abort(), [])
  const start = useCallback(async () => {
    const controller = new AbortController()
    const { signal } = controller
    abort.current = controller
    setState({ ...IDLE, phase: 'running' })
    try {
      const setup = await fetchSetup(result, signal)
      const districts = new Map<string, DistrictCheck>()
      for (const district of result.districts) {
        const id = district.districtId ?? ''
        setState((before) => ({ ...before, current: id, progress: null }))
        const onProgress = (progress: WorkProgress) => setState((before) => ({ ...before, progress }))
        const check = await checkDistrict(district, result.roundYear, setup.setup, { signal, onProgress })
        districts.set(id, check)
        setState((before) => ({ ...before, districts: { ...before.districts, [id]: check } }))
      }
      const whole = await checkWhole(result, { setup, districts }, signal)
      setState((before) => ({ ...before, whole, phase: 'done', current: null, progress: null }))
    } catch (error) {
      setState((before) => ({ ...before, phase: signal.aborted ? 'cancelled' : 'failed', current: null, progress: null, error }))
    }
  }, [result])
  const cancel = useCallback(() => abort.current?.abort(), [])
  return { state, start, cancel }
}
