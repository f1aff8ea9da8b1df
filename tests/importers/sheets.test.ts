import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { strToU8, zipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseBundle } from '../../src/bundle/reading/parse.ts'
import { sourceText } from '../../src/evidence/text.ts'
import { verify } from '../../src/evidence/verify.ts'
import { importCsv } from '../../src/importers/csv/import-csv.ts'
import { type Known, NOTHING_KNOWN } from '../../src/importers/csv/known.ts'
import { proposeMapping } from '../../src/importers/csv/propose.ts'
import type { KnownPerson } from '../../src/people/known.ts'
import { bytesOf } from '../fixtures.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bilateral-sheets-'))
})
afterAll(() => rm(folder, { recursive: true }))

const SOURCE = { slug: 'log', title: 'The log', published: '2031', keepText: true }
const meetings = (parts: Record<string, unknown> = {}) => ({
  kind: 'meetings',
  source: SOURCE,
  slug: { prefix: 'log-', column: 'No' },
  fields: { title: 'Subject', when: 'Date', kind: { value: 'OTHER' } },
  participations: [{ person: 'Visitor', country: 'From' }],
  ...parts,
})

/** Imports a sheet, and expects what is true of every result: a bundle that matches the format, and citations of the text. */
async function read(sheet: string | Uint8Array, mapping: object = meetings(), known?: Known) {
  const [file, mappingFile] = [join(folder, 'log.csv'), join(folder, 'log.json')]
  await writeFile(file, sheet)
  await writeFile(mappingFile, JSON.stringify(mapping))
  const imported = await importCsv(file, mappingFile, known ? { known } : {})
  const bundle = parseBundle(bytesOf(imported.bundle))
  const text = bundle.sources[0]?.text
  for (const { citations } of [...bundle.meetings, ...bundle.visits, ...bundle.positions, ...bundle.agreements]) {
    for (const citation of citations) if (text !== undefined) expect(verify(citation, text)).toBe('VERIFIED')
  }
  return {
    bundle,
    rows: Object.values(imported.rows)[0],
    told: imported.anomalies.map(({ id, reason, refused }) => [id, reason, refused]),
    imported,
  }
}

const ROWS = [
  'No,Date,Subject,Visitor,From',
  '1,2031-05-05,Tea,Ina Åberg,Norway',
  '2,2031-05-06,Rice,Otto Lind,NO',
  '',
].join('\n')

describe('a file', () => {
  const facts = [
    { slug: 'log-1', title: 'Tea', participations: [{ person: 'ina-aberg', representing: 'NO' }] },
    { slug: 'log-2', title: 'Rice', participations: [{ person: 'otto-lind', representing: 'NO' }] },
  ]

  it.each<[what: string, sheet: string | Uint8Array, told: unknown[]]>([
    ['compressed by gzip', gzipSync(ROWS), []],
    ['in UTF-16 with a byte order mark', Buffer.from(`\ufeff${ROWS}`, 'utf16le'), [['the file', 'encoding', false]]],
    ['in UTF-16 without one', Buffer.from(ROWS, 'utf16le'), [['the file', 'encoding', false]]],
    ['in UTF-16, big-endian', Buffer.from(`\ufeff${ROWS}`, 'utf16le').swap16(), [['the file', 'encoding', false]]],
    ['in Windows-1252', Buffer.from(ROWS, 'latin1'), [['the file', 'encoding', false]]],
    ['that names its separator', `sep=;\n${ROWS.replaceAll(',', ';')}`, []],
    ['with pipes', ROWS.replaceAll(',', '|'), []],
    ['with a title above the header', `Log of visits,,,,\n,,,,\n${ROWS}`, []],
    ['with its header twice', `${ROWS}${ROWS.split('\n')[0]}\n`, [['line 4', 'header-again', false]]],
    ['with a note below the table', `${ROWS}\nSource: the embassy,,,,\n`, [['line 5', 'note', false]]],
    ['with a note that has commas', `${ROWS}\nNote: no calls, no letters\n`, [['line 5', 'note', false]]],
    [
      'with another case and invisible characters in its header',
      ROWS.replace('Date', 'da\u200bte').replace('From', 'FROM'),
      [],
    ],
  ])('%s is read', async (_what, sheet, told) => {
    const result = await read(sheet)
    expect(result.bundle.meetings).toMatchObject(facts)
    expect(result.told).toEqual(told)
  })

  it('in another encoding is read if the mapping names it', async () => {
    const sheet = Buffer.concat([
      Buffer.from('No,Date,Subject,Visitor,From\n1,2031,'),
      Buffer.from([0xd7, 0xe0, 0xe9]),
      Buffer.from(',Ina,NO'),
    ])
    const { bundle } = await read(sheet, meetings({ encoding: 'windows-1251' }))
    expect(bundle.meetings).toMatchObject([{ title: 'Чай' }])
    await expect(read(sheet, meetings({ encoding: 'utf-99' }))).rejects.toThrow(/the encoding "utf-99" is not known/)
  })

  it.each<[what: string, sheet: Uint8Array, message: RegExp]>([
    ['that is cut', gzipSync(ROWS).subarray(0, 30), /expected complete gzip data/],
    [
      'of old Excel',
      Buffer.from('d0cf11e0a1b11ae1', 'hex'),
      /found a workbook of Excel 97–2003; expected \.xlsx or CSV/,
    ],
    ['that is another zip file', zipSync({ 'a.xml': strToU8('a') }), /found another zip file/],
  ])('%s is refused', async (_what, sheet, message) => {
    await expect(read(sheet)).rejects.toThrow(message)
  })

  it('may have cells in a column without a name, and lack cells that nothing needs', async () => {
    const sheet = 'No,Date,Subject\n1,2031,Tea,Ina Berg\n2,2031,Rice,Otto Lind\n3,2031,Oil,Eva Lund,\n'
    const { bundle } = await read(sheet, meetings({ participations: [{ person: 'column 4' }] }))
    expect(bundle.meetings.map(({ participations }) => participations[0]?.person)).toEqual([
      'ina-berg',
      'otto-lind',
      'eva-lund',
    ])
    const short = 'No,Date,Subject,Remark\n1,2031,Tea,x\n2,2031,Rice\n3,2031\n'
    expect((await read(short, meetings({ participations: [] }))).told).toEqual([['line 4', 'ragged-row', true]])
  })
})

