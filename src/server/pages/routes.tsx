import { stringify } from 'csv-stringify/sync'
import type { Context, Hono } from 'hono'
import type { Child } from 'hono/jsx'
import { BIBLIOGRAPHY, bibtexOf, type Cited, cslOf, isCited, risOf, sourcesIn } from '../../formats/bibliography.ts'
import { LINKED_DATA, linkedDataOf } from '../../formats/linked-data.ts'
import { idAtPermalink } from '../../formats/permalinks.ts'
import { BadRequest, Failure, isRefusal, NotFound, Refused } from '../../pages/error-pages.tsx'
import { type AskMore, BadParameter, type Page, type PageRequest, type Table } from '../../pages/page.ts'
import { addPages } from '../../pages/pages.ts'
import type { Here } from '../../pages/parts/here.ts'
import { Layout } from '../../pages/parts/layout.tsx'
import { encodeGlobalId } from '../../schema/ids/global-id.ts'
import type { CacheHeaders } from '../answers/cache-control.ts'
import { chooseEncoding } from '../answers/encoding.ts'
import { matches } from '../answers/etag.ts'
import { WholeResult } from '../answers/whole-result.ts'
import type { Exchange, RequestContext } from '../exchange.ts'
import { JSON_TYPE, type Refusal, responseOf } from '../refusal.ts'
import { IMAGE_POLICY, PAGE_POLICY } from '../security.ts'
import type { Ask, Asked, ErrorInResult } from './ask.ts'
import { assetUrls } from './assets.ts'
import { FileRefused, Files } from './files.ts'
import { readForm } from './form.ts'
import { llmsText } from './llms.ts'

type Env = { Bindings: RequestContext }
type RouteContext = Context<Env>

const HTML_TYPE = 'text/html; charset=utf-8'
const CSV_TYPE = 'text/csv; charset=utf-8'
const SVG_TYPE = 'image/svg+xml'

/** Seconds after which a browser should repeat a request that failed because the database was not available. */
const RETRY_AFTER = '5'

/** Records that one query can name. */
const NODES = 100

/** Longest link to GraphiQL. Node.js refuses requests whose URL and headers have more than 16 KB. */
const LONGEST_LINK = 8_000

export interface PagesOptions {
  readonly ask: Ask
  /** Who may cache a page. */
  readonly cacheHeadersOf: (exchange: Exchange) => CacheHeaders
}

/** Adds the routes of all pages, in all formats. */
export function addPageRoutes(routes: Hono<Env>, options: PagesOptions): void {
  routes.get('/llms.txt', (c) => c.text(llmsText(absolute(c, '/')), 200, { 'cache-control': 'public, max-age=3600' }))
  const files = new Files()
  addPages((page) => {
    for (const path of pathsOf(page.path)) routes.get(path, async (c) => await respond(page, c, options, files))
    const { longestForm } = page
    if (longestForm === undefined) return
    routes.post(page.path, async (c) => {
      const form = await readForm(c.req.raw, longestForm)
      return form instanceof URLSearchParams ? await respond(page, c, options, files, form) : responseOf(form)
    })
  })
}

/** The formats of pages, each with its suffix and its type. */
const TYPES = {
  'csl.json': 'application/vnd.citationstyles.csl+json',
  json: JSON_TYPE,
  csv: CSV_TYPE,
  svg: SVG_TYPE,
  jsonld: 'application/ld+json',
  ris: 'application/x-research-info-systems; charset=utf-8',
  bib: 'application/x-bibtex; charset=utf-8',
} as const
type Format = 'html' | keyof typeof TYPES

const SUFFIX = new RegExp(`\\.(${Object.keys(TYPES).join('|').replace('.', '\\.')})$`)

/** Those that list the sources of a page. */
const BIBLIOGRAPHIES = { 'csl.json': cslOf, ris: risOf, bib: bibtexOf } as const
const isBibliography = (format: Format): format is keyof typeof BIBLIOGRAPHIES => format in BIBLIOGRAPHIES

/** A page’s last parameter can have any suffix. Other paths have routes of their own for the suffixes. */
function pathsOf(path: string): string[] {
  if (/:\w+$/.test(path)) return [path]
  const name = path === '/' ? '/index' : path
  return [path, ...Object.keys(TYPES).map((suffix) => `${name}.${suffix}`)]
}

