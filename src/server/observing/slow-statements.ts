import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { Logger } from 'pino'
import { type Statement, statementEnded } from '../../database/connection.ts'

/** Maximum number of characters of a statement in the log. */
const LONGEST_LOGGED = 2_000

/** Logs each statement that takes `slowMs` milliseconds or more, without its parameters. Returns a function that ends this. */
export function logSlowStatements(log: Logger, slowMs: number): () => void {
  const check = (message: unknown) => {
    const { text, start } = message as Statement
    const ms = performance.now() - start
    if (ms >= slowMs) log.warn({ ms: Math.round(ms), sql: text.slice(0, LONGEST_LOGGED) }, 'slow statement')
  }
  subscribe(statementEnded.name, check)
  return () => void unsubscribe(statementEnded.name, check)
}
