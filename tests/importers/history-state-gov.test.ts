import { expect, test } from 'vitest'
import { checkRecord } from '../../src/bundle/check/check-record.ts'
import { loadBundle } from '../../src/bundle/load/load.ts'
import { validateBundle } from '../../src/bundle/reading/parse.ts'
import { recordsOf } from '../../src/bundle/records.ts'
import { UserError } from '../../src/errors.ts'
import { sha256 } from '../../src/evidence/text.ts'
import { importHistoryStateGov } from '../../src/importers/history-state-gov/index.ts'
import { timeSpan } from '../../src/time/span.ts'
import { openEmpty } from '../support.ts'
import { bySlug, files, folderWith, imported, office, reasonsOf, trip, visit } from './history-state-gov.fixtures.ts'

const TRUMAN = { id: 'truman-harry-s', name: 'Harry S. Truman', birth: '1884', took: '1945-04-12', left: '1953-01-20' }
const QUIRINO = {
  id: '2271',
  start: '1950-02-01',
  end: '1950-02-03',
  visitor: 'President Quirino',
  from: 'philippines',
  label: 'Philippines',
  description: 'Met with President Truman &amp; rested.',
}

test('a visit has its visitor, country, dates and description, and a meeting from its description', async () => {
  const { bundle, rows, anomalies } = await imported(files.visits(visit(QUIRINO)), files.presidents(TRUMAN))
  expect(anomalies).toEqual([])
  expect(rows).toEqual({
    president: { read: 1, facts: 1, refused: 0 },
    visit: { read: 1, facts: 1, refused: 0 },
  })
  const [made] = bundle.visits ?? []
  expect(made).toMatchObject({
    slug: 'visit-2271',
    title: 'Visit of Quirino to the United States, 1–3 February 1950',
    from: 'PH',
    to: 'US',
    when: '1950-02-01/1950-02-03',
    description: 'Met with President Truman & rested.',
    participations: [
      {
        person: 'quirino-ph',
        role: 'VISITOR',
        representing: 'PH',
        position: 'quirino-ph-president-of-philippines-1950',
      },
    ],
  })
  expect(made?.participations?.[0]?.citations).toMatchObject([
    { exact: 'President Quirino', supports: ['person', 'position'] },
  ])
  expect(bundle.meetings).toMatchObject([
    {
      slug: 'visit-2271-meeting-1',
      kind: 'BILATERAL',
      when: '[1950-02-01..1950-02-03]',
      host: 'US',
      visit: 'visit-2271',
      participations: [
        { person: 'quirino-ph' },
        { person: 'truman-harry-s', representing: 'US', position: 'president-truman-harry-s-1945-04-12' },
      ],
      citations: [{ exact: 'Met with President Truman' }],
    },
  ])
  expect(bySlug(bundle.positions)['quirino-ph-president-of-philippines-1950']).toMatchObject({
    post: 'president-of-philippines',
    title: 'President',
    tenure: '/',
    attested: [{ when: '1950-02-01/1950-02-03', citations: [{ exact: 'President Quirino' }] }],
  })
})

test('a trip of a day gives its meeting that day, and a date in the remark gives a longer one its day', async () => {
  const rows = [
    trip({
      id: '1',
      who: 'rusk-david-dean',
      name: 'David Dean Rusk',
      start: '1962-05-08',
      to: 'australia',
      remarks: 'Met with Prime Minister Menzies.',
    }),
    trip({
      id: '2',
      who: 'rusk-david-dean',
      name: 'David Dean Rusk',
      start: '1963-04-01',
      end: '1963-04-09',
      to: 'india',
      locale: 'New Delhi, Agra (Uttar Pradesh)',
      remarks: 'Met with Prime Minister Nehru April 3.',
    }),
  ]
  const { bundle } = await imported(files.trips('rusk-david-dean', ...rows))
  expect(bundle.meetings?.map(({ when }) => when)).toEqual(['1962-05-08', '1963-04-03'])
  expect(bySlug(bundle.visits)['trip-2']).toMatchObject({
    from: 'US',
    to: 'IN',
    places: ['New Delhi', 'Agra (Uttar Pradesh)'],
  })
})

