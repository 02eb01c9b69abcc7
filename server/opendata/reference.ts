import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { indexFolder, type ServedFile } from '../platform/http/fileIndex.ts'
import { PROBLEM_KINDS } from './openApi.ts'

// Swagger UI from the installed package, with a start script of our own: the policy allows no inline script.
const SERVED = ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png']

/** The three files of Swagger UI the reference needs, by name. */
export async function readSwaggerFiles(): Promise<Map<string, ServedFile>> {
  const folder = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'))
  const all = await indexFolder(folder, (address) => SERVED.includes(address.slice(1)))
  return new Map([...all].map(([address, file]) => [address.slice(1), file]))
}

export const startScript = `window.ui = SwaggerUIBundle({
  url: '/api/openapi.json', dom_id: '#reference', deepLinking: true, validatorUrl: null, tryItOutEnabled: true,
  presets: [SwaggerUIBundle.presets.apis], layout: 'BaseLayout',
})
`

function kindList(): string {
  const tables = [PROBLEM_KINDS.common, ...Object.values(PROBLEM_KINDS.byTag)]
  const kinds = Map.groupBy(
    tables.flatMap((table) => Object.entries(table)),
    ([kind]) => kind,
  )
  return [...kinds]
    .sort()
    .map(([kind, found]) => [kind, [...new Set(found.map(([, status]) => status))].sort().join(', ')])
    .map(([kind, statuses]) => `<dt id="problem-${kind}"><code>${kind}</code></dt><dd>${statuses}</dd>`)
    .join('\n')
}

/** The reference page; problem types (`/api/reference#problem-…`) lead to its list of kinds. */
export const referencePage = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Borgermillionen · API</title>
<link rel="icon" type="image/png" href="/api/reference/favicon-32x32.png">
<link rel="stylesheet" href="/api/reference/swagger-ui.css">
</head>
<body>
<main>
<div id="reference"></div>
<div class="swagger-ui"><div class="wrapper"><h2 id="problems">Problem kinds</h2><dl>
${kindList()}
</dl><p><a href="/api/openapi.json">openapi.json</a> · <a href="/">Borgermillionen</a></p></div></div>
</main>
<script src="/api/reference/swagger-ui-bundle.js"></script>
<script src="/api/reference/start.js"></script>
</body>
</html>
`
