import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadBundle } from '../../src/bundle/load/load.ts'
import { parseBundle } from '../../src/bundle/reading/parse.ts'
import { UserError } from '../../src/errors.ts'
import { sourceText } from '../../src/evidence/text.ts'
import { type Claim, verify } from '../../src/evidence/verify.ts'
import { importCsv } from '../../src/importers/csv/import-csv.ts'
import { slugOf } from '../../src/importers/csv/names.ts'
import type { Imported } from '../../src/importers/importer.ts'
import { bundleWith, bytesOf, load, person } from '../fixtures.ts'
import { openEmpty } from '../support.ts'

const SOURCE = { slug: 'log', title: 'The log', published: '2026-03-31', keepText: true }

/** A mapping of meetings, for a sheet of No, Subject and Date, and whatever a test says besides. */
const meetingsBy = ({ fields = {}, ...parts }: Record<string, unknown> = {}) => ({
  kind: 'meetings',
  source: SOURCE,
  slug: { prefix: 'log-', column: 'No' },
  fields: { title: 'Subject', when: 'Date', kind: { value: 'BILATERAL' }, ...(fields as object) },
  ...parts,
})

const statementsBy = ({ fields = {}, ...parts }: Record<string, unknown> = {}) => ({
  kind: 'statements',
  source: SOURCE,
  slug: { prefix: 'said-', column: 'No' },
  fields: { text: 'Text', said: 'Date', quotation: 'Quotation', speakers: 'Who', ...(fields as object) },
  ...parts,
})

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bilateral-csv-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** Imports a sheet, and expects of it what is so of any: a bundle of the format, true citations, counts that add up. */
async function importSheet(sheet: string | Uint8Array, mapping: unknown = meetingsBy()): Promise<Imported> {
  const [file, mappingFile] = [join(folder, 'log.csv'), join(folder, 'log.json')]
  await writeFile(file, sheet)
  await writeFile(mappingFile, typeof mapping === 'string' ? mapping : JSON.stringify(mapping))
  const imported = await importCsv(file, mappingFile)
  expectSound(imported, sourceText(typeof sheet === 'string' ? Buffer.from(sheet) : sheet))
  return imported
}

function expectSound({ bundle, rows, anomalies }: Imported, text: string): void {
  const { meetings, statements } = parseBundle(bytesOf(bundle))
  for (const fact of [...meetings, ...meetings.flatMap(({ participations }) => participations), ...statements]) {
    for (const citation of fact.citations) expect(verify(citation, text)).toBe('VERIFIED')
  }
  const [{ read, facts, refused }] = Object.values(rows) as [Imported['rows'][string]]
  expect(facts).toBe(meetings.length + statements.length)
  expect(refused).toBe(anomalies.filter(({ refused }) => refused).length)
  expect(read).toBe(facts + refused)
}

const meetingsOf = async (sheet: string | Uint8Array, mapping?: unknown) =>
  (await importSheet(sheet, mapping)).bundle.meetings ?? []
const anomaliesOf = async (sheet: string | Uint8Array, mapping?: unknown) =>
  (await importSheet(sheet, mapping)).anomalies.map(({ id, reason, refused }) => [id, reason, refused])
async function refusalOf(sheet: string | Uint8Array, mapping?: unknown): Promise<string> {
  const error = await importSheet(sheet, mapping).catch((error) => error)
  expect(error).toBeInstanceOf(UserError)
  return (error as Error).message.replaceAll(`${folder}/`, '')
}