describe('a workbook', () => {
  const cell = (ref: string, value: string | number, style = 0) =>
    typeof value === 'number'
      ? `<c r="${ref}" s="${style}"><v>${value}</v></c>`
      : `<c r="${ref}" t="inlineStr"><is><t>${value}</t></is></c>`
  const NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
  const R = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

  function workbook(sheets: Readonly<Record<string, string>>): Uint8Array {
    const names = Object.keys(sheets)
    return zipSync({
      'xl/workbook.xml': strToU8(
        `<workbook ${NS} xmlns:r="${R}"><sheets>${names.map((name, i) => `<sheet name="${name}" sheetId="${i + 1}" r:id="r${i + 1}"/>`).join('')}</sheets></workbook>`,
      ),
      'xl/_rels/workbook.xml.rels': strToU8(
        `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${names.map((_, i) => `<Relationship Id="r${i + 1}" Type="${R}/worksheet" Target="worksheets/sheet${i + 1}.xml"/>`).join('')}<Relationship Id="s" Type="${R}/styles" Target="styles.xml"/></Relationships>`,
      ),
      'xl/styles.xml': strToU8(
        `<styleSheet ${NS}><cellStyleXfs count="1"><xf numFmtId="0"/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0" xfId="0"/><xf numFmtId="14" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>`,
      ),
      ...Object.fromEntries(
        names.map((name, i) => [
          `xl/worksheets/sheet${i + 1}.xml`,
          strToU8(`<worksheet ${NS}><sheetData>${sheets[name]}</sheetData></worksheet>`),
        ]),
      ),
    })
  }

  const row = (n: number, ...cells: string[]) => `<row r="${n}">${cells.join('')}</row>`
  const TABLE =
    row(1, cell('A1', 'No'), cell('B1', 'Date'), cell('C1', 'Subject'), cell('D1', 'Visitor'), cell('E1', 'From')) +
    row(
      2,
      cell('A2', 1),
      cell('B2', 47973, 1),
      cell('C2', 'Tea,\nand rice'),
      cell('D2', 'Ina Berg'),
      cell('E2', 'Norway'),
    ) +
    row(4, cell('A4', 2), cell('B4', '6 May 2031'), cell('C4', ''), cell('D4', 'Otto Lind'), cell('E4', 'Norway'))

  it('is read as CSV, with its dates and the numbers of its rows', async () => {
    const { bundle, told } = await read(workbook({ Log: TABLE, Empty: '' }))
    expect(bundle.sources[0]?.text).toBe(
      'No,Date,Subject,Visitor,From\n1,2031-05-05,"Tea, and rice",Ina Berg,Norway\n,,,,\n2,6 May 2031,,Otto Lind,Norway\n',
    )
    expect(bundle.meetings).toMatchObject([{ when: '2031-05-05', title: 'Tea, and rice', citations: [{ start: 29 }] }])
    expect(told).toEqual([
      ['the file', 'encoding', false],
      ['line 4', 'empty-cell', true],
    ])
  })

  it('with several sheets asks for one', async () => {
    const several = workbook({ Notes: row(1, cell('A1', 'x')), Log: TABLE })
    await expect(read(several)).rejects.toThrow(
      'found the sheets "Notes", "Log"; expected "sheet" in the mapping with the name of one',
    )
    expect((await read(several, meetings({ sheet: 'Log' }))).bundle.meetings.length).toBe(1)
    await expect(read(several, meetings({ sheet: 'Lag' }))).rejects.toThrow(
      'expected the sheet "Lag"; found "Notes", "Log"',
    )
  })

  it('that would fill the memory is refused', async () => {
    const far = workbook({ Log: row(1_048_576, cell('XFD1048576', 1)) })
    await expect(read(far)).rejects.toThrow(/found 1048576 rows and 16384 columns; expected at most/)
    const bomb = zipSync({ 'xl/workbook.xml': new Uint8Array(300 * 1024 * 1024) }, { level: 1 })
    await expect(read(bomb)).rejects.toThrow(/expected at most 256 MiB of unpacked data/)
  })
})

