import { expect, it } from 'vitest'
import { readConfig } from '../src/config.ts'

it('an empty environment means a folder here, and port 4000 of this machine alone', () => {
  expect(readConfig({})).toEqual({ host: '127.0.0.1', port: 4000, database: { folder: '.data' }, logLevel: 'info' })
})

it('a variable that is set to nothing counts as not set, and others are not looked at', () => {
  const empty = { HOST: '', PORT: '', DATABASE_URL: '', BILATERAL_DATA: '', LOG_LEVEL: '' }
  expect(readConfig({ ...empty, PATH: '/bin' })).toEqual(readConfig({}))
})

it('a server is preferred to a folder', () => {
  const env = { HOST: '::', PORT: '0', DATABASE_URL: 'postgres://h/d', BILATERAL_DATA: '/data', LOG_LEVEL: 'silent' }
  expect(readConfig(env)).toEqual({ host: '::', port: 0, database: { url: 'postgres://h/d' }, logLevel: 'silent' })
})

it.each([
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
