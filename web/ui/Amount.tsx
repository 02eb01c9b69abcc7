import { formatAmount } from '../lib/format.ts'
import { useLanguage } from '../lib/i18n.ts'

/** Money, with the word for unknown set quietly. @unit whole kroner */
export function Amount({ value }: { value: number | null }) {
  const language = useLanguage()
  const text = formatAmount(value, language)
  return value === null ? <span className="bm-unknown">{text}</span> : <span className="bm-amount">{text}</span>
}