describe('the larger example of docs/spreadsheets.md', () => {
  const example = async () => {
    const docs = await readFile(new URL('../../docs/spreadsheets.md', import.meta.url), 'utf8')
    const [, sheet = '', mapping = ''] =
      /```csv embassy-log\.csv\n(.*?)```.*?```json embassy-log\.json\n(.*?)```/s.exec(docs) ?? []
    return await importSheet(sheet, mapping)
  }

  it('becomes the facts that the page describes', async () => {
    const { bundle, rows, anomalies, decisions } = await example()
    expect(rows).toEqual({ meetings: { read: 5, facts: 3, refused: 2 } })
    expect(bundle.meetings).toMatchObject([
      {
        slug: 'embassy-log-2-1',
        title: 'Trade, and "what comes next"',
        kind: 'BILATERAL',
        when: '2026-02-05',
        place: 'New Delhi',
        host: 'IN',
        participations: [{ person: 'bo-odegard', role: 'VISITOR', representing: 'NO' }],
        citations: [{ exact: expect.stringMatching(/^1;5\/2\/2026;.*;Norway$/) }],
      },
      { slug: 'embassy-log-2-2', kind: 'CALL', when: '2026-03', participations: [{ person: 'bo-odegard' }] },
      { slug: 'embassy-log-2-5', participations: [{ person: 's-jaishankar' }, { person: 'asha-rao' }] },
    ])
    expect(bundle.people).toEqual([
      { slug: 'bo-odegard', name: 'Bo Ødegård', names: ['Bo Odegard'] },
      { slug: 'asha-rao', name: 'Asha Rao', names: [] },
    ])
    expect(decisions).toMatchObject([{ one: 'Bo Ødegård', other: 'Bo Odegard', same: true, rule: 'same-letters' }])
    expect(anomalies).toMatchObject([
      { file: 'log.csv', id: 'line 4', reason: 'two-digit-year', refused: true },
      { id: 'line 5', reason: 'ragged-row', message: 'found 9 cells; expected 8 as in the header', refused: true },
      { id: 'line 6', reason: 'unknown-country', refused: false },
    ])
  })

  it('loads into a database, and a second time changes nothing', async () => {
    const { bundle } = await example()
    const database = await openEmpty('PGlite')
    try {
      await load(database, bundleWith({ people: [person('s-jaishankar')], sources: [] }))
      const report = await loadBundle(database, parseBundle(bytesOf(bundle)))
      expect(report.meetings).toEqual({ created: 3, changed: 0, unchanged: 0 })
      const again = await loadBundle(database, parseBundle(bytesOf(bundle)))
      expect(again.meetings).toEqual({ created: 0, changed: 0, unchanged: 3 })
    } finally {
      await database.close()
    }
  })
})

it('a row becomes a meeting that cites it', async () => {
  const mapping = `{ "kind": "meetings", "dates": "DMY", "countries": { "Norway": "NO" },
    "source": { "slug": "embassy-log", "title": "Log of the embassy", "published": "2026-03-31" },
    "slug": { "prefix": "embassy-log-", "column": "No" },
    "fields": { "title": "Subject", "when": "Date", "kind": { "value": "BILATERAL" } },
    "participations": [{ "person": "Visitor", "country": "From", "role": "VISITOR" }] }`
  const row = '1,5/2/2026,Trade,Bo Ødegård,Norway'
  const { bundle, anomalies } = await importSheet(`No,Date,Subject,Visitor,From\n${row}\n`, mapping)
  const citations = [{ source: 'embassy-log', start: 29, end: 63, exact: row }]
  const participations = [{ person: 'bo-odegard', role: 'VISITOR', representing: 'NO', citations }]
  const slug = 'embassy-log-1'
  expect(bundle.meetings).toEqual([
    { slug, title: 'Trade', kind: 'BILATERAL', when: '2026-02-05', participations, citations },
  ])
  expect(anomalies).toEqual([])
})

describe('statements', () => {
  const SHEET = [
    'No\tText\tDate\tQuotation\tWho\tTo\tAbout\tQuoted\tMeeting\tHow',
    '1\t"“Trade first,” she said"\t2026-02-05\tMIXED\tS. Jaishankar\tMEA; Bo\tTrade; Tea\tTrade first\t7\tpress',
    '2\tWe sell tea\t\treported\tBo\t\ttea\t"tea, ""the best"""\t\t',
    '3\tNobody said so\t2026\tOWN\t\t\tSilence\t\t\t',
  ].join('\n')
  const MAPPING = statementsBy({
    fields: {
      addressees: { column: 'To', separator: ';' },
      topics: { column: 'About', separator: ';' },
      quoted: 'Quoted',
      meeting: { column: 'Meeting', prefix: 'log-' },
      channel: 'How',
    },
    organizations: { MEA: 'mea' },
  })

  it('have speakers, addressees and topics, and a topic is imported only with a statement about it', async () => {
    const { bundle, anomalies } = await importSheet(SHEET, MAPPING)
    expect(bundle.statements).toMatchObject([
      {
        slug: 'said-1',
        quotation: 'MIXED',
        text: '“Trade first,” she said',
        quoted: ['Trade first'],
        speakers: [{ person: 's-jaishankar' }],
        addressees: [{ organization: 'mea' }, { person: 'bo' }],
        said: '2026-02-05',
        channel: 'press',
        topics: ['trade', 'tea'],
        meeting: 'log-7',
      },
      { slug: 'said-2', quotation: 'REPORTED', said: 'XXXX', topics: ['tea'], quoted: [] },
    ])
    expect(bundle.topics).toEqual([
      { slug: 'trade', name: 'Trade', names: [] },
      { slug: 'tea', name: 'Tea', names: ['tea'] },
    ])
    expect(anomalies.map(({ id, reason, refused }) => [id, reason, refused])).toEqual([
      ['line 3', 'no-date', false],
      ['line 3', 'quoted-not-in-row', false],
      ['line 4', 'no-speaker', true],
    ])
  })

  it('whose text is not stored load as well', async () => {
    const source = { ...SOURCE, keepText: false }
    const { bundle } = await importSheet('No,Text,Date,Quotation,Who\n1,"He said ""tea""",2026,DIRECT,Bo', {
      ...statementsBy({ fields: { topics: { value: 'Tea' } } }),
      source,
    })
    expect(bundle.sources?.[0]?.text).toBeUndefined()
    const database = await openEmpty('PGlite')
    try {
      expect((await load(database, bundle)).statements).toEqual({ created: 1, changed: 0, unchanged: 0 })
    } finally {
      await database.close()
    }
  })
})

