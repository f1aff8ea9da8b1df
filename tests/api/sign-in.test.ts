import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createKey, revokeKey } from '../../src/access/keys.ts'
import { createSecret } from '../../src/access/secret.ts'
import type { Database } from '../../src/database/open.ts'
import { BROWSER, textOf } from '../pages/get.ts'
import { openSeeded } from '../support.ts'
import { until } from '../until.ts'
import { serverOf } from './ask.ts'

let database: Database
let url: string
let close: () => void
let key: { id: string; key: string }

beforeAll(async () => {
  database = await openSeeded('PGlite')
  key = await createKey(database, { name: 'Zoë <b>', scope: 'edit' })
  const access = { readAccess: 'key', trustedProxies: ['127.0.0.1'] } as const
  const http = serverOf(database, { access, keyLifeMs: 10 }).createHttpServer().listen(0, '127.0.0.1')
  await once(http, 'listening')
  url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`
  close = () => {
    http.closeAllConnections()
    http.close()
  }
})
afterAll(async () => {
  close()
  await database.close()
})

const open = (path: string, headers: Record<string, string> = {}) =>
  fetch(url + path, { redirect: 'manual', headers: { ...BROWSER, ...headers } })

/** Sends the form as a browser without scripts does. */
const send = (fields: Record<string, string>, headers: Record<string, string> = {}) =>
  fetch(`${url}/key`, {
    method: 'POST',
    redirect: 'manual',
    headers: { ...BROWSER, origin: url, ...headers },
    body: new URLSearchParams(fields),
  })

const cookieOf = ({ headers }: Response) => headers.get('set-cookie')?.split(';')[0] ?? ''
const signIn = async () => ({ cookie: cookieOf(await send({ key: key.key })) })
const hidden = (html: string, name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1]

test('a closed page leads to the form, the form to the page, and signing out closes it again', async () => {
  const refused = await open('/people/marco-rubio?x=%22')
  const html = await refused.text()
  expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([401, 'Bearer'])
  expect(textOf(html)).toContain('This page is not public')
  expect(html).toContain('<form action="../key" method="post"')
  const to = hidden(html, 'to') ?? ''
  expect(to).toBe('/people/marco-rubio?x=%22')

  const signedIn = await send({ key: ` ${key.key}\n`, to })
  expect([signedIn.status, signedIn.headers.get('location'), signedIn.headers.get('cache-control')]).toEqual([
    303,
    './people/marco-rubio?x=%22',
    'no-store',
  ])
  expect(signedIn.headers.get('set-cookie')).toMatch(
    /^bilateral_session=bilateral_session_\w{49}; Max-Age=1209600; HttpOnly; SameSite=Strict$/,
  )
  expect(signedIn.headers.get('set-cookie')).not.toContain(key.key.slice(10))

  const cookie = cookieOf(signedIn)
  const page = await open('/people/marco-rubio', { cookie: `other=1; ${cookie}`, 'sec-fetch-site': 'same-origin' })
  expect([page.status, page.headers.get('cache-control')]).toEqual([200, 'private, max-age=0, must-revalidate'])
  const about = await (await open('/key', { cookie })).text()
  expect(textOf(about)).toContain('You may read, edit. Your key is named Zoë <b>.')
  expect(about).not.toContain('<b>')

  const signedOut = await send({ leave: '1' }, { cookie })
  expect([signedOut.status, signedOut.headers.get('location')]).toEqual([303, './key'])
  expect(signedOut.headers.get('set-cookie')).toBe('bilateral_session=; Max-Age=0; HttpOnly; SameSite=Strict')
  expect((await open('/people/marco-rubio', { cookie })).status).toBe(401)
  expect((await open('/key', { cookie })).status).toBe(200)
})

test('the playground and the suggestions work with the cookie', async () => {
  const { cookie } = await signIn()
  const headers = { cookie, origin: url, 'content-type': 'application/json', accept: 'application/json' }
  const body = JSON.stringify({ query: '{ viewer { name } }' })
  const response = await fetch(`${url}/graphql`, { method: 'POST', headers, body })
  expect(await response.json()).toMatchObject({ data: { viewer: { name: 'Zoë <b>' } } })
})

test('behind a proxy with https, the cookie is only for https, and so is the site', async () => {
  const { headers } = await send({ key: key.key }, { 'x-forwarded-proto': 'https', 'x-forwarded-for': '203.0.113.9' })
  expect(headers.get('set-cookie')).toMatch(/; HttpOnly; SameSite=Strict; Secure$/)
  expect(headers.get('strict-transport-security')).toBe('max-age=31536000')
  expect((await open('/key')).headers.get('strict-transport-security')).toBeNull()
})

describe('a page of another site', () => {
  const foreign: Record<string, string>[] = [
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'cross-site', origin: 'null' },
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: 'not an origin' },
  ]

  test.each(foreign)('with %o can sign nobody in or out', async (headers) => {
    const { cookie } = await signIn()
    const signedIn = await send({ key: key.key }, headers)
    expect([signedIn.status, signedIn.headers.get('set-cookie')]).toEqual([403, null])
    expect(textOf(await signedIn.text())).toContain('the form came from a page of another site')
    expect((await send({ leave: '1' }, { cookie, ...headers })).status).toBe(403)
    expect((await open('/', { cookie })).status).toBe(200)
  })

  test.each(foreign)('with %o cannot use the cookie', async (headers) => {
    const { cookie } = await signIn()
    expect((await open('/', { cookie, ...headers })).status).toBe(401)
  })
})

test.each([
  ['a typing error', `${createSecret('key').slice(0, -1)}!`, 'the key is incomplete or has a typing error'],
  ['no key', '', 'the key is incomplete or has a typing error'],
  ['an unknown key', createSecret('key'), 'the key is not known'],
])('with %s, the form says so and can be sent again', async (_what, text, message) => {
  const response = await send({ key: text, to: '/people' })
  const html = await response.text()
  expect([response.status, response.headers.get('set-cookie'), hidden(html, 'to')]).toEqual([401, null, '/people'])
  expect(textOf(html)).toContain(message)
  if (text) expect(html).not.toContain(text)
})

test.each([
  '//evil.example/',
  '/\\evil.example',
  'https://evil.example',
  'javascript:alert(1)',
  '/a\r\nset-cookie: x=1',
  '/a b',
  '',
])('the form does not lead to %j', async (to) => {
  const response = await send({ key: key.key, to })
  expect([response.status, response.headers.get('location')]).toEqual([303, './'])
})

test('a path that looks like another site stays here', async () => {
  const location = (await send({ key: key.key, to: '/https://evil.example' })).headers.get('location') ?? ''
  expect(new URL(location, `${url}/key`).href).toBe(`${url}/https://evil.example`)
})

test('only a short form is read', async () => {
  const sent = (type: string, body: string) =>
    fetch(`${url}/key`, { method: 'POST', headers: { origin: url, 'content-type': type }, body })
  expect((await sent('application/json', JSON.stringify({ key: key.key }))).status).toBe(415)
  expect((await sent('text/plain', `key=${key.key}`)).status).toBe(415)
  expect((await sent('application/x-www-form-urlencoded', `key=${'x'.repeat(20_000)}`)).status).toBe(413)
})

test.each([
  'bilateral_session=',
  'bilateral_session=x',
  `bilateral_session=${createSecret('session')}`,
  `bilateral_session=${createSecret('key')}`,
  `bilateral_session=${'x'.repeat(8_000)}`,
])('the cookie %s counts as none', async (cookie) => {
  expect((await open('/', { cookie })).status).toBe(401)
  expect((await open('/key', { cookie })).status).toBe(200)
})

test('a key that is revoked ends its sessions', async () => {
  const other = await createKey(database, { name: 'other', scope: 'read' })
  const cookie = cookieOf(await send({ key: other.key }))
  expect((await open('/', { cookie })).status).toBe(200)
  await revokeKey(database, other.id)
  await until(async () => (await open('/', { cookie })).status === 401)
})