describe('dates', () => {
  const when = async (date: string, parts = {}) => {
    const { bundle, told } = await read(`No;Date;Subject;Visitor;From\n1;${date};Tea;Ina;NO`, meetings(parts))
    return bundle.meetings[0]?.when ?? told[0]?.[1]
  }

  it.each([
    ['2031-05-05T00:00:00Z', '2031-05-05'],
    ['+2031-05-05T00:00:00Z', '2031-05-05'],
    ['2031-05-05 00:00:00', '2031-05-05'],
    ['2031-5-5', '2031-05-05'],
    ['2031/05/05', '2031-05-05'],
    ['2031.05.05', '2031-05-05'],
    ['20310505', '2031-05-05'],
    ['5 May 2031', '2031-05-05'],
    ['Monday, 5th of May 2031', '2031-05-05'],
    ['May 5, 2031', '2031-05-05'],
    ['May, 2031', '2031-05'],
    ['31/5/2031 10:00', '2031-05-31'],
    ['5/5/2031', '2031-05-05'],
    ['٢٠٣١-٠٥-٠٥', '2031-05-05'],
    ['2031-05-05\u200e', '2031-05-05'],
    ['2031-05-00', '2031-05'],
    ['15–18 Dec 2031', '2031-12-15/2031-12-18'],
    ['15 Dec – 18 Dec , 2031', '2031-12-15/2031-12-18'],
    ['28 Feb - 1 March 2031', '2031-02-28/2031-03-01'],
    ['30 Dec 2031 to 2 Jan 2032', '2031-12-30/2032-01-02'],
    ['December 15–18, 2031', '2031-12-15/2031-12-18'],
    ['15 and 16 Dec 2031', '2031-12-15/2031-12-16'],
    ['2030–2031', '2030/2031'],
    ['c. 1931', '1931~'],
    ['1930s', '193X'],
    ['TBC', 'XXXX'],
    ['30 Dec – 2 Jan 2031', 'invalid-date'],
    ['15 and 18 Dec 2031', 'several-dates'],
    ['5/2/2031', 'order-of-date'],
    ['05-May-31', 'two-digit-year'],
    ['May-31', 'two-digit-year'],
    ['2031-32', 'invalid-date'],
    ['48003', 'number'],
    ['8035', 'number'],
    ['Q1 2031', 'invalid-date'],
    ['2031-02-29', 'invalid-date'],
    ['5 May', 'invalid-date'],
  ])('%s is %s', async (date, expected) => {
    expect(await when(date)).toBe(expected)
  })

  it('are read in the language of the source, and as numbers of Excel if the mapping says so', async () => {
    const german = { source: { ...SOURCE, language: 'de' } }
    expect([await when('5. Mai 2031', german), await when('3. März 2031', german)]).toEqual([
      '2031-05-05',
      '2031-03-03',
    ])
    expect([await when('47973', { dates: 'EXCEL' }), await when('47973.5', { dates: 'EXCEL' })]).toEqual([
      '2031-05-05',
      '2031-05-05',
    ])
  })

  it.each([
    ['May-31', 1900, '1931-05'],
    ['05-May-31', 2000, '2031-05-05'],
    ['May 5, 31', 2000, '2031-05-05'],
    ['6/5/31', 2000, 'order-of-date'],
    ['31/5/31', 2000, '2031-05-31'],
    ['12–14 May 2031', 1900, '2031-05-12/2031-05-14'],
  ])('%s with the century %s is %s', async (date, century, expected) => {
    expect(await when(date, { century })).toBe(expected)
  })

  it('of Wikidata that exist and are not known are unknown dates', async () => {
    expect(await when('t123456789')).toBe('XXXX')
    expect(await when('http://www.wikidata.org/.well-known/genid/0123456789abcdef0123456789abcdef')).toBe('XXXX')
  })

  it('with several months in one cell are some time in these months', async () => {
    const fields = { title: 'No', kind: { value: 'OTHER' }, when: { year: 'Y', month: 'M' } }
    const { bundle, told } = await read(
      'No,Y,M\n1,2031,Jan/Feb/Mar\n2,2031,April – June\n3,2031,Jan/soon\n',
      meetings({ participations: [], fields }),
    )
    expect(bundle.meetings.map(({ when }) => when)).toEqual(['[2031-01..2031-03]', '[2031-04..2031-06]'])
    expect(told).toEqual([['line 4', 'invalid-date', true]])
  })

  it('come from several columns', async () => {
    const fields = (date: object) =>
      meetings({ participations: [], fields: { title: 'No', kind: { value: 'OTHER' }, when: date } })
    const parts = 'No,Y,M,D\n1,2031,May,\n2,2031,5,7\n3,2031,,\n4,31,May,\n5,2031,12,15–18\n6,,,\n7,2031,Jan-31,'
    const { bundle, told } = await read(parts, fields({ year: 'Y', month: 'M', day: 'D' }))
    expect(bundle.meetings.map(({ when }) => when)).toEqual([
      '2031-05',
      '2031-05-07',
      '2031',
      '2031-12-15/2031-12-18',
      'XXXX',
    ])
    expect(told).toEqual([
      ['line 5', 'two-digit-year', true],
      ['line 7', 'no-date', false],
      ['line 8', 'invalid-date', true],
    ])
    const spans =
      'No,A,B\n1,2031-05-05,2031-05-07\n2,2031,present\n3,2031,\n4,,2031\n5,2032,2031\n6,2031-05-05,5 May 2031'
    const two = await read(spans, fields({ begin: 'A', end: 'B' }))
    expect(two.bundle.meetings.map(({ when }) => when)).toEqual([
      '2031-05-05/2031-05-07',
      '2031/..',
      '2031/',
      '/2031',
      '2031-05-05',
    ])
    expect(two.told).toEqual([['line 6', 'invalid-date', true]])
  })
})