test('a trip to a territory says so, and one to an unknown place is imported with what is known', async () => {
  const given = await imported(
    files.trips(
      'hull-cordell',
      trip({ id: '1', who: 'hull-cordell', start: '1940-01-01', to: 'bermuda', locale: '' }),
      trip({
        id: '2',
        who: 'hull-cordell',
        start: '1940-01-02',
        to: 'at-sea',
        label: 'At Sea',
        remarks: 'Met with President Sadat.',
      }),
      trip({ id: '3', who: 'hull-cordell', start: '1940-01-03', to: 'somoa', label: 'Western Samoa' }),
      trip({ id: '4', who: 'hull-cordell', start: '2010-01-03', to: 'west-bank', label: 'West Bank' }),
      trip({ id: '5', who: 'hull-cordell', start: '2010-01-03', to: '' }),
    ),
  )
  expect(bySlug(given.bundle.visits)).toMatchObject({
    'trip-1': { to: 'BM', note: expect.stringContaining('Not to a state'), places: [] },
    'trip-2': {
      to: 'X-at-sea',
      title: 'Visit of hull-cordell to At Sea, 2 January 1940',
      note: 'The source’s place “at-sea” is in no list of countries here.',
    },
    'trip-3': { to: 'WS' },
    'trip-4': { to: 'PS', title: 'Visit of hull-cordell to Palestine, 3 January 2010' },
  })
  expect(given.bundle.countries).toContainEqual({ code: 'X-at-sea', name: 'At Sea' })
  expect(given.bundle.meetings?.[0]?.participations?.[1]).not.toHaveProperty('representing')
  expect(given.rows['trip']).toEqual({ read: 5, facts: 4, refused: 1 })
  expect(reasonsOf(given)).toContain('2 unknown-country')
  expect(reasonsOf(given)).toContain('5 refused: no-country')
  expect(reasonsOf(given)).toContain('1 empty-locale')
})

test.each([
  ['russia', 'U.S.S.R.', '1959-09-15', 'SUHH'],
  ['russia', 'Russia', '1995-05-09', 'RU'],
  ['germany', 'Germany, Federal Republic of', '1953-04-07', 'DE'],
  ['yugoslavia', 'Yugoslavia', '1960-09-22', 'YUCS'],
  ['china', 'China, Republic of', '1961-07-31', 'TW'],
  ['china', 'China, People’s Republic of', '1979-01-28', 'CN'],
  ['korea', 'Korea, South', '2017-06-29', 'KR'],
  ['hawaii', 'Hawaii', '1874-12-12', 'X-hawaii'],
  ['czechoslovakia-1993', 'Czechoslovakia', '1990-02-20', 'CSHH'],
])('%s, written %s, on %s is %s', async (from, label, start, code) => {
  const { bundle } = await imported(files.visits(visit({ ...QUIRINO, from, label, start, end: start })))
  expect(bundle.visits?.[0]?.from).toBe(code)
  expect(bundle.countries?.map((country) => country.code)).toEqual(code.startsWith('X-') ? [code] : [])
})

test.each([
  [
    'soviet-union',
    'Soviet Union',
    '1992-01-27',
    'RU',
    'The source says “Soviet Union”; on that day the state was Russia.',
  ],
  ['russia', 'U.S.S.R.', '1991-12-30', 'RU', 'The source says “U.S.S.R.”; on that day the state was Russia.'],
  ['russia', 'Russia', '1974-06-27', 'SUHH', 'The source says “Russia”; on that day the state was the Soviet Union.'],
  ['russia', 'U.S.S.R.', '1991-12-15', 'SUHH', undefined],
  ['russia', 'Russia', '1871-11-21', 'RU', undefined],
  ['east-germany', 'East Germany', '1990-11-01', 'DE', expect.stringContaining('on that day the state was Germany')],
  ['east-germany', 'East Germany', '1990-06-01', 'DDDE', undefined],
])('%s, written %s, on %s is %s by the date', async (to, label, start, code, note) => {
  const { bundle } = await imported(
    files.trips('hull-cordell', trip({ id: '1', who: 'hull-cordell', start, to, label })),
  )
  expect([bundle.visits?.[0]?.to, bundle.visits?.[0]?.note]).toEqual([code, note])
})

