import type { Language } from './language.ts'

/** Texts of one room in one language, nested by subject; the form of the files is that of i18next. */
export interface Texts {
  [key: string]: string | Texts
}

/** What stands in `{{…}}`. `count` also chooses between `_one` and `_other`. */
export type TextValues = Record<string, unknown> & { count?: number; ns?: string }

/** Words for a key; the key itself when nobody wrote them. */
export type Translate = (key: string, values?: TextValues) => string

const plurals = { da: new Intl.PluralRules('da'), en: new Intl.PluralRules('en') } as const
const numbers = { da: new Intl.NumberFormat('da-DK'), en: new Intl.NumberFormat('en-GB') } as const

/** The text at a dotted key; null when there is none. */
export function findText(texts: Texts | undefined, key: string): string | null {
  let here: string | Texts | undefined = texts
  for (const part of key.split('.')) {
    if (here === undefined || typeof here === 'string') return null
    here = here[part]
  }
  return typeof here === 'string' ? here : null
}

/** The text for a key and a number: `key_one`, `key_other` or the key itself. */
export function findPluralText(texts: Texts | undefined, key: string, count: number | undefined, language: Language): string | null {
  const plural = count === undefined ? null : findText(texts, `${key}_${plurals[language].select(count)}`)
  return plural ?? findText(texts, key)
}

/** Puts the values into a text; what is not given stays visible. */
export function fillText(text: string, values: TextValues, language: Language): string {
  return text.replace(/\{\{(\w+)\}\}/g, (placeholder, name: string) => {
    const value = values[name]
    if (value === undefined || value === null) return placeholder
    return name === 'count' && typeof value === 'number' ? numbers[language].format(value) : String(value)
  })
}