describe('dates', () => {
  const read = async (date: string, dates?: string) => {
    const { bundle, anomalies } = await importSheet(`No,Subject,Date\n1,Talks,"${date}"`, meetingsBy({ dates }))
    return bundle.meetings?.[0]?.when ?? anomalies[0]?.reason
  }

  it.each<[date: string, order: string | undefined, expected: string]>([
    ['2026-02-05', undefined, '2026-02-05'],
    ['[2026-02-02..2026-02-04]', undefined, '[2026-02-02..2026-02-04]'],
    ['2026-02-05', 'DMY', '2026-02-05'],
    ['5/2/2026', 'DMY', '2026-02-05'],
    ['5/2/2026', 'MDY', '2026-05-02'],
    ['05.02.2026', 'DMY', '2026-02-05'],
    ['2/2026', 'MDY', '2026-02'],
    ['2026', 'DMY', '2026'],
    ['', 'DMY', 'XXXX'],
    ['5/2/26', 'DMY', 'two-digit-year'],
    ['5/2/26', undefined, 'two-digit-year'],
    ['5/2/2026', undefined, 'order-of-date'],
    ['31/2/2026', 'DMY', 'invalid-date'],
    ['2/13/2026', 'DMY', 'invalid-date'],
    ['5/2-2026', 'DMY', 'invalid-date'],
    ['46058', 'DMY', 'number'],
    ['last Tuesday', undefined, 'invalid-date'],
  ])('%s, the order being %s, is %s', async (date, order, expected) => {
    expect(await read(date, order)).toBe(expected)
  })
})

