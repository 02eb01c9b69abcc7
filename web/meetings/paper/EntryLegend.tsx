import type { MeetingDesk } from '../../../server/meetings/contract.ts'
import { INVALID_REASONS } from '../../../server/meetings/limits.ts'
import { useTranslation } from '../../lib/i18n.ts'

/** What to type for what: the ballot's numbers, and the ten reasons why a paper does not count. */
export function EntryLegend({ desk }: { desk: MeetingDesk }) {
  const { t } = useTranslation('meetings')
  return (
    <aside className="bm-meeting-card bm-paper-legend" aria-label={t('paper.legend')}>
      <h2>{t('paper.legend')}</h2>
      <dl>
        {desk.lines.map(({ projectId, lineNumber, title }) => (
          <div key={projectId}>
            <dt>
              <kbd>{lineNumber}</kbd>
            </dt>
            <dd>{title}</dd>
          </div>
        ))}
        <div>
          <dt>
            <kbd>0</kbd>
          </dt>
          <dd>{t('paper.blank')}</dd>
        </div>
      </dl>
      <p>{t(desk.ballotKind === 'points' ? 'paper.examplePoints' : 'paper.example')}</p>
      <h3>{t('paper.invalid')}</h3>
      <dl>
        {INVALID_REASONS.map((reason, index) => (
          <div key={reason}>
            <dt>
              <kbd>u{index + 1}</kbd>
            </dt>
            <dd>{t(`invalid.${reason}`)}</dd>
          </div>
        ))}
      </dl>
    </aside>
  )
}
