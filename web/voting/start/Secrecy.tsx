import { useTranslation } from '../../lib/i18n.ts'

const MORE = ['Mark', 'Box', 'Count', 'Rest', 'Home', 'Browser'] as const

/** What happens with a vote: three sentences, and what lies behind them for whoever wants it. */
export function Secrecy() {
  const { t } = useTranslation('voting')
  return (
    <section className="bm-booth-sheet bm-secrecy" aria-labelledby="secrecy">
      <h2 id="secrecy">{t('secrecy.title')}</h2>
      <ul className="bm-secrecy-three">
        <li>{t('secrecy.first')}</li>
        <li>{t('secrecy.second')}</li>
        <li>{t('secrecy.third')}</li>
      </ul>
      <details>
        <summary>{t('secrecy.more')}</summary>
        {MORE.map((part) => (
          <p key={part}>{t(`secrecy.more${part}`)}</p>
        ))}
      </details>
    </section>
  )
}
