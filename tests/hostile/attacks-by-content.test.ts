import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Database } from '../../src/database/open.ts'
import { dataOf, type Server, serverOf } from '../api/ask.ts'
import { attended, bundleWith, citation, load, meeting, person, position, source, statement } from '../fixtures.ts'
import { getFrom } from '../pages/get.ts'
import { openEmpty } from '../support.ts'

/** Texts that are harmful where they are not escaped, each with what a page must not contain. */
const HOSTILE = {
  script: `</title></script><script>alert(1)</script>`,
  attribute: `"><img src=x onerror=alert(1)>' onmouseover='alert(1)`,
  comment: `--><svg/onload=alert(1)><!--`,
  template: '{{constructor.constructor("alert(1)")()}}',
  lines: 'a\u2028b\u2029c</script>',
  bidi: '\u202eexe.gpj\u2066 x',
  control: '\u0001\u0007\u001b[31mred\u007f\u0085',
  formula: '=HYPERLINK("http://evil.example","x")',
  at: '@SUM(1+1)*cmd|"/c calc"!A0',
  minus: '-2+3+cmd|" /c calc"!A0',
  tab: '\t=1+1',
} as const

let database: Database
let server: Server
beforeAll(async () => {
  database = await openEmpty('PGlite')
  server = serverOf(database)
  const names = Object.values(HOSTILE)
  await load(
    database,
    bundleWith({
      sources: [source({ title: HOSTILE.script, note: HOSTILE.attribute })],
      people: [
        ...Object.entries(HOSTILE).map(([slug, name]) => person(slug, { name, names: [HOSTILE.attribute] })),
        person('ada', { name: HOSTILE.script }),
        person('bo', { name: HOSTILE.formula }),
      ],
      positions: [position({ title: HOSTILE.comment })],
      meetings: names.map((title, i) =>
        meeting({
          slug: `m${i}`,
          title,
          place: HOSTILE.attribute,
          participations: [attended('ada', { representing: 'IN' }), attended('bo', { representing: 'IT' })],
        }),
      ),
      statements: [
        statement({ text: HOSTILE.script, quotation: 'REPORTED', quoted: [], citations: [citation('Trade first 🚢')] }),
      ],
    }),
  )
})
afterAll(async () => await database.close())

const PAGES = [
  ...Object.keys(HOSTILE).map((slug) => `/people/${slug}`),
  ...Object.keys(Object.values(HOSTILE)).map((i) => `/meetings/m${i}`),
  '/people/ada',
  '/people',
  '/sources/gazette',
  '/sources',
  '/statements/trade-first',
  '/relations/IN-IT',
  '/countries/IN',
  '/search?q=alert',
  `/search?q=${encodeURIComponent(HOSTILE.attribute)}`,
]

test.each(PAGES)('the page %s shows hostile texts as texts', async (path) => {
  const response = await getFrom(server, path)
  const html = await response.text()
  expect([response.status, response.headers.get('content-security-policy')]).toEqual([
    200,
    expect.not.stringContaining('unsafe-inline'),
  ])
  expect(html).not.toMatch(/<(script|img|svg)[^>]*>?alert|<img src=x|<svg\/onload|<!--|-->/)
  // No tag has an attribute that runs a script.
  for (const [tag] of html.matchAll(/<[a-z][^>]*>/g))
    expect(tag.replaceAll(/"[^"]*"/g, '""')).not.toMatch(/\son\w+\s*=/)
  // Scripts are files, so that no text can end one.
  for (const [script] of html.matchAll(/<script[\s\S]*?<\/script>/g))
    expect(script).toMatch(/^<script [^>]*src="[^"]+"[^>]*><\/script>$/)
  const head = html.slice(0, html.indexOf('</head>'))
  expect(head.match(/<title>/g)).toHaveLength(1)
})

test.each(['/people/ada', '/meetings/m0', '/sources/gazette', '/statements/trade-first'])(
  'the JSON, JSON-LD and bibliographies of %s are files of their type with the texts as they are',
  async (path) => {
    for (const [suffix, type] of [
      ['json', 'application/json'],
      ['jsonld', 'application/ld+json'],
      ['csl.json', 'application/vnd.citationstyles.csl+json'],
    ] as const) {
      const response = await getFrom(server, `${path}.${suffix}`, { accept: '*/*' })
      expect([suffix, response.status, response.headers.get('content-type')?.split(';')[0]]).toEqual([
        suffix,
        200,
        type,
      ])
      expect(response.headers.get('x-content-type-options')).toBe('nosniff')
      expect(JSON.stringify(await response.json())).toContain('<script>alert(1)')
    }
    const ris = await (await getFrom(server, `${path}.ris`, { accept: '*/*' })).text()
    for (const line of ris.split(/\r?\n/).filter(Boolean)) expect(line).toMatch(/^[A-Z][A-Z0-9] {2}- /)
  },
)

test('no cell of a table is a formula, and each row has its columns', async () => {
  for (const path of ['/people.csv', '/relations/IN-IT.csv', '/people/ada.csv', '/sources.csv']) {
    const response = await getFrom(server, path, { accept: '*/*' })
    expect([path, response.status]).toEqual([path, 200])
    const rows: string[][] = parse(await response.text())
    const cells = rows.flat()
    expect([path, cells.filter((cell) => /^[=+\-@\t\r]/.test(cell))]).toEqual([path, []])
  }
})

test('the API returns hostile texts as they were imported, and a text with NUL is refused', async () => {
  const { people } = await dataOf<{ people: { nodes: { slug: string; name: string }[] } }>(
    server,
    '{ people(first: 50) { nodes { slug name } } }',
  )
  for (const [slug, name] of Object.entries(HOSTILE)) expect(people.nodes).toContainEqual({ slug, name })
  await expect(load(database, bundleWith({ people: [person('nul', { name: 'a\0b' })] }))).rejects.toThrow()
})
