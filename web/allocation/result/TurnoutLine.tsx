import { formatNumber, formatPercent } from '../../lib/format.ts'
import { useLanguage, useTranslation } from '../../lib/i18n.ts'
import type { DistrictResult } from '../result.api.ts'
import { boxDifference } from './evidence.ts'
import { wordsOf } from './otherWords.ts'

/** How many voted, by which way, how many blank and how many ballots did not count. */
export function TurnoutLine({ district }: { district: DistrictResult }) {
  const { t: usual } = useTranslation('result')
  const t = wordsOf(district, usual)
  const language = useLanguage()
  const { ballots, blankBallots, invalid, turnout, rollSize, knockOut } = district
  if (ballots === null) return null
  const difference = boxDifference(district)
  const channels = turnout.filter((one) => one.ballots > 0)
  const refused = invalid.reduce((sum, { count }) => sum + count, 0)
  // Of a knock-out the first round tells how many came, the last how many decided.
  const rounds = knockOut?.length ?? 0
  const came = channels.reduce((sum, one) => sum + one.ballots, 0)
  const people = rounds > 0 && came > 0 ? came : ballots + refused
  return (
    <div className="bm-tally-turnout">
      <p>
        {t(rounds > 1 ? 'turnout.lastRound' : 'turnout.ballots', { count: ballots })}
        {rollSize ? ` · ${t('turnout.ofRoll', { percent: formatPercent(people, rollSize, language), count: rollSize })}` : ''}
        {blankBallots ? ` · ${t('turnout.blank', { count: blankBallots })}` : ''}
      </p>
      {channels.length > 0 ? (
        <ul className="bm-tally-channels">
          {channels.map((one) => (
            <li key={one.channel}>
              {t(`channel.${one.channel}`)} <strong>{formatNumber(one.ballots, language)}</strong>
              {rounds > 1 ? ` ${t('turnout.firstRound')}` : ''}
            </li>
          ))}
        </ul>
      ) : null}
      {refused > 0 ? (
        <p className="bm-fine">
          {t('turnout.invalid', { count: refused })} (
          {invalid.map(({ reason, count }) => `${t(`invalid.${reason}`)}: ${formatNumber(count, language)}`).join(', ')})
        </p>
      ) : null}
      {difference === null ? null : (
        <p>
          {t(difference.ballots === null ? 'turnout.differRounds' : 'turnout.differ', {
            marks: formatNumber(difference.marks, language),
            receipts: formatNumber(difference.receipts, language),
            ballots: formatNumber(difference.ballots ?? 0, language),
          })}
        </p>
      )}
    </div>
  )
}
