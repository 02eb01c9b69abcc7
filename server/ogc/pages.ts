import { html } from 'hono/html'
import type { Collection, CollectionList, Feature, FeatureCollection, Landing, Link } from './contract.ts'
import { type Ask, addressOf } from './links.ts'
import type { ApiDescription } from './openApiDocument.ts'
import type { DescribedCollection, PublishedColumn } from './publishedTypes.ts'
import { type TextKey, textIn } from './texts.ts'

// The same answers as pages: plain, readable without script, every text escaped by the template.

type Html = ReturnType<typeof html>

/** Style of these pages; the policy allows none inside them. */
export const STYLE = `:root { color-scheme: light; --ink: #1d2a2a; --soft: #5a6767; --paper: #fffefb; --line: #d8d4c8; --accent: #0f5c4f }
body { margin: 0 auto; padding: 1rem 1.25rem 3rem; max-width: 70rem; color: var(--ink); background: var(--paper);
  font: 1rem/1.5 "IBM Plex Sans", system-ui, sans-serif }
h1 { font-size: 1.7rem; line-height: 1.2; text-wrap: balance } h2 { font-size: 1.2rem; margin-top: 2rem }
a { color: var(--accent); overflow-wrap: anywhere } a:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px }
nav ol, nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1rem; padding: 0; list-style: none }
.scroll { overflow-x: auto } .scroll:focus-visible { outline: 3px solid var(--accent) }
table { border-collapse: collapse; font-size: .9375rem } caption { text-align: left; padding-bottom: .5rem; color: var(--soft) }
th, td { padding: .4rem .75rem .4rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); min-width: 6rem; max-width: 28rem;
  overflow-wrap: break-word } thead th { white-space: nowrap } code { font-size: .9em; overflow-wrap: anywhere }
`

interface Crumb {
  href: string
  text: string
}

function crumbs(ask: Ask, parts: readonly Crumb[]): Html {
  const t = (key: TextKey) => textIn(ask.language, key)
  const all = [{ href: addressOf(ask, '', own(ask)), text: t('home') }, ...parts]
  return html`<nav aria-label="${t('breadcrumb')}"><ol>${all.map((part) => html`<li><a href="${part.href}">${part.text}</a></li>`)}</ol></nav>`
}

/** Parameters that go with every link of a page. */
function own(ask: Ask): Record<string, string> {
  return ask.parameters.lang ? { f: 'html', lang: ask.parameters.lang } : { f: 'html' }
}

function page(ask: Ask, at: { path: string; title: string; parts: readonly Crumb[] }, links: readonly Link[], body: Html | Html[]): Html {
  const t = (key: TextKey) => textIn(ask.language, key)
  const other = ask.language === 'da' ? 'en' : 'da'
  const alternate = links.find(({ rel }) => rel === 'alternate')
  const switched = addressOf(ask, at.path, { ...ask.parameters, f: 'html', lang: other })
  return html`<!doctype html>
<html lang="${ask.language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${at.title} · Borgermillionen</title><link rel="icon" href="data:,"><link rel="stylesheet" href="${ask.base}/style.css"></head>
<body><header>${crumbs(ask, at.parts)}</header>
<main><h1>${at.title}</h1>${body}</main>
<footer><nav aria-label="${t('about')}"><ul>
${alternate ? html`<li><a href="${alternate.href}">${alternate.title ?? ''}</a></li>` : ''}
<li><a href="${switched}" lang="${other}" hreflang="${other}">${t('language')}</a></li>
<li><a href="/om">${t('about')}</a></li></ul></nav></footer></body></html>`
}

