import { useEffect } from 'react'
import { markTextUsable } from '../lib/firstList.ts'
import { useTranslation } from '../lib/i18n.ts'
import { usePageTitle } from '../lib/usePageTitle.ts'
import { AccessibilitySection } from './AccessibilitySection.tsx'
import { OpenDataSection } from './OpenDataSection.tsx'
import { PhasesSection } from './PhasesSection.tsx'
import './about.css'

const SECTIONS = ['hvad', 'faser', 'data', 'privatliv', 'tilgaengelighed'] as const

/** What this is, for everybody who wonders. */
export function AboutPage() {
  const { t } = useTranslation('about')
  usePageTitle(t('title'))
  useEffect(() => {
    markTextUsable()
    const target = document.getElementById(window.location.hash.slice(1))
    target?.scrollIntoView()
  }, [])
  return (
    <article className="bm-page bm-about">
      <h1>{t('title')}</h1>
      <p className="bm-lead">{t('lead')}</p>
      <nav aria-label={t('contents')}>
        <ul className="bm-anchors">
          {SECTIONS.map((section) => (
            <li key={section}>
              <a href={`#${section}`}>{t(`${section}.title`)}</a>
            </li>
          ))}
        </ul>
      </nav>
      <TextSection id="hvad" paragraphs={['who', 'money', 'law', 'history']} />
      <PhasesSection />
      <OpenDataSection />
      <TextSection id="privatliv" paragraphs={['look', 'kept', 'shown', 'storage', 'rights']} />
      <AccessibilitySection />
    </article>
  )
}

function TextSection({ id, paragraphs }: { id: (typeof SECTIONS)[number]; paragraphs: string[] }) {
  const { t } = useTranslation('about')
  return (
    <section className="bm-section" aria-labelledby={id}>
      <h2 id={id}>{t(`${id}.title`)}</h2>
      {paragraphs.map((paragraph) => (
        <p key={paragraph}>{t(`${id}.${paragraph}`)}</p>
      ))}
    </section>
  )
}
