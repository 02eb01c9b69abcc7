import { changeLanguage, useLanguage, useTranslation } from '../lib/i18n.ts'
import { useChangeSearch } from '../lib/sharedSearch.ts'

export function LanguageSwitch() {
  const { t } = useTranslation('shell')
  const language = useLanguage()
  const changeSearch = useChangeSearch()
  const other = language === 'da' ? 'en' : 'da'
  async function change() {
    await changeLanguage(other)
    // A language asked for in the address would win over the choice at the next load.
    await changeSearch({}, { replace: true })
  }
  return (
    <button type="button" className="bm-text-button" lang={other} title={t(`language.${other}`)} onClick={change}>
      <span aria-hidden="true">{other.toUpperCase()}</span>
      <span className="bm-hidden">{t(`language.${other}`)}</span>
    </button>
  )
}
