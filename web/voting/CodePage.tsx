import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect } from 'react'
import { normaliseCode } from '../../server/voting/rules/codes.ts'
import { useTranslation } from '../lib/i18n.ts'
import { usePageTitle } from '../lib/usePageTitle.ts'
import { Booth } from './booth/Booth.tsx'
import { BoothFrame } from './booth/BoothFrame.tsx'
import { ballotOf } from './booth/ballot.ts'
import type { BoothSearch } from './booth/boothSearch.ts'
import { boothStore } from './booth/boothStore.ts'
import { ReceiptStep } from './booth/ReceiptStep.tsx'
import { CodeEntry } from './start/CodeEntry.tsx'
import { useCodeInAddress } from './start/useCodeInAddress.ts'
import { VoteState } from './start/VoteState.tsx'
import { useBooth, useCurrentVote } from './useVote.ts'

/** `/stem/kode`: the booth for whoever holds a code. The code comes after `#`, which no server and no log sees, or is typed. */
export function CodePage() {
  const { t } = useTranslation('voting')
  const vote = useCurrentVote()
  const { receipt, code, draft } = useBooth()
  const { step } = useSearch({ from: '/stem/kode' }) as BoothSearch
  const navigate = useNavigate()
  const { scanned, forget } = useCodeInAddress()
  usePageTitle(t('code.title'))
  // The same slip scanned twice: what was begun with it goes on.
  const isSame = scanned !== null && code !== null && normaliseCode(scanned) === code.text
  const fresh = isSame ? null : scanned
  const begun = draft?.retryKey ? 'review' : 'choose'
  useEffect(() => {
    if (!isSame) return
    forget()
    void navigate({ to: '/stem/kode', search: { step: begun }, replace: true })
  }, [isSame, begun, forget, navigate])
  const election = vote.phase === 'known' ? vote.election : null
  if (receipt !== null && scanned === null) {
    return (
      <BoothFrame view="receipt" isInside>
        <ReceiptStep election={election} />
      </BoothFrame>
    )
  }
  if (election === null || election.state !== 'open') {
    return (
      <BoothFrame view="state">
        <VoteState vote={vote} />
      </BoothFrame>
    )
  }
  const district = code ? election.setup.districts.find(({ districtId }) => districtId === code.standing.districtId) : undefined
  if (step !== undefined && code !== null && district !== undefined && scanned === null) {
    return (
      <BoothFrame view={step} isInside>
        <Booth election={election} ballot={ballotOf(district, code.standing)} voter={`code:${code.text}`} code={code.text} step={step} />
      </BoothFrame>
    )
  }
  return (
    <BoothFrame view="code" isInside={code !== null}>
      <CodeEntry
        key={fresh}
        year={election.roundYear}
        scanned={fresh}
        known={code?.text ?? ''}
        onOpened={(opened) => {
          boothStore().openCode(opened)
          forget()
          void navigate({ to: '/stem/kode', search: { step: 'choose' } })
        }}
      />
    </BoothFrame>
  )
}