async function respond<Result, Variables>(
  page: Page<Result, Variables>,
  c: RouteContext,
  { ask, cacheHeadersOf }: PagesOptions,
  files: Files,
  form?: URLSearchParams,
): Promise<Response> {
  const { path, format } = requested(c)
  const request = pageRequest(page, c, form)
  c.env.exchange.isPage = true
  const send = (type: string, body: string, headers = {}) =>
    whole(c, type, body, { ...headers, ...cacheHeadersOf(c.env.exchange) })
  const bibliography = async (format: keyof typeof BIBLIOGRAPHIES, data: Result): Promise<Response> => {
    const sources: Cited[] = []
    // The facts of a source may cite others as well.
    const [, own] = /^\/sources\/(.+)$/.exec(path) ?? []
    const ids = (own ? [own] : sourcesIn(data)).map((slug) => encodeGlobalId('Source', slug))
    for (let i = 0; i < ids.length; i += NODES) {
      const asked = await ask(BIBLIOGRAPHY, { ids: ids.slice(i, i + NODES) }, c.req.raw, c.env)
      if (!asked.data) return await failed(c, asked)
      sources.push(...asked.data.nodes.filter(isCited))
    }
    return await send(TYPES[format], BIBLIOGRAPHIES[format](sources, request.site))
  }
  const linkedData = async (data: Result): Promise<Response> => {
    const id = idAtPermalink(path)
    const asked = id ? await ask(LINKED_DATA, { id }, c.req.raw, c.env) : undefined
    if (asked && !asked.data) return await failed(c, asked)
    const node = asked?.data?.node
    if (!node) return await notFound(c)
    return await send(TYPES.jsonld, linkedDataOf(node, sourcesIn(data), request.site))
  }
  let variables: Variables | undefined
  try {
    variables = page.variables(request)
  } catch (error) {
    if (!(error instanceof BadParameter)) throw error
    const errors = [{ message: error.message, extensions: { code: 'BAD_USER_INPUT' } }]
    return await failed(c, { status: 400, headers: {}, errors })
  }
  if (variables === undefined || (format === 'csv' && !page.table) || (format === 'svg' && !page.image))
    return await notFound(c)
  const asked = await ask(page.document, variables, c.req.raw, c.env)
  const { data } = asked
  if (asked.errors || !data) return await failed(c, asked)
  const address = page.address(data, request)
  if (!address) return await notFound(c)
  const root = rootOf(c)
  if (address !== path) {
    // A merge can be undone, so browsers may not store the redirect for longer than a page.
    c.header('cache-control', cacheHeadersOf(c.env.exchange)['cache-control'])
    return c.redirect(`${root}${address.slice(1)}${suffixOf(c)}${searchOf(c)}`, 301)
  }

  if (format !== 'html' && format !== 'svg') {
    let all: Result
    try {
      all = await files.make(c.req.raw.signal, async (beforeQuery) =>
        page.whole ? await page.whole(data, request, askMore(c, ask, beforeQuery)) : data,
      )
    } catch (error) {
      if (error instanceof QueryFailed) return await failed(c, error.asked)
      if (!(error instanceof FileRefused)) throw error
      const errors = [{ message: error.message, extensions: { code: error.code } }]
      return await failed(c, { status: 503, headers: {}, errors })
    }
    if (format === 'json') return await send(JSON_TYPE, JSON.stringify(all))
    if (isBibliography(format)) return await bibliography(format, all)
    if (format === 'jsonld' || !page.table) return await linkedData(all)
    const rows = page.table(all, request)
    const part = rows.total === undefined ? '' : `-first-${rows.rows.length}-of-${rows.total}`
    const disposition = `attachment; filename="${fileName(path)}${part}.csv"`
    return await send(CSV_TYPE, csvOf(rows), { 'content-disposition': disposition })
  }
  if (format === 'svg') {
    const image = page.image?.(data, request)
    if (!image) return await notFound(c)
    return await send(SVG_TYPE, String(await image), { 'content-security-policy': IMAGE_POLICY })
  }
  const title = page.title(data, request)
  const html = await htmlOf({
    here: hereOf(c, path, page, variables, Boolean(page.image?.(data, request))),
    title: path === '/' ? title : `${title} – bilateral`,
    description: page.description(data, request),
    tags: page.tags?.(data, request),
    search: request.query.get('q') ?? undefined,
    children: page.render(data, request),
  })
  return await send(HTML_TYPE, html)
}

class QueryFailed extends Error {
  readonly asked: Asked<unknown>

  constructor(asked: Asked<unknown>) {
    super('the query failed')
    this.asked = asked
  }
}

