export const LANGUAGES = ['da', 'en'] as const
export type Language = (typeof LANGUAGES)[number]

const STORAGE_KEY = 'bm-language'

export function isLanguage(value: unknown): value is Language {
  return value === 'da' || value === 'en'
}

/** The language to start in: `?lang=` of the address, then the last choice, then Danish. */
export function startLanguage(): Language {
  const asked = new URLSearchParams(window.location.search).get('lang')
  if (isLanguage(asked)) {
    rememberLanguage(asked)
    return asked
  }
  try {
    const kept = window.localStorage.getItem(STORAGE_KEY)
    return isLanguage(kept) ? kept : 'da'
  } catch {
    return 'da'
  }
}

/** Keeps the choice for the next visit; a browser that refuses storage keeps it for this page only. */
export function rememberLanguage(language: Language): void {
  try {
    window.localStorage.setItem(STORAGE_KEY, language)
  } catch {
    // Private browsing may refuse; the choice then lasts as long as the page.
  }
}