describe('kinds', () => {
  it('agreements have an event for each date', async () => {
    const mapping = {
      kind: 'agreements',
      source: SOURCE,
      slug: { column: 'Title' },
      fields: {
        title: 'Title',
        kind: { column: 'Type', values: { MoU: 'MEMORANDUM' } },
        parties: { column: 'Parties', separator: ';' },
        signed: 'Signed',
        inForce: 'In force',
        ended: 'Ended',
      },
    }
    const sheet =
      'Title,Type,Parties,Signed,In force,Ended\nFerries,mou,Norway; India,5 May 2031,2032,\nTea,MoU,Norway,,,\nOil,MoU,Atlantis,2031,,\n'
    const { bundle, told } = await read(sheet, mapping)
    expect(bundle.agreements).toMatchObject([
      {
        slug: 'ferries',
        kind: 'MEMORANDUM',
        parties: ['NO', 'IN'],
        events: [
          { status: 'SIGNED', when: '2031-05-05' },
          { status: 'IN_FORCE', when: '2032' },
        ],
      },
    ])
    expect(told).toEqual([
      ['line 3', 'no-event', true],
      ['line 4', 'no-party', true],
    ])
  })

  it('people and organizations are records, not facts', async () => {
    const people = {
      kind: 'people',
      source: SOURCE,
      slug: { column: 'Name' },
      fields: { name: 'Name', names: { column: 'Also', separator: ';' }, wikidata: 'Item', born: 'Born', died: 'Died' },
    }
    const row = 'Ina Berg,I. Berg; Berg,http://www.wikidata.org/entity/Q42,5 May 1960,'
    const { bundle } = await read(`Name,Also,Item,Born,Died\n${row}\n`, people)
    expect(bundle.people).toMatchObject([
      {
        slug: 'ina-berg',
        name: 'Ina Berg',
        names: ['I. Berg', 'Berg'],
        wikidataId: 'Q42',
        born: '1960-05-05',
      },
    ])
    expect(bundle.sources).toEqual([])
    const organizations = {
      kind: 'organizations',
      source: SOURCE,
      slug: { column: 'Name' },
      fields: { name: 'Name', kind: { value: 'MINISTRY' }, country: 'Of' },
    }
    const result = await read('Name,Of\nMinistry of Ferries,Norway\nMinistry of Tea,Atlantis', organizations)
    expect(result.bundle.organizations).toMatchObject([
      { slug: 'ministry-of-ferries', country: 'NO' },
      { slug: 'ministry-of-tea' },
    ])
    expect(result.told).toEqual([['line 3', 'unknown-country', false]])
  })

  it('rows of one meeting are one fact that cites all of them', async () => {
    const sheet =
      'No,Date,Subject,Visitor,From\n1,2031,Tea,Ina Berg,Norway\n2,2031,Rice,Otto Lind,NATO\n1,2031,Tee,Eva Lund,Kosovo\n1,2031,Tea,Ina Berg,Norway\n1,May,Tea,Bo,NO\n'
    const { bundle, rows, told } = await read(sheet, meetings({ slug: { prefix: 'log-', column: 'No', group: true } }))
    expect(
      bundle.meetings.map(({ participations }) =>
        participations.map(({ person, representing, representingOrganization }) => [
          person,
          representing ?? representingOrganization,
        ]),
      ),
    ).toEqual([
      [
        ['ina-berg', 'NO'],
        ['eva-lund', 'X-kosovo'],
      ],
      [['otto-lind', 'nato']],
    ])
    expect(bundle.meetings[0]?.citations.length).toBe(3)
    expect(bundle.countries).toMatchObject([{ code: 'X-kosovo', name: 'Kosovo' }])
    expect(bundle.organizations).toMatchObject([{ slug: 'nato', kind: 'ALLIANCE' }])
    expect(rows).toEqual({ read: 5, facts: 2, joined: 2, refused: 1 })
    expect(told).toEqual([
      ['line 4', 'differs-in-group', false],
      ['line 6', 'invalid-date', true],
    ])
  })

  it('a fact also cites the row from which a ditto cell takes its value', async () => {
    const sheet = 'No,Date,Subject,Visitor,From\n1,2031,Tea,Ina Berg,NO\n2,2031,Rice,,NO\n3,2031,Oil,do.,NO\n'
    const { bundle } = await read(sheet, meetings({ ditto: ['Visitor'] }))
    expect(
      bundle.meetings.map(({ participations, citations }) => [
        participations[0]?.person,
        citations.map(({ exact }) => exact),
      ]),
    ).toEqual([
      ['ina-berg', ['1,2031,Tea,Ina Berg,NO']],
      ['ina-berg', ['1,2031,Tea,Ina Berg,NO', '2,2031,Rice,,NO']],
      ['ina-berg', ['1,2031,Tea,Ina Berg,NO', '3,2031,Oil,do.,NO']],
    ])
  })
})

