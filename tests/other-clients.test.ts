import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ApolloClient, gql, HttpLink, InMemoryCache } from '@apollo/client'
import { relayStylePagination } from '@apollo/client/utilities'
import { cacheExchange, createClient, fetchExchange } from '@urql/core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '../src/database/open.ts'
import { serverOf } from './api/ask.ts'
import { openSeeded } from './support.ts'

const PERSON = '{ person(slug: "marco-rubio") { id name } }'
const PAGE = `query ($after: String) {
  statements(first: 10, after: $after) { edges { cursor node { id slug } } pageInfo { hasNextPage endCursor } }
}`
const WRONG = '{ meetings(first: 101) { nodes { slug } } }'
const TOO_MANY = '`first`: expected 0 to 100, got 101'

interface Page {
  readonly statements: {
    readonly edges: { readonly node: { readonly slug: string } }[]
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string }
  }
}

let database: Database
let server: Server
let uri: string
beforeAll(async () => {
  database = await openSeeded('PGlite')
  server = serverOf(database).createHttpServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  uri = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`
})
afterAll(async () => {
  server.closeAllConnections()
  server.close()
  await database.close()
})

describe('Apollo Client', () => {
  const open = () => {
    const cache = new InMemoryCache({ typePolicies: { Query: { fields: { statements: relayStylePagination() } } } })
    return new ApolloClient({ link: new HttpLink({ uri }), cache })
  }

  test('reads a record, and finds it in its cache by its id', async () => {
    const client = open()
    const { data } = await client.query<{ person: { id: string; name: string } }>({ query: gql(PERSON) })
    expect(data?.person.name).toBe('Marco Rubio')
    expect(client.cache.extract()).toHaveProperty([`Person:${data?.person.id}`, 'name'], 'Marco Rubio')
  })

  test('adds page to page', async () => {
    const client = open()
    const query = gql(PAGE)
    for (let after: string | null = null, more = true; more; ) {
      // Not from the cache, which has the pages before.
      const fetchPolicy = 'network-only' as const
      const { data }: { data?: Page | undefined } = await client.query<Page>({
        query,
        variables: { after },
        fetchPolicy,
      })
      if (!data) return expect.fail('no data')
      after = data.statements.pageInfo.endCursor
      more = data.statements.pageInfo.hasNextPage
    }
    const all = client.readQuery<Page>({ query, variables: { after: null } })
    expect(new Set(all?.statements.edges.map(({ node }) => node.slug)).size).toBe(27)
  })

  test('shows the message of an error', async () => {
    await expect(open().query({ query: gql(WRONG) })).rejects.toThrow(TOO_MANY)
  })
})

describe.each([false, 'force'] as const)('urql with preferGetMethod %s', (preferGetMethod) => {
  const open = () => createClient({ url: uri, preferGetMethod, exchanges: [cacheExchange, fetchExchange] })

  test('reads all pages', async () => {
    const client = open()
    const slugs: string[] = []
    for (let after: string | null = null, more = true; more; ) {
      const { data, error }: { data?: Page; error?: Error } = await client.query<Page>(PAGE, { after }).toPromise()
      if (!data) throw error
      slugs.push(...data.statements.edges.map(({ node }) => node.slug))
      after = data.statements.pageInfo.endCursor
      more = data.statements.pageInfo.hasNextPage
    }
    expect(new Set(slugs).size).toBe(27)
  })

  test('shows the message and the code of an error', async () => {
    const { error } = await open().query(WRONG, {}).toPromise()
    expect(error?.graphQLErrors).toMatchObject([{ message: TOO_MANY, extensions: { code: 'BAD_USER_INPUT' } }])
  })
})
