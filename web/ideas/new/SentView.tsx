import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import CircleCheck from 'lucide-react/icons/circle-check'
import { useEffect, useState } from 'react'
import { formatAmount } from '../../lib/format.ts'
import { useLanguage, useTranslation } from '../../lib/i18n.ts'
import { sharesQuery } from '../../rounds/rounds.api.ts'
import { lendToMap } from '../../shell/mapState.ts'
import { setSheetHeight } from '../../shell/sheetState.ts'
import { Button, buttonClass } from '../../ui/Button.tsx'
import { districtKey } from '../../ui/districtKey.ts'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { ideaQuery } from '../ideas.api.ts'

/** Thanks, with the number people can say aloud and the district the server found. */
export function SentView({ ideaId, onAnother }: { ideaId: number; onAnother: () => void }) {
  const { t } = useTranslation('newIdea')
  const language = useLanguage()
  const { data: idea, error, refetch } = useQuery(ideaQuery(ideaId))
  const shares = useQuery(sharesQuery(idea?.roundYear ?? null)).data
  useEffect(() => setSheetHeight('half'), [])
  useEffect(() => {
    lendToMap({ highlight: idea?.geometry ?? null })
    return () => lendToMap({ highlight: null })
  }, [idea])
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!idea) return <Skeleton height={160} />
  const share = shares?.items.find(({ districtId }) => districtId === idea.districtId)
  const spans = idea.spansDistricts.filter((id) => id !== idea.districtId)
  const names = spans.map((id) => shares?.items.find(({ districtId }) => districtId === id)?.name ?? id)
  return (
    <div className="bm-form bm-sent" data-bm-district={districtKey(idea.districtId)}>
      <CircleCheck size={44} aria-hidden="true" />
      <h1 tabIndex={-1}>{t('sent.title')}</h1>
      <p className="bm-sent-number">{t('sent.number', { number: idea.ideaId })}</p>
      <p className="bm-sent-name">{idea.title}</p>
      <p>
        <span className="bm-dot" aria-hidden="true" /> {t('sent.district', { name: idea.districtName })}{' '}
        {names.length > 0 ? t('sent.spans', { names: new Intl.ListFormat(language).format(names) }) : null}
      </p>
      {share && share.shareDkk !== null ? (
        <p className="bm-soft">{t('sent.share', { share: formatAmount(share.shareDkk, language) })}</p>
      ) : null}
      {idea.isDemo ? <p className="bm-warning">{t('sent.demo')}</p> : null}
      <ShareLink title={idea.title} url={`${window.location.origin}/ideer/${idea.ideaId}`} />
      <div className="bm-send-ways">
        <Link to="/ideer/$id" params={{ id: String(idea.ideaId) }} className={buttonClass('main')}>
          {t('sent.see')}
        </Link>
        <Button onClick={onAnother}>{t('sent.another')}</Button>
      </div>
    </div>
  )
}

/** The address to pass on: the phone's own sharing where it exists, otherwise the clipboard. */
function ShareLink({ title, url }: { title: string; url: string }) {
  const { t } = useTranslation('newIdea')
  const [isCopied, setIsCopied] = useState(false)

  async function share() {
    try {
      if ('share' in navigator && window.matchMedia('(pointer: coarse)').matches) return await navigator.share({ title, url })
      await navigator.clipboard.writeText(url)
      setIsCopied(true)
    } catch {
      // Given up by the person, or refused by the browser: the address stands there to be marked.
    }
  }

  return (
    <div className="bm-field">
      <label htmlFor="share-link">{t('sent.link')}</label>
      <div className="bm-input-with-button">
        <input id="share-link" className="bm-input" readOnly value={url} onFocus={(event) => event.target.select()} />
        <Button onClick={() => void share()}>{t('sent.copy')}</Button>
      </div>
      <p className="bm-field-hint" role="status">
        {isCopied ? t('sent.copied') : ''}
      </p>
    </div>
  )
}
