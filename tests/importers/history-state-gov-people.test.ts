import { expect, test } from 'vitest'
import { files, imported, office, personOf, trip, visit } from './history-state-gov.fixtures.ts'

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
  [
    'the only person of that name in the country, after ten years',
    'israel',
    ['1998-12-14', 'Prime Minister Netanyahu'],
    ['2011-05-20', 'Prime Minister Benjamin Netanyahu'],
  ],
  ['a misspelt family name', 'kyrgyzstan', ['1991-12-17', 'President Akyev'], ['2000-04-16', 'President Akayev']],
  [
    'a misspelt given name',
    'lithuania',
    ['2012-05-20', 'President Dalia Grybauskaite'],
    ['2013-08-30', 'President Galia Grybauskaite'],
  ],
  [
    'an article written as part of the name',
    'egypt',
    ['2017-04-03', 'President Abdel Fattah al-Sisi'],
    ['2014-08-05', 'President Abdelfattah Said Elsisi'],
  ],
  [
    'two systems of romanisation',
    'china',
    ['1975-10-19', 'Vice Premier Teng Hsiao-ping'],
    ['1979-01-29', 'Vice Premier Deng Xiaoping'],
  ],
  [
    'a long vowel written in two ways',
    'qatar',
    ['2015-05-13', 'Amir Sheikh Tameem bin Hamad al-Thani'],
    ['2020-11-21', 'Amir Tamim bin Hamad Al Thani'],
  ],
  [
    'a foreign minister of decades',
    'saudi-arabia',
    ['1983-07-05', 'Foreign Minister Prince Saud'],
    ['2004-03-19', 'Foreign Minister Prince Saud'],
  ],
  [
    'a name whose article is written as a part of it',
    'brunei',
    ['1986-06-24', 'Sultan Hassanal Bolkiah'],
    ['2013-03-11', 'Sultan Hassinal Bolkiah'],
    ['2016-02-16', 'Sultan Hassan al Bolkiah'],
  ],
  [
    'a family name with and without “Abdul”',
    'malaysia',
    ['2010-04-12', 'Prime Minister Najib Razak'],
    ['2011-11-10', 'Prime Minister Najib ben Abdul Razak'],
    ['2016-02-16', 'Prime Minister Mohd Najid Razak'],
  ],
  [
    'a rare given name with two spellings of the family name',
    'thailand',
    ['2011-11-16', 'Prime Minister Yingluck Shinawatra'],
    ['2012-11-18', 'President Yingluck Chinnawat'],
  ],
  [
    'the known holder of a common name',
    'angola',
    ['1997-12-12', 'President dos Santos'],
    ['2002-09-05', 'President Dos Santos'],
  ],
  [
    'somebody without an office and a president with both family names',
    'guatemala',
    ['1976-02-24', 'President Laugerud Garcia'],
    ['1977-09-06', 'General Kjell Laugerud Garcia'],
  ],
  [
    'the only speaker of that name',
    'lebanon',
    ['1996-04-24', 'Speaker Berri'],
    ['2018-02-15', 'Speaker of Parliament Nabih Berri'],
  ],
  [
    'the only person of that name, in another office and spelling',
    'iceland',
    ['1978-05-30', 'Prime Minister Geir Hallgrimmsson'],
    ['1985-03-14', 'Foreign Minister Hallgrimsson'],
  ],
  [
    'a minister of a union who led one of its states',
    'russia',
    ['1990-08-03', 'Foreign Minister Shevardnadze'],
    ['1992-05-25', 'State Council Chairman Shevardnadze', 'georgia'],
  ],
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
  [
    'the president and somebody whose family name is his given name',
    'canada',
    ['1989-11-29', 'Prime Minister Martin Brian Mulroney'],
    ['2004-11-30', 'Prime Minister Martin'],
  ],
  [
    'a king and a prime minister',
    'united-kingdom',
    ['1918-12-26', 'King George'],
    ['1918-12-27', 'Prime Minister Lloyd George'],
  ],
  ['a king after his death and a son', 'saudi-arabia', ['1945-02-14', 'King Ibn Saud'], ['1957-01-30', 'King Saud']],
  [
    'two spellings of two offices',
    'yugoslavia',
    ['1991-06-21', 'Prime Minister Markovic'],
    ['1999-11-10', 'President Marovic'],
  ],
  [
    'a father and a son whose name contains the father’s',
    'chad',
    ['2014-08-05', 'President Idriss Deby'],
    ['2022-12-13', 'President Mahamat Idriss Deby'],
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
  [
    'a known holder and somebody after him',
    'angola',
    ['2010-09-05', 'President dos Santos'],
    ['2019-09-05', 'President dos Santos'],
  ],
  [
    'two given names that begin alike',
    'armenia',
    ['2010-04-12', 'President Serge Sarkisian'],
    ['2012-06-04', 'President Serop Zarkarian'],
  ],
  [
    'a minister of a union and a leader with a short name in one of its states',
    'russia',
    ['1990-08-03', 'Foreign Minister Petrov'],
    ['1992-05-25', 'President Petrov', 'ukraine'],
  ],
  [
    'a leader and a minister whose names are spelt alike, and short',
    'iceland',
    ['1978-05-30', 'Prime Minister Geir Jonsson'],
    ['1985-03-14', 'Foreign Minister Jonson'],
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

test('two people whom one list names are two, whatever their names', async () => {
  const { bundle, decisions } = await imported(
    files.visits(
      visit({
        id: '1',
        start: '2004-03-01',
        visitor: 'Prime Minister Sabah, Foreign Minister Sabah',
        from: 'kuwait',
        description: 'Visit.',
      }),
    ),
    files.trips(
      'vance-cyrus-roberts',
      vance('2', {
        start: '2004-03-18',
        to: 'kuwait',
        remarks: 'Met with Amir Jabir al-Sabah and Prime Minister Sabah.',
      }),
    ),
  )
  const people = bundle.visits?.map(({ participations }) => participations?.map(({ person }) => person))
  expect(new Set(people?.[0]).size).toBe(2)
  const [amir, minister] = bundle.meetings?.map(({ participations }) => participations?.[1]?.person) ?? []
  expect(amir).not.toBe(minister)
  expect(decisions.map(({ rule }) => rule)).toContain('named-apart')
})

test('a person without a country is the only namesake in the host’s country, or in one country', async () => {
  const row = (id: string, start: string, to: string, remarks: string) => vance(id, { start, to, remarks })
  const given = await imported(
    files.trips(
      'vance-cyrus-roberts',
      row('1', '2000-03-25', 'pakistan', 'Met with General Musharraf.'),
      row('2', '2004-03-25', 'pakistan', 'Met with President Musharraf.'),
      row('3', '2012-03-25', 'norway', 'Met with Prime Minister Jens Stoltenberg.'),
      row('4', '2019-03-25', 'belgium', 'Met with NATO Secretary General Jens Stoltenberg.'),
      row('5', '1990-03-25', 'france', 'Met with General Musharraf.'),
      row('6', '2002-03-25', 'gabon', 'Met with Foreign Minister Ping.'),
      row('7', '2011-03-25', 'ethiopia', 'Met with African Union Chairperson Ping.'),
      row('8', '2002-03-25', 'spain', 'Met with Foreign Minister Palme.'),
      row('9', '2004-03-25', 'peru', 'Met with President Palme.'),
      row('10', '2006-03-25', 'belgium', 'Met with NATO Secretary General Palme.'),
      row('11', '2002-03-25', 'kenya', 'Met with General Odinga.'),
      row('12', '2004-03-25', 'belgium', 'Met with NATO Secretary General Odinga.'),
    ),
  )
  const person = (id: string) => personOf(given, `trip-${id}-meeting-1`, 1)
  expect(person('1')).toBe(person('2'))
  expect(person('3')).toBe(person('4'))
  expect(person('5')).not.toBe(person('2'))
  expect(person('6')).toBe(person('7'))
  expect(new Set(['8', '9', '10', '11', '12'].map(person)).size).toBe(5)
})

test('nobody acts after a known death', async () => {
  const { bundle } = await imported(
    files.people({ id: 'grady-henry', surname: 'Grady', forename: 'Henry', birth: '1882', death: '1957-09-14' }),
    files.role('ambassador', 'Ambassador'),
    files.mission('india', [
      office('chief', { id: 'in-1', person: 'grady-henry', role: 'ambassador', started: '1947-07-01' }),
    ]),
    files.visits(
      ...['1950-01-01', '1958-01-01'].map((start, i) =>
        visit({
          id: String(i),
          start,
          visitor: 'Prime Minister Nehru',
          from: 'india',
          description: 'Met with Ambassador Henry Grady.',
        }),
      ),
    ),
  )
  expect(bundle.meetings?.map(({ participations }) => participations?.[1]?.person)).toEqual([
    'grady-henry',
    'henry-grady',
  ])
  expect(bundle.people).toContainEqual(
    expect.objectContaining({ slug: 'grady-henry', born: '1882', died: '1957-09-14' }),
  )
})
