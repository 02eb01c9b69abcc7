import { checkAgreedSharing } from '../allocation/rules/agreedSharing.ts'
import { electionProblem } from '../elections/contract.ts'
import type { Deps } from '../platform/deps.ts'
import type { SessionPerson } from '../platform/http/environment.ts'
import type { SharingChange } from './contract.ts'
import { meetingProblem } from './problems.ts'
import type { MeetingKey } from './queries.ts'
import { confirmSharingRow, type SharingRow, saveSharing, selectSharing } from './sharingQueries.ts'
import { atMeeting, logWork, openMeetingOf, UNTIL_CLOSED, type Work } from './work.ts'

type MeetingDeps = Pick<Deps, 'db' | 'clock'>

async function sharingAt(work: Work, version: number): Promise<SharingRow | undefined> {
  if (work.district.settings.decidedBy !== 'agreed-sharing') throw meetingProblem('not-decided-so')
  openMeetingOf(work)
  const known = await selectSharing(work.trx, work.key)
  if (known?.confirmerName) throw meetingProblem('sharing-confirmed')
  if ((known?.version ?? 0) !== version) throw meetingProblem('meeting-edit-conflict', { extra: { version: known?.version ?? 0 } })
  return known
}

/**
 * Writes down what the meeting agreed on, with its minutes. It counts once another person has confirmed it.
 * @errors Problem `not-decided-so`, `meeting-not-open`, `meeting-edit-conflict`, `sharing-confirmed`, `sharing-beyond-share`, `sharing-exclusive-pair`, `sharing-malformed`
 */
export function recordSharing(deps: MeetingDeps, person: SessionPerson, key: MeetingKey, sent: SharingChange): Promise<void> {
  return atMeeting(deps, person, key, UNTIL_CLOSED, async (work) => {
    const { trx, district, at } = work
    await sharingAt(work, sent.version)
    const projectIds = district.lines.map(({ projectId }) => projectId)
    const pairs = district.exclusivePairs.map((pair) => pair.projectIds)
    const amounts = sent.amounts.map(({ projectId, amountDkk }) => ({ projectId, amount: amountDkk }))
    const checked = checkAgreedSharing(district.shareDkk, { projectIds, pairs }, amounts)
    if (!checked.ok && checked.reason === 'beyond-share')
      throw meetingProblem('sharing-beyond-share', { extra: { beyondDkk: checked.beyond } })
    if (!checked.ok && checked.reason === 'exclusive-pair')
      throw meetingProblem('sharing-exclusive-pair', { extra: { projectIds: checked.projectIds } })
    if (!checked.ok) throw meetingProblem('sharing-malformed', { extra: { reason: checked.reason, projectId: checked.projectId } })
    const { minutes } = sent
    await saveSharing(trx, key, { minutes, amounts: sent.amounts, personId: person.personId, name: person.displayName, at })
    await logWork(work, 'sharing-recorded', { projects: amounts.length, totalDkk: checked.total })
  })
}

/** Confirms what another wrote. Of several at once one does. @errors Problem `needs-second-person`, `meeting-edit-conflict`, `sharing-confirmed` */
export function confirmSharing(deps: MeetingDeps, person: SessionPerson, key: MeetingKey, version: number): Promise<void> {
  return atMeeting(deps, person, key, UNTIL_CLOSED, async (work) => {
    const known = await sharingAt(work, version)
    if (known === undefined) throw meetingProblem('meeting-edit-conflict', { extra: { version: 0 } })
    if (known.recordedBy === person.personId) throw electionProblem('needs-second-person')
    await confirmSharingRow(work.trx, key, { personId: person.personId, name: person.displayName, at: work.at })
    await logWork(work, 'sharing-confirmed', { recordedBy: known.recorderName })
  })
}