function valueText(ask: Ask, value: unknown): string {
  if (value === null || value === undefined) return '–'
  if (typeof value === 'boolean') return textIn(ask.language, value ? 'yes' : 'no')
  if (Array.isArray(value) && value.every((item) => typeof item !== 'object')) return value.join(', ')
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

const SHORT_LENGTH = 120

/** A value in a table of many: the whole of it stands on the feature's own page. */
function shortText(ask: Ask, value: unknown): string {
  const text = valueText(ask, value)
  return text.length > SHORT_LENGTH ? `${text.slice(0, SHORT_LENGTH)} …` : text
}

function geometryText(ask: Ask, geometry: Feature['geometry']): string {
  if (geometry === null) return textIn(ask.language, 'noGeometry')
  const text = JSON.stringify(geometry.coordinates)
  return `${String(geometry.type)} ${text.length > SHORT_LENGTH ? `${text.slice(0, SHORT_LENGTH)} …` : text}`
}

/** The landing page. */
export function landingPage(ask: Ask, landing: Landing, exampleExport: string | null): Html {
  const t = (key: TextKey) => textIn(ask.language, key)
  const go: [string, TextKey][] = [
    ['/collections', 'collections'],
    ['/api', 'api'],
    ['/conformance', 'conformance'],
  ]
  const links = go.map(([path, key]) => html`<li><a href="${addressOf(ask, path, own(ask))}">${t(key)}</a></li>`)
  const whole = exampleExport === null ? '' : html`<p>${t('wholeRound')} <a href="${exampleExport}">${exampleExport}</a>.</p>`
  return page(
    ask,
    { path: '', title: landing.title, parts: [] },
    landing.links,
    html`<p>${landing.description}</p><ul>${links}</ul>${whole}`,
  )
}

/** What is conformed to. */
export function conformancePage(ask: Ask, { conformsTo, links }: { conformsTo: string[]; links: Link[] }): Html {
  const list = conformsTo.map((uri) => html`<li><code>${uri}</code></li>`)
  return page(ask, { path: '/conformance', title: textIn(ask.language, 'conformance'), parts: [] }, links, html`<ul>${list}</ul>`)
}

/** All collections. */
export function collectionsPage(ask: Ask, { collections, links }: CollectionList): Html {
  const items = collections.map(
    ({ id, title, description }) =>
      html`<li><a href="${addressOf(ask, `/collections/${id}`, own(ask))}">${title}</a> <code>${id}</code><br>${description}</li>`,
  )
  return page(ask, { path: '/collections', title: textIn(ask.language, 'collections'), parts: [] }, links, html`<ul>${items}</ul>`)
}

const collectionsCrumb = (ask: Ask): Crumb => ({
  href: addressOf(ask, '/collections', own(ask)),
  text: textIn(ask.language, 'collections'),
})
const collectionCrumb = (ask: Ask, id: string, title: string): Crumb => ({
  href: addressOf(ask, `/collections/${id}`, own(ask)),
  text: title,
})

function columnRows(ask: Ask, columns: readonly PublishedColumn[]): Html[] {
  return columns.map(
    ({ name, kind, description }) =>
      html`<tr><th scope="row"><code>${name}</code></th><td>${textIn(ask.language, `kinds.${kind}`)}</td><td>${description[ask.language]}</td></tr>`,
  )
}

/** One collection with its columns. */
export function collectionPage(ask: Ask, body: Collection, { collection, view }: DescribedCollection): Html {
  const t = (key: TextKey) => textIn(ask.language, key)
  const { spatial, temporal } = body.extent
  const ends = temporal?.interval[0]?.map((end) => end ?? t('open')).join(' – ')
  return page(
    ask,
    { path: `/collections/${body.id}`, title: body.title, parts: [collectionsCrumb(ask)] },
    body.links,
    html`<p>${body.description}</p>
<p><a href="${addressOf(ask, `/collections/${body.id}/items`, own(ask))}">${t('items')}</a></p>
<dl>${spatial ? html`<dt>${t('extentSpace')}</dt><dd>${spatial.bbox[0]?.map((side) => side.toFixed(5)).join(', ')}</dd>` : ''}
${ends ? html`<dt>${t('extentTime')}</dt><dd>${ends}</dd>` : ''}
<dt>${t('crs')}</dt><dd>${body.crs.map((uri) => html`<code>${uri}</code> `)}</dd>
<dt>${t('filters')}</dt><dd>${collection.queryables.map((name) => html`<code>${name}</code> `)}</dd></dl>
<h2 id="columns">${t('columns')}</h2>
<div class="scroll" tabindex="0" role="region" aria-labelledby="columns"><table><thead><tr><th scope="col">${t('column')}</th><th scope="col">${t('kind')}</th>
<th scope="col">${t('meaning')}</th></tr></thead><tbody>${columnRows(ask, view.columns)}</tbody></table></div>`,
  )
}

function pageTurn(links: readonly Link[]): Html {
  const turns = links.filter(({ rel }) => rel === 'prev' || rel === 'next').sort((a, b) => b.rel.localeCompare(a.rel))
  return turns.length === 0
    ? html``
    : html`<nav><ul>${turns.map(({ href, rel, title }) => html`<li><a rel="${rel}" href="${href}">${title ?? rel}</a></li>`)}</ul></nav>`
}

/** A page of features as a table. */
export function itemsPage(ask: Ask, body: FeatureCollection, { collection, view }: DescribedCollection): Html {
  const t = (key: TextKey, values = {}) => textIn(ask.language, key, values)
  const { id, idColumn } = collection
  const title = collection.title[ask.language]
  const names = view.columns.filter(({ kind, name }) => kind !== 'geometry' && name !== idColumn).map(({ name }) => name)
  const rows = body.features.map(
    (
      feature,
    ) => html`<tr><th scope="row"><a href="${addressOf(ask, `/collections/${id}/items/${encodeURIComponent(feature.id)}`, own(ask))}">${feature.id}</a></th>
${names.map((name) => html`<td>${shortText(ask, feature.properties[name])}</td>`)}<td>${feature.geometry === null ? t('noGeometry') : String(feature.geometry.type)}</td></tr>`,
  )
  const table = html`<div class="scroll" tabindex="0" role="region" aria-label="${title}"><table>
<caption>${t('counted', { returned: body.numberReturned, matched: body.numberMatched })}</caption>
<thead><tr><th scope="col">${t('feature')}</th>${names.map((name) => html`<th scope="col">${name}</th>`)}<th scope="col">${t('geometry')}</th></tr></thead>
<tbody>${rows}</tbody></table></div>${pageTurn(body.links)}`
  const at = { path: `/collections/${id}/items`, title, parts: [collectionsCrumb(ask), collectionCrumb(ask, id, title)] }
  return page(ask, at, body.links, body.features.length === 0 ? html`<p>${t('nothing')}</p>${pageTurn(body.links)}` : table)
}

/** One feature with all its properties. */
export function itemPage(ask: Ask, body: Feature, { collection, view }: DescribedCollection): Html {
  const t = (key: TextKey) => textIn(ask.language, key)
  const title = collection.title[ask.language]
  const rows = view.columns
    .filter(({ kind }) => kind !== 'geometry')
    .map(
      ({ name, description }) =>
        html`<tr><th scope="row"><code>${name}</code></th><td>${valueText(ask, body.properties[name])}</td><td>${description[ask.language]}</td></tr>`,
    )
  const at = {
    path: `/collections/${collection.id}/items/${encodeURIComponent(body.id)}`,
    title: `${title} · ${String(body.properties.title ?? body.properties.name ?? body.properties.label ?? body.id)}`,
    parts: [collectionsCrumb(ask), collectionCrumb(ask, collection.id, title)],
  }
  return page(
    ask,
    at,
    body.links,
    html`<div class="scroll" tabindex="0" role="region" aria-label="${title}"><table><thead><tr><th scope="col">${t('column')}</th><th scope="col">${t('value')}</th>
<th scope="col">${t('meaning')}</th></tr></thead><tbody>${rows}
<tr><th scope="row">${t('geometry')}</th><td>${geometryText(ask, body.geometry)}</td><td></td></tr></tbody></table></div>`,
  )
}

/** The description for people. */
export function apiPage(ask: Ask, description: ApiDescription, links: readonly Link[]): Html {
  const t = (key: TextKey, values = {}) => textIn(ask.language, key, values)
  const rows = Object.entries(description.paths).map(
    ([path, { get }]) => html`<tr><th scope="row"><code>${path}</code></th><td>${get.summary}</td>
<td>${get.parameters.map(({ name, $ref }) => html`<code>${name ?? $ref?.split('/').at(-1)}</code> `)}</td></tr>`,
  )
  const parameters = Object.values(description.components.parameters) as { name: string; description: string }[]
  return page(
    ask,
    { path: '/api', title: t('api'), parts: [] },
    links,
    html`<p>${t('apiLead', { address: ask.base })}</p>
<h2>${t('parameter')}</h2><dl>${parameters.map((one) => html`<dt><code>${one.name}</code></dt><dd>${one.description}</dd>`)}</dl>
<h2 id="paths">${t('path')}</h2><div class="scroll" tabindex="0" role="region" aria-labelledby="paths"><table><thead><tr><th scope="col">${t('path')}</th>
<th scope="col">${t('answer')}</th><th scope="col">${t('parameter')}</th></tr></thead><tbody>${rows}</tbody></table></div>`,
  )
}
