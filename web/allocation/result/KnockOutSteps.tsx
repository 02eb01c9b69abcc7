import { useLanguage, useTranslation } from '../../lib/i18n.ts'
import { BudgetBar } from '../../ui/BudgetBar.tsx'
import type { DistrictResult } from '../result.api.ts'
import { knockOutTieWords } from './tieSentences.ts'

/** The ballots of a meeting: who stood, who fell, and how ties fell. */
export function KnockOutSteps({ district, titleOf }: { district: DistrictResult; titleOf: (projectId: string) => string }) {
  const { t } = useTranslation('result')
  const language = useLanguage()
  return (
    <div className="bm-tally-rounds">
      <h3>{t('knockOut.title')}</h3>
      <ol>
        {district.knockOut?.map(({ round, standing, out, tie, method, blankVotes, note }) => {
          const all = standing.reduce((sum, { votes }) => sum + (votes ?? 0), 0)
          return (
            <li key={round}>
              {method === null ? null : (
                <p className="bm-fine">
                  {t(`knockOut.method.${method}`)}
                  {blankVotes === null ? '' : `, ${t('knockOut.blank', { count: blankVotes })}`}
                </p>
              )}
              {note ? <p lang="da">{note}</p> : null}
              {standing.length === 0 ? <p className="bm-fine">{t('knockOut.unknown')}</p> : null}
              <ul className="bm-knock-out">
                {standing.map(({ projectId, votes }) => (
                  <li key={projectId} data-out={out.includes(projectId)}>
                    <span lang="da">{titleOf(projectId)}</span>
                    <span>
                      {votes === null ? '' : t('votes', { count: votes })}
                      {out.includes(projectId) ? ` · ${t('knockOut.out')}` : ''}
                    </span>
                    <BudgetBar districtId={district.districtId} part={votes} whole={all} />
                  </li>
                ))}
              </ul>
              {tie ? <p className="bm-fine">{knockOutTieWords(tie.projects, { t, language, titleOf })}</p> : null}
            </li>
          )
        })}
      </ol>
    </div>
  )
}
