import { Link } from '@tanstack/react-router'
import KeyRound from 'lucide-react/icons/key-round'
import UserRound from 'lucide-react/icons/user-round'
import type { VoterStanding } from '../../../server/voting/contract.ts'
import { formatAmount, formatMoment } from '../../lib/format.ts'
import { useLanguage, useTranslation } from '../../lib/i18n.ts'
import { signInPath, signOut, useSession } from '../../lib/session.ts'
import { Button, buttonClass } from '../../ui/Button.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { type SetUpElection, useBooth } from '../useVote.ts'
import { Secrecy } from './Secrecy.tsx'
import { WhoMayVote } from './WhoMayVote.tsx'

interface StartStepProps {
  election: SetUpElection
  standing: VoterStanding | null
  /** This person's ballot was sent and not answered. */
  isUnanswered: boolean
  error: unknown
  onRetry: () => void
}

/** Before the booth: until when, the two ways in, who may vote where, and what happens with a vote. */
export function StartStep({ election, standing, isUnanswered, error, onRetry }: StartStepProps) {
  const { t } = useTranslation('voting')
  const language = useLanguage()
  const { person } = useSession()
  const { closesAt, isDemo, roundYear } = election
  return (
    <>
      <section className="bm-booth-sheet bm-start">
        {isDemo ? <p className="bm-badge">{t('start.demo')}</p> : null}
        <h1>{t('start.title')}</h1>
        <p className="bm-lead">{t('start.lead')}</p>
        {closesAt ? <p className="bm-start-closes">{t('start.closes', { closes: formatMoment(closesAt, language) })}</p> : null}
        {error ? <ErrorState error={error} onRetry={onRetry} /> : null}
        {person === null ? <SignInWay /> : null}
        {person !== null && standing === null && !error ? <Skeleton height={120} /> : null}
        {isUnanswered ? <UnansweredCard /> : standing ? <StandingCard election={election} standing={standing} /> : null}
        {person === null || standing?.standing !== 'may-vote' ? <CodeWay /> : null}
        <p className="bm-fine">
          <Link to="/afstemning/$year" params={{ year: String(roundYear) }}>
            {t('start.rules')}
          </Link>
        </p>
      </section>
      <WhoMayVote election={election} />
      <Secrecy />
    </>
  )
}

function SignInWay() {
  const { t } = useTranslation('voting')
  const { isTestSignIn } = useSession()
  return (
    <a className="bm-vote-way" href={signInPath('/stem')}>
      <UserRound aria-hidden="true" />
      <span>
        <strong>{t('start.signIn')}</strong>
        <span>{t(isTestSignIn ? 'start.signInTest' : 'start.signInText')}</span>
      </span>
    </a>
  )
}

function CodeWay() {
  const { t } = useTranslation('voting')
  return (
    <Link className="bm-vote-way" to="/stem/kode">
      <KeyRound aria-hidden="true" />
      <span>
        <strong>{t('start.code')}</strong>
        <span>{t('start.codeText')}</span>
      </span>
    </Link>
  )
}

/** The way to the receipt of a ballot whose answer was lost. */
function UnansweredCard() {
  const { t } = useTranslation('voting')
  return (
    <div className="bm-standing">
      <h2>{t('start.unanswered')}</h2>
      <p>{t('start.unansweredText')}</p>
      <Link to="/stem" search={{ step: 'review' }} className={buttonClass('main')}>
        {t('start.toUnanswered')}
      </Link>
      <SignedInLine />
    </div>
  )
}

/** A district may have hours of its own within the vote's. */
function hoursOf({ opensAt, closesAt }: { opensAt: string; closesAt: string }): 'district-coming' | 'district-over' | null {
  const now = Date.now()
  if (now < Date.parse(opensAt)) return 'district-coming'
  return now >= Date.parse(closesAt) ? 'district-over' : null
}

/** Where this person stands: the door into the booth, or why it is shut and what to do. */
function StandingCard({ election: { setup }, standing: { standing, districtId } }: { election: SetUpElection; standing: VoterStanding }) {
  const { t } = useTranslation('voting')
  const language = useLanguage()
  const { draft } = useBooth()
  const district = setup.districts.find((one) => one.districtId === districtId)
  const settings = district?.settings ?? setup.districts[0]?.settings
  const said = (standing === 'may-vote' && district && hoursOf(district.settings)) || standing
  const values = {
    district: district?.name ?? '',
    share: district ? formatAmount(district.shareDkk, language) : '',
    home: settings?.minAgeHome ?? '',
    meeting: settings?.minAgeMeeting ?? '',
    opens: settings ? formatMoment(settings.opensAt, language) : '',
    closes: settings ? formatMoment(settings.closesAt, language) : '',
    projects: t('standing.projects', { count: district?.lines.length ?? 0 }),
  }
  return (
    <div className="bm-standing" data-standing={said}>
      <h2>{t(`standing.${said}.title`, values)}</h2>
      <p>{t(`standing.${said}.text`, values)}</p>
      {said === 'may-vote' ? (
        <Link to="/stem" search={{ step: 'choose' }} className={buttonClass('main')}>
          {t(draft && Object.keys(draft.marks).length > 0 ? 'start.continue' : 'start.toBallot')}
        </Link>
      ) : (
        <p>{t(`standing.${said}.todo`, values)}</p>
      )}
      <SignedInLine />
    </div>
  )
}

function SignedInLine() {
  const { t } = useTranslation('voting')
  const { person, csrfToken } = useSession()
  if (person === null) return null
  return (
    <p className="bm-fine">
      {t('start.signedIn', { name: person.displayName })}{' '}
      <Button look="plain" onClick={() => void signOut(csrfToken).catch(() => {})}>
        {t('start.otherPerson')}
      </Button>
    </p>
  )
}
