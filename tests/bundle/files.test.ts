import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { BundleInput } from '../../src/bundle/format.ts'
import { loadRecords } from '../../src/bundle/load/load.ts'
import { readRecords } from '../../src/bundle/reading/files.ts'
import type { Database } from '../../src/database/open.ts'
import { bundleWith, load, meeting, person, problemsOf, statement, topic } from '../fixtures.ts'
import { contentOf, databaseKinds, openEmpty, removeFacts } from '../support.ts'

const HEADER = '{"format":"bilateral-bundle","version":1}'

/** A bundle as JSON Lines. */
const linesOf = ({ format, version, ...lists }: BundleInput) =>
  [
    JSON.stringify({ format, version }),
    ...Object.entries(lists).flatMap(([kind, records = []]) =>
      records.map((record) => JSON.stringify({ [kind]: record })),
    ),
  ].join('\n')

const BUNDLE = bundleWith({
  topics: [topic('tea', 'crops'), topic('crops')],
  meetings: [meeting()],
  statements: [statement({ topics: ['tea'], meeting: 'town-hall' })],
})

describe.each(databaseKinds)('on %s', (kind) => {
  let database: Database
  let folder: string
  beforeAll(async () => {
    database = await openEmpty(kind)
    folder = await mkdtemp(join(tmpdir(), 'bilateral-files-'))
  })
  beforeEach(() => removeFacts(database))
  afterAll(async () => {
    await database.close()
    await rm(folder, { recursive: true })
  })

  async function loadFile(bytes: string | Uint8Array) {
    const file = join(folder, 'bundle')
    await writeFile(file, bytes)
    return await loadRecords(database, readRecords(file))
  }
  const refusalOf = async (bytes: string | Uint8Array) => {
    const problems = await problemsOf(() => loadFile(bytes))
    expect(await database.prisma.person.count()).toBe(0)
    return problems
  }

  it.each<[what: string, bytes: string | Uint8Array]>([
    ['JSON on many lines', JSON.stringify(BUNDLE, null, 2)],
    ['JSON on one line', JSON.stringify(BUNDLE)],
    ['JSON Lines', linesOf(BUNDLE)],
    [
      'JSON Lines with empty lines, CRLF and a byte order mark',
      `\ufeff${linesOf(BUNDLE).replaceAll('\n', '\r\n\r\n')}\r\n`,
    ],
    ['JSON that is compressed', gzipSync(JSON.stringify(BUNDLE))],
    [
      'JSON Lines that are compressed, in two pieces',
      Buffer.concat(
        linesOf(BUNDLE)
          .split(/(?<=\n)(?=.*meetings)/)
          .map((part) => gzipSync(part)),
      ),
    ],
  ])('a file of %s has the same facts', async (_what, bytes) => {
    await load(database, BUNDLE)
    const expected = await contentOf(database)
    await removeFacts(database)
    await loadFile(bytes)
    expect(await contentOf(database)).toEqual(expected)
  })

  it('records can refer to records of other batches, earlier and later', async () => {
    const people = Array.from({ length: 2_500 }, (_, i) => person(`person-${i}`))
    const said = statement({ speakers: [{ person: 'person-0' }], addressees: [{ person: 'person-2499' }] })
    const bundle = bundleWith({ people, statements: [said] })
    const [header, ...lines] = linesOf(bundle).split('\n')
    const [source, ...rest] = lines
    const report = await loadFile([header, source, ...rest.toReversed()].join('\n'))
    expect(report).toMatchObject({ people: { created: 2_500 }, statements: { created: 1 } })
  })

  it('every bad line is reported with its mistake', async () => {
    const lines = [
      HEADER,
      '{"people": {"slug": "ada", "name": "Ada", "birthplace": 1815}}',
      '{"people": {"slug": "Ada"}}',
      '{"persons": {}}',
      '<people/>',
      '{"people": {"slug": "bo", "name": "Bo"}, "topics": {}}',
      '[]',
      'null',
    ]
    const kinds =
      /^expected one record under the name of its kind, such as \{ "meetings": \{ … \} \}; the kinds are countries, /
    expect(await refusalOf(lines.join('\n'))).toEqual([
      { path: 'line 2: people', message: 'unknown key "birthplace"' },
      { path: 'line 3: people.slug', message: 'expected a slug of a-z, 0-9 and -' },
      { path: 'line 3: people.name', message: 'missing; expected text' },
      { path: 'line 4', message: expect.stringMatching(kinds) },
      { path: 'line 5, column 1', message: expect.stringContaining('expected JSON: ') },
      { path: 'line 6', message: expect.stringMatching(kinds) },
      { path: 'line 7', message: expect.stringMatching(kinds) },
      { path: 'line 8', message: expect.stringMatching(kinds) },
    ])
  })

  it('a line that cites a source of a later line is reported, and so is a repeated record', async () => {
    const lines = linesOf(BUNDLE).split('\n')
    const [header, source, ...rest] = lines
    const late = [header, ...rest, source, rest[0]].join('\n')
    expect(await refusalOf(late)).toEqual([
      ...['line 6: meetings', 'line 7: statements'].map((record) => ({
        path: `${record}.citations[0].source`,
        message:
          'unknown source "gazette"; expected a source of an earlier bundle, or one that comes before this record',
      })),
      { path: 'line 9: people', message: 'repeats line 2: people: ada' },
    ])
  })

  it.each<[what: string, bytes: string | Uint8Array, message: RegExp]>([
    ['nothing', '', /^expected JSON: Unexpected end/],
    ['a number', '42', /^expected an object with "format"/],
    ['a bundle cut short', JSON.stringify(BUNDLE).slice(0, 200), /^expected JSON: Unterminated string/],
    ['lines of which the last is cut short', linesOf(BUNDLE).slice(0, -20), /^expected JSON: /],
    [
      'compressed bytes cut short',
      gzipSync(JSON.stringify(BUNDLE)).subarray(0, 150),
      /^expected complete gzip data: unexpected end of file/,
    ],
    [
      'compressed bytes with a wrong one',
      gzipSync(linesOf(BUNDLE)).map((byte, i) => (i === 60 ? byte ^ 255 : byte)),
      /^expected /,
    ],
    ['another encoding', Buffer.from(JSON.stringify(BUNDLE), 'utf16le'), /^expected (UTF-8|JSON)/],
    [
      'a line in another encoding',
      Buffer.concat([Buffer.from(`${HEADER}\n`), Buffer.from('{"people": {"slug": "bo", "name": "Bø"}}', 'latin1')]),
      /^expected UTF-8$/,
    ],
    [
      'lines of a later version',
      `{"format":"bilateral-bundle","version":2}\n{}`,
      /^expected at most 1, got 2: upgrade/,
    ],
  ])('a file of %s is refused', async (_what, bytes, message) => {
    expect(await refusalOf(bytes)).toEqual([{ path: expect.any(String), message: expect.stringMatching(message) }])
  })

  it('a file that cannot be read is reported by name', async () => {
    const reading = loadRecords(database, readRecords(join(folder, 'missing.jsonl')))
    await expect(reading).rejects.toThrow(/^cannot read .*missing\.jsonl: ENOENT/)
  })

  it('an endless line is refused before memory runs out', async () => {
    const endless = gzipSync(Buffer.concat([Buffer.from(`${HEADER}\n`), Buffer.alloc(80 * 1024 * 1024, ' ')]))
    await expect(loadFile(endless)).rejects.toThrow('one line has more than 64 MiB; expected less')
  })
})