test('a row given twice is one visit that cites both, and two rows of one id are two', async () => {
  const given = await imported(
    files.visits(visit(QUIRINO), visit(QUIRINO), visit({ ...QUIRINO, start: '1951-09-04', end: '1951-09-04' })),
  )
  expect(given.bundle.visits?.map(({ slug, citations }) => [slug, citations.length])).toEqual([
    ['visit-2271', 2],
    ['visit-2271-2', 1],
  ])
  expect(given.rows['visit']).toEqual({ read: 3, facts: 3, refused: 0 })
  expect(reasonsOf(given)).toEqual(['2271 duplicate-row', '2271 duplicate-id'])
})

test('dates are as precise as the row, and impossible ones are not imported', async () => {
  const row = (id: string, start: string, end: string) => visit({ ...QUIRINO, id, start, end, description: 'Private.' })
  const given = await imported(
    files.visits(
      row('1', '1950-05', '1950-05'),
      row('2', '1950', '1950'),
      row('3', '1950-05-09', '1950-05-03'),
      row('4', '', ''),
      row('5', '1950-02-30', '1950-03-01'),
    ),
  )
  expect(given.bundle.visits?.map(({ when }) => when)).toEqual(['1950-05', '1950', '1950-05', 'XXXX', '/1950-03-01'])
  expect(reasonsOf(given)).toEqual(['3 end-before-start', '4 no-date', '5 no-such-date'])
})

test('several visitors of one row all take part', async () => {
  const given = await imported(
    files.visits(
      visit({ ...QUIRINO, id: '1', visitor: 'President Anwar Sadat, Prime Minister Mustafa Khalil', from: 'egypt' }),
      visit({ ...QUIRINO, id: '2', visitor: 'Premier &amp; Prince Sihanouk', from: 'cambodia' }),
      visit({ ...QUIRINO, id: '3', visitor: 'President Tommy E. Remengesau, Jr.', from: 'palau' }),
      visit({ ...QUIRINO, id: '4', visitor: '', from: 'palau' }),
    ),
  )
  const people = given.bundle.visits?.map(({ participations }) => participations?.map(({ person }) => person))
  expect(people).toEqual([
    ['anwar-sadat-eg', 'mustafa-khalil-eg'],
    ['prince-sihanouk-kh'],
    ['tommy-e-remengesau-jr-pw'],
  ])
  expect(reasonsOf(given)).toContain('4 refused: no-visitor')
})

const GRADY = {
  id: 'grady-henry-francis',
  surname: 'Grady',
  forename: 'Henry Francis',
  genName: 'Jr.',
  altname: 'Henry F. Grady',
}

