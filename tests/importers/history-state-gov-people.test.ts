import { expect, test } from 'vitest'
import { files, imported, personOf, trip, visit } from './history-state-gov.fixtures.ts'

type Visitor = readonly [start: string, visitor: string, from?: string]

/** Whether the visitors of some visits, of one country, were taken for one person. */
async function people(from: string, ...visitors: Visitor[]): Promise<number> {
  const rows = visitors.map(([start, visitor, other], i) =>
    visit({ id: String(i + 1), start, visitor, from: other ?? from, label: other ?? from, description: 'Visit.' }),
  )
  const { bundle } = await imported(files.visits(...rows))
  return bundle.people?.length ?? 0
}

test.each<[string, string, ...Visitor[]]>([
  [
    'the same full name in another office',
    'japan',
    ['1972-01-06', 'Foreign Minister Takeo Miki'],
    ['1976-06-29', 'Prime Minister Takeo Miki'],
  ],
  [
    'a name with a middle name more',
    'sierra-leone',
    ['2013-03-28', 'President Ernest Koroma'],
    ['2015-04-15', 'President Ernest Bai Koroma'],
  ],
  [
    'a family name and a fuller name',
    'india',
    ['1949-10-11', 'Prime Minister Nehru'],
    ['1954-11-06', 'Prime Minister Jawaharlal Nehru'],
  ],
  [
    'two family names of one',
    'mexico',
    ['1959-10-09', 'President Lopez Mateos'],
    ['1962-06-29', 'President Adolfo López Mateos'],
  ],
  [
    'another transliteration',
    'sudan',
    ['1976-06-10', 'President Jaafar Nimeiri'],
    ['1980-06-27', 'President Jaafar Nimieri'],
  ],
  [
    'the family name first or last',
    'korea-south',
    ['2016-03-31', 'President Park Geun-hye'],
    ['2013-05-06', 'President Geun Hye Park'],
  ],
  [
    'a particle, a hyphen and a diacritic',
    'turkey',
    ['2016-03-31', 'President Recep Tayyip Erdoğan'],
    ['2017-05-16', 'President Recep Tayyip Erdogan'],
  ],
  [
    'somebody elected who took office',
    'brazil',
    ['1985-01-31', 'President-elect Tancredo Neves'],
    ['1985-03-01', 'President Neves'],
  ],
  ['a king with and without his number', 'jordan', ['2010-04-12', 'King Abdullah II'], ['2012-01-17', 'King Abdullah']],
  ['a crown prince who became king', 'norway', ['1950-01-01', 'Crown Prince Olav'], ['1962-04-10', 'King Olav V']],
])('%s is one person', async (_, from, ...visitors) => {
  expect(await people(from, ...visitors)).toBe(1)
})

test.each<[string, string, ...Visitor[]]>([
  [
    'a mother and a son',
    'india',
    ['1982-07-27', 'Prime Minister Indira Gandhi'],
    ['1985-06-11', 'Prime Minister Rajiv Gandhi'],
  ],
  [
    'a father and a son without given names',
    'syria',
    ['2000-03-26', 'President Assad'],
    ['2001-02-26', 'President Assad'],
  ],
  [
    'two of one family name decades apart',
    'india',
    ['1990-05-01', 'Prime Minister Singh'],
    ['2005-07-18', 'Prime Minister Singh'],
  ],
  ['two kings of one name', 'morocco', ['1957-11-25', 'King Mohammed V'], ['2000-06-20', 'King Mohammed VI']],
  [
    'kings of one name of two countries',
    'jordan',
    ['2005-04-25', 'King Abdullah'],
    ['2005-03-15', 'King Abdullah', 'saudi-arabia'],
  ],
  [
    'a king and a son named after him',
    'bahrain',
    ['2019-09-15', 'Crown Prince Salman bin Hamad Al Khalifa'],
    ['2018-09-15', 'King Hamad Al Khalifa'],
  ],
  ['two of a name that many bear', 'korea-south', ['1993-11-22', 'President Kim'], ['1998-06-09', 'President Kim']],
  [
    'another name with the same family name',
    'cape-verde',
    ['2012-01-17', 'President Jorge Fonseca'],
    ['2013-03-28', 'President Pedro Fonseca'],
  ],
  [
    'a president and a minister of a name that many bear',
    'korea-south',
    ['2001-03-07', 'President Kim Dae-jung'],
    ['2001-06-01', 'Foreign Minister Kim'],
  ],
])('%s are two people', async (_, from, ...visitors) => {
  expect(await people(from, ...visitors)).toBe(2)
})