const askMore =
  (c: RouteContext, ask: Ask, beforeQuery: () => void): AskMore =>
  async (document, variables) => {
    beforeQuery()
    const asked = await ask(document, variables, c.req.raw, c.env)
    if (asked.errors || !asked.data) throw new QueryFailed(asked)
    return asked.data
  }

/** The designed page for an unknown address, or an error as JSON for programs. */
export async function notFound(c: RouteContext): Promise<Response> {
  const { path } = requested(c)
  return await problem(
    c,
    404,
    [{ message: `nothing at ${path}`, extensions: { code: 'NOT_FOUND' } }],
    'Not found',
    <NotFound path={path} />,
  )
}

/** The page for a request that is refused whatever it asks for. */
export const refused = (c: RouteContext, { status, code, message, headers = {} }: Refusal): Promise<Response> =>
  failed(c, { status, headers, errors: [{ message, extensions: { code } }] })

/** The status of an error that a plugin reports in a response with the status 200. */
const STATUS_OF: Readonly<Record<string, number>> = { UNAUTHENTICATED: 401, FORBIDDEN: 403, RATE_LIMITED: 429 }

/** The page for a query that failed, or that a plugin refused. */
async function failed(c: RouteContext, { status: given, headers, errors = [] }: Asked<unknown>): Promise<Response> {
  const codes = errors.map(({ extensions }) => extensions?.code)
  const messages = errors.map(({ message }) => message)
  // Without a query, only the path can be wrong, such as the code of no country.
  const isBare = c.req.method !== 'POST' && !searchOf(c)
  if (isBare && codes.length > 0 && codes.every((code) => code === 'BAD_USER_INPUT')) return await notFound(c)
  if (codes.includes('UNAVAILABLE') || codes.includes('TIMEOUT') || given === 503) {
    const waiting = { 'retry-after': RETRY_AFTER, ...headers }
    return await problem(c, 503, errors, 'Not available', <Failure status={503} messages={messages} />, waiting)
  }
  if (codes.includes('INTERNAL_SERVER_ERROR') || codes.length === 0) {
    return await problem(c, 500, errors, 'Failure', <Failure status={500} messages={messages} />)
  }
  const status = given >= 400 ? given : (codes.map((code) => STATUS_OF[code ?? '']).find(Boolean) ?? 400)
  if (!isRefusal(status)) {
    return await problem(c, status, errors, 'Bad request', <BadRequest status={status} messages={messages} />, headers)
  }
  const seconds = Number(headers['retry-after']) || undefined
  const { pathname, search } = new URL(c.req.url)
  const children = <Refused status={status} messages={messages} to={pathname + search} seconds={seconds} />
  return await problem(c, status, errors, 'Refused', children, headers)
}

/** An error as a page, or as JSON for programs. */
export async function problem(
  c: RouteContext,
  status: number,
  errors: readonly ErrorInResult[],
  title: string,
  children: Child,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const all = { 'cache-control': 'no-store', ...headers }
  if (requested(c).format === 'html') {
    const description = errors.map(({ message }) => message).join(' ')
    return await htmlResponse(c, status, title, description, children, all)
  }
  const body = JSON.stringify({
    errors: errors.map(({ message, extensions }) => ({ message, extensions: { code: extensions?.code } })),
  })
  return new Response(body, { status, headers: { ...lengthAndType(body, JSON_TYPE), ...all } })
}

/** A page that is not the result of a query. */
export async function htmlResponse(
  c: RouteContext,
  status: number,
  title: string,
  description: string,
  children: Child,
  headers: Readonly<Record<string, string>>,
): Promise<Response> {
  const here = { root: rootOf(c), url: absolute(c, requested(c).path) }
  const html = await htmlOf({ here, title: `${title} – bilateral`, description, children })
  const policy = { 'content-security-policy': PAGE_POLICY }
  return new Response(html, { status, headers: { ...policy, ...lengthAndType(html, HTML_TYPE), ...headers } })
}

const lengthAndType = (body: string, type: string) => ({
  'content-type': type,
  'content-length': String(Buffer.byteLength(body)),
})

interface Content {
  readonly here: Here
  readonly tags?: readonly (readonly [name: string, content: string])[] | undefined
  readonly title: string
  readonly description: string
  readonly search?: string | undefined
  readonly children: Child
}

