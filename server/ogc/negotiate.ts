import { LANGUAGES, type Language } from './contract.ts'

export const FORMATS = ['json', 'html'] as const
export type Format = (typeof FORMATS)[number]

/** Names of an Accept-like header with their quality, best first; equal ones stay in their order. */
function ranked(header: string): { name: string; quality: number }[] {
  return header
    .split(',')
    .map((part) => {
      const [name = '', ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase())
      const quality = Number(parameters.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? 1)
      return { name, quality: Number.isFinite(quality) ? quality : 0 }
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality)
}

/** What a client would rather have: a page for who names HTML before any JSON, JSON for everybody else. */
export function formatFor(accept: string | undefined): Format {
  for (const { name } of ranked(accept ?? '')) {
    if (name === 'text/html' || name === 'application/xhtml+xml' || name === 'text/*') return 'html'
    if (/json/.test(name) || name === 'application/*' || name === '*/*') return 'json'
  }
  return 'json'
}

/** The first language of the house that the client reads; Danish for everybody else. */
export function languageFor(acceptLanguage: string | undefined): Language {
  for (const { name } of ranked(acceptLanguage ?? '')) {
    const found = LANGUAGES.find((language) => name === language || name.startsWith(`${language}-`))
    if (found) return found
  }
  return 'da'
}