describe('people', () => {
  const person = (slug: string, name: string, parts: Partial<KnownPerson> = {}): KnownPerson => ({
    slug,
    name,
    names: [],
    wikidataId: null,
    countries: ['NO'],
    first: '2029-01-01',
    last: '2031-01-01',
    sources: ['other'],
    ...parts,
  })
  const peopleOf = async (rows: string[], known: KnownPerson[] = []) => {
    const sheet = ['No,Date,Subject,Visitor,From', ...rows.map((row, i) => `${i + 1},2031-05-05,Tea,${row}`)].join('\n')
    const { bundle, imported } = await read(sheet, meetings(), { ...NOTHING_KNOWN, people: known })
    return {
      slugs: bundle.meetings.map(({ participations }) => participations[0]?.person),
      made: bundle.people.map(({ slug }) => slug),
      told: imported.decisions.map(({ one, rule }) => [rule, one]),
    }
  }

  it.each([
    [
      'okina and other signs',
      [
        'O\u02bbtkir Sultonov',
        'O\u2018tkir Sultonov',
        "O'tkir Sultonov",
        'O\u02bctkir Sultonov',
        'O\u02b9tkir Sultonov',
        'O`tkir Sultonov',
        'Otkir Sultonov',
      ],
    ],
    ['Arabic and Persian letters', ['علی\u200cرضا کریمی', 'علیرضا کریمی', 'عليرضا كريمي', 'علی رضا کریمی']],
    ['composed letters', ['José Peña', 'Jose\u0301 Pen\u0303a', 'JOSE PENA']],
    ['invisible characters', ['Asha Rao', 'Asha Rao\u200e', 'Asha\u2060 Rao', 'As\u00adha Rao']],
  ])('of one name in %s are one person', async (_what, names) => {
    const { slugs, made } = await peopleOf(names.map((name) => `${name},UZ`))
    expect(new Set(slugs).size).toBe(1)
    expect(made.length).toBe(1)
  })

  it('of one name and different countries are two', async () => {
    expect(await peopleOf(['Bo Berg,NO', 'Bo Berg,SE', 'Bo Berg,Norway'])).toMatchObject({
      slugs: ['bo-berg', 'bo-berg-se', 'bo-berg'],
    })
  })

  it('are those of the database if name and country, or name and time, agree', async () => {
    const known = [person('bo-1', 'Bo Berg'), person('ina-1', 'Ina Lund', { names: ['Ina Åberg'] })]
    expect(await peopleOf(['Bo Berg,NO', 'Ina Aberg,Norway', 'bo  berg,'], known)).toMatchObject({
      slugs: ['bo-1', 'ina-1', 'bo-1'],
      made: [],
    })
  })

  it.each<[what: string, row: string, known: KnownPerson[], candidates: string[]]>([
    ['another country', 'Bo Berg,SE', [person('bo-berg', 'Bo Berg')], ['bo-berg']],
    [
      'another century',
      'Bo Berg,NO',
      [person('bo-berg', 'Bo Berg', { first: '1890-01-01', last: '1891-01-01' })],
      ['bo-berg'],
    ],
    ['two namesakes', 'Bo Berg,NO', [person('bo-1', 'Bo Berg'), person('bo-2', 'Bo Berg')], ['bo-1', 'bo-2']],
    ['only a family name', 'Berg,NO', [person('bo-1', 'Bo Berg')], ['bo-1']],
    ['another spelling', 'Mohammed Farah,NO', [person('mf', 'Muhammad Farah')], ['mf']],
    ['an initial', 'B. Berg,NO', [person('bo-1', 'Bo Berg')], ['bo-1']],
  ])('with %s are new, and the candidates are reported', async (_what, row, known, candidates) => {
    const { slugs, made, told } = await peopleOf([row], known)
    expect(made).toEqual(slugs)
    expect(known.map(({ slug }) => slug)).not.toContain(slugs[0])
    expect(told).toEqual(candidates.map((slug) => ['candidate', slug]))
  })
})

