import type { LogEntry, PlanElection } from '../../../server/elections/contract.ts'
import { formatMoment } from '../../lib/format.ts'
import { useLanguage, useTranslation } from '../../lib/i18n.ts'

/** Older entries are folded. */
const SHOWN = 6

/** Everything that was done to the vote, newest first. */
export function ElectionLogList({ election }: { election: PlanElection }) {
  const { t } = useTranslation('planElections')
  const newest = election.log.toReversed()
  return (
    <section className="bm-vote-part" aria-labelledby="log">
      <h2 id="log">{t('logTitle')}</h2>
      <p className="bm-fine">{t('logText')}</p>
      <Entries entries={newest.slice(0, SHOWN)} election={election} />
      {newest.length > SHOWN ? (
        <details className="bm-vote-recompute">
          <summary>{t('logOlder', { count: newest.length - SHOWN })}</summary>
          <Entries entries={newest.slice(SHOWN)} election={election} />
        </details>
      ) : null}
    </section>
  )
}

function Entries({ entries, election }: { entries: readonly LogEntry[]; election: PlanElection }) {
  return (
    <ol className="bm-vote-log">
      {entries.map((entry) => (
        <Entry key={entry.entryNumber} entry={entry} election={election} />
      ))}
    </ol>
  )
}

function Entry({ entry, election }: { entry: LogEntry; election: PlanElection }) {
  const { t } = useTranslation('planElections')
  const language = useLanguage()
  const { entryNumber, action, actorName, detail, at, entryHash } = entry
  return (
    <li>
      <p>
        <span className="bm-vote-entry-number">{entryNumber}</span> <strong>{t(`log.${action}`)}</strong>
      </p>
      <p className="bm-fine">
        {formatMoment(at, language)} · {actorName === 'clock' ? t('clock') : actorName} · <code>{entryHash.slice(0, 8)}</code>
      </p>
      <Detail detail={detail} election={election} />
    </li>
  )
}

interface BoxHolds {
  districtId: string
  ballots: number
  marks: number
  codes: number
  receipts: number
}

/** Whether an entry tells what boxes held when they were closed; those of before tell less. */
function isBoxes(districts: unknown): districts is BoxHolds[] {
  return Array.isArray(districts) && districts.every((one) => typeof one?.marks === 'number' && typeof one.receipts === 'number')
}

/** What an entry says besides: a reason, a hash, which settings, which project. */
function Detail({ detail, election }: { detail: LogEntry['detail']; election: PlanElection }) {
  const { t } = useTranslation('planElections')
  const { reason, sha256, changed, projectId, seed, source, districts } = detail as Record<string, unknown>
  const settingName = (key: string) => {
    const [name, district] = key.split('.').toReversed() as [string, string | undefined]
    const where = election.districts.find(({ districtId }) => districtId === district)?.name
    return where ? `${t(`setting.${name}`)} (${where})` : t(`setting.${name}`)
  }
  const titleOf = (id: string) =>
    [...election.preparations, ...(election.setup?.districts.flatMap(({ lines }) => lines) ?? [])].find((one) => one.projectId === id)
      ?.title ?? id
  return (
    <>
      {typeof reason === 'string' ? <p className="bm-text">»{reason}«</p> : null}
      {typeof sha256 === 'string' ? (
        <p className="bm-vote-sha">
          <code>{sha256}</code>
        </p>
      ) : null}
      {Array.isArray(changed) ? <p className="bm-fine">{changed.map((key) => settingName(String(key))).join(', ')}</p> : null}
      {typeof projectId === 'string' ? <p className="bm-fine">{titleOf(projectId)}</p> : null}
      {isBoxes(districts)
        ? districts.map(({ districtId, ...box }) => (
            <p key={districtId} className="bm-fine">
              {election.districts.find((one) => one.districtId === districtId)?.name ?? districtId}: {t('boxHolds', box)}
            </p>
          ))
        : null}
      {typeof seed === 'string' ? (
        <p className="bm-fine">
          {seed} · {String(source)}
        </p>
      ) : null}
    </>
  )
}
