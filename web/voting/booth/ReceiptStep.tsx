import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from '../../lib/i18n.ts'
import { queryClient } from '../../lib/queryClient.ts'
import { signOut, useSession } from '../../lib/session.ts'
import { Button, buttonClass } from '../../ui/Button.tsx'
import { districtKey } from '../../ui/districtKey.ts'
import { groupsOf } from '../groups.ts'
import { type SetUpElection, useBooth } from '../useVote.ts'
import { boothStore } from './boothStore.ts'
import { saveText } from './saveText.ts'

/** The receipt: large, to be copied, saved or printed, and what it can and cannot do. */
export function ReceiptStep({ election }: { election: SetUpElection | null }) {
  const { t } = useTranslation('voting')
  const { receipt } = useBooth()
  const { person } = useSession()
  if (receipt === null) return null
  const district = election?.setup.districts.find(({ districtId }) => districtId === receipt.districtId)?.name ?? receipt.districtId
  return (
    <section className="bm-booth-sheet bm-done" data-bm-district={districtKey(receipt.districtId)}>
      <h1>{t('done.title')}</h1>
      <p className="bm-lead">{t(receipt.roundNumber > 0 ? 'done.leadRound' : 'done.lead', { district })}</p>
      <h2>{t('done.receipt')}</h2>
      <p className="bm-receipt-signs" aria-hidden="true" translate="no">
        {groupsOf(receipt.receipt, 4).map((group, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two groups may be alike, and they never move
          <span key={index}>{group}</span>
        ))}
      </p>
      <p className="bm-hidden">
        {t('done.spoken')} {receipt.receipt}
      </p>
      <ReceiptTools receipt={receipt} district={district} />
      <h2>{t('done.proves')}</h2>
      <p>{t('done.provesText')}</p>
      <p className="bm-done-paper">{t('done.file.check', { url: `${window.location.origin}/kvittering` })}</p>
      <p className="bm-done-check">
        <Link to="/kvittering" search={{ year: receipt.roundYear }} hash={receipt.receipt} target="_blank">
          {t('done.check')}
        </Link>
      </p>
      <h2>{t('done.cannot')}</h2>
      <p>{t('done.cannotText')}</p>
      <div className="bm-booth-actions">
        <FinishButton signsOut={person !== null} />
      </div>
      <p className="bm-fine">{t('done.forget')}</p>
    </section>
  )
}

type KeptReceipt = NonNullable<ReturnType<typeof useBooth>['receipt']>

function ReceiptTools({ receipt, district }: { receipt: KeptReceipt; district: string }) {
  const { t } = useTranslation('voting')
  const [told, setTold] = useState('')
  async function copy() {
    try {
      await navigator.clipboard.writeText(receipt.receipt)
      setTold(t('done.copied'))
    } catch {
      setTold(t('done.copyFailed'))
    }
  }
  function save() {
    const lines = [
      t('done.file.title', { year: receipt.roundYear, district }),
      ...(receipt.roundNumber > 0 ? [t('done.file.round', { round: receipt.roundNumber })] : []),
      '',
      receipt.receipt,
      '',
      t('done.file.check', { url: `${window.location.origin}/kvittering?year=${receipt.roundYear}` }),
      '',
      t('done.provesText'),
      t('done.cannotText'),
    ]
    saveText(t('done.file.name', { year: receipt.roundYear }), `${lines.join('\n')}\n`)
  }
  return (
    <>
      <div className="bm-done-tools">
        <Button onClick={() => void copy()}>{t('done.copy')}</Button>
        <Button onClick={save}>{t('done.save')}</Button>
        <Button onClick={() => window.print()}>{t('done.print')}</Button>
      </div>
      <p role="status" className="bm-done-told">
        {told}
      </p>
    </>
  )
}

/** Whoever is done leaves nothing on the screen, and is signed out where they signed in to vote. */
function FinishButton({ signsOut }: { signsOut: boolean }) {
  const { t } = useTranslation('voting')
  const navigate = useNavigate()
  const { csrfToken } = useSession()
  async function finish() {
    boothStore().clear()
    queryClient.removeQueries({ queryKey: ['voter'] })
    if (signsOut) await signOut(csrfToken).catch(() => {})
    await navigate({ to: '/', search: {} })
  }
  return (
    <button type="button" className={buttonClass('main')} onClick={() => void finish()}>
      {t(signsOut ? 'done.finishOut' : 'done.finish')}
    </button>
  )
}