it('a mapping that names records which the database lacks is refused by its own place', async () => {
  const known = { ...NOTHING_KNOWN, people: [], organizations: [{ slug: 'embassy', name: 'Embassy', names: [] }] }
  const mapping = meetings({ source: { ...SOURCE, publisher: 'embasy' }, people: { 'Asha Rao': 'asha-rao-1' } })
  await expect(read(ROWS, mapping, known)).rejects.toThrow(
    /source\.publisher: the database has none of the organizations with the slug "embasy"; did you mean embassy\?\n {2}people\.Asha Rao: the database has none/,
  )
})

it('a value that the format refuses refuses its row by line and column, not the file', async () => {
  const { bundle, told, imported } = await read(
    `No,Date,Subject,Visitor,From\n1,2031,Tea,${'Ina '.repeat(200)},NO\n2,2031,Rice,Otto Lind,\u00adNor\u00adge\n`,
  )
  expect(bundle.meetings.map(({ slug }) => slug)).toEqual(['log-1', 'log-2'])
  expect(told).toEqual([
    ['line 2', 'name-too-long', false],
    ['line 2', 'no-participants', false],
    ['line 3', 'unknown-country', false],
  ])
  expect(imported.anomalies[2]?.message).toMatch(/^found the country "\\u\{ad\}Nor\\u\{ad\}ge"/)
})

it('the refused rows can be corrected and imported again', async () => {
  const { imported } = await read(
    `No,Date,Subject,Visitor,From\n1,5/2/2031,"Tea, black",Ina Berg,NO\n2,2031,Rice,Otto Lind,NO\n`,
  )
  const report = imported.refusedRows()
  expect(report.split('\n').slice(0, 2)).toEqual([
    'No,Date,Subject,Visitor,From,refused line,refused column,refused because',
    '1,5/2/2031,"Tea, black",Ina Berg,NO,2,Date,"found the date ""5/2/2031""; expected a date that can be read in one way. Set ""dates"" in the mapping to DMY or MDY"',
  ])
  const again = await read(report.replace('5/2/2031,', '5 February 2031,'))
  expect(again.bundle.meetings).toMatchObject([{ slug: 'log-1', title: 'Tea, black', when: '2031-02-05' }])
})

it('a refused row says which column has the unknown country', async () => {
  const visits = {
    kind: 'visits',
    source: SOURCE,
    slug: { prefix: 'log-', column: 'No' },
    fields: { to: 'Went to', when: 'Date' },
  }
  const { imported } = await read('No,Went to,Date\n1,Atlantis,2031\n', visits)
  expect(imported.refusedRows()).toContain('1,Atlantis,2031,2,Went to,"found the country ""Atlantis""')
})

it('each of the five tables of docs/spreadsheets.md has a mapping of at most 40 lines', async () => {
  const page = sourceText(await readFile(new URL('../../docs/spreadsheets.md', import.meta.url)))
  const mappings = [...page.matchAll(/^```json [^\n]+\n(.*?)^```/gms)].map(
    ([, json = '']) => json.trim().split('\n').length,
  )
  expect(mappings.length).toBeGreaterThanOrEqual(7)
  expect(Math.max(...mappings)).toBeLessThanOrEqual(40)
})

