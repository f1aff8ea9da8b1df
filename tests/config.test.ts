import { expect, it } from 'vitest'
import { readConfig } from '../src/config.ts'

it('an empty environment means a folder here, port 4000 of this machine alone, and 64 MB of kept answers', () => {
  expect(readConfig({})).toEqual({
    host: '127.0.0.1',
    port: 4000,
    database: { folder: '.data' },
    logLevel: 'info',
    keptAnswers: 64_000_000,
    sharedMaxAge: 0,
  })
})

it('a variable that is set to nothing counts as not set, and others are not looked at', () => {
  const names = [
    'HOST',
    'PORT',
    'DATABASE_URL',
    'DATABASE_POOL',
    'BILATERAL_DATA',
    'LOG_LEVEL',
    'RESPONSE_CACHE',
    'SHARED_MAX_AGE',
    'PERSISTED_DOCUMENTS',
  ]
  const empty = Object.fromEntries(names.map((name) => [name, '']))
  expect(readConfig({ ...empty, PATH: '/bin' })).toEqual(readConfig({}))
})

it('a server is preferred to a folder', () => {
  const env = { HOST: '::', PORT: '0', DATABASE_URL: 'postgres://h/d', BILATERAL_DATA: '/data', LOG_LEVEL: 'silent' }
  const database = { url: 'postgres://h/d' }
  expect(readConfig(env)).toMatchObject({ host: '::', port: 0, database, logLevel: 'silent' })
})

it('a server gets as many connections as is said', () => {
  const database = { url: 'postgres://h/d', connections: 40 }
  expect(readConfig({ DATABASE_URL: 'postgres://h/d', DATABASE_POOL: '40' })).toMatchObject({ database })
})

it('answers are kept in as many megabytes as is said, or not at all', () => {
  expect(readConfig({ RESPONSE_CACHE: '0', SHARED_MAX_AGE: '3600' })).toMatchObject({
    keptAnswers: 0,
    sharedMaxAge: 3600,
  })
  expect(readConfig({ RESPONSE_CACHE: '512' })).toMatchObject({ keptAnswers: 512_000_000 })
})

it.each([
  ['RESPONSE_CACHE', '64MB', 'RESPONSE_CACHE in the environment: expected megabytes, at most 99999, or 0 for none'],
  ['RESPONSE_CACHE', '-1', 'RESPONSE_CACHE in the environment: expected megabytes, at most 99999, or 0 for none'],
  ['SHARED_MAX_AGE', '1h', 'SHARED_MAX_AGE in the environment: expected seconds, or 0'],
  ['DATABASE_POOL', '1', 'DATABASE_POOL in the environment: expected a number of connections from 2 to 1000'],
  ['DATABASE_POOL', '1001', 'DATABASE_POOL in the environment: expected a number of connections from 2 to 1000'],
  ['DATABASE_POOL', 'many', 'DATABASE_POOL in the environment: expected a number of connections from 2 to 1000'],
  ['PORT', 'http', 'PORT in the environment: expected a port from 0 to 65535'],
  ['PORT', '-1', 'PORT in the environment: expected a port from 0 to 65535'],
  ['PORT', '4000.5', 'PORT in the environment: expected a port from 0 to 65535'],
  ['PORT', '65536', 'PORT in the environment: expected a port from 0 to 65535'],
  [
    'DATABASE_URL',
    'mysql://root:secret@localhost/test',
    'DATABASE_URL in the environment: expected postgresql://USER:PASSWORD@HOST:PORT/DATABASE',
  ],
  [
    'DATABASE_URL',
    'postgresql://ada:se/c#ret@localhost/facts',
    'DATABASE_URL in the environment: expected postgresql://USER:PASSWORD@HOST:PORT/DATABASE, ' +
      'with # / ? @ and the like percent-encoded',
  ],
  [
    'LOG_LEVEL',
    'verbose',
    'LOG_LEVEL in the environment: Invalid option: expected one of "fatal"|"error"|"warn"|"info"|"debug"|"silent"',
  ],
])('%s=%s is refused by the name of the variable', (name, value, message) => {
  expect(() => readConfig({ [name]: value })).toThrow(expect.objectContaining({ name: 'UserError', message }))
})
