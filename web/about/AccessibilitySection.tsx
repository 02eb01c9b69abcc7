import { useTranslation } from '../lib/i18n.ts'

const WAS_URL = 'https://www.was.digst.dk'

/** The accessibility statement: what was done, what is known to be hard, whom to tell. */
export function AccessibilitySection() {
  const { t } = useTranslation('about')
  return (
    <section className="bm-section" aria-labelledby="tilgaengelighed">
      <h2 id="tilgaengelighed">{t('tilgaengelighed.title')}</h2>
      <p>{t('tilgaengelighed.goal')}</p>
      <ul className="bm-notes">
        {['keyboard', 'list', 'contrast', 'motion'].map((point) => (
          <li key={point}>{t(`tilgaengelighed.${point}`)}</li>
        ))}
      </ul>
      <h3>{t('tilgaengelighed.knownTitle')}</h3>
      <p>{t('tilgaengelighed.known')}</p>
      <h3>{t('tilgaengelighed.tellTitle')}</h3>
      <p>
        {t('tilgaengelighed.tell')} <a href={WAS_URL}>{t('tilgaengelighed.registry')}</a>
      </p>
    </section>
  )
}