describe('the sheet', () => {
  it.each<[what: string, sheet: string]>([
    ['commas', 'No,Subject,Date\n1,Talks,2026\n'],
    ['semicolons', 'No;Subject;Date\r\n1;Talks;2026\r\n'],
    ['tabs', 'No\tSubject\tDate\r1\tTalks\t2026'],
    ['more commas in a name than semicolons between columns', '"a, b, c, d, e";No;Subject;Date\n;1;Talks;2026'],
    ['a byte order mark', '\ufeffNo,Subject,Date\n1,Talks,2026'],
    ['a byte order mark before a quoted name', '\ufeff"No","Subject","Date"\n"1","Talks","2026"'],
    ['empty rows, before the header and between', '\n,,\nNo,Subject,Date\n\n,,\n1,Talks,2026\n,,\n\n'],
    ['white space around names and cells', ' No ,Subject\u00a0, Date\n 1, Talks ,2026 '],
    ['empty cells beyond the header', 'No,Subject,Date\n1,Talks,2026,,'],
    ['two columns of one name that nothing needs', 'No,x,Subject,x,Date\n1,,Talks,,2026'],
  ])('with %s is read', async (_what, sheet) => {
    expect(await meetingsOf(sheet)).toMatchObject([{ slug: 'log-1', title: 'Talks', when: '2026' }])
  })

  it('has rows of several lines, and text beyond the first plane, at their places in code points', async () => {
    const sheet = '\ufeffNo,Subject,Date\r\n1,"Zürich 🤝,\r\n""日本""",2026\r\n2,𝔄da,2025\r\n'
    const [first, second] = await meetingsOf(sheet)
    expect(first).toMatchObject({
      title: 'Zürich 🤝,\n"日本"',
      citations: [{ start: 17, end: 42, exact: '1,"Zürich 🤝,\n""日本""",2026' }],
    })
    expect(second?.citations).toMatchObject([{ start: 43, end: 53, exact: '2,𝔄da,2025' }])
  })

  it('that has only a header makes a source and no facts', async () => {
    const { bundle, rows, anomalies } = await importSheet('No,Subject,Date\n')
    expect(rows).toEqual({ meetings: { read: 0, facts: 0, refused: 0 } })
    expect([bundle.sources?.length, anomalies]).toEqual([1, []])
  })

  it.each<[what: string, sheet: string | Uint8Array, message: string]>([
    ['is empty', '', 'log.csv: expected a header line with the names of the columns, but the file is empty'],
    [
      'has only empty lines',
      '\ufeff\n\n  \n',
      'log.csv: expected a header line with the names of the columns, but the file is empty',
    ],
    [
      'is mostly UTF-8',
      Buffer.concat([Buffer.from('No,Subject,Date\n1,Zürich–Genève,2026\n2,'), Buffer.from('Zürich,2026', 'latin1')]),
      'log.csv: expected UTF-8, but line 3 is not; save it as "CSV UTF-8", or convert it with iconv',
    ],
    [
      'has a header with a quotation mark too many',
      'No,"Subject,Date\n1,Talks,2026',
      'log.csv: cannot read the header in line 1: found a cell without a closing quotation mark; expected "…"',
    ],
    [
      'lacks columns',
      'Nr,Subject,When\n1,Talks,2026',
      'log.json: log.csv has no column "No", "Date"; expected one of "Nr", "Subject", "When"',
    ],
    [
      'has a needed column twice',
      'No,Date,Subject,Date\n1,2026,Talks,2027',
      'log.json: log.csv has more than one column "Date"; expected columns with different names',
    ],
  ])('that %s is reported', async (_what, sheet, message) => {
    expect(await refusalOf(sheet)).toBe(message)
  })

  it('that is missing is reported by name', async () => {
    const missing = importCsv(join(folder, 'missing.csv'), join(folder, 'log.json'))
    await expect(missing).rejects.toThrow(/^cannot read .*missing\.csv: ENOENT/)
  })
})

