import pg from 'pg'
import { pino } from 'pino'
import { expect, vi } from 'vitest'
import { LISTEN, READ_VERSION } from '../../src/database/data-version.ts'
import type { Database } from '../../src/database/open.ts'
import { type App, createApp } from '../../src/server/app.ts'
import type { GraphqlOptions } from '../../src/server/graphql.ts'
import { until } from '../until.ts'

export type Server = App

/** The service with a database, without a log. By default it caches no responses. */
export const serverOf = (database: Database, options?: GraphqlOptions): Server =>
  createApp(database, pino({ level: 'silent' }), options)

/** The service over a database, once it keeps answers. */
export async function keepingServerOf(database: Database, options?: GraphqlOptions): Promise<Server> {
  const server = serverOf(database, { responseCacheBytes: 1_000_000, ...options })
  await untilVersionKnown(database)
  return server
}

/** Waits until answers can be kept. */
export async function untilVersionKnown(database: Database): Promise<void> {
  const isKnown = async () => {
    // The embedded database listens once somebody asked it something.
    await database.pool.query('SELECT 1')
    return database.dataVersion()
  }
  await until(isKnown)
}

export interface Problem {
  message: string
  path?: (string | number)[]
  locations?: object[]
  extensions?: Record<string, unknown>
}

export interface Answer {
  data?: unknown
  errors?: Problem[]
}

export const GRAPHQL = 'http://localhost/graphql'

/** Posts a question as a client does. */
export async function post(
  server: Server,
  body: object | string,
  headers: Record<string, string> = {},
): Promise<Response> {
  return await server.fetch(GRAPHQL, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
}

/** Asks by GET, as what stands in the query of the URL. */
export const get = async (
  server: Server,
  asked: Record<string, string>,
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<Response> =>
  await server.fetch(`${GRAPHQL}?${new URLSearchParams(asked)}`, {
    method,
    headers: { accept: 'application/graphql-response+json', ...headers },
  })

/** The whole answer to a question, errors included. */
export async function ask(server: Server, query: string, variables?: object): Promise<Answer> {
  return (await (await post(server, { query, variables })).json()) as Answer
}

/** What is answered to a question that has no errors. */
export async function dataOf<Data = Record<string, unknown>>(
  server: Server,
  query: string,
  variables?: object,
): Promise<Data> {
  const { data, errors } = await ask(server, query, variables)
  expect(errors).toBeUndefined()
  return data as Data
}

/** The code and message of each error of an answer. */
export const problemsOf = ({ errors = [] }: Answer): [unknown, string][] =>
  errors.map(({ extensions, message }) => [extensions?.['code'], message])

/** A statement of SQL, and its parameters. */
export interface Sql {
  text: string
  values: unknown[]
}

/** The SQL statements that every connection of this process runs while `work` does, but for those that listen for changes. */
export async function sqlOf(work: () => Promise<unknown>): Promise<Sql[]> {
  const query = vi.spyOn(pg.Client.prototype, 'query')
  try {
    await work()
    const statements = query.mock.calls.map(([config, values]) => {
      const { text, values: own } = (typeof config === 'string' ? { text: config } : config) as unknown as Partial<Sql>
      return { text: text ?? '', values: own ?? (Array.isArray(values) ? values : []) }
    })
    return statements.filter(({ text }) => text !== LISTEN && text !== READ_VERSION)
  } finally {
    query.mockRestore()
  }
}