async function htmlOf({ search, tags = [], ...content }: Content): Promise<string> {
  const page = <Layout {...content} tags={tags} assets={await assetUrls()} {...(search !== undefined && { search })} />
  return `<!doctype html>${await page.toString()}\n`
}

/** A response that is revalidated by its ETag, and compressed. */
async function whole(c: RouteContext, type: string, text: string, more: Record<string, string>): Promise<Response> {
  const result = new WholeResult(text)
  const headers = { 'content-security-policy': PAGE_POLICY, ...more, etag: result.etag }
  if (matches(c.req.header('if-none-match') ?? null, result.etag)) return new Response(null, { status: 304, headers })
  const encoding = chooseEncoding(c.req.header('accept-encoding') ?? null)
  const compressed = await result.compressed(encoding)
  const body = compressed ?? result.body
  return new Response(body, {
    headers: {
      ...headers,
      'content-type': type,
      'content-length': String(body.byteLength),
      ...(compressed && { 'content-encoding': encoding }),
    },
  })
}

/** The path without the suffix, and the format that the suffix or the `Accept` header asks for. */
function requested(c: RouteContext): { path: string; format: Format } {
  const pathname = decoded(new URL(c.req.url).pathname)
  const suffix = suffixOf(c)
  const path = suffix ? pathname.slice(0, -suffix.length) : pathname
  const format = suffix ? (suffix.slice(1) as Format) : acceptsJson(c.req.header('accept')) ? 'json' : 'html'
  return { path: path === '/index' ? '/' : path, format }
}

const suffixOf = (c: RouteContext): string => SUFFIX.exec(new URL(c.req.url).pathname)?.[0] ?? ''

const searchOf = (c: RouteContext): string => new URL(c.req.url).search

/** The query without the place in a list: files have the whole list. */
function wholeSearchOf(c: RouteContext): string {
  const url = new URL(c.req.url)
  url.searchParams.delete('after')
  return url.search
}

const acceptsJson = (accept = '') => /\bapplication\/json\b/i.test(accept) && !/\btext\/html\b/i.test(accept)

function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

function pageRequest(page: { readonly path: string }, c: RouteContext, form?: URLSearchParams): PageRequest {
  const last = /:(\w+)$/.exec(page.path)?.[1]
  const suffix = suffixOf(c)
  const params = Object.fromEntries(
    Object.entries(c.req.param() as Record<string, string>).map(([name, value]) => [
      name,
      name === last && suffix ? value.slice(0, -suffix.length) : value,
    ]),
  )
  return { site: absolute(c, '/'), params, query: form ?? new URL(c.req.url).searchParams }
}

/** The relative URL of the root: one step up for each folder in the path. */
const rootOf = (c: RouteContext): string => '../'.repeat(new URL(c.req.url).pathname.split('/').length - 2)

/** The path of a URL is set by itself: a path that starts with two slashes would be read as the name of a host. */
function absolute(c: RouteContext, path: string): string {
  const url = new URL('/', c.req.url)
  url.pathname = encodeURI(path)
  return url.href
}

function hereOf<Result, Variables>(
  c: RouteContext,
  path: string,
  page: Page<Result, Variables>,
  variables: Variables,
  hasImage: boolean,
): Here {
  const root = rootOf(c)
  const name = root + (path === '/' ? 'index' : encodeURI(path.slice(1)))
  const search = searchOf(c)
  const data = page.whole ? wholeSearchOf(c) : search
  const query = page.document.toString()
  // A long query goes without its indentation.
  const graphiql = [query, query.replace(/\n +/g, '\n')]
    .map(
      (text) => `${root}graphql?${new URLSearchParams({ query: text, variables: JSON.stringify(variables, null, 2) })}`,
    )
    .find(({ length }) => length <= LONGEST_LINK)
  return {
    root,
    url: absolute(c, path),
    search,
    // The files of a form would not have its fields.
    ...(c.req.method !== 'POST' && { json: `${name}.json${data}` }),
    ...(page.table && { csv: `${name}.csv${data}` }),
    ...(hasImage && { svg: `${name}.svg${search}` }),
    ...(graphiql && { graphiql }),
    ...(idAtPermalink(path) && { record: { name, data } }),
  }
}

const csvOf = ({ columns, rows }: Table): string =>
  // Spreadsheets run cells that start with `=`, and a name of a source could start with it.
  stringify([columns, ...rows.map((row) => [...row])], { escape_formulas: true })

const fileName = (path: string): string => path.slice(1).replace(/[^\w-]+/g, '-') || 'index'
