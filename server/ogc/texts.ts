import type { Language } from './contract.ts'
import da from './ogc.da.json' with { type: 'json' }
import en from './ogc.en.json' with { type: 'json' }

type Texts = typeof da
type Branch = 'kinds' | 'parameters'
export type TextKey = Exclude<keyof Texts, Branch> | `kinds.${keyof Texts['kinds']}` | `parameters.${keyof Texts['parameters']}`

const texts: Readonly<Record<Language, Texts>> = { da, en }

/** A text of this room in a language, its `{{values}}` filled in. */
export function textIn(language: Language, key: TextKey, values: Record<string, string | number> = {}): string {
  const found = key.split('.').reduce<unknown>((branch, step) => (branch as Record<string, unknown>)[step], texts[language])
  return String(found).replaceAll(/\{\{(\w+)\}\}/g, (_whole, name: string) => String(values[name] ?? ''))
}

/** The same text in both languages. */
export function textInBoth(key: TextKey): { da: string; en: string } {
  return { da: textIn('da', key), en: textIn('en', key) }
}
