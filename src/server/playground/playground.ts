import { readFile } from 'node:fs/promises'
import { type File, makeFile } from './file.ts'
import { tabs } from './tabs.ts'

interface Playground {
  readonly page: File
  /** Files by name. A name includes the hash of the content, so the content of a name never changes. */
  readonly assets: ReadonlyMap<string, File>
}

let loading: Promise<Playground> | undefined

/** GraphiQL, loaded on the first request for it: its module has a size of 9 MB, and most processes never need it. */
export function playground(): Promise<Playground> {
  loading ??= load().catch((error) => {
    loading = undefined
    throw error
  })
  return loading
}

async function load(): Promise<Playground> {
  const graphiql = await import('@graphql-yoga/render-graphiql/graphiql')
  const assets = new Map<string, File>()

  /** Adds an asset. Returns its URL relative to the page, because a proxy may serve both under a path. */
  function add(name: string, extension: 'js' | 'css', content: string): string {
    const asset = makeFile(extension === 'js' ? 'text/javascript' : 'text/css', content)
    const hashed = `${name}-${asset.hash}.${extension}`
    assets.set(hashed, asset)
    return `graphql/assets/${hashed}`
  }

  const html = pageOf({
    style: add('graphiql', 'css', graphiql.css + STYLE),
    script: add('graphiql', 'js', graphiql.js),
    start: add('start', 'js', await readFile(new URL('./start.js', import.meta.url), 'utf8')),
    workers: {
      editorWorkerService: add('editor-worker', 'js', graphiql.editorWorkerService),
      graphql: add('graphql-worker', 'js', graphiql.graphqlWorker),
      json: add('json-worker', 'js', graphiql.jsonWorker),
    },
  })
  return { page: makeFile('text/html', html), assets }
}

/**
 * Corrects three faults of GraphiQL's style. When a font is loaded or the window is resized, a tab that is being clicked moves
 * away from the pointer, and the click is lost. And the editor draws a box around each dash in a response, because a dash looks
 * like a hyphen. On a phone it shows the panes side by side, too
 * narrow to read.
 */
const STYLE = `
.graphiql-container .graphiql-tab { transform: none !important }
.graphiql-response .unicode-highlight { background: none !important; border-color: transparent !important }
@media (max-width: 700px) {
  .graphiql-container { flex-direction: column-reverse !important }
  .graphiql-container .graphiql-sidebar { flex-direction: row; width: auto }
  .graphiql-main, #graphiql-session { flex-direction: column !important; min-width: 0; min-height: 0 }
  .graphiql-container .graphiql-sessions { margin-left: 16px }
  #graphiql-session .graphiql-query-editor { flex-direction: column }
  #graphiql-session .graphiql-toolbar { flex-direction: row; width: auto; gap: 8px }
  .graphiql-horizontal-drag-bar, .graphiql-logo { display: none }
  #graphiql-session .graphiql-response { min-height: 0; border-top: 1px solid hsla(var(--color-neutral), .15) }
}
`

/** Two overlapping circles. */
const LOGO = `<svg xmlns="http://www.w3.org/2000/svg" width="32" height="32" viewBox="0 0 32 32">
  <circle cx="11.5" cy="16" r="9.5" fill="#e8743b"/>
  <circle cx="20.5" cy="16" r="9.5" fill="#2f6fb2" fill-opacity=".85"/>
</svg>`

interface Urls {
  readonly style: string
  readonly script: string
  readonly start: string
  /** URLs of the workers by the names that GraphiQL's editor uses. */
  readonly workers: Readonly<Record<string, string>>
}

function pageOf({ style, script, start, workers }: Urls): string {
  const settings = { title: 'bilateral', logo: LOGO, tabs, workers }
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width">
    <meta name="color-scheme" content="light dark">
    <title>bilateral</title>
    <link rel="icon" href="data:image/svg+xml,${encodeURIComponent(LOGO)}">
    <link rel="stylesheet" href="${style}">
    <script defer src="${script}"></script>
    <script type="module" src="${start}"></script>
    <script type="application/json" id="settings">${JSON.stringify(settings).replaceAll('<', '\\u003c')}</script>
  </head>
  <body>
    <noscript>The playground needs JavaScript; the API does not: POST a query to this address.</noscript>
    <div id="root"></div>
  </body>
</html>
`
}