test('tenures are no more precise than the row, and people who did not serve held no office', async () => {
  const row = (id: string, fields: Record<string, string>) =>
    office('chief', { id, person: GRADY.id, role: 'ambassador-e-p', territory: 'india', ...fields })
  const given = await imported(
    files.people(GRADY),
    files.role('ambassador-e-p', 'Ambassador Extraordinary and Plenipotentiary'),
    files.mission(
      'india',
      [
        row('in-1', { appointed: '1947-04-10', started: '1947-07-01', ended: '1948-06-22', endedNote: 'Left post on' }),
        row('in-2', { started: '1950-11', note: 'Recommissioned' }),
        row('in-3', { appointed: '1951-01-02' }),
        row('in-4', { started: '1953-05-05', ended: '1952-05-05' }),
        row('in-5', {}),
        row('in-6', { ended: '1955', endedNote: 'Left post about' }),
        row('in-7', { appointed: '1956-01-01', note: 'Did not serve under this appointment.' }),
        row('in-8', { person: 'nobody-at-all', started: '1957-01-01' }),
        row('in-1', { started: '1960-01-01', ended: '1961-01-01' }),
      ],
      [row('in-9', { appointed: '1958-01-01', note: 'Declined appointment.' })],
    ),
  )
  expect(given.bundle.people).toMatchObject([
    { slug: GRADY.id, name: 'Henry Francis Grady, Jr.', names: ['Henry F. Grady'] },
  ])
  expect(given.bundle.positions?.map(({ slug, appointed, tenure, note }) => [slug, appointed, tenure, note])).toEqual([
    ['chief-india-in-1', '1947-04-10', '1947-07-01/1948-06-22', undefined],
    ['chief-india-in-2', undefined, '1950-11/', 'Recommissioned.'],
    ['chief-india-in-3', '1951-01-02', '/', undefined],
    ['chief-india-in-4', undefined, 'XXXX', undefined],
    ['chief-india-in-5', undefined, 'XXXX', undefined],
    ['chief-india-in-6', undefined, '/1955~', 'Left post about 1955.'],
    ['chief-india-in-1-2', undefined, '1960-01-01/1961-01-01', undefined],
  ])
  expect(given.bundle.positions?.[0]).toMatchObject({
    person: GRADY.id,
    post: 'ambassador-to-india',
    title: 'Ambassador Extraordinary and Plenipotentiary to India',
    country: 'US',
    accreditedTo: 'IN',
  })
  expect(given.rows['chief']).toEqual({ read: 10, facts: 7, refused: 3 })
  expect(reasonsOf(given)).toEqual([
    'in-4 end-before-start',
    'in-7 refused: did-not-serve',
    'in-8 refused: unknown-person',
    'in-1 duplicate-id',
    'in-9 refused: did-not-serve',
  ])
})

test('concurrent appointments are noted at each office, and one without a person is refused', async () => {
  const concurrent = (id: string, chief: string) =>
    `<concurrent-appointments><id>${id}</id><person-id>${GRADY.id}</person-id><resident-at><locale-id>new-delhi_in</locale-id></resident-at><chief-id>in-1</chief-id><chief-id>${chief}</chief-id></concurrent-appointments>`
  const chief = (id: string) => office('chief', { id, person: GRADY.id, role: 'ambassador-e-p', started: '1947-07-01' })
  const given = await imported(
    files.people(GRADY),
    files.mission('india', [chief('in-1')]),
    files.mission('nepal', [chief('np-1')]),
    {
      'pocom/concurrent-appointments/a.xml': concurrent('a', 'np-1'),
      'pocom/concurrent-appointments/b.xml': concurrent('b', 'xx-9').replace('in-1', 'xx-8'),
    },
  )
  expect(bySlug(given.bundle.positions)['chief-nepal-np-1']).toMatchObject({
    note: 'Held together with Ambassador e p to India; resident at New Delhi.',
    citations: [{ source: 'hsg-pocom-missions-countries-nepal' }, { source: 'hsg-pocom-concurrent-appointments-a' }],
  })
  expect(given.rows['concurrent-appointments']).toEqual({ read: 2, facts: 1, refused: 1 })
})

test('a president with the id of a namesake in another list is a separate person', async () => {
  const given = await imported(
    files.people({
      id: 'taft-william-howard',
      surname: 'Taft',
      forename: 'William Howard',
      genName: 'III',
      birth: '1915',
    }),
    files.presidents({
      id: 'taft-william-howard',
      name: 'William Howard Taft',
      birth: '1857',
      took: '1909-03-04',
      left: '1913-03-04',
    }),
    files.trips(
      'taft-william-howard',
      trip({ id: '1', who: 'taft-william-howard', role: 'president', start: '1909-10-16', to: 'mexico' }),
    ),
  )
  expect(given.bundle.visits?.[0]?.participations).toMatchObject([
    { person: 'taft-william-howard-1857', position: 'president-taft-william-howard-1909-03-04' },
  ])
  expect(given.decisions).toMatchObject([{ same: false, rule: 'same-id-born-in-other-years' }])
})

