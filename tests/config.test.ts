import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { readConfig, variables } from '../src/config/config.ts'
import { DEFAULT_LIMITS } from '../src/config/limits.ts'

it('an empty environment means a folder here, port 4000 of this machine only, and a response cache of 64 MB', () => {
  expect(readConfig({})).toEqual({
    host: '127.0.0.1',
    port: 4000,
    database: { folder: '.data' },
    access: { trustedProxies: [], readAccess: 'open' },
    observing: { isTraced: false, slowMs: 1_000 },
    limits: DEFAULT_LIMITS,
    rateLimit: undefined,
    persistedDocumentsOnly: false,
    logLevel: 'info',
    responseCacheBytes: 64_000_000,
    sharedMaxAge: 0,
    seed: true,
    corsOrigins: [],
  })
})

it('an empty variable counts as not set, and other variables are ignored', () => {
  const empty = Object.fromEntries(variables.map(({ name }) => [name, '']))
  expect(readConfig({ ...empty, PATH: '/bin' })).toEqual(readConfig({}))
})

it('a server is preferred to a folder', () => {
  const env = { HOST: '::', PORT: '0', DATABASE_URL: 'postgres://h/d', BILATERAL_DATA: '/data', LOG_LEVEL: 'silent' }
  const database = { url: 'postgres://h/d' }
  expect(readConfig(env)).toMatchObject({ host: '::', port: 0, database, logLevel: 'silent' })
})

it('the number of connections to a server can be set', () => {
  const database = { url: 'postgres://h/d', connections: 40 }
  expect(readConfig({ DATABASE_URL: 'postgres://h/d', DATABASE_POOL: '40' })).toMatchObject({ database })
})

it('several origins of pages can be listed', () => {
  const { corsOrigins } = readConfig({ CORS_ORIGINS: 'https://a.example, http://localhost:5173,' })
  expect(corsOrigins).toEqual(['https://a.example', 'http://localhost:5173'])
  expect(readConfig({ CORS_ORIGINS: '*' })).toMatchObject({ corsOrigins: ['*'] })
})

it.each([
  'https://a.example/',
  'https://a.example/x',
  'a.example',
  'https://*.example',
  'https://a.example https://b.example',
  'null',
])('CORS_ORIGINS=%s is refused, because no browser sends such an origin', (origins) => {
  expect(() => readConfig({ CORS_ORIGINS: origins })).toThrow(
    'environment variable CORS_ORIGINS: expected origins such as https://example.org, separated by commas, or *',
  )
})

it('the direct URL counts only behind PgBouncer', () => {
  const env = { DATABASE_URL: 'postgres://pooler/d?pgbouncer=true', DATABASE_DIRECT_URL: 'postgres://h/d' }
  expect(readConfig(env).database).toEqual({ url: env.DATABASE_URL, directUrl: 'postgres://h/d' })
  expect(readConfig({ ...env, DATABASE_URL: 'postgres://h/d' }).database).toEqual({ url: 'postgres://h/d' })
})

it('replicas are listed beside their primary', () => {
  const replicas = 'postgres://r1/d, postgres://pooler/d?pgbouncer=true'
  expect(readConfig({ DATABASE_URL: 'postgres://h/d', DATABASE_REPLICA_URLS: replicas }).database).toEqual({
    url: 'postgres://h/d',
    replicaUrls: ['postgres://r1/d', 'postgres://pooler/d?pgbouncer=true'],
  })
})

it('the size of the response cache can be set, or the cache can be off', () => {
  expect(readConfig({ RESPONSE_CACHE: '0', SHARED_MAX_AGE: '3600' })).toMatchObject({
    responseCacheBytes: 0,
    sharedMaxAge: 3600,
  })
  expect(readConfig({ RESPONSE_CACHE: '512' })).toMatchObject({ responseCacheBytes: 512_000_000 })
})

it('limits can be set, times in seconds', () => {
  expect(readConfig({ MAX_DEPTH: '5', MAX_BODY: '2000', REQUEST_TIMEOUT: '2' }).limits).toEqual({
    ...DEFAULT_LIMITS,
    depth: 5,
    body: 2_000,
    requestMs: 2_000,
  })
})

it('callers are limited by default if others than this machine can reach the service', () => {
  const limit = { cost: 2_000_000, seconds: 60, store: 'memory' }
  expect(readConfig({ HOST: '0.0.0.0' }).rateLimit).toEqual(limit)
  for (const HOST of ['localhost', '127.0.0.1', '::1']) expect(readConfig({ HOST }).rateLimit).toBeUndefined()
  expect(readConfig({ HOST: '0.0.0.0', RATE_LIMIT: 'off' }).rateLimit).toBeUndefined()
  const env = { RATE_LIMIT: '500000/10', RATE_LIMIT_STORE: 'database', DATABASE_URL: 'postgres://h/d' }
  expect(readConfig(env).rateLimit).toEqual({ cost: 500_000, seconds: 10, store: 'postgres://h/d' })
})

it('the seed can be left out', () => {
  expect(readConfig({ SEED: 'off' })).toMatchObject({ seed: false })
})

