import { useQuery } from '@tanstack/react-query'
import ExternalLink from 'lucide-react/icons/external-link'
import { useState } from 'react'
import type { Position } from '../../../server/kernel/geometry.ts'
import { toUtm32 } from '../../ideas/new/utm32.ts'
import { announce } from '../../lib/announce.ts'
import { useTranslation } from '../../lib/i18n.ts'
import { configQuery } from '../../rounds/rounds.api.ts'
import { viewerAddress } from './viewerAddress.ts'

/** A place in the numbers planners use, ready to copy, and the way to it in the official map viewer. */
export function PlaceNumbers({ place }: { place: Position }) {
  const { t } = useTranslation('mapTools')
  const { data } = useQuery(configQuery)
  const [east, north] = toUtm32(place)
  const viewer = data?.mapViewerUrl ? viewerAddress(data.mapViewerUrl, place) : null
  return (
    <dl className="bm-place-numbers">
      <dt>{t('numbers.utm')}</dt>
      <dd>
        <CopyNumber text={`${east.toFixed(2)} ${north.toFixed(2)}`} />
      </dd>
      <dt>{t('numbers.degrees')}</dt>
      <dd>
        <CopyNumber text={`${place[1].toFixed(6)} ${place[0].toFixed(6)}`} />
      </dd>
      {viewer ? (
        <dd className="bm-place-viewer">
          <a href={viewer} target="_blank" rel="noreferrer">
            {t('numbers.viewer')} <ExternalLink size={15} aria-hidden="true" />
          </a>
        </dd>
      ) : null}
    </dl>
  )
}

function CopyNumber({ text }: { text: string }) {
  const { t } = useTranslation('mapTools')
  const [isCopied, setIsCopied] = useState(false)
  async function copy() {
    try {
      await navigator.clipboard.writeText(text)
      setIsCopied(true)
      announce(t('numbers.copied', { text }))
    } catch {
      // Without permission the numbers can still be marked and copied by hand.
      setIsCopied(false)
    }
  }
  return (
    <>
      <span className="bm-number">{text}</span>{' '}
      <button type="button" className="bm-text-button" aria-label={t('numbers.copyWhat', { text })} onClick={copy}>
        {isCopied ? t('numbers.done') : t('numbers.copy')}
      </button>
    </>
  )
}
