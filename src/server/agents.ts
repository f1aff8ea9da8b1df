import { createMcpHandler } from '@modelcontextprotocol/server'
import { parse } from 'graphql'
import type { Hono } from 'hono'
import type { Logger } from 'pino'
import { type Asking, QueryFailed } from '../agents/asking.ts'
import { createAgentServer } from '../agents/server.ts'
import type { Access } from './access.ts'
import { readBody, tooLarge } from './body.ts'
import type { RequestContext } from './exchange.ts'
import type { Ask, Asked } from './pages/ask.ts'
import { INCOMPLETE, responseOf } from './refusal.ts'

interface AgentsOptions {
  readonly ask: Ask
  readonly access: Access
  /** Maximum number of bytes of a request. */
  readonly longest: number
  readonly log: Logger
}

/**
 * Adds the tools for assistants (Model Context Protocol, Streamable HTTP). Each request stands alone: there are no sessions, so any
 * process can answer it.
 */
export function addAgents(
  routes: Hono<{ Bindings: RequestContext }>,
  { ask, access, longest, log }: AgentsOptions,
): void {
  routes.post('/mcp', async (c) => {
    const { raw } = c.req
    const refusal = await access.admit(raw, c.env.exchange)
    if (refusal) return responseOf(refusal)
    const body = await readBody(raw, longest).catch(() => INCOMPLETE)
    if (body === INCOMPLETE) return responseOf(INCOMPLETE)
    if (!body) return responseOf(tooLarge(longest))
    const { url, headers, signal } = raw
    const request = new Request(url, {
      method: 'POST',
      headers: [...headers],
      body: body as Buffer<ArrayBuffer>,
      signal,
    })
    const asking = askingBy(ask, new URL('/', url).href, raw, c.env)
    const handler = createMcpHandler(() => createAgentServer(asking), {
      maxRequestBodySize: longest,
      // The client gets the reason, too.
      onerror: (error) => log.debug({ id: c.env.exchange.id, err: error }, 'MCP request refused'),
    })
    return await handler.fetch(request)
  })
}

/** Asks the schema on behalf of a request. */
export const askingBy = (ask: Ask, site: string, request: Request, context: RequestContext): Asking => ({
  site,
  async ask(document, variables) {
    context.exchange.isPage = true
    return dataOf(await ask(document, variables, request, context))
  },
  async query(text, variables) {
    context.exchange.isPage = false
    if (changesData(text)) throw new QueryFailed('Expected a query, got another operation: this tool only reads.')
    const { data, errors } = await ask(text as never, variables, request, context)
    return { ...(data !== undefined && { data }), ...(errors && { errors }) }
  },
})

function dataOf<Result>({ data, errors }: Asked<Result>): Result {
  if (!data || errors)
    throw new QueryFailed((errors ?? []).map(({ message }) => message).join('\n') || 'The query failed.')
  return data
}

/** Whether a document has an operation that is not a query. The schema reports what cannot be parsed. */
function changesData(text: string): boolean {
  try {
    const { definitions } = parse(text, { noLocation: true })
    return definitions.some((definition) => 'operation' in definition && definition.operation !== 'query')
  } catch {
    return false
  }
}