it.each([
  ['SEED', 'no', 'environment variable SEED: expected on or off'],
  ['RESPONSE_CACHE', '64MB', 'environment variable RESPONSE_CACHE: expected megabytes from 0 to 99999'],
  ['RESPONSE_CACHE', '-1', 'environment variable RESPONSE_CACHE: expected megabytes from 0 to 99999'],
  ['SHARED_MAX_AGE', '1h', 'environment variable SHARED_MAX_AGE: expected seconds from 0 to 99999999'],
  ['DATABASE_POOL', '1', 'environment variable DATABASE_POOL: expected a number of connections from 2 to 1000'],
  ['DATABASE_POOL', '1001', 'environment variable DATABASE_POOL: expected a number of connections from 2 to 1000'],
  ['DATABASE_POOL', 'many', 'environment variable DATABASE_POOL: expected a number of connections from 2 to 1000'],
  ['PORT', 'http', 'environment variable PORT: expected a port from 0 to 65535'],
  ['PORT', '-1', 'environment variable PORT: expected a port from 0 to 65535'],
  ['PORT', '4000.5', 'environment variable PORT: expected a port from 0 to 65535'],
  ['PORT', '65536', 'environment variable PORT: expected a port from 0 to 65535'],
  [
    'DATABASE_URL',
    'mysql://root:secret@localhost/test',
    'environment variable DATABASE_URL: expected postgresql://USER:PASSWORD@HOST:PORT/DATABASE',
  ],
  [
    'DATABASE_URL',
    'postgresql://ada:se/c#ret@localhost/facts',
    'environment variable DATABASE_URL: expected postgresql://USER:PASSWORD@HOST:PORT/DATABASE, ' +
      'with special characters such as # / ? @ percent-encoded',
  ],
  [
    'DATABASE_URL',
    'postgresql://h/d?schema=demo',
    'environment variable DATABASE_URL: schema: not supported; remove it, and give bilateral a database of its own (CREATE DATABASE …)',
  ],
  [
    'DATABASE_URL',
    'postgresql://h/d?connection_limit=5',
    'environment variable DATABASE_URL: unknown parameter connection_limit; expected one of application_name, host, options, ' +
      'password, pgbouncer, port, sslcert, sslkey, sslmode, sslrootcert, user',
  ],
  ['DATABASE_URL', 'postgresql://h/d?pgbouncer=1', 'environment variable DATABASE_URL: pgbouncer: expected true'],
  [
    'DATABASE_URL',
    'postgresql://h/d?pgbouncer=true',
    'environment variable DATABASE_DIRECT_URL: expected the URL of the server itself, because DATABASE_URL has pgbouncer=true',
  ],
  [
    'DATABASE_URL',
    'postgresql://h/d?pgbouncer=true&options=-c%20jit%3Don',
    'environment variable DATABASE_URL: options: not possible with pgbouncer=true; set them for the database (ALTER DATABASE … SET …)',
  ],
  [
    'DATABASE_DIRECT_URL',
    'postgresql://h/d?pgbouncer=true',
    'environment variable DATABASE_DIRECT_URL: expected the URL of the server itself, without pgbouncer=true',
  ],
  ...['proxy.example', '10.0.0.0/33', '10.0.0.1/', '::1/129', '10.0.0.0/8/8', '10.0.0.1 10.0.0.2'].map((value) => [
    'TRUSTED_PROXIES',
    value,
    'environment variable TRUSTED_PROXIES: expected addresses or networks such as 10.0.0.0/8, separated by commas',
  ]),
  [
    'DATABASE_REPLICA_URLS',
    'postgresql://ada:secret@replica/d',
    'environment variable DATABASE_REPLICA_URLS: expected DATABASE_URL to be the server that the replicas follow',
  ],
  ['MAX_COST', '0', 'environment variable MAX_COST: expected a whole number from 1 to 1000000000'],
  ['MAX_DEPTH', 'deep', 'environment variable MAX_DEPTH: expected a whole number from 1 to 1000'],
  ['MAX_BODY', '1MB', 'environment variable MAX_BODY: expected a whole number from 1000 to 100000000'],
  ['READ_ACCESS', 'closed', 'environment variable READ_ACCESS: expected open or key'],
  ['RATE_LIMIT', '100', 'environment variable RATE_LIMIT: expected COST/SECONDS, such as 2000000/60, or off'],
  ['RATE_LIMIT', '100/60', 'environment variable RATE_LIMIT: expected a cost of at least 100000, which is MAX_COST'],
  [
    'RATE_LIMIT_STORE',
    'database',
    'environment variable RATE_LIMIT_STORE: expected memory or redis://HOST:PORT, because there is no DATABASE_URL',
  ],
  ['RATE_LIMIT_STORE', 'disk', 'environment variable RATE_LIMIT_STORE: expected memory, database or redis://HOST:PORT'],
  ['LOG_LEVEL', 'verbose', 'environment variable LOG_LEVEL: expected fatal, error, warn, info, debug or silent'],
])('%s=%s is refused with the name of the variable', (name, value, message) => {
  expect(() => readConfig({ [name]: value })).toThrow(expect.objectContaining({ name: 'UserError', message }))
})

it('a wrong replica is refused without its password', () => {
  const env = { DATABASE_URL: 'postgres://h/d', DATABASE_REPLICA_URLS: 'postgres://r/d,mysql://ada:secret@r/d' }
  expect(() => readConfig(env)).toThrow(
    'environment variable DATABASE_REPLICA_URLS.1: expected postgresql://USER:PASSWORD@HOST:PORT/DATABASE',
  )
})

it('docs/operating.md lists exactly the environment variables that the program reads', async () => {
  const page = await readFile('docs/operating.md', 'utf8')
  const [, table = ''] = page.split('## Environment variables')
  const rows = (table.split('\n## ')[0] ?? '').split('\n').filter((line) => line.startsWith('| `'))
  const documented = rows.flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`(\w+)`/g)].map(([, name]) => name))
  expect(documented.toSorted()).toEqual(variables.map(({ name }) => name).toSorted())
})
