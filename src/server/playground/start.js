/**
 * Starts GraphiQL in the browser with the settings in the page. This is a file of its own so that the page's
 * Content-Security-Policy can forbid inline scripts.
 */

/** @typedef {{ query: string, variables?: string }} Tab */

/** @type {{ title: string, logo: string, tabs: Tab[], workers: Record<string, string> }} */
const { title, logo, tabs, workers } = JSON.parse(document.getElementById('settings')?.textContent ?? '')

/** Maximum length of a link. Node.js refuses requests whose URL and headers have more than 16 KB. */
const LONGEST_LINK = 8_000

/** The browser's storage with a prefix: another GraphiQL on localhost:4000 may have left its tabs there. */
const storage = {
  name: (/** @type {string} */ key) => `bilateral:${key}`,
  getItem: (/** @type {string} */ key) => localStorage.getItem(storage.name(key)),
  setItem: (/** @type {string} */ key, /** @type {string} */ value) => localStorage.setItem(storage.name(key), value),
  removeItem: (/** @type {string} */ key) => localStorage.removeItem(storage.name(key)),
  clear() {
    for (const key of Object.keys(localStorage)) if (key.startsWith(storage.name(''))) localStorage.removeItem(key)
  },
  get length() {
    return Object.keys(localStorage).filter((key) => key.startsWith(storage.name(''))).length
  },
}

/** The tab in the address (`?query=` and `&variables=`). @returns {Tab | undefined} */
function linkedTab() {
  const params = new URLSearchParams(location.search)
  const query = params.get('query')
  return query ? { query, variables: params.get('variables') ?? '' } : undefined
}

/** The tab that was open when the page was left. @returns {Tab | undefined} */
function lastTab() {
  const { tabs, activeTabIndex } = JSON.parse(storage.getItem('graphiql:tabState') ?? '{}')
  return tabs?.[activeTabIndex]
}

/** Makes the address a link to the query and variables in the editors, unless the server would refuse it for its length. */
function link(/** @type {string} */ name, /** @type {string} */ value) {
  const url = new URL(location.href)
  if (value) url.searchParams.set(name, value)
  else url.searchParams.delete(name)
  if (url.href.length > LONGEST_LINK) url.search = ''
  history.replaceState(null, '', url)
}

/** What data the service has, as comments for the first tab. Empty if the service does not say. */
async function dataHere() {
  const query = `{
    about { facts { visits meetings statements agreements relationEvents positions people } }
    sources(first: 3) { totalCount nodes { title } }
  }`
  try {
    const headers = { 'content-type': 'application/json', accept: 'application/json' }
    const response = await fetch(location.pathname, { method: 'POST', headers, body: JSON.stringify({ query }) })
    const { about, sources } = (await response.json()).data
    const counts = Object.entries(about.facts).map(([kind, count]) => `#   ${wordsOf(kind)}: ${count}`)
    const titles = sources.nodes.map((/** @type {{ title: string }} */ { title }) => `#   “${shortened(title)}”`)
    const more = sources.totalCount - titles.length
    return [
      '# The data here:',
      ...counts,
      '# from',
      ...titles,
      ...(more > 0 ? [`#   and ${more} other sources`] : []),
      '#',
      '',
    ].join('\n')
  } catch {
    return ''
  }
}

const wordsOf = (/** @type {string} */ name) => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
const shortened = (/** @type {string} */ text) => (text.length > 50 ? `${text.slice(0, 49)}…` : text)

const isFirstVisit = storage.getItem('graphiql:tabState') === null
if (isFirstVisit && tabs[0]) tabs[0].query = (await dataHere()) + tabs[0].query

const linked = linkedTab()
// GraphiQL adds a tab unless the initial content equals that of an existing tab.
const open = linked ?? lastTab() ?? tabs[0]

Object.assign(globalThis, {
  MonacoEnvironment: { getWorkerUrl: (/** @type {string} */ _module, /** @type {string} */ name) => workers[name] },
})

// @ts-expect-error GraphiQL's script defines it.
globalThis.YogaGraphiQL.renderYogaGraphiQL(document.getElementById('root'), {
  title,
  logo,
  storage,
  defaultTabs: linked ? [linked, ...tabs] : tabs,
  initialQuery: open?.query ?? '',
  initialVariables: open?.variables ?? '',
  defaultEditorToolsVisibility: false,
  // Headers may contain credentials, which must not be written to disk.
  shouldPersistHeaders: false,
  onEditQuery: (/** @type {string} */ query) => link('query', query),
  onEditVariables: (/** @type {string} */ variables) => link('variables', variables),
})
