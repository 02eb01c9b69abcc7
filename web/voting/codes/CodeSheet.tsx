import { useBlocker } from '@tanstack/react-router'
import { Fragment, useEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import type { ElectionDistrict } from '../../../server/elections/contract.ts'
import type { MadeCodes } from '../../../server/voting/contract.ts'
import { formatMoment } from '../../lib/format.ts'
import { useLanguage, useTranslation } from '../../lib/i18n.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { districtKey } from '../../ui/districtKey.ts'
import { pagesOf } from './pages.ts'
import { QrCode } from './QrCode.tsx'

interface CodeSheetProps {
  made: MadeCodes
  districts: readonly ElectionDistrict[]
  year: number
  onForget: () => void
}

/** The sheets, on top of everything. The codes are in this window only: whoever leaves is asked, and then they are gone. */
export function CodeSheet({ made, districts, year, onForget }: CodeSheetProps) {
  const { t } = useTranslation('codes')
  const desk = useRef<HTMLDivElement>(null)
  const [wasPrinted, setWasPrinted] = useState(false)
  const [isAsking, setIsAsking] = useState(false)
  const blocker = useBlocker({ shouldBlockFn: () => true, enableBeforeUnload: true, withResolver: true })
  useOnTop(desk, () => setWasPrinted(true))
  const district = districts.find(({ districtId }) => districtId === made.batch.districtId)
  return createPortal(
    <div className="bm-code-desk" ref={desk} tabIndex={-1} role="dialog" aria-modal="true" aria-label={t('sheet.title')}>
      <div className="bm-code-bar">
        <p>
          <strong>{t('sheet.shownOnce', { count: made.codes.length })}</strong> {t(wasPrinted ? 'sheet.lookAtPaper' : 'sheet.printNow')}
        </p>
        <div className="bm-code-bar-tools">
          <Button look="main" onClick={() => window.print()}>
            {t(wasPrinted ? 'sheet.printAgain' : 'sheet.print')}
          </Button>
          <Button onClick={() => setIsAsking(true)}>{t('sheet.done')}</Button>
        </div>
      </div>
      {pagesOf(made.codes).map((codes) => (
        <section key={codes[0]} className="bm-code-page" data-bm-district={districtKey(made.batch.districtId)}>
          {codes.map((code) => (
            <Slip key={code} code={code} made={made} district={district} year={year} />
          ))}
        </section>
      ))}
      {isAsking || blocker.status === 'blocked' ? (
        <ForgetQuestion
          onKeep={() => {
            setIsAsking(false)
            blocker.reset?.()
          }}
          onForget={() => {
            onForget()
            blocker.proceed?.()
          }}
        />
      ) : null}
    </div>,
    document.body,
  )
}

/** The page beneath is out of reach for as long as the sheets lie on it. */
function useOnTop(desk: React.RefObject<HTMLDivElement | null>, onPrinted: () => void): void {
  const told = useRef(onPrinted)
  told.current = onPrinted
  useEffect(() => {
    const root = document.getElementById('root')
    const cameFrom = document.activeElement
    const printed = () => told.current()
    root?.setAttribute('inert', '')
    desk.current?.focus()
    window.addEventListener('afterprint', printed)
    return () => {
      root?.removeAttribute('inert')
      window.removeEventListener('afterprint', printed)
      if (cameFrom instanceof HTMLElement) cameFrom.focus()
    }
  }, [desk])
}

function ForgetQuestion({ onKeep, onForget }: { onKeep: () => void; onForget: () => void }) {
  const { t } = useTranslation('codes')
  return (
    <Dialog title={t('forget.title')} onClose={onKeep}>
      <p>{t('forget.text')}</p>
      <div className="bm-dialog-actions">
        <Button look="main" onClick={onKeep}>
          {t('forget.keep')}
        </Button>
        <Button look="danger" onClick={onForget}>
          {t('forget.do')}
        </Button>
      </div>
    </Dialog>
  )
}

interface SlipProps {
  code: string
  made: MadeCodes
  district: ElectionDistrict | undefined
  year: number
}

/** One slip of paper: what it is for, the pattern for a phone, the code for fingers, and where to type it. */
function Slip({ code, made, district, year }: SlipProps) {
  const { t } = useTranslation('codes')
  const language = useLanguage()
  const { roundNumber } = made.batch
  const address = made.voteUrl.replace(/^https?:\/\//, '')
  return (
    <article className="bm-slip">
      <QrCode text={`${made.voteUrl}#${code}`} />
      <div>
        <p className="bm-slip-head">
          <strong>{district?.name ?? made.batch.districtId}</strong> · {t('slip.vote', { year })}
          {roundNumber > 0 ? ` · ${t('round', { round: roundNumber })}` : ''}
        </p>
        <p className="bm-slip-code" translate="no">
          {code}
        </p>
        <p>{t('slip.how')}</p>
        <p className="bm-slip-address" translate="no">
          {address.split('/').map((part, index) => (
            <Fragment key={part}>
              {index > 0 ? '/' : ''}
              <wbr />
              {part}
            </Fragment>
          ))}
        </p>
        <p className="bm-slip-fine">
          {t('slip.once')}
          {district && roundNumber === 0 ? ` ${t('slip.until', { closes: formatMoment(district.settings.closesAt, language) })}` : ''}
        </p>
      </div>
    </article>
  )
}
