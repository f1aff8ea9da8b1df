import { createContext, useContext } from 'hono/jsx'

/** Where a page is, and where the same is in other formats. */
export interface Here {
  /** The relative URL of the site’s root: ``, `../` and so on, because a proxy may serve the site under a path. */
  readonly root: string
  /** The absolute URL of the page, without a query. */
  readonly url: string
  /** The query of the page’s URL, with its question mark. */
  readonly search?: string
  /** Relative URL of the same page as JSON. */
  readonly json?: string
  /** Relative URL of the same page as CSV. Undefined if the page has no table. */
  readonly csv?: string
  /** Relative URL of the page’s chart as SVG. Undefined if the page has no chart. */
  readonly svg?: string
  /** Of the page of a record: its relative URL without a suffix, and the query of its files. */
  readonly record?: { readonly name: string; readonly data: string }
  /** Relative URL of GraphiQL with the page’s query and variables. */
  readonly graphiql?: string
}

/** `Layout` sets it. */
export const HereContext = createContext<Here>({ root: '', url: 'http://localhost/' })

export const useHere = (): Here => useContext(HereContext)

/** Makes a path of the site, without a slash at its start, relative to the page. */
export function useHref(): (path: string) => string {
  const { root } = useHere()
  return (path) => root + path || './'
}
