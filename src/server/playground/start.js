/**
 * Starts GraphiQL in the browser, after its own script, with what the page holds. A file, so that the page's
 * Content-Security-Policy can forbid scripts that stand in pages.
 */

/** @typedef {{ query: string, variables?: string }} Tab */

/** @type {{ title: string, logo: string, tabs: Tab[], workers: Record<string, string> }} */
const { title, logo, tabs, workers } = JSON.parse(document.getElementById('settings')?.textContent ?? '')

/** Node.js refuses more than 16 KB of headers, address and all. */
const LONGEST_LINK = 8_000

/** The browser's, but under our own name: another GraphiQL on localhost:4000 left its tabs there. */
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

/** The tab that a link asks for (`?query=` and `&variables=`). @returns {Tab | undefined} */
function linkedTab() {
  const asked = new URLSearchParams(location.search)
  const query = asked.get('query')
  return query ? { query, variables: asked.get('variables') ?? '' } : undefined
}

/** The tab that was open last time. @returns {Tab | undefined} */
function lastTab() {
  const { tabs, activeTabIndex } = JSON.parse(storage.getItem('graphiql:tabState') ?? '{}')
  return tabs?.[activeTabIndex]
}

/** Makes the address a link to what is in the editors, unless the server would refuse it for its length. */
function link(/** @type {string} */ name, /** @type {string} */ value) {
  const url = new URL(location.href)
  if (value) url.searchParams.set(name, value)
  else url.searchParams.delete(name)
  if (url.href.length > LONGEST_LINK) url.search = ''
  history.replaceState(null, '', url)
}

const linked = linkedTab()
// GraphiQL adds a tab, unless it is told the very content of one that it has.
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
  // Headers may carry credentials, which are not to be written to the disk.
  shouldPersistHeaders: false,
  onEditQuery: (/** @type {string} */ query) => link('query', query),
  onEditVariables: (/** @type {string} */ variables) => link('variables', variables),
})