describe('rows', () => {
  const sheetOf = (...rows: string[]) => ['No,Subject,Date,Who,Where', ...rows].join('\n')
  const MAPPING = meetingsBy({
    fields: { host: 'Where', place: 'Where' },
    participations: [{ person: 'Who', separator: ';', country: 'Where' }],
  })

  it.each<[what: string, row: string, reason: string]>([
    ['fewer cells than the header', '1,Talks,2026,Bo', 'ragged-row'],
    ['more', '1,Talks,2026,Bo,IN,!', 'ragged-row'],
    ['no title', '1,,2026,Bo,IN', 'empty-cell'],
    ['no slug', '-,Talks,2026,Bo,IN', 'no-slug'],
    ['a formula for a title', '1,"=HYPERLINK(""http://x"")",2026,Bo,IN', 'formula'],
    ['a formula that failed', '1,#REF!,2026,Bo,IN', 'formula'],
    ['a NUL character', '1,Ta\0lks,2026,Bo,IN', 'nul-character'],
    ['a quotation mark within a cell', '1,5" guns,2026,Bo,IN', 'bad-quotes'],
    ['something after a quotation mark', '1,"Talks"!,2026,Bo,IN', 'bad-quotes'],
    ['a quotation mark that is never closed', '1,"Talks,2026,Bo,IN', 'bad-quotes'],
  ])('with %s are refused, and the rows around them become facts', async (_what, row, reason) => {
    const sheet = sheetOf('7,"One, two",2026,Bo,IN', row, '8,Three,2026,Bo,IN', '9,Four,2026,Bo,IN')
    const { bundle, anomalies } = await importSheet(sheet, MAPPING)
    expect(bundle.meetings?.map(({ slug }) => slug)).toEqual(['log-7', 'log-8', 'log-9'])
    const others = anomalies.filter(({ reason }) => reason !== 'text-not-kept')
    expect(others).toMatchObject([{ file: 'log.csv', id: 'line 3', reason, refused: true }])
  })

  it('truncated in a quotation are refused, and the text of a sheet with NUL characters is not stored', async () => {
    expect(await anomaliesOf(sheetOf('1,Talks,2026,Bo,IN', '2,"Tal'), MAPPING)).toEqual([
      ['line 3', 'bad-quotes', true],
    ])
    expect(await anomaliesOf(sheetOf('1,Ta\0lks,2026,Bo,IN'), MAPPING)).toEqual([
      ['log', 'text-not-kept', false],
      ['line 2', 'nul-character', true],
    ])
  })

  it('with the slug of an earlier row are refused', async () => {
    const { anomalies } = await importSheet(sheetOf('A 1,x,2026,Bo,IN', 'b,y,2026,Bo,IN', 'a-1,z,2026,Cy,IN'), MAPPING)
    const message =
      'found the slug log-a-1, which line 2 has too; expected a different slug, or "group": true in "slug" if several rows are about one fact'
    expect(anomalies).toEqual([{ file: 'log.csv', id: 'line 4', reason: 'duplicate-slug', message, refused: true }])
  })

  it('that are refused import no people', async () => {
    const { bundle } = await importSheet(sheetOf('1,,2026,Ada,IN', '2,Talks,2026,Bo,IN'), MAPPING)
    expect(bundle.people).toEqual([{ slug: 'bo', name: 'Bo', names: [] }])
  })

  it('are imported without unreadable optional values', async () => {
    const rows = ['1,a,2026,Bo,ZZ', '2,b,2026,Bo; bo,IN', '3,c,2026,!,IN', '4,d,2026,=A1,IN', '5,e,2026,,IN']
    expect(await anomaliesOf(sheetOf(...rows), MAPPING)).toEqual([
      ['line 2', 'unknown-country', false],
      ['line 2', 'unknown-country', false],
      ['line 3', 'person-twice', false],
      ['line 4', 'no-name', false],
      ['line 4', 'no-participants', false],
      ['line 5', 'formula', false],
      ['line 5', 'no-participants', false],
      ['line 6', 'no-participants', false],
    ])
  })

  it('have one country for all of several people, or one for each', async () => {
    const rows = ['1,a,2026,Bo;Cy,IN', '2,b,2026,Bo;Cy,IN;NO', '3,c,2026,Bo,IN;NO']
    const mapping = { ...MAPPING, fields: meetingsBy().fields }
    const { bundle, anomalies } = await importSheet(sheetOf(...rows), mapping)
    const represented = bundle.meetings?.map(({ participations = [] }) => participations.map((who) => who.representing))
    expect(represented).toEqual([['IN', 'IN'], ['IN', 'NO'], [undefined]])
    expect(anomalies).toMatchObject([{ id: 'line 4', reason: 'countries-and-people', refused: false }])
  })

  it('of a kind that the mapping does not translate are refused', async () => {
    const kind = { column: 'Who', values: { Talks: 'BILATERAL' } }
    const { bundle, anomalies } = await importSheet(
      sheetOf('1,a,2026,Talks,IN', '2,b,2026,constructor,IN'),
      meetingsBy({ fields: { kind } }),
    )
    expect(bundle.meetings).toMatchObject([{ kind: 'BILATERAL' }])
    const message = 'found "constructor"; expected one of Talks'
    expect(anomalies).toMatchObject([{ id: 'line 3', column: 'Who', reason: 'unknown-value', message, refused: true }])
  })

  it('joined by a quotation mark are refused with the line of the first', async () => {
    const { anomalies } = await importSheet(sheetOf('1,x,2026,Bo,IN', '2,y,2026,Cy,IN', '3,z,2026,"Bo', 'IN"'), MAPPING)
    const message = 'found 4 cells in one row from line 4 to line 5; expected 5 as in the header'
    expect(anomalies).toEqual([{ file: 'log.csv', id: 'line 4', reason: 'ragged-row', message, refused: true }])
  })

  it('with any cells become facts or are refused', async () => {
    const part = fc.constantFrom(
      ...'"";,\n\r\t\0 a1é🤝日=#-\ufeff\u0301'.split(''),
      '2026-02-05',
      '1/2/2026',
      'IN',
      '🤝',
      'Bo',
      '1',
    )
    const cell = fc.array(part, { maxLength: 4 }).map((parts) => parts.join(''))
    const row = fc.oneof(fc.array(cell, { maxLength: 6 }), fc.array(cell, { minLength: 5, maxLength: 5 }))
    const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
    const line = fc.oneof(
      row.map((cells) => cells.join(',')),
      row.map((cells) => cells.map(quoted).join(',')),
    )
    const wide = { ...MAPPING, delimiter: ',', dates: 'DMY' }
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 12 }), async (lines) => {
        await importSheet(Buffer.from(sheetOf(...lines)), wide)
      }),
      { numRuns: 100 },
    )
  })

  it('longer than an excerpt are cited by their beginning', async () => {
    const [meeting] = await meetingsOf(sheetOf(`1,${'🤝'.repeat(4_000)},2026,Bo,IN`), MAPPING)
    expect(meeting?.citations[0]).toMatchObject({ start: 26, end: 26 + 4_013 })
    expect(meeting?.citations[0]?.exact.length).toBe(5_000)
  })

  it('are read, even ten thousand of them', async () => {
    const [file, mappingFile] = [join(folder, 'many.csv'), join(folder, 'many.json')]
    const rows = Array.from(
      { length: 10_000 },
      (_, i) => `${i},Talks ${i},${1900 + (i % 100)}-02-05,Person ${i % 500},IN`,
    )
    await writeFile(file, sheetOf(...rows))
    await writeFile(mappingFile, JSON.stringify(MAPPING))
    const imported = await importCsv(file, mappingFile)
    expect(imported.rows).toEqual({ meetings: { read: 10_000, facts: 10_000, refused: 0 } })
    expect(imported.bundle.people?.length).toBe(500)
    const { citations } = imported.bundle.meetings?.at(-1) ?? { citations: [] }
    expect(verify(citations[0] as Claim, sheetOf(...rows))).toBe('VERIFIED')
  })
})

