import CircleCheck from 'lucide-react/icons/circle-check'
import TriangleAlert from 'lucide-react/icons/triangle-alert'
import { type ReactNode, type SubmitEvent, useEffect, useId, useMemo, useRef, useState } from 'react'
import type { Election } from '../../../server/elections/contract.ts'
import type { ReceiptList } from '../../../server/voting/contract.ts'
import { formatNumber } from '../../lib/format.ts'
import { useLanguage, useTranslation } from '../../lib/i18n.ts'
import { Button } from '../../ui/Button.tsx'
import { groupsOf } from '../groups.ts'
import { checkList, findReceipt, isReceipt, type ListCheck, readReceipt } from './checkReceipt.ts'
import '../../ui/fields.css'

/** Asks for a receipt, looks for it, and does the published sums again. */
export function ReceiptCheck({ list, election, receipt }: { list: ReceiptList; election: Election; receipt: string }) {
  const { t } = useTranslation('voting')
  const [looked, setLooked] = useState(() => readReceipt(receipt))
  const nameOf = (districtId: string) => election.setup?.districts.find((one) => one.districtId === districtId)?.name ?? districtId
  return (
    <>
      <ReceiptForm receipt={receipt} onCheck={setLooked} />
      {looked === '' ? null : <Answer list={list} receipt={looked} nameOf={nameOf} />}
      <p className="bm-fine">
        <a href={`/api/rounds/${list.roundYear}/receipts`}>{t('receipt.list')}</a>
      </p>
    </>
  )
}

function ReceiptForm({ receipt, onCheck }: { receipt: string; onCheck: (receipt: string) => void }) {
  const { t } = useTranslation('voting')
  const id = useId()
  const [typed, setTyped] = useState(() => groupsOf(readReceipt(receipt), 4).join(' '))
  const [wasSent, setWasSent] = useState(false)
  const read = readReceipt(typed)
  const isWrong = wasSent && !isReceipt(read)
  function send(event: SubmitEvent) {
    event.preventDefault()
    setWasSent(true)
    onCheck(isReceipt(read) ? read : '')
  }
  return (
    <form className="bm-receipt-form" onSubmit={send}>
      <div className="bm-field" data-wrong={isWrong || undefined}>
        <label htmlFor={id}>{t('receipt.label')}</label>
        <p className="bm-field-hint" id={`${id}-hint`}>
          {t('receipt.hint')}
        </p>
        <textarea
          id={id}
          className="bm-input bm-receipt-input"
          rows={3}
          maxLength={200}
          spellCheck={false}
          autoComplete="off"
          translate="no"
          value={typed}
          aria-invalid={isWrong || undefined}
          aria-describedby={`${id}-hint ${id}-wrong`}
          onChange={(event) => setTyped(event.target.value)}
        />
        <p id={`${id}-wrong`} role="status" className="bm-field-error">
          {isWrong ? t('receipt.malformed', { count: read.length }) : ''}
        </p>
      </div>
      <Button look="main" type="submit">
        {t('receipt.check')}
      </Button>
    </form>
  )
}

/** Yes or no first; then what was reckoned, which a no needs even more. */
function Answer({ list, receipt, nameOf }: { list: ReceiptList; receipt: string; nameOf: (districtId: string) => string }) {
  const { t } = useTranslation('voting')
  const language = useLanguage()
  const box = useRef<HTMLDivElement>(null)
  const found = useMemo(() => findReceipt(list, receipt), [list, receipt])
  const checks = useMemo(
    () => list.districts.filter(({ districtId }) => found === null || districtId === found.districtId).map(checkList),
    [list, found],
  )
  // biome-ignore lint/correctness/useExhaustiveDependencies: every new answer takes the focus
  useEffect(() => box.current?.focus(), [receipt])
  const number = (value: number) => formatNumber(value, language)
  return (
    <section className="bm-receipt-answer" aria-live="polite">
      <div className="bm-receipt-verdict" data-found={found !== null} tabIndex={-1} ref={box}>
        {found ? <CircleCheck aria-hidden="true" /> : <TriangleAlert aria-hidden="true" />}
        <div>
          <h2>{found ? t('receipt.found', { district: nameOf(found.districtId) }) : t('receipt.missing')}</h2>
          <p>{found ? t('receipt.foundText', { place: number(found.place), count: found.count }) : t('receipt.missingText')}</p>
        </div>
      </div>
      <h2>{t('receipt.proof')}</h2>
      {checks.map((check) => (
        <Sums key={check.districtId} check={check} district={nameOf(check.districtId)} />
      ))}
      <p className="bm-fine">{t('receipt.rootUse')}</p>
    </section>
  )
}

function Sums({ check, district }: { check: ListCheck; district: string }) {
  const { t } = useTranslation('voting')
  const language = useLanguage()
  const { isSorted, isSameRoot, count, ballots, root } = check
  const values = { count, ballots: formatNumber(ballots, language) }
  return (
    <ul className="bm-receipt-sums">
      <Sum isRight={isSorted}>{t(isSorted ? 'receipt.sorted' : 'receipt.unsorted', { district })}</Sum>
      <Sum isRight={count === ballots}>{t(count === ballots ? 'receipt.counted' : 'receipt.miscounted', values)}</Sum>
      <Sum isRight={isSameRoot}>
        {t(isSameRoot ? 'receipt.root' : 'receipt.rootWrong')}
        <code translate="no">{groupsOf(root, 8).join(' ')}</code>
      </Sum>
    </ul>
  )
}

function Sum({ isRight, children }: { isRight: boolean; children: ReactNode }) {
  return (
    <li data-right={isRight}>
      {isRight ? <CircleCheck aria-hidden="true" /> : <TriangleAlert aria-hidden="true" />}
      <div>{children}</div>
    </li>
  )
}
