import { formatNumber } from '../../lib/format.ts'
import { useLanguage, useTranslation } from '../../lib/i18n.ts'
import type { DistrictResult } from '../result.api.ts'
import { CheckSign } from './CheckSign.tsx'
import type { WholeCheck } from './runCheck.ts'

/** What the check found of the whole vote: set-up, receipts and log, and what the log has of everything that was downloaded. */
export function WholeLines({ whole, districts }: { whole: WholeCheck; districts: readonly DistrictResult[] }) {
  const { t } = useTranslation('check')
  const language = useLanguage()
  const { setup, receipts, log, comparisons } = whole
  const nameOf = (id: string | null) => districts.find(({ districtId }) => districtId === id)?.name ?? id ?? ''
  const entries = formatNumber(log.entries, language)
  return (
    <>
      <h3>{t('whole')}</h3>
      <ul className="bm-recount-lines">
        <li>
          <CheckSign verdict={setup} />
          {t(`setup.${setup}`)}
        </li>
        <li>
          <CheckSign verdict={receipts.verdict} />
          {t(`receipts.${receipts.verdict}`, { count: receipts.count })}
        </li>
        <li>
          <CheckSign verdict={log.verdict} />
          {t(`log.${log.verdict}`, { entries, entry: log.brokenAt ?? 0 })}
        </li>
      </ul>
      {comparisons.length > 0 ? (
        <>
          <h3 id="in-the-log">{t('inLog.title')}</h3>
          <p className="bm-fine">{t('inLog.text')}</p>
          <ul className="bm-recount-lines" aria-labelledby="in-the-log">
            {comparisons.map(({ what, districtId, found }) => (
              <li key={`${what} ${districtId}`}>
                <CheckSign verdict={found === 'equal' ? 'equal' : 'different'} />
                {t(`inLog.${what}.${found}`, { district: nameOf(districtId) })}
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {log.lastHash === null ? null : (
        <p className="bm-fine">
          {t('log.keep', { entries })} <span className="bm-hash">{log.lastHash}</span>
        </p>
      )}
    </>
  )
}
