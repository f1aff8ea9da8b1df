import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { reportLines } from '../../src/commands/verify.ts'
import type { Database } from '../../src/database/open.ts'
import { type SourceReport, verifySources } from '../../src/evidence/verify-sources.ts'
import { dataOf, serverOf, sqlOf } from '../api/ask.ts'
import { useFiles } from '../commands/files.ts'
import { openPlace } from '../commands/in-process.ts'
import { bundleWith, citation, load, meeting, source, statement, TEXT } from '../fixtures.ts'
import { databaseKinds, openEmpty, removeFacts } from '../support.ts'

const { text: _withheld, ...withoutText } = source()

/** A source with its text, cited twice, and one without, cited once. */
const bundle = bundleWith({
  sources: [source(), { ...withoutText, slug: 'herald' }],
  meetings: [meeting({ citations: [citation(), citation('met', { source: 'herald' })] })],
  statements: [statement()],
})

const tampered = TEXT.replace(' met ', ' saw ')
const tamper = "UPDATE source SET text = replace(text, ' met ', ' saw ') WHERE slug = 'gazette'"

const herald: SourceReport = {
  source: 'herald',
  citations: 1,
  verified: 0,
  mismatches: [],
  textHeld: false,
  textProblems: [],
}
const { start, end } = citation()
const mismatch = { citation: `meeting/town-hall/gazette/${start}-${end}`, start, end, expected: 'met', found: 'saw' }

async function reportsOf(database: Database, slug?: string): Promise<SourceReport[]> {
  const reports: SourceReport[] = []
  for await (const report of verifySources(database, slug)) reports.push(report)
  return reports
}

describe.each(databaseKinds)('verification on %s', (kind) => {
  let database: Database
  beforeAll(async () => {
    database = await openEmpty(kind)
  })
  afterEach(() => removeFacts(database))
  afterAll(() => database.close())

  test('compares every citation with the text of its source, if that is stored', async () => {
    await load(database, bundle)
    const gazette = { source: 'gazette', citations: 2, verified: 2, mismatches: [], textHeld: true, textProblems: [] }
    expect(await reportsOf(database)).toEqual([gazette, herald])
    expect(await reportsOf(database, 'herald')).toEqual([herald])
    expect(await reportsOf(database, 'nowhere')).toEqual([])
  })

  test('names each citation whose words a wrong text does not have, and the text itself', async () => {
    await load(database, bundle)
    await database.pool.query(tamper)
    const [gazette] = await reportsOf(database, 'gazette')
    const problem = expect.stringMatching(/^its text has the SHA-256 [0-9a-f]{64}, expected [0-9a-f]{64}$/)
    expect(gazette).toEqual({
      source: 'gazette',
      citations: 2,
      verified: 1,
      mismatches: [mismatch],
      textHeld: true,
      textProblems: [problem],
    })
    expect(reportLines(gazette as SourceReport)).toEqual([
      'gazette: 2 citations, 1 verified, 1 mismatched',
      expect.stringMatching(/^ {2}mismatch: its text has the SHA-256 /),
      `  mismatch: meeting/town-hall/gazette/${start}-${end}, at ${start} to ${end}: expected "met", found "saw"`,
    ])
  })

  test('goes through thousands of citations, in reading order', async () => {
    await load(database, bundle)
    await database.pool.query(
      `INSERT INTO citation (id, source_slug, start, "end", exact, supports, statement_slug, passage, words)
       SELECT 'more/' || i, 'gazette', i / 50, i / 50 + 1, 'ü', '{}', 'trade-first', '', '' FROM generate_series(1, 2500) i`,
    )
    const [gazette] = await reportsOf(database, 'gazette')
    // The second character is ü: 50 of them stand there.
    expect(gazette).toMatchObject({ citations: 2_502, verified: 52 })
    const starts = gazette?.mismatches.map((mismatch) => mismatch.start) ?? []
    expect(starts).toHaveLength(2_450)
    expect(starts).toEqual(starts.toSorted((one, other) => one - other))
  })

  test('by the API compares the same words, and reads a text once for all its citations', async () => {
    await load(database, bundle)
    await database.pool.query(tamper)
    const server = serverOf(database)
    const question = '{ sources { nodes { slug citations { nodes { exact verification } } } } }'
    const sql = await sqlOf(async () => {
      expect(await dataOf(server, question)).toEqual({
        sources: {
          nodes: [
            {
              slug: 'gazette',
              citations: {
                nodes: [
                  { exact: 'met', verification: 'MISMATCH' },
                  { exact: 'Trade first 🚢', verification: 'VERIFIED' },
                ],
              },
            },
            { slug: 'herald', citations: { nodes: [{ exact: 'met', verification: 'TEXT_NOT_HELD' }] } },
          ],
        },
      })
    })
    expect(sql).toHaveLength(2)
  })
})

test('a line shows the beginning of long words', () => {
  const [, line] = reportLines({
    ...herald,
    textHeld: true,
    mismatches: [{ citation: 'c', start: 0, end: 900, expected: '🚢'.repeat(900), found: 'a\n"b"' }],
  })
  expect(line).toBe(`  mismatch: c, at 0 to 900: expected "${'🚢'.repeat(79)}…", found "a\\n\\"b\\""`)
})

describe.each(databaseKinds)('with its data on %s', (kind) => {
  const { write } = useFiles()

  test('attach-text stores a text, and verify returns 1 once anything mismatches', async () => {
    const { database, command } = await openPlace(kind)
    await load(database, { ...bundle, sources: [withoutText, { ...withoutText, slug: 'herald' }] })
    const file = await write('text.txt', TEXT.replaceAll('\n', '\r\n'))
    expect(await command(['attach-text', 'gazette', file])).toEqual({
      code: 0,
      stdout: 'stored the text of gazette\ngazette: 2 citations, 2 verified, 0 mismatched\n',
      stderr: '',
    })
    await write('text.txt', tampered)
    expect(await command(['attach-text', 'gazette', file])).toEqual({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/^bilateral: [^\n]*expected the text of gazette with the SHA-256 .*\n$/),
    })

    expect(await command(['verify'])).toEqual({
      code: 0,
      stdout:
        'gazette: 2 citations, 2 verified, 0 mismatched\nherald: 1 citation, text not stored\n' +
        '1 quotation: 1 verified, 0 mismatched, 0 not checked\n',
      stderr: '',
    })
    expect(await command(['verify', 'gazetta'])).toEqual({
      code: 1,
      stdout: '',
      stderr: 'bilateral: no source has the slug "gazetta"; list all with the query { sources { nodes { slug } } }\n',
    })

    await database.pool.query(tamper)
    const { code, stdout, stderr } = await command(['verify', '--json'])
    expect([code, stderr]).toEqual([1, ''])
    expect(
      stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual([
      expect.objectContaining({ source: 'gazette', verified: 1, mismatches: [mismatch] }),
      herald,
      { quotations: 1, verified: 1, notChecked: 0, mismatches: [] },
    ])
    await database.pool.query("UPDATE source SET text = replace(text, 'Trade', 'Tread') WHERE slug = 'gazette'")
    expect((await command(['verify'])).stdout).toContain(
      '1 quotation: 0 verified, 1 mismatched, 0 not checked\n  mismatch: trade-first: the passages that it cites do not have the quoted words\n',
    )
    expect(await dataOf(serverOf(database), '{ statement(slug: "trade-first") { quotationVerification } }')).toEqual({
      statement: { quotationVerification: 'MISMATCH' },
    })
  })
})
