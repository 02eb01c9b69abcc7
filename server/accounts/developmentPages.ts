import { DEVELOPMENT_PATH, type TestPerson } from './developmentPeople.ts'

type PageLanguage = 'da' | 'en'

const words = {
  da: {
    title: 'Log ind som testperson',
    testTitle: 'Dette er en test',
    test: 'Personerne her er opfundet. Der er ingen adgangskode, og ingen er logget ind med MitID.',
    citizens: 'Borgere',
    staff: 'Medarbejdere og politikere',
    cancel: 'Fortryd, og gå tilbage',
    other: 'In English',
    endedTitle: 'Test-login kunne ikke fortsætte',
    ended: 'Det er for længe siden, at du begyndte, eller siden er åbnet igen. Det, du har skrevet, ligger stadig i din browser.',
    back: 'Gå til forsiden, og log ind igen',
  },
  en: {
    title: 'Sign in as a test person',
    testTitle: 'This is a test',
    test: 'The people here are invented. There is no password, and nobody is signed in with MitID.',
    citizens: 'Citizens',
    staff: 'Staff and politicians',
    cancel: 'Cancel and go back',
    other: 'På dansk',
    endedTitle: 'The test sign-in could not go on',
    ended: 'It began too long ago, or the page was opened again. What you wrote is still in your browser.',
    back: 'Go to the front page and sign in again',
  },
} as const

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escaped = (text: string) => text.replace(/[&<>"']/g, (character) => entities[character] as string)

/** The first language of a space-separated `ui_locales` that these pages speak. */
export function pageLanguage(locales: unknown): PageLanguage {
  const wanted = typeof locales === 'string' ? locales.split(' ') : []
  const spoken = wanted.map((locale) => locale.toLowerCase().split('-')[0]).find((locale) => locale === 'da' || locale === 'en')
  return spoken ?? 'da'
}

function page(lang: PageLanguage, title: string, body: string): string {
  return `<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escaped(title)} – Borgermillionen</title>
<link rel="stylesheet" href="${DEVELOPMENT_PATH}/style.css">
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`
}

function personButton(person: TestPerson, lang: PageLanguage): string {
  return `<li><button type="submit" name="person" value="${escaped(person.key)}"><span class="name" lang="da">${escaped(person.name)}</span> <span class="about">${escaped(person.about[lang])}</span></button></li>`
}

function group(people: readonly TestPerson[], kind: TestPerson['group'], lang: PageLanguage): string {
  const buttons = people.filter((person) => person.group === kind).map((person) => personButton(person, lang))
  return `<h2 id="${kind}">${words[lang][kind]}</h2>
<ul aria-labelledby="${kind}">
${buttons.join('\n')}
</ul>`
}

/** The page on which one tap signs in as an invented person. `path` is its own address. */
export function choosePage(people: readonly TestPerson[], path: string, lang: PageLanguage): string {
  const text = words[lang]
  const other = lang === 'da' ? 'en' : 'da'
  return page(
    lang,
    text.title,
    `<p class="language"><a href="${escaped(path)}?lang=${other}" hreflang="${other}" lang="${other}">${text.other}</a></p>
<h1>${text.title}</h1>
<div class="notice" role="note" aria-labelledby="test"><p id="test" class="mark">${text.testTitle}</p><p>${text.test}</p></div>
<form method="post" action="${escaped(path)}">
${group(people, 'citizens', lang)}
${group(people, 'staff', lang)}
<p><button class="quiet" type="submit" name="cancel" value="yes">${text.cancel}</button></p>
</form>`,
  )
}

/** The page shown when a test sign-in cannot go on. */
export function endedPage(lang: PageLanguage): string {
  const text = words[lang]
  return page(lang, text.endedTitle, `<h1>${text.endedTitle}</h1>\n<p>${text.ended}</p>\n<p><a href="/">${text.back}</a></p>`)
}

/** No script, no foreign source, no frame: what these pages need is one style sheet and one form. */
export const pageHeaders = {
  'Content-Security-Policy': "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
}

export const developmentStyle = `:root { color-scheme: light; --ink: #1d2a2a; --soft: #5a6767; --paper: #fffefb; --land: #f6f4ee; --line: #cfccc2; --accent: #0f5c4f; --test: #8a3b00; }
* { box-sizing: border-box; }
body { margin: 0; background: var(--land); color: var(--ink); font: 1rem/1.5 "IBM Plex Sans", system-ui, sans-serif; }
main { max-width: 32rem; margin: 0 auto; padding: 1rem 1rem 3rem; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0.5rem 0 1rem; text-wrap: balance; }
h2 { font-size: 1.1rem; margin: 1.5rem 0 0.5rem; }
a { color: var(--accent); }
.language { text-align: right; margin: 0; }
.language a { display: inline-block; padding: 0.6rem 0; }
.notice { border: 2px dashed var(--test); border-radius: 14px; background: #fff6ec; padding: 0.75rem 1rem; }
.notice p { margin: 0; }
.notice .mark { color: var(--test); font-weight: 700; }
ul { list-style: none; margin: 0; padding: 0; display: grid; gap: 0.5rem; }
button { width: 100%; min-height: 3.25rem; padding: 0.6rem 1rem; border: 1px solid var(--line); border-radius: 14px; background: var(--paper); color: inherit; font: inherit; text-align: left; cursor: pointer; }
button:hover { border-color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.name { display: block; font-weight: 600; }
.about { display: block; color: var(--soft); }
.quiet { margin-top: 1rem; background: transparent; text-align: center; color: var(--accent); }
`
