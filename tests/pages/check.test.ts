import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Database } from '../../src/database/open.ts'
import { type Server, serverOf } from '../api/ask.ts'
import { openSeeded } from '../support.ts'
import { BROWSER, getFrom, textOf } from './get.ts'

let database: Database
let server: Server
beforeAll(async () => {
  database = await openSeeded('PGlite')
  server = serverOf(database)
})
afterAll(async () => await database.close())

const sendDraft = (draft: string, headers: Record<string, string> = BROWSER, to: Server = server) =>
  to.fetch('http://localhost/check', {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body: new URLSearchParams({ draft }).toString(),
  })

test('a draft is pasted into a form that needs no script, and each quotation in it is graded', async () => {
  const form = await getFrom(server, '/check')
  expect(form.status).toBe(200)
  expect(await form.text()).toContain('<textarea id="draft" name="draft"')

  const response = await sendDraft(
    'He saw “strong momentum”, “<b>a bridge</b> of friendship” and “our new relationship with immense”.',
  )
  expect(response.status).toBe(200)
  expect(response.headers.get('content-security-policy')).toContain("form-action 'self'")
  const html = await response.text()
  expect(html).not.toContain('<b>a bridge')
  const text = textOf(html)
  expect(text).toContain('3 quotations')
  expect(text).toContain('1 of them as the sources have them')
  for (const part of [
    'Exact',
    'Cannot be checked',
    '<b>a bridge</b> of friendship',
    '5 February 2026: “strong momentum”.',
  ]) {
    expect(text).toContain(part)
  }
})

test('a draft without quotations says so', async () => {
  expect(textOf(await (await sendDraft('It’s fine.')).text())).toContain('The draft has no quotations')
})

test('a program gets the grades as JSON', async () => {
  const response = await sendDraft('“strong momentum”', { accept: 'application/json' })
  expect(await response.json()).toMatchObject({ checks: [{ grade: 'EXACT', text: 'strong momentum' }] })
})

test.each([
  ['with too many quotations', 400, '“one two three” '.repeat(201), {}],
  ['that is too long', 413, 'x'.repeat(400_001), {}],
  ['of another type', 415, 'x', { 'content-type': 'text/plain' }],
])('a form %s is refused', async (_sentence, status, draft, headers) => {
  const response = await sendDraft(draft, { ...BROWSER, ...headers })
  expect(response.status).toBe(status)
})

test('a service that needs a key checks no draft without one', async () => {
  const closed = serverOf(database, { access: { readAccess: 'key' } })
  expect((await sendDraft('“strong momentum”', BROWSER, closed)).status).toBe(401)
})
