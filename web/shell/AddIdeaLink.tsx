import { Link, useLocation } from '@tanstack/react-router'
import { useTranslation } from '../lib/i18n.ts'
import { useCurrentRound } from '../rounds/rounds.api.ts'
import { PlusSign } from '../ui/signs.tsx'
import { isWorkspace } from './isWorkspace.ts'

/** The big button gives way where ideas cannot be sent, on the form itself, and where planners work. */
export function useMayAddIdea(): boolean {
  const round = useCurrentRound()
  const isInTheWay = useLocation({ select: ({ pathname }) => /^\/ideer\/ny$|\/rediger$/.test(pathname) || isWorkspace(pathname) })
  return !isInTheWay && (!round || round.currentPhase === 'involvement')
}

export function AddIdeaLink() {
  const { t } = useTranslation('shell')
  if (!useMayAddIdea()) return null
  return (
    <Link to="/ideer/ny" className="bm-add">
      <PlusSign />
      {t('addIdea')}
    </Link>
  )
}
