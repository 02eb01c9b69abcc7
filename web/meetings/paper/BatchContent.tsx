import type { Invalid, MeetingDesk, Tally } from '../../../server/meetings/contract.ts'
import { formatNumber } from '../../lib/format.ts'
import { useLanguage, useTranslation } from '../../lib/i18n.ts'

/** What stands on the papers of a pile, alike ones together. */
export function BatchContent({ desk, tallies, invalid }: { desk: MeetingDesk; tallies: readonly Tally[]; invalid: readonly Invalid[] }) {
  const { t } = useTranslation('meetings')
  const language = useLanguage()
  const wordsOf = ({ projectIds, points }: Tally) =>
    projectIds.length === 0
      ? t('paper.blank')
      : projectIds
          .map((id, index) => {
            const line = desk.lines.find(({ projectId }) => projectId === id)
            const name = line ? `${line.lineNumber}. ${line.title}` : id
            return points ? `${name}: ${points[index]}` : name
          })
          .join(' + ')
  return (
    <table className="bm-paper-content">
      <caption className="bm-hidden">{t('paper.content')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('paper.says')}</th>
          <th scope="col">{t('paper.howMany')}</th>
        </tr>
      </thead>
      <tbody>
        {tallies.map((tally) => (
          <tr key={wordsOf(tally)}>
            <th scope="row">{wordsOf(tally)}</th>
            <td>{formatNumber(tally.ballots, language)}</td>
          </tr>
        ))}
        {invalid.map(({ reason, ballots }) => (
          <tr key={reason} data-invalid>
            <th scope="row">
              {t('paper.invalidOne')}: {t(`invalid.${reason}`)}
            </th>
            <td>{formatNumber(ballots, language)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
