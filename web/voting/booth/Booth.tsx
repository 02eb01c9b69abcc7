import { useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { type SetUpElection, useBooth } from '../useVote.ts'
import type { Ballot, Marks } from './ballot.ts'
import type { BoothStep } from './boothSearch.ts'
import { boothStore } from './boothStore.ts'
import { ChooseStep } from './ChooseStep.tsx'
import { ReviewStep } from './ReviewStep.tsx'

export interface BoothProps {
  election: SetUpElection
  ballot: Ballot
  /** Whose ballot it is: keeps one voter's choice from the next at the same screen. */
  voter: string
  code: string | null
  step: BoothStep
}

/** The ballot, step by step. The step stands in the address, the choice only in this window. */
export function Booth({ election, ballot, voter, code, step }: BoothProps) {
  const { draft } = useBooth()
  const navigate = useNavigate()
  const { roundYear, setupSha256 } = election
  const { districtId, roundNumber } = ballot
  useEffect(() => {
    boothStore().openBallot({ roundYear, setupSha256, districtId, roundNumber, voter })
  }, [roundYear, setupSha256, districtId, roundNumber, voter])
  if (draft === null || draft.voter !== voter || draft.districtId !== districtId) return <Skeleton height={300} />
  const path = code === null ? '/stem' : '/stem/kode'
  const goTo = (next: BoothStep) => void navigate({ to: path, search: { step: next } })
  const mark = (marks: Marks) => boothStore().mark(marks)
  return step === 'choose' ? (
    <ChooseStep election={election} ballot={ballot} marks={draft.marks} onMark={mark} onNext={() => goTo('review')} />
  ) : (
    <ReviewStep
      election={election}
      ballot={ballot}
      marks={draft.marks}
      code={code}
      onChange={() => goTo('choose')}
      onCast={() => void navigate({ to: path, search: { step: 'receipt' }, replace: true })}
    />
  )
}
