import { once } from 'node:events'
import { StdioServerTransport, serveStdio } from '@modelcontextprotocol/server/stdio'
import { pino } from 'pino'
import { IN_PROCESS } from '../access/caller.ts'
import { createAgentServer } from '../agents/server.ts'
import { askingBy } from '../server/agents.ts'
import { createApp } from '../server/app.ts'
import { Exchange } from '../server/exchange.ts'
import { createAsk } from '../server/pages/ask.ts'
import type { Context } from './context.ts'

export interface McpOptions {
  /** The address of the site in results. Default: that of this machine. */
  readonly site?: string
}

/** Serves the tools for assistants over standard input and output, until the input ends. */
export async function serveTools(
  { config, stdin, stdout, openDatabase }: Context,
  { site = `http://localhost:${config.port}/` }: McpOptions,
): Promise<void> {
  const database = await openDatabase()
  try {
    // A person who can open the database needs no key.
    const app = createApp(database, pino({ level: 'silent' }), { limits: config.limits })
    const ask = createAsk((request) => app.fetch(request), Request)
    const asking = askingBy(ask, site, new Request(site), { exchange: new Exchange(IN_PROCESS) })
    const transport = new StdioServerTransport(stdin, stdout)
    const server = serveStdio(() => createAgentServer(asking), { transport })
    await once(stdin, 'close')
    await server.close()
  } finally {
    await database.close()
  }
}
