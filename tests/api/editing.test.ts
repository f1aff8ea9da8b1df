import { createHash } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createKey } from '../../src/access/keys.ts'
import { openSession } from '../../src/access/sessions.ts'
import type { BundleInput } from '../../src/bundle/format.ts'
import type { Database } from '../../src/database/open.ts'
import { bundleWith, citation, meeting, person, position, source, statement, TEXT, visit } from '../fixtures.ts'
import { contentOf, databaseKinds, openEmpty, removeFacts } from '../support.ts'
import { type Answer, get, keepingServerOf, post, problemsOf, type Server } from './ask.ts'

const IMPORT = `
  mutation Import($bundle: Bundle!, $dryRun: Boolean! = false, $idempotencyKey: String, $expectedVersion: String) {
    importBundle(bundle: $bundle, dryRun: $dryRun, idempotencyKey: $idempotencyKey, expectedVersion: $expectedVersion) {
      outcome dataVersion dryRun problemCount
      records { kind added changed unchanged withdrawn refused }
      problems { path message expected }
      warnings { path message }
      withdrawn { record reason } restored stayedWithdrawn { record }
    }
  }`

/** What an import returns beside what a test names. */
const NOTHING = {
  dryRun: false,
  problemCount: 0,
  problems: [],
  warnings: [],
  withdrawn: [],
  restored: [],
  stayedWithdrawn: [],
}
const tally = (kind: string, numbers: Record<string, number>) => ({
  kind,
  added: 0,
  changed: 0,
  unchanged: 0,
  withdrawn: 0,
  refused: 0,
  ...numbers,
})

