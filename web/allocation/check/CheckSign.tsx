import Check from 'lucide-react/icons/check'
import CircleHelp from 'lucide-react/icons/circle-question-mark'
import X from 'lucide-react/icons/x'
import type { Verdict } from './runCheck.ts'

/** A verdict as a sign; the words beside it say the same. */
export function CheckSign({ verdict }: { verdict: Verdict }) {
  const Sign = verdict === 'equal' ? Check : verdict === 'different' || verdict === 'failed' ? X : CircleHelp
  return (
    <span className="bm-recount-sign" data-verdict={verdict}>
      <Sign size={16} aria-hidden="true" />
    </span>
  )
}
