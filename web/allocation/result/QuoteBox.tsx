import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
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
  const [isCopied, setIsCopied] = useState(false)
  const sentences = quoteOf(result, data?.municipality ?? '', t, language)
  if (sentences.length === 0) return null
  async function copy() {
    await navigator.clipboard.writeText(sentences.join('\n'))
    setIsCopied(true)
    announce(t('quote.copied'))
  }
  return (
    <section className="bm-section" aria-labelledby="quote">
      <h2 id="quote">{t('quote.title')}</h2>
      <blockquote className="bm-tally-quote">
        {sentences.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </blockquote>
      <p className="bm-no-print">
        <Button onClick={() => void copy()}>{t(isCopied ? 'quote.copied' : 'quote.copy')}</Button>
      </p>
    </section>
  )
}