describe('a table of the shape of', () => {
  /** The proposed mapping, with what an editor adds to it, and what the sheet becomes with that. */
  async function proposed(sheet: string | Uint8Array, added: Record<string, unknown> = {}) {
    await writeFile(join(folder, 'log.csv'), sheet)
    const { mapping, reasons } = await proposeMapping(join(folder, 'log.csv'))
    return { mapping, reasons, ...(await read(sheet, { ...mapping, source: SOURCE, ...added })) }
  }

  it('diaries of ministers of New South Wales has a row for each attendee', async () => {
    const { mapping, bundle, rows } = await proposed(
      [
        'portfolio,minister,date,meeting_with,purpose',
        'Ports,Minister for Ports,25/05/2018,Harbour Trust,"Fares, again"',
        'Ports,Minister for Ports,25/05/2018,Pilots Union,"Fares, again"',
        'Ports,Minister for Ports,26/05/2018,Islands Forum,Piers',
        '',
      ].join('\n'),
    )
    expect(mapping).toMatchObject({ slug: { column: ['date', 'minister', 'purpose'], group: true }, dates: 'DMY' })
    expect(rows).toEqual({ read: 3, facts: 2, joined: 1, refused: 0 })
    expect(bundle.meetings[0]?.participations).toMatchObject([
      { unnamed: 'Minister for Ports' },
      { organization: 'harbour-trust' },
      { organization: 'pilots-union' },
    ])
  })

  it('meetings of British ministers has offices before names, lists, years of two digits and nil returns', async () => {
    const minister = '"Minister of State (Minister for Ferries), The Rt Hon Bo Lind MP"'
    const text = [
      'Minister,Date,Name of Organisation,Purpose of meeting,',
      `${minister},Jan-12,Harbour Trust,General discussion,`,
      `${minister},Jan-12,Pilots Union; Islands Forum,Smith’s report,`,
      `${minister},"January 2012, ",Walkers,General discussion,`,
      '"Baroness Quill, Whip",Nil Return,,,',
      ',,,,',
      'Note,,,,',
      'Does not normally include meetings with government bodies.,,,,',
      '',
    ].join('\r\n')
    const { mapping, bundle, told } = await proposed(Buffer.from(text.replace('’', '\u0092'), 'latin1'))
    expect(mapping).toMatchObject({
      century: 2000,
      participations: [{ person: 'Minister' }, { organization: 'Name of Organisation', separator: ';' }],
    })
    expect(bundle.people.map(({ name }) => name)).toEqual(['Bo Lind'])
    expect(bundle.meetings).toMatchObject([
      { when: '2012-01', title: 'General discussion' },
      {
        title: 'Smith’s report',
        participations: [{ person: 'bo-lind' }, { organization: 'pilots-union' }, { organization: 'islands-forum' }],
      },
      { when: '2012-01' },
    ])
    expect(told).toEqual([
      ['the file', 'encoding', false],
      ['line 5', 'nil-return', false],
      ['line 7', 'note', false],
      ['line 8', 'note', false],
    ])
  })

  it('missions by country has spans in two columns, rows of nothing, and a last day that means still so', async () => {
    const sheet = [
      'country_abbrev_cow,country_name_cow,date_start,date_end,us_mission_status',
      'GFR,German Federal Republic,1955-05-05,1990-10-02,Embassy',
      'BHU,Bhutan,1971-09-21,2024-12-31,None',
      'AUH,Austria-Hungary,1838-11-07,1902-06-25,Legation',
      'BAH,"Bahamas, The",1973-07-10,2024-12-31,Embassy',
      'CON,Congo,1977-10-30,2024-12-31,Embassy',
    ].join('\n')
    const fields = {
      title: 'us_mission_status',
      kind: { value: 'OTHER' },
      countries: ['country_name_cow', { value: 'US' }],
      when: { begin: 'date_start', end: { column: 'date_end', values: { '2024-12-31': 'present' } } },
    }
    const { mapping, reasons, bundle, told } = await proposed(sheet, { fields, countries: { Congo: 'CG' } })
    expect(mapping).toMatchObject({
      kind: 'relationEvents',
      skip: { column: 'us_mission_status', values: ['None'] },
      fields: { countries: ['country_name_cow', { value: 'XX' }], when: { begin: 'date_start', end: 'date_end' } },
    })
    expect(reasons).toContain(
      '"date_end" is often "2024-12-31"; if that means “still so”, write {"column": "date_end", "values": {"2024-12-31":"present"}}',
    )
    expect(bundle.relationEvents.map(({ countries, when }) => [countries[0], when])).toEqual([
      ['DE', '1955-05-05/1990-10-02'],
      ['X-austria-hungary', '1838-11-07/1902-06-25'],
      ['BS', '1973-07-10/..'],
      ['CG', '1977-10-30/..'],
    ])
    expect(told).toEqual([['the file', 'skipped', false]])
  })

  it('holders of offices from Wikidata has items, labels and time stamps', async () => {
    const entity = 'http://www.wikidata.org/entity/'
    const sheet = [
      'item,itemLabel,position,positionLabel,start,end',
      `${entity}Q90001,Bo Lind,${entity}Q90009,Minister of Ferries,1931-04-02T00:00:00Z,1934-03-02T00:00:00Z`,
      `${entity}Q90001,Bo C. Lind,${entity}Q90009,Minister of Ferries,1940-04-02T00:00:00Z,t1234567`,
      `${entity}Q90002,Bo Lind,${entity}Q90009,Minister of Ferries,1961-01-01T00:00:00Z,`,
      `${entity}Q90003,Q90003,${entity}Q90009,Minister of Ferries,1971-05-01T00:00:00Z,`,
    ].join('\r\n')
    const fields = { person: 'itemLabel', wikidata: 'item', title: 'positionLabel', country: { value: 'Norway' } }
    const { mapping, bundle, told } = await proposed(sheet, {
      fields: { ...fields, tenure: { begin: 'start', end: 'end' } },
    })
    expect(mapping).toMatchObject({ kind: 'positions', fields: { ...fields, country: { value: 'XX' } } })
    expect(bundle.people).toMatchObject([
      { slug: 'bo-lind', names: ['Bo C. Lind'], wikidataId: 'Q90001' },
      { slug: 'bo-lind-no', wikidataId: 'Q90002' },
    ])
    expect(bundle.positions.map(({ person, tenure }) => [person, tenure])).toEqual([
      ['bo-lind', '1931-04-02/1934-03-02'],
      ['bo-lind', '1940-04-02/'],
      ['bo-lind-no', '1961/'],
    ])
    expect(told).toEqual([
      ['line 4', 'day-or-year', false],
      ['line 5', 'no-name', true],
    ])
  })

  it('visits of a prime minister has a row for each country', async () => {
    const sheet = [
      'serial_no,country,date,year,expense',
      '3,Jordan,"15 Dec – 18 Dec , 2025",2025,"9,48,38,000"',
      '3,and Oman,"15 Dec – 18 Dec , 2025",2025,"9,48,38,000"',
      '2,USA,"22 Jan-23 Jan,2018",2018,',
      '1,Samarkand,"3 Sept-7 Sept, 2017",2017,',
      '1,United Arab Emirates (UAE),3 April 2025 -6 April 2025,2025,',
      '1,Japan,25 – 26 Feb 2026,2026,',
    ].join('\n')
    const { mapping, reasons, bundle } = await proposed(sheet, {
      fields: { from: { value: 'India' }, to: 'country', when: 'date' },
      countries: { Samarkand: 'UZ' },
    })
    expect(mapping).toMatchObject({ kind: 'visits', fields: { to: 'country', when: 'date' } })
    expect(reasons).toContain('fields: add "from": {"value": …}, the country of the visitor, if it is known')
    expect(bundle.visits.map(({ to, when }) => [to, when])).toEqual([
      ['JO', '2025-12-15/2025-12-18'],
      ['OM', '2025-12-15/2025-12-18'],
      ['US', '2018-01-22/2018-01-23'],
      ['UZ', '2017-09-03/2017-09-07'],
      ['AE', '2025-04-03/2025-04-06'],
      ['JP', '2026-02-25/2026-02-26'],
    ])
  })

  it('a list of trips has travellers, days, towns and kinds, and the unused columns are listed', async () => {
    const sheet = [
      'Ref,Traveller,Country,City,Departed,Returned,Sort of trip,Approved',
      'T1,Ada Lund,Peru,Lima,2031-05-01,2031-05-03,Official,yes',
      'T2,Ina Berg,Chile,Santiago,2031-06-01,2031-06-03,Working,yes',
    ].join('\n')
    const { reasons, bundle } = await proposed(sheet)
    expect(bundle.visits).toMatchObject([
      {
        to: 'PE',
        when: '2031-05-01/2031-05-03',
        places: ['Lima'],
        kind: 'OFFICIAL',
        participations: [{ person: 'ada-lund' }],
      },
      {
        to: 'CL',
        when: '2031-06-01/2031-06-03',
        places: ['Santiago'],
        kind: 'WORKING',
        participations: [{ person: 'ina-berg' }],
      },
    ])
    expect(reasons).toContain('not used: "Approved"')
  })

  it('meetings with the host’s country does not say that the visitors represent it', async () => {
    const sheet = (host: string, from: string) =>
      `Date,Visitor,${host},${from}Subject\n2031-05-05,Bo Lind,India,${from && 'Norway,'}Tea\n2031-05-06,Ina Berg,India,${from && 'Sweden,'}Rice\n`
    const unclear = await proposed(sheet('Country', ''))
    expect(unclear.mapping).toMatchObject({ fields: { when: 'Date' }, participations: [{ person: 'Visitor' }] })
    expect(unclear.mapping['fields']).not.toHaveProperty('host')
    expect(unclear.reasons.join('\n')).toMatch(/"Country" has countries: add it as "host"/)
    const clear = await proposed(sheet('Host country', ''))
    expect(clear.bundle.meetings).toMatchObject([{ host: 'IN' }, { host: 'IN' }])
    expect(clear.bundle.meetings[0]?.participations?.[0]).not.toHaveProperty('representing')
    const both = await proposed(sheet('Country', 'From,'))
    expect(both.bundle.meetings).toMatchObject([{ host: 'IN', participations: [{ representing: 'NO' }] }, {}])
  })
})
