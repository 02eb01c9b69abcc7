import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { announce } from '../../lib/announce.ts'
import { useLanguage, useTranslation } from '../../lib/i18n.ts'
import { configQuery } from '../../rounds/rounds.api.ts'
import { Button } from '../../ui/Button.tsx'
import type { RoundResult } from '../result.api.ts'
import { quoteOf } from './quote.ts'

/** The result in sentences that can be printed as they are. */
export function QuoteBox({ result }: { result: RoundResult }) {
  const { t } = useTranslation('result')
  const language = useLanguage()
  const { data } = useQuery(configQuery)
  const [state, setState] = useState<'idle' | 'copied' | 'by-hand'>('idle')
  const text = useRef<HTMLQuoteElement>(null)
  const sentences = quoteOf(result, data?.municipality ?? '', t, language)
  if (sentences.length === 0) return null
  async function copy() {
    try {
      await navigator.clipboard.writeText(sentences.join('\n'))
      setState('copied')
      announce(t('quote.copied'))
    } catch {
      // Without https there is no clipboard, and a browser may refuse it: the text is marked, to be copied by hand.
      if (text.current) window.getSelection()?.selectAllChildren(text.current)
      setState('by-hand')
      announce(t('quote.byHand'))
    }
  }
  return (
    <section className="bm-section" aria-labelledby="quote">
      <h2 id="quote">{t('quote.title')}</h2>
      <blockquote ref={text} className="bm-tally-quote">
        {sentences.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </blockquote>
      {state === 'by-hand' ? <p className="bm-fine bm-no-print">{t('quote.byHand')}</p> : null}
      <p className="bm-no-print">
        <Button onClick={() => void copy()}>{t(state === 'copied' ? 'quote.copied' : 'quote.copy')}</Button>
      </p>
    </section>
  )
}