test('a family name that fits two people matches neither, and that is reported', async () => {
  const rows = [
    ['1980-01-01', 'Prime Minister Anna Berg'],
    ['1984-01-01', 'Prime Minister Berg'],
    ['1988-01-01', 'Prime Minister Otto Berg'],
  ].map(([start = '', visitor = ''], i) =>
    visit({ id: String(i), start, visitor, from: 'sweden', description: 'Visit.' }),
  )
  const { bundle, decisions } = await imported(files.visits(...rows))
  expect(bundle.people?.map(({ slug }) => slug)).toEqual(['anna-berg-se', 'berg-se', 'otto-berg-se'])
  expect(decisions.filter(({ same }) => same)).toEqual([])
  expect(decisions.map(({ rule }) => rule)).toContain('several-fit')
})

test('an office is attested once for days that are close, and again after a year', async () => {
  const rows = ['1952-01-05', '1952-06-01', '1954-06-25'].map((start, i) =>
    visit({ id: String(i), start, visitor: 'Prime Minister Churchill', from: 'united-kingdom', description: 'Visit.' }),
  )
  const { bundle } = await imported(files.visits(...rows))
  expect(bundle.positions?.map(({ attested }) => attested?.map(({ when }) => when))).toEqual([
    ['1952-01-05', '1952-06-01'],
    ['1954-06-25'],
  ])
})

const vance = (id: string, fields: Record<string, string>) =>
  trip({ id, who: 'vance-cyrus-roberts', name: 'Cyrus Vance', ...fields })

test('a person named without a country belongs to the host, unless only another country has such an officer', async () => {
  const given = await imported(
    files.visits(
      visit({
        id: '9',
        start: '1977-07-19',
        visitor: 'Prime Minister Menachem Begin',
        from: 'israel',
        description: 'Visit.',
      }),
    ),
    files.trips(
      'vance-cyrus-roberts',
      vance('1', { start: '1978-01-20', to: 'egypt', remarks: 'Met with President Sadat.' }),
      vance('2', { start: '1978-07-18', to: 'egypt', remarks: 'Met with Prime Minister Begin.' }),
    ),
  )
  const representing = given.bundle.meetings?.map(({ participations }) =>
    participations?.map((one) => one.representing),
  )
  expect(representing).toEqual([
    ['US', 'EG'],
    ['US', 'IL'],
  ])
  expect(personOf(given, 'trip-2-meeting-1', 1)).toBe(personOf(given, 'visit-9'))
})

test('a trip before the traveller took office has no office', async () => {
  const president = { id: 'eisenhower-dwight-d', name: 'Dwight D. Eisenhower', took: '1953-01-20', left: '1961-01-20' }
  const row = (id: string, start: string) =>
    trip({ id, who: president.id, role: 'president', start, to: 'korea-south' })
  const { bundle } = await imported(files.presidents(president), {
    'travels/president-travels/eisenhower-dwight-d.xml': `<trips>${row('1', '1952-12-02')}${row('2', '1960-06-19')}</trips>`,
  })
  expect(bundle.visits?.map(({ participations }) => participations?.[0]?.position)).toEqual([
    undefined,
    'president-eisenhower-dwight-d-1953-01-20',
  ])
})

test('an office of an organization has no country', async () => {
  const { bundle } = await imported(
    files.trips(
      'vance-cyrus-roberts',
      vance('1', { start: '1978-01-20', to: 'switzerland', remarks: 'Met with UN Secretary-General Waldheim.' }),
    ),
  )
  expect(bundle.meetings?.[0]).toMatchObject({ kind: 'OTHER', participations: [{}, { person: 'waldheim' }] })
  expect(bundle.positions).toMatchObject([{ person: 'waldheim', organization: 'united-nations' }])
})