describe('the mapping', () => {
  const SHEET = 'No,Subject,Date\n1,Talks,2026'

  it('is refused with every mistake and its place', async () => {
    const { source, ...rest } = meetingsBy({
      fields: { kind: { value: 'TALKS' }, subject: 'Subject' },
      people: { Bo: 'Bo' },
      dates: 'YMD',
      participations: [{ person: 'Who', role: 'GUEST' }],
    })
    const lines = (await refusalOf(SHEET, { ...rest, source: { ...source, published: 'today' } })).split('\n')
    expect(lines[0]).toBe('log.json: expected a mapping for a spreadsheet, but:')
    expect(lines.slice(1).map((line) => line.split(': ')[0]?.trim())).toEqual([
      'source.published',
      'dates',
      'people.Bo',
      'fields.kind',
      'fields',
      'participations[0]',
    ])
    expect(lines).toContain('  people.Bo: expected a slug of a-z, 0-9 and -')
    expect(lines).toContain('  fields: unknown key "subject"')
  })

  it.each<[what: string, mapping: unknown, message: RegExp]>([
    [
      'of another kind',
      meetingsBy({ kind: 'tea' }),
      /^ {2}kind: expected one of meetings, visits, statements, positions/m,
    ],
    ['that is a list', [], /^ {2}kind: expected one of/m],
    ['that is not JSON', '{ "kind": ', /^ {2}line 1, column 11: expected JSON: /m],
    [
      'with a field of nothing',
      meetingsBy({ fields: { title: 1 } }),
      /^ {2}fields\.title: expected the name of a column/m,
    ],
  ])('%s is refused', async (_what, mapping, message) => {
    expect(await refusalOf(SHEET, mapping)).toMatch(message)
  })

  it('can make slugs from several columns, and give values for all rows', async () => {
    const mapping = meetingsBy({
      slug: { prefix: 'log-', column: ['Date', 'Subject'] },
      fields: { place: { value: 'Oslo' }, host: { value: 'Norway' } },
      countries: { Norway: 'NO' },
    })
    expect(await meetingsOf(SHEET, mapping)).toMatchObject([{ slug: 'log-2026-talks', place: 'Oslo', host: 'NO' }])
  })
})

describe('a slug', () => {
  it.each([
    ['S. Jaishankar', 's-jaishankar'],
    ['Bo  Ødegård', 'bo-odegard'],
    ["N'Djamena", 'n-djamena'],
    ['?!', ''],
  ])('of %s is %s', (name, slug) => {
    expect(slugOf(name)).toBe(slug)
  })

  it('differs for names that differ in non-Latin letters, or far from their beginning', () => {
    const names = ['習近平', '李克强', 'Li 克强', 'Li', 'सुब्रह्मण्यम', `${'a'.repeat(300)}b`, `${'a'.repeat(300)}c`]
    const slugs = names.map(slugOf)
    expect(new Set(slugs).size).toBe(names.length)
    for (const slug of slugs) expect(slug).toMatch(/^[a-z0-9-]{1,120}$/)
  })
})
