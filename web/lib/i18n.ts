import { use, useMemo, useSyncExternalStore } from 'react'
import accountsDa from '../accounts/accounts.da.json'
import ideasDa from '../ideas/ideas.da.json'
import roundsDa from '../rounds/rounds.da.json'
import shellDa from '../shell/shell.da.json'
import { type Language, rememberLanguage, startLanguage } from './language.ts'
import { fillText, findPluralText, type Texts, type Translate } from './translate.ts'

// The first page's Danish is bundled; every other text is a file of its own, fetched when a page needs it. They are data:
// as script they would be parsed as such and be a tenth of all there is (decision 0008).
const FIRST_NAMESPACES = ['shell', 'rounds', 'ideas', 'accounts']
const addresses = import.meta.glob<string>(
  ['../*/**/*.da.json', '../*/**/*.en.json', '!../dist/**', '!../{shell,rounds,ideas,accounts}/{shell,rounds,ideas,accounts}.da.json'],
  { query: '?url', import: 'default', eager: true },
)

/** The address of a text file by its name: `rounds/rounds.da.json` holds the namespace `rounds`. */
const byName = new Map(Object.entries(addresses).map(([path, address]) => [path.slice(path.lastIndexOf('/') + 1), address]))

const loaded = new Map<string, Texts>([
  ['shell.da', shellDa],
  ['rounds.da', roundsDa],
  ['ideas.da', ideasDa],
  ['accounts.da', accountsDa],
])
/** A promise React need not wait for: `use` must be called in every drawing once it was called in one. */
const HERE_ALREADY: Promise<void> = Object.assign(Promise.resolve(), { status: 'fulfilled', value: undefined })
const loading = new Map<string, Promise<void>>()
const listeners = new Set<() => void>()
let current: Language = 'da'
/** Grows with every change of language or texts, so that React sees it. */
let revision = 0

function tellListeners() {
  revision += 1
  for (const listener of listeners) listener()
}

async function fetchTexts(file: string): Promise<Texts> {
  const address = byName.get(file)
  if (address === undefined) throw new Error(`no texts ${file}`)
  const answer = await fetch(address)
  if (!answer.ok) throw new Error(`texts ${file}: ${answer.status}`)
  return (await answer.json()) as Texts
}

function loadTexts(namespace: string, language: Language): Promise<void> {
  const name = `${namespace}.${language}`
  const underWay = loading.get(name)
  if (underWay || loaded.has(name)) return underWay ?? Promise.resolve()
  const promise = fetchTexts(`${name}.json`).then(
    (texts) => {
      loaded.set(name, texts)
      tellListeners()
    },
    (error: unknown) => {
      loading.delete(name)
      throw error
    },
  )
  loading.set(name, promise)
  return promise
}

/** Starts the texts; resolves when those of the first page are there (at once in Danish). */
export async function startTexts(): Promise<void> {
  current = startLanguage()
  document.documentElement.lang = current
  try {
    await Promise.all(FIRST_NAMESPACES.map((namespace) => loadTexts(namespace, current)))
  } catch {
    current = 'da'
  }
}

/** Fetches texts before they are needed. @errors when the file cannot be fetched */
export function prepareTexts(namespace: string): Promise<void> {
  return loadTexts(namespace, current)
}

/** Changes the language once everything on the screen is there in it. */
export async function changeLanguage(language: Language): Promise<void> {
  const shown = [...loaded.keys()].filter((name) => name.endsWith(`.${current}`)).map((name) => name.slice(0, -3))
  await Promise.all(shown.map((namespace) => loadTexts(namespace, language)))
  rememberLanguage(language)
  current = language
  document.documentElement.lang = language
  tellListeners()
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function useLanguage(): Language {
  return useSyncExternalStore(subscribe, () => current)
}

function translator(namespaces: readonly string[], language: Language): Translate {
  return (key, values = {}) => {
    for (const namespace of values.ns ? [values.ns] : namespaces) {
      const text = findPluralText(loaded.get(`${namespace}.${language}`), key, values.count, language)
      if (text !== null) return fillText(text, values, language)
    }
    return key
  }
}

/** Words of one room or several, the first that knows a key wins. Waits (Suspense) for texts unless told not to. */
export function useTranslation(namespace: string | readonly string[], { useSuspense = true } = {}) {
  const language = useLanguage()
  const known = useSyncExternalStore(subscribe, () => revision)
  const key = typeof namespace === 'string' ? namespace : namespace.join()
  const missing = key.split(',').find((name) => !loaded.has(`${name}.${language}`))
  const promise = missing === undefined ? HERE_ALREADY : loadTexts(missing, language)
  if (useSuspense) use(promise)
  else promise.catch(() => {})
  const ready = missing === undefined
  // biome-ignore lint/correctness/useExhaustiveDependencies: new texts are a new way to translate
  const t = useMemo(() => translator(key.split(','), language), [key, language, ready ? 0 : known])
  const exists = (text: string, options: { ns: string }) =>
    findPluralText(loaded.get(`${options.ns}.${language}`), text, undefined, language) !== null
  return { t, i18n: { language, exists }, ready }
}

/** Words for a part that brings its own texts, such as the map. */
export function translateFrom(texts: Texts, language: Language): Translate {
  return (key, values = {}) => {
    const text = findPluralText(texts, key, values.count, language)
    return text === null ? key : fillText(text, values, language)
  }
}