describe.each(databaseKinds)('a client that edits, on %s', (kind) => {
  let database: Database
  let server: Server
  const keys = { read: '', edit: '', other: '' }

  const createKeys = async () => {
    for (const [name, scope] of [
      ['read', 'read'],
      ['edit', 'edit'],
      ['other', 'admin'],
    ] as const)
      keys[name] = (await createKey(database, { name, scope })).key
  }
  beforeAll(async () => {
    database = await openEmpty(kind)
    server = await keepingServerOf(database)
    await createKeys()
  })
  afterEach(async () => {
    await removeFacts(database)
    await database.refreshDataVersion()
    await createKeys()
  })
  afterAll(async () => await database.close())

  const send = async (query: string, variables: object = {}, key = keys.edit): Promise<Answer> => {
    const response = await post(server, { query, variables }, { authorization: `Bearer ${key}` })
    return (await response.json()) as Answer
  }
  const importBundle = async (bundle: unknown, variables: object = {}, key = keys.edit) => {
    const { data, errors } = await send(IMPORT, { bundle, ...variables }, key)
    expect(errors).toBeUndefined()
    return (data as { importBundle: Record<string, unknown> }).importBundle
  }
  const dataOf = async (query: string, headers: Record<string, string> = {}) =>
    ((await (await post(server, { query }, headers)).json()) as Answer).data

  const titles = () => dataOf('{ meetings { nodes { title } } about { dataVersion } }')

  test('loads a bundle, sees its own change, and changes nothing by loading it again', async () => {
    const bundle = bundleWith({ meetings: [meeting()] })
    expect(await titles()).toEqual({ meetings: { nodes: [] }, about: { dataVersion: '0' } })
    expect(await importBundle(bundle)).toEqual({
      ...NOTHING,
      outcome: 'LOADED',
      dataVersion: '1',
      records: [tally('people', { added: 2 }), tally('sources', { added: 1 }), tally('meetings', { added: 1 })],
    })
    expect(await titles()).toEqual({
      meetings: { nodes: [{ title: 'In the town hall' }] },
      about: { dataVersion: '1' },
    })
    expect(await importBundle({ ...bundle, meetings: [meeting({ title: 'Elsewhere' })] })).toMatchObject({
      dataVersion: '2',
      records: [{ unchanged: 2 }, { unchanged: 1 }, { changed: 1 }],
    })
    expect(await titles()).toMatchObject({ meetings: { nodes: [{ title: 'Elsewhere' }] } })
    expect(await importBundle({ ...bundle, meetings: [meeting({ title: 'Elsewhere' })] })).toMatchObject({
      dataVersion: '2',
      records: [{ unchanged: 2 }, { unchanged: 1 }, { unchanged: 1 }],
    })
  })

  test('gets every problem of a bundle as data, and nothing is loaded', async () => {
    const wrong = {
      ...bundleWith(),
      meetings: [
        { ...meeting(), when: 'tomorrow' },
        { ...meeting(), kind: 'PARTY' },
      ],
      more: 1,
    }
    const refused = await importBundle(wrong)
    expect(refused).toMatchObject({ outcome: 'REFUSED', problemCount: 3, dataVersion: '0' })
    expect(refused['problems']).toEqual([
      { path: 'meetings[0].when', message: expect.stringContaining('tomorrow'), expected: expect.any(String) },
      {
        path: 'meetings[1].kind',
        message: 'expected one of BILATERAL, MULTILATERAL, MINISTERIAL, SUMMIT, CALL, OTHER, got "PARTY"',
        expected: 'one of BILATERAL, MULTILATERAL, MINISTERIAL, SUMMIT, CALL, OTHER',
      },
      { path: '', message: expect.stringContaining('unknown key "more"'), expected: null },
    ])
    const unknown = bundleWith({
      statements: [statement({ speakers: [{ person: 'nobody' }] }), statement({ slug: 's', meeting: 'none' })],
    })
    expect(await importBundle(unknown)).toMatchObject({
      outcome: 'REFUSED',
      problemCount: 2,
      records: [tally('people', { refused: 2 }), tally('sources', { refused: 1 }), tally('statements', { refused: 2 })],
      problems: [
        { path: 'statements[0].speakers[0].person', message: expect.stringContaining('unknown person "nobody"') },
        { path: 'statements[1].meeting', message: expect.stringContaining('unknown meeting "none"') },
      ],
    })
    for (const no of ['a text', 7, [], {}, true]) {
      expect(await importBundle(no)).toMatchObject({
        outcome: 'REFUSED',
        problems: [{ path: '', expected: expect.stringContaining('an object with "format"') }],
      })
    }
    expect(await titles()).toMatchObject({ meetings: { nodes: [] }, about: { dataVersion: '0' } })
  })

  test('can write a small bundle into the document', async () => {
    const { data } = await send(
      'mutation { importBundle(bundle: { format: "bilateral-bundle", version: 1 }) { outcome records { kind } } }',
    )
    expect(data).toEqual({ importBundle: { outcome: 'LOADED', records: [] } })
  })

  test('refuses what is no text, and unknown keys with any name', async () => {
    for (const more of [{ idempotencyKey: 'a\0b' }, { idempotencyKey: '\ud800' }]) {
      expect(problemsOf(await send(IMPORT, { bundle: bundleWith(), ...more }))).toEqual([
        ['BAD_USER_INPUT', '`idempotencyKey`: expected Unicode text without NUL characters'],
      ])
    }
    expect(problemsOf(await send(IMPORT, { bundle: bundleWith(), expectedVersion: '' }))).toEqual([
      ['BAD_USER_INPUT', '`expectedVersion`: expected a `dataVersion`, got ""'],
    ])
    const bundle = JSON.parse('{ "format": "bilateral-bundle", "version": 1, "__proto__": [], "constructor": 1 }')
    const { outcome, problems } = await importBundle(bundle)
    expect(outcome).toBe('REFUSED')
    expect((problems as { message: string }[]).map(({ message }) => message)).toEqual([
      expect.stringContaining('unknown key'),
      expect.stringContaining('unknown key'),
    ])
  })

  test('checks a bundle without loading it', async () => {
    const factsOf = async () => ({ ...(await contentOf(database)), api_key: [] })
    const before = await factsOf()
    expect(await importBundle(bundleWith(), { dryRun: true, idempotencyKey: 'a' })).toMatchObject({
      outcome: 'CHECKED',
      dryRun: true,
      dataVersion: '0',
      records: [{ added: 2 }, { added: 1 }],
    })
    expect(await factsOf()).toEqual(before)
  })

  test('may repeat a request, and gets the first result', async () => {
    const first = await importBundle(bundleWith({ meetings: [meeting()] }), { idempotencyKey: 'one' })
    await importBundle(bundleWith({ meetings: [meeting({ title: 'Later' })] }))
    for (const _ of [1, 2]) {
      expect(await importBundle(bundleWith({ meetings: [meeting()] }), { idempotencyKey: 'one' })).toEqual(first)
    }
    expect(await titles()).toEqual({ meetings: { nodes: [{ title: 'Later' }] }, about: { dataVersion: '2' } })
    const other = await send(IMPORT, { bundle: bundleWith(), idempotencyKey: 'one' })
    expect(problemsOf(other)).toEqual([
      [
        'IDEMPOTENCY_KEY_REUSED',
        'idempotencyKey: another request was sent with this key; expected a new key for a new request',
      ],
    ])
    // Each key of the API has its own names.
    expect(await importBundle(bundleWith(), { idempotencyKey: 'one' }, keys.other)).toMatchObject({ dataVersion: '2' })
    await database.pool.query(`UPDATE edit_request SET at = at - interval '25 hours'`)
    expect(await importBundle(bundleWith(), { idempotencyKey: 'one' })).toMatchObject({ outcome: 'LOADED' })
  })

  test('may send the same request several times at once, and it is done once', async () => {
    const bundle = bundleWith({ meetings: [meeting()] })
    const results = await Promise.all(
      [1, 2, 3, 4].map(() => importBundle(bundle, { idempotencyKey: 'at once', expectedVersion: '0' })),
    )
    for (const result of results) expect(result).toEqual(results[0])
    expect(await titles()).toMatchObject({ about: { dataVersion: '1' } })
  })

  test('is refused if the data has changed since it was read, and both changes of two editors at once are made otherwise', async () => {
    const edits = ['one', 'two', 'three'].map((slug) => bundleWith({ meetings: [meeting({ slug, title: slug })] }))
    await Promise.all(edits.map((bundle) => importBundle(bundle)))
    expect(await titles()).toEqual({
      meetings: { nodes: expect.arrayContaining(['one', 'two', 'three'].map((title) => ({ title }))) },
      about: { dataVersion: '3' },
    })
    const answers = await Promise.all(
      ['A', 'B'].map((title) =>
        send(IMPORT, { bundle: bundleWith({ meetings: [meeting({ slug: 'one', title })] }), expectedVersion: '3' }),
      ),
    )
    const refused = answers.filter(({ errors }) => errors)
    expect(refused.map(problemsOf)).toEqual([
      [
        [
          'CONFLICT',
          'expectedVersion: expected the version of the data, which is 4, got 3; the data has changed: read it again',
        ],
      ],
    ])
    expect(await titles()).toMatchObject({ about: { dataVersion: '4' } })
  })

  test('withdraws and reinstates facts', async () => {
    await importBundle(bundleWith({ meetings: [meeting()], visits: [visit()] }))
    const WITHDRAW = `mutation ($facts: [String!]!, $dryRun: Boolean! = false) {
      withdrawFacts(facts: $facts, reason: "made up", dryRun: $dryRun) { facts dataVersion dryRun } }`
    expect(await send(WITHDRAW, { facts: ['town-hall'], dryRun: true })).toMatchObject({
      data: { withdrawFacts: { facts: ['meetings/town-hall'], dataVersion: '1', dryRun: true } },
    })
    expect(await send(WITHDRAW, { facts: ['town-hall', 'visits/tour'] })).toMatchObject({
      data: { withdrawFacts: { facts: ['meetings/town-hall', 'visits/tour'], dataVersion: '2', dryRun: false } },
    })
    expect(problemsOf(await send(WITHDRAW, { facts: ['town-hall'] }))).toEqual([
      ['BAD_USER_INPUT', 'meetings/town-hall is already withdrawn'],
    ])
    expect(problemsOf(await send(WITHDRAW, { facts: ['town-hal'] }))).toEqual([
      ['BAD_USER_INPUT', expect.stringContaining('did you mean meetings/town-hall?')],
    ])
    expect(await titles()).toMatchObject({ meetings: { nodes: [] } })
    expect(await send('mutation { reinstateFacts(facts: ["town-hall"]) { facts dataVersion } }')).toMatchObject({
      data: { reinstateFacts: { facts: ['meetings/town-hall'], dataVersion: '3' } },
    })
    expect(await titles()).toMatchObject({ meetings: { nodes: [{ title: 'In the town hall' }] } })
    expect(problemsOf(await send('mutation { reinstateFacts(facts: []) { facts } }'))).toEqual([
      ['BAD_USER_INPUT', '`facts`: expected 1 to 100, got 0'],
    ])
  })

  test('merges people, unless records say that they are two', async () => {
    await importBundle(
      bundleWith({
        people: [person('ada', { born: '1950' }), person('bo', { born: '1960' }), person('a-da')],
        positions: [position()],
      }),
    )
    const MERGE = `mutation ($kept: String!, $merged: String!, $force: Boolean! = false) {
      mergePeople(kept: $kept, merged: $merged, force: $force) { kept merged dataVersion facts { record part outcome isWithdrawn } } }`
    expect(problemsOf(await send(MERGE, { kept: 'bo', merged: 'ada' }))).toEqual([
      ['BAD_USER_INPUT', expect.stringContaining('born 1960 and 1950')],
    ])
    expect(await send(MERGE, { kept: 'a-da', merged: 'ada' })).toEqual({
      data: {
        mergePeople: {
          kept: 'a-da',
          merged: 'ada',
          dataVersion: '2',
          facts: [{ record: 'positions/ada-minister', part: 'POSITION', outcome: 'MOVES', isWithdrawn: false }],
        },
      },
      extensions: { cost: expect.any(Number) },
    })
    expect(await dataOf('{ person(slug: "ada") { slug } }')).toEqual({ person: { slug: 'a-da' } })
  })

  test('attaches the text of a source, if it is that text', async () => {
    const { text: _, ...known } = source({ sha256: createHash('sha256').update(TEXT).digest('hex') })
    await importBundle(bundleWith({ sources: [known], meetings: [meeting({ citations: [citation('met')] })] }))
    const ATTACH = `mutation ($text: String!) {
      attachText(source: "gazette", text: $text) { source dataVersion citations mismatches } }`
    expect(problemsOf(await send(ATTACH, { text: `${TEXT} ` }))).toEqual([
      ['BAD_USER_INPUT', expect.stringContaining('expected the text of gazette with the SHA-256')],
    ])
    expect(await send(ATTACH, { text: TEXT })).toMatchObject({
      data: { attachText: { source: 'gazette', dataVersion: '2', citations: 1, mismatches: 0 } },
    })
  })

  test('needs a key that may edit, and sends POST requests', async () => {
    const bundle: BundleInput = bundleWith()
    for (const [key, status, code] of [
      [undefined, 401, 'UNAUTHENTICATED'],
      [keys.read, 403, 'FORBIDDEN'],
    ] as const) {
      const response = await post(
        server,
        { query: IMPORT, variables: { bundle } },
        key ? { authorization: `Bearer ${key}` } : {},
      )
      expect([response.status, ((await response.json()) as Answer).errors?.[0]?.extensions?.['code']]).toEqual([
        status,
        code,
      ])
    }
    const headers = { authorization: `Bearer ${keys.edit}` }
    const byGet = await get(server, { query: IMPORT, variables: JSON.stringify({ bundle }) }, headers)
    expect([byGet.status, byGet.headers.get('allow')]).toEqual([405, 'POST'])
    const asForm = await server.fetch('http://localhost/graphql', {
      method: 'POST',
      headers: { ...headers, 'content-type': 'text/plain' },
      body: JSON.stringify({ query: IMPORT, variables: { bundle } }),
    })
    expect(asForm.status).toBe(415)
    const cookie = `bilateral_session=${await openSession(database, keys.edit.slice('bilateral_'.length, 'bilateral_'.length + 8))}`
    const byCookie = async (site: string) =>
      await post(server, { query: IMPORT, variables: { bundle, dryRun: true } }, { cookie, 'sec-fetch-site': site })
    expect([(await byCookie('cross-site')).status, (await byCookie('same-site')).status]).toEqual([401, 401])
    expect(await (await byCookie('same-origin')).json()).toMatchObject({
      data: { importBundle: { outcome: 'CHECKED' } },
    })
    expect(await titles()).toMatchObject({ about: { dataVersion: '0' } })
  })

  test('may send more than others, up to a limit of its own', async () => {
    const people = Array.from({ length: 2_000 }, (_, i) => person(`person-${i}`, { names: [`Number ${i}`] }))
    const body = { query: IMPORT, variables: { bundle: bundleWith({ people }), dryRun: true } }
    expect(JSON.stringify(body).length).toBeGreaterThan(100_000)
    expect(await importBundle(bundleWith({ people }), { dryRun: true })).toMatchObject({
      records: [{ added: 2_000 }, { added: 1 }],
    })
    for (const headers of [{}, { authorization: `Bearer ${keys.read}` }]) {
      expect((await post(server, body, headers)).status).toBe(413)
    }
    expect(
      (await post(server, { query: `#${'x'.repeat(5_000_000)}` }, { authorization: `Bearer ${keys.edit}` })).status,
    ).toBe(413)
  })

  test('finds the JSON Schema of bundles at the address in the schema', async () => {
    const { data } = (await (
      await post(server, { query: '{ __type(name: "Bundle") { specifiedByURL } }' })
    ).json()) as { data: { __type: { specifiedByURL: string } } }
    const response = await server.fetch(new URL(data.__type.specifiedByURL, 'http://localhost/graphql').href)
    expect(response.headers.get('content-type')).toBe('application/schema+json')
    expect(await response.json()).toMatchObject({ properties: { format: { const: 'bilateral-bundle' } } })
  })
})