test('a source is the whole file, and every citation is found in it', async () => {
  const folder = await folderWith({
    ...files.visits(visit({ ...QUIRINO, visitor: 'President Quirino 𝔄da' }), visit({ ...QUIRINO, id: '2' })),
    'visits/data/1960.xml': `<visits>\r\n${visit({ ...QUIRINO, id: '3', visitor: 'President\r\n      Élpidio Quirino' })}\r\n</visits>`,
  })
  const { bundle } = await importHistoryStateGov(folder)
  const whole = validateBundle(bundle)
  const sources = new Map(
    whole.sources.map((source) => [
      source.slug,
      { ...source, published: timeSpan(source.published), editions: new Map() },
    ]),
  )
  const problems = [...recordsOf(whole)].flatMap((item) => ('record' in item ? [...checkRecord(item, sources)] : []))
  expect(problems).toEqual([])
  const [first, second] = whole.sources
  expect(first).toMatchObject({
    slug: 'hsg-visits-data-1950',
    url: 'https://github.com/HistoryAtState/visits/blob/master/data/1950.xml',
    license: 'CC0-1.0',
    published: '2019-03-04',
    sha256: sha256(first?.text ?? ''),
  })
  expect(second?.text).not.toContain('\r')
  expect(whole.visits[2]?.participations[0]?.citations[0]?.exact).toBe('President\n      Élpidio Quirino')
})

test('an import loads, and importing again gives the same', async () => {
  const folder = await folderWith({
    ...files.visits(visit(QUIRINO), visit({ ...QUIRINO, id: '2', from: 'hawaii', visitor: 'King Kalakaua' })),
    ...files.presidents(TRUMAN),
  })
  const [first, second] = [await importHistoryStateGov(folder), await importHistoryStateGov(folder)]
  expect(second).toEqual(first)
  const database = await openEmpty('PGlite')
  try {
    expect(await loadBundle(database, validateBundle(first.bundle))).toMatchObject({ visits: { created: 2 } })
    expect(await loadBundle(database, validateBundle(second.bundle))).toMatchObject({
      visits: { created: 0, changed: 0 },
    })
  } finally {
    await database.close()
  }
})

const refusalOf = async (contents: Record<string, string | Uint8Array>): Promise<string> => {
  const folder = await folderWith(contents)
  const error = await importHistoryStateGov(folder).catch((error) => error)
  expect(error).toBeInstanceOf(UserError)
  return error.message
}
const path = 'visits/data/1950.xml'

test('a file that declares entities of any kind is refused', async () => {
  const bomb = '<?xml version="1.0"?>\n<!DOCTYPE v [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>\n<visits>&b;</visits>'
  const external = '<?xml version="1.0"?>\n<!DOCTYPE v [<!ENTITY a SYSTEM "file:///etc/passwd">]><visits>&a;</visits>'
  expect(await refusalOf({ [path]: bomb })).toBe(
    `${path}, line 2: expected XML without a document type declaration, because it can declare entities`,
  )
  expect(await refusalOf({ [path]: external })).toContain(`${path}, line 2: expected XML without a document type`)
  expect(await refusalOf({ [path]: '<visits>&b;</visits>' })).toContain(`${path}, line 2: expected well-formed XML`)
})

test('a truncated file, one of another encoding, and one that nests too deep are refused with file and line', async () => {
  const whole = files.visits(visit(QUIRINO))[path]
  expect(await refusalOf({ [path]: whole.slice(0, 200) })).toMatch(
    /^visits\/data\/1950.xml, line \d+: expected well-formed XML/,
  )
  expect(await refusalOf({ [path]: Buffer.from('<visits>\n<v>caf\xe9</v></visits>', 'latin1') })).toBe(
    `${path}, line 2: expected UTF-8, but these bytes are not`,
  )
  expect(await refusalOf({ [path]: '<?xml version="1.0" encoding="ISO-8859-1"?><visits/>' })).toBe(
    `${path}, line 1: expected UTF-8, but the file declares ISO-8859-1`,
  )
  expect(await refusalOf({ [path]: `<visits>${'<a>'.repeat(100_000)}` })).toBe(
    `${path}, line 2: expected elements nested at most 64 deep`,
  )
  expect(await refusalOf({ [path]: '' })).toContain('expected')
})

test('a folder with nothing of the archive says what was expected', async () => {
  expect(await refusalOf({ 'readme.txt': 'nothing' })).toContain('expected XML files in at least one of visits/data')
})
