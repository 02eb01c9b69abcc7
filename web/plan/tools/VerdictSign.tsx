import type { Severity, Verdict } from '../../../server/kernel/severity.ts'

const SEVERITY_OF: Record<Verdict, Severity> = { clear: 0, ask: 1, permit: 2, stop: 3 }

/** A verdict by shape as well as colour: ring, question mark, exclamation mark, bar. A partial "clear" is an open ring, never green. */
export function VerdictSign({ verdict, partial = false, size = 20 }: { verdict: Verdict | Severity; partial?: boolean; size?: number }) {
  const severity = typeof verdict === 'number' ? verdict : SEVERITY_OF[verdict]
  return (
    <svg className="bm-verdict" data-severity={severity === 0 && partial ? 'partial' : severity} width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
      {severity === 2 ? <path className="bm-verdict-ground" d="M12 2 23 21.5H1Z" /> : null}
      {severity === 3 ? <path className="bm-verdict-ground" d="M7.5 1.5h9l6 6v9l-6 6h-9l-6-6v-9Z" /> : null}
      {severity < 2 ? <circle className="bm-verdict-ground" cx={12} cy={12} r={10.5} /> : null}
      {severity === 0 && !partial ? <path className="bm-verdict-sign" d="m7 12.5 3.5 3.5 6.5-7.5" /> : null}
      {severity === 0 && partial ? <path className="bm-verdict-sign" d="M7.5 12h9" /> : null}
      {severity === 1 ? <path className="bm-verdict-sign" d="M9 9.5a3 3 0 1 1 4.2 2.7c-.8.4-1.2 1-1.2 1.8v.4m0 3v.1" /> : null}
      {severity === 2 ? <path className="bm-verdict-sign" d="M12 9.5v5.5m0 3v.1" /> : null}
      {severity === 3 ? <path className="bm-verdict-sign" d="M6.5 12h11" /> : null}
    </svg>
  )
}
