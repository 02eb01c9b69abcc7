import type { ReactNode } from 'react'
import type { ConstraintLayer } from '../../server/constraints/contract.ts'
import { INSTALLATION_TYPES } from '../../server/kernel/installationTypes.ts'
import { useLanguage, useTranslation } from '../lib/i18n.ts'
import { SeveritySign } from './SeveritySign.tsx'

/** What the rule means for each kind of installation, and what is said to citizens and planners. */
export function LayerMeaning({ layer, children }: { layer: ConstraintLayer; children: ReactNode }) {
  const { t } = useTranslation('constraints')
  const language = useLanguage()
  return (
    <section className="bm-section bm-meaning" aria-labelledby="betydning">
      <h2 id="betydning">{t('meaning.title')}</h2>
      <table className="bm-severities">
        <thead className="bm-hidden">
          <tr>
            <th scope="col">{t('meaning.type')}</th>
            <th scope="col">{t('meaning.severity')}</th>
          </tr>
        </thead>
        <tbody>
          {INSTALLATION_TYPES.map((type) => (
            <tr key={type}>
              <th scope="row">{t(`type.${type}`)}</th>
              <td>
                <span>
                  <SeveritySign severity={layer.severities[type]} />
                  {t(`severity.${layer.severities[type]}`)}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <h3>{t('meaning.citizen')}</h3>
      <p className="bm-quote">{layer.citizenText[language]}</p>
      <h3>{t('meaning.planner')}</h3>
      <p className="bm-text">{layer.plannerText[language]}</p>
      <p className="bm-fine">{t('meaning.judgement')}</p>
      {children ? <div className="bm-detail-actions">{children}</div> : null}
    </section>
  )
}
