import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { bundleWith, person, statement, topic } from '../fixtures.ts'
import { databaseKinds } from '../support.ts'
import { linesOf, useFiles } from './files.ts'
import { type Outcome, openPlace, refusal } from './in-process.ts'

const LINES = linesOf(bundleWith())
const CYCLE = bundleWith({
  topics: [topic('tea', 'crops'), topic('crops', 'trade'), topic('trade', 'tea')],
  statements: [statement({ topics: ['tea'] })],
})

const LATER = 'References, codes and cited words are checked once these are corrected.'

const refused = (problems: readonly string[], ...remarks: readonly string[]) =>
  [
    `the bundle was refused and nothing was loaded: ${problems.length === 1 ? '1 problem' : `${problems.length} problems`}`,
    ...[...problems, ...remarks].map((line) => `  ${line}`),
  ].join('\n')

const cases: [name: string, bytes: string | Uint8Array, message: string][] = [
  ['empty', '', refused(['line 1, column 1: expected JSON: Unexpected end of JSON input'])],
  ['cut-short.gz', gzipSync(LINES).subarray(0, 120), refused(['expected complete gzip data: unexpected end of file'])],
  ['utf-16', Buffer.from(`\ufeff${LINES}`, 'utf16le'), refused(['expected UTF-8'])],
  [
    'latin-1',
    Buffer.from(linesOf({ format: 'bilateral-bundle', version: 1, people: [person('bo', { name: 'Bø' })] }), 'latin1'),
    refused(['line 2: expected UTF-8'], LATER),
  ],
  [
    'one-slug-twice',
    linesOf(bundleWith({ people: [person('bo', { name: 'Bo' }), person('bo', { name: 'Another Bo' })] })),
    refused(['line 4: people: repeats line 3: people: bo']),
  ],
  [
    'no-citation.json',
    JSON.stringify(bundleWith({ statements: [statement({ citations: [] })] })),
    refused(['statements[0].citations: expected at least one citation: every fact cites the words of a source'], LATER),
  ],
  [
    'cycle',
    linesOf(CYCLE),
    refused([
      'line 5: topics.broader: "tea" would be broader than itself; expected broader topics that do not lead back to it',
      'line 6: topics.broader: "crops" would be broader than itself; expected broader topics that do not lead back to it',
      'line 7: topics.broader: "trade" would be broader than itself; expected broader topics that do not lead back to it',
    ]),
  ],
]

describe.each(databaseKinds)('with its data on %s', (kind) => {
  const { write } = useFiles()
  const empty = () => openPlace(kind)

  test('a file that is not a bundle is refused with its name, the place and what was expected, and nothing is loaded', async () => {
    const place = await empty()
    const outcomes: Outcome[] = []
    const expected: Outcome[] = []
    for (const [name, bytes, message] of cases) {
      const file = await write(name, bytes)
      outcomes.push(await place.command(['import', file]))
      expected.push(refusal(`${file}: ${message}`))
    }
    expect(outcomes).toEqual(expected)
    expect(await place.database.prisma.person.count()).toBe(0)
  })
})
