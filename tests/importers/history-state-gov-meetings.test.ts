import { expect, test } from 'vitest'
import { files, imported, office, trip, visit } from './history-state-gov.fixtures.ts'

/** Imports a trip by Cyrus Vance for each remark. */
const remarks = (to: string, ...texts: readonly string[]) =>
  imported(
    files.trips(
      'vance-cyrus-roberts',
      ...texts.map((text, i) =>
        trip({
          id: String(i + 1),
          who: 'vance-cyrus-roberts',
          name: 'Cyrus Vance',
          start: `1978-01-${10 + i}`,
          to,
          remarks: text,
        }),
      ),
    ),
  )

test('each row that says that somebody was met is a meeting or a reported anomaly', async () => {
  const texts = [
    'Met with President Sadat.',
    'Met with senior officials.',
    'Conferred with French; left May 6.',
    'Discussed the Middle East peace process.',
    'Met with Secretary Vance.',
    'Met with Sadat’s advisers.',
    'Private visit.',
  ]
  const { bundle, anomalies } = await remarks('egypt', ...texts)
  const met = new Set(bundle.meetings?.map(({ visit }) => visit))
  const reported = anomalies.filter(({ reason }) => /^(nobody-named|unread-remark|no-name)$/.test(reason))
  expect([...met]).toEqual(['trip-1', 'trip-5'])
  expect(reported.map(({ id }) => id)).toEqual(['2', '3', '4', '6'])
  expect(reported[0]?.message).toBe(
    'names nobody who was met: “Met with senior officials”; expected a person, an organization or an office, so no meeting is created',
  )
})

test('a list of people is a meeting with each of them, unless the words say that they met together', async () => {
  const { bundle } = await remarks(
    'switzerland',
    'Met with Syrian President Assad, Egyptian President Sadat, and Chancellor Furgler.',
    'Held a trilateral meeting with Syrian President Assad and Egyptian President Sadat.',
    'Met separately with Syrian President Assad and Egyptian President Sadat.',
  )
  const found = bundle.meetings?.map(({ slug, kind, participations, note, citations }) => [
    slug,
    kind,
    participations?.map(({ representing }) => representing),
    note?.includes('does not say whether they met together') ?? false,
    citations[0]?.exact,
  ])
  const list = 'Met with Syrian President Assad, Egyptian President Sadat, and Chancellor Furgler'
  const apart = 'Met separately with Syrian President Assad and Egyptian President Sadat'
  expect(found).toEqual([
    ['trip-1-meeting-1', 'BILATERAL', ['US', 'SY'], true, list],
    ['trip-1-meeting-2', 'BILATERAL', ['US', 'EG'], true, list],
    ['trip-1-meeting-3', 'BILATERAL', ['US', 'CH'], true, list],
    [
      'trip-2-meeting-1',
      'MULTILATERAL',
      ['US', 'SY', 'EG'],
      false,
      'Held a trilateral meeting with Syrian President Assad and Egyptian President Sadat',
    ],
    ['trip-3-meeting-1', 'BILATERAL', ['US', 'SY'], false, 'Met separately with Syrian President Assad'],
    ['trip-3-meeting-2', 'BILATERAL', ['US', 'EG'], false, apart],
  ])
})

test('an organization, and people without a name, attend with the state or the organization of the words', async () => {
  const { bundle, anomalies } = await remarks(
    'kuwait',
    'Met with the NATO Council.',
    'Met with the Foreign Ministers of France and Germany.',
    'Met with the Amir and senior Saudi officials.',
    'Held a trilateral meeting with Syrian President Assad and the GCC Foreign Ministers.',
    'Met with the Presidents of the Baltic States.',
  )
  const met = bundle.meetings?.map(({ visit, title, kind, participations = [], note }) => [
    visit,
    title.replace(/, .*/, ''),
    kind,
    participations
      .slice(1)
      .map(({ citations: [cited], role, ...attendee }) => [...Object.values(attendee), cited?.exact].join(' | ')),
    note,
  ])
  const listed =
    'The source lists several people and does not say whether they met together; each has a meeting of their own here.'
  const meeting = (visit: string, name: string, kind: string, attendee: string, note?: string) => [
    visit,
    `Meeting of Cyrus Vance with ${name}`,
    kind,
    [attendee],
    note,
  ]
  const ministers = 'the Foreign Ministers of France and Germany'
  const [france, germany] = ['Foreign Minister of France', 'Foreign Minister of Germany']
  const baltic = 'Presidents of the Baltic States'
  expect(met).toEqual([
    meeting('trip-1', 'North Atlantic Council', 'OTHER', 'north-atlantic-council | the NATO Council'),
    meeting('trip-2', france, 'BILATERAL', `${france} | FR | ${ministers}`, listed),
    meeting('trip-2', germany, 'BILATERAL', `${germany} | DE | ${ministers}`, listed),
    meeting('trip-3', 'Amir', 'BILATERAL', 'Amir | KW | the Amir', listed),
    meeting(
      'trip-3',
      'senior Saudi officials',
      'BILATERAL',
      'senior Saudi officials | SA | senior Saudi officials',
      listed,
    ),
    [
      'trip-4',
      'Meeting of Cyrus Vance with Assad and GCC Foreign Ministers',
      'OTHER',
      [
        'assad-sy | SY | assad-sy-president-of-syria-1978 | Syrian President Assad',
        'GCC Foreign Ministers | gulf-cooperation-council | the GCC Foreign Ministers',
      ],
      undefined,
    ],
    meeting(
      'trip-5',
      baltic,
      'OTHER',
      `${baltic} | the ${baltic}`,
      `The source does not say whom “${baltic}” represented.`,
    ),
  ])
  expect(anomalies.map(({ reason }) => reason)).not.toContain('nobody-named')
  expect(bundle.organizations?.map(({ slug }) => slug)).toContain('gulf-cooperation-council')
})

const representedBy = async (to: string, remark: string) => {
  const { bundle } = await remarks(to, remark)
  return bundle.meetings?.flatMap(({ participations = [], note }) =>
    participations
      .slice(1)
      .map(({ representing, representingOrganization }) => representing ?? representingOrganization ?? note),
  )
}

test.each([
  ['iraq', 'Secretary of Defense Gates', 'US'],
  ['kuwait', 'Gen. Petraeus', 'The source does not say whom Petraeus represented.'],
  ['syria', 'U.N. Envoy for Syria Geir Pedersen', 'united-nations'],
  ['ethiopia', 'Chairperson Ping', 'The source does not say whom Ping represented.'],
  ['ethiopia', 'African Union Commission Chairperson Ping', 'african-union'],
  ['italy', 'Pope John Paul II', 'VA'],
  ['egypt', 'Pope Shenouda III', 'The source does not say whom Shenouda III represented.'],
  ['congo-democratic-republic', 'UNITA leader Savimbi', 'The source does not say whom Savimbi represented.'],
  ['canada', 'Quebec Premier Bouchard', 'The source does not say whom Bouchard represented.'],
  ['germany', 'Mayor Brandt', 'The source does not say whom Brandt represented.'],
  ['poland', 'former President Walesa', 'The source does not say whom Walesa represented.'],
  ['united-kingdom', 'special envoy Dole', 'The source does not say whom Dole represented.'],
  ['iraq', 'Ambassador to Iraq Crocker', 'The source does not say whom Crocker represented.'],
  ['egypt', 'Russian Foreign Minister Lavrov', 'RU'],
  ['holy-see', 'Secretary for Relations with States Tauran', 'VA'],
  ['mexico', 'Secretary of Foreign Relations Ebrard', 'MX'],
  ['syria', 'Foreign Minster Sharaa', 'SY'],
  ['philippines', 'Secretary of Defense Lorenzana', 'PH'],
])('in %s, the words of the office say whom %s represented', async (to, person, representing) => {
  expect(await representedBy(to, `Met with ${person}.`)).toEqual([representing])
})

test('an American whom the lists know is no official of the host', async () => {
  const { bundle } = await imported(
    files.presidents({
      id: 'eisenhower-dwight-d',
      name: 'Dwight D. Eisenhower',
      took: '1953-01-20',
      left: '1961-01-20',
    }),
    files.people({ id: 'crocker-ryan-clark', surname: 'Crocker', forename: 'Ryan Clark' }),
    files.role('ambassador', 'Ambassador'),
    files.mission('iraq', [
      office('chief', {
        id: 'iq-1',
        person: 'crocker-ryan-clark',
        role: 'ambassador',
        started: '1943-01-01',
        ended: '1944-01-01',
      }),
    ]),
    files.trips(
      'hull-cordell',
      trip({
        id: '1',
        who: 'hull-cordell',
        name: 'Hull',
        start: '1943-08-01',
        to: 'france',
        remarks: 'Met with General Eisenhower.',
      }),
      trip({
        id: '2',
        who: 'hull-cordell',
        name: 'Hull',
        start: '1943-08-05',
        to: 'kuwait',
        remarks: 'Met with Ambassador Crocker.',
      }),
    ),
  )
  expect(bundle.meetings?.map(({ participations }) => participations?.[1])).toMatchObject([
    { person: 'eisenhower-dwight-d', representing: 'US' },
    { person: 'crocker-ryan-clark', representing: 'US', position: 'chief-iraq-iq-1' },
  ])
})

test.each([
  ['Briefed Foreign Minister Federal Genscher on the talks.', ['Genscher'], ['no-name']],
  ['Met with Prime Minister Giulio Giulio Andreotti.', ['Giulio Andreotti'], ['no-name']],
  ['Met with Chief Executive Abdullah Abdullah.', ['Abdullah Abdullah'], []],
  ['Met with President Bush Oct 3 and left.', ['Bush'], []],
  ['Joined President Trump’s meeting with President Moon.', ['Moon'], []],
  ['Met with President Sadat’s advisers.', [], ['unread-remark']],
  ['Met with Prime Minister May.', ['May'], []],
  ['Met with Prime Minister Holland.', ['Holland'], []],
  ['Met with President French.', [], ['no-name']],
  ['Met with President Expatriates.', [], ['no-name']],
  ['Met with Expatriates Doe.', [], ['no-name']],
])('%s names %j', async (remark, names, reasons) => {
  const { bundle, anomalies } = await remarks('egypt', remark)
  expect(bundle.people?.map(({ name }) => name).filter((name) => name !== 'Cyrus Vance')).toEqual(names)
  expect(anomalies.map(({ reason }) => reason).filter((reason) => reason !== 'unknown-person')).toEqual(reasons)
})

test('a visitor with an office of an organization does not represent the country of the row', async () => {
  const { bundle } = await imported(
    files.visits(
      visit({
        id: '1',
        start: '2005-02-01',
        visitor: 'African Union Chairman Alpha Konare',
        from: 'mali',
        description: 'Visit.',
      }),
    ),
  )
  expect(bundle.visits?.[0]?.participations).toMatchObject([{ person: 'alpha-konare', role: 'VISITOR' }])
  expect(bundle.visits?.[0]?.participations?.[0]).not.toHaveProperty('representing')
})

test('a visitor whose name is no name is left out of the visit, and reported', async () => {
  const { bundle, anomalies } = await imported(
    files.visits(
      visit({
        id: '1',
        start: '1972-02-01',
        visitor: 'President Giulio Giulio Andreotti',
        from: 'italy',
        description: 'Visit.',
      }),
      visit({ id: '2', start: '1972-02-01', visitor: 'President Oct', from: 'italy', description: 'Visit.' }),
    ),
  )
  expect(bundle.visits?.map(({ title }) => title)).toEqual([
    'Visit of Giulio Andreotti to the United States, 1 February 1972',
    'Visit of somebody to the United States, 1 February 1972',
  ])
  expect(anomalies.map(({ message }) => message)).toEqual([
    '“Giulio” in “Giulio Giulio Andreotti” is no part of a name; it is left out',
    '“Oct” is no name; the person is left out',
  ])
})

const NIXON = { id: 'nixon-richard-m', name: 'Richard M. Nixon', took: '1969-01-20', left: '1974-08-09' }
const nixon = (id: string, fields: Record<string, string>) =>
  trip({ id, who: NIXON.id, name: 'Richard M. Nixon', role: 'president', ...fields })
const rogers = (id: string, fields: Record<string, string>) =>
  trip({ id, who: 'rogers-william-pierce', name: 'William P. Rogers', ...fields })

const withPresident = (trips: readonly string[], companions: readonly string[]) =>
  imported(files.presidents(NIXON), files.trips('rogers-william-pierce', ...companions), {
    'travels/president-travels/nixon-richard-m.xml': `<trips>${trips.join('')}</trips>`,
  })

test('a meeting to which the traveller accompanied the president is one fact, which both rows cite', async () => {
  const { bundle, anomalies } = await withPresident(
    [
      nixon('1', {
        start: '1971-12-13',
        end: '1971-12-14',
        to: 'portugal',
        remarks: 'Met with French President Pompidou; met with Prime Minister Caetano.',
      }),
    ],
    [
      rogers('2', {
        start: '1971-12-13',
        end: '1971-12-14',
        to: 'portugal',
        remarks:
          'Accompanied President Nixon to a meeting with French President Pompidou; met with Foreign Minister Patricio.',
      }),
      rogers('3', {
        start: '1972-05-20',
        to: 'austria',
        remarks: 'Accompanied President Nixon to a meeting with Chancellor Kreisky.',
      }),
    ],
  )
  expect(
    bundle.meetings?.map(({ visit, participations, citations }) => [
      visit,
      participations?.map(({ person }) => person),
      citations.length,
    ]),
  ).toEqual([
    ['trip-1', ['nixon-richard-m', 'pompidou-fr', 'rogers-william-pierce'], 2],
    ['trip-1', ['nixon-richard-m', 'caetano-pt'], 1],
    ['trip-2', ['rogers-william-pierce', 'patricio-pt'], 1],
    ['trip-3', ['rogers-william-pierce', 'nixon-richard-m', 'kreisky-at'], 1],
  ])
  expect(bundle.visits?.map(({ slug, note }) => [slug, note])).toEqual([
    ['trip-1', undefined],
    ['trip-2', 'Accompanied Richard M. Nixon on trip-1. Took part in trip-1-meeting-1.'],
    ['trip-3', undefined],
  ])
  expect(anomalies.filter(({ reason }) => reason === 'unknown-trip').map(({ id, message }) => [id, message])).toEqual([
    [
      '3',
      'accompanied Richard M. Nixon, who has no row of a trip to this country on these days; the two are not linked',
    ],
  ])
})

test.each([
  ['Joined President Nixon for a meeting with President Pompidou.', 'Met with President Pompidou.'],
  [
    'Attended a summit and accompanied President Nixon to talks with President Pompidou.',
    'Met with President Pompidou.',
  ],
  [
    'Accompanied President Nixon to the U.S.-EU Summit and to a meeting with President Pompidou.',
    'Met with President Pompidou.',
  ],
  [
    'Accompanied President Nixon. Attended a meeting with President Pompidou and Prime Minister Caetano.',
    'Attended a meeting with President Pompidou and Prime Minister Caetano.',
  ],
  [
    'Accompanied President Nixon to a meeting with President Pompidou and Prime Minister Caetano.',
    'Discussed money with President Pompidou and Prime Minister Caetano.',
  ],
])('the rows “%s” and “%s” are one meeting', async (companions, presidents) => {
  const days = { start: '1971-12-13', end: '1971-12-14', to: 'france' }
  const { bundle } = await withPresident(
    [nixon('1', { ...days, remarks: presidents })],
    [rogers('2', { ...days, remarks: companions })],
  )
  expect(bundle.meetings?.map(({ note, citations }) => [note, citations.length])).toEqual([[undefined, 2]])
  expect(bundle.meetings?.[0]?.participations?.map(({ person }) => person)).toContain('rogers-william-pierce')
})

test('a companion who met one of the people alone has a meeting of her own', async () => {
  const days = { start: '1971-12-13', end: '1971-12-14', to: 'france' }
  const { bundle } = await withPresident(
    [nixon('1', { ...days, remarks: 'Met with President Pompidou.' })],
    [rogers('2', { ...days, remarks: 'Accompanied President Nixon. Met with President Pompidou.' })],
  )
  expect(bundle.meetings?.map(({ visit }) => visit)).toEqual(['trip-1', 'trip-2'])
})

test('the companion’s row can give the day of the president’s meeting', async () => {
  const days = { start: '1971-12-13', end: '1971-12-14', to: 'france' }
  const remarks = 'meeting with President Pompidou and Prime Minister Caetano'
  const { bundle } = await withPresident(
    [nixon('1', { ...days, remarks: `Attended a ${remarks}.` })],
    [rogers('2', { ...days, remarks: `Accompanied President Nixon. On December 14, attended a ${remarks}.` })],
  )
  expect(bundle.meetings?.map(({ title, when }) => [title, when])).toEqual([
    ['Meeting of Richard M. Nixon with Pompidou and Caetano, 14 December 1971', '1971-12-14'],
  ])
})

test('so is a meeting with somebody unnamed, by the same words for the same state', async () => {
  const days = { start: '1971-12-13', end: '1971-12-14', to: 'portugal' }
  const { bundle } = await withPresident(
    [nixon('1', { ...days, remarks: 'Met with the Amir of Kuwait and senior Portuguese officials.' })],
    [
      rogers('2', { ...days, remarks: 'Accompanied President Nixon to a meeting with the Amir of Kuwait.' }),
      rogers('3', { ...days, remarks: 'Accompanied President Nixon to a meeting with the Emir of Kuwait.' }),
    ],
  )
  expect(
    bundle.meetings?.map(({ visit, participations, citations }) => [
      visit,
      participations?.map(({ person, unnamed, citations }) => [person ?? unnamed, citations.length]),
      citations.length,
    ]),
  ).toEqual([
    [
      'trip-1',
      [
        ['nixon-richard-m', 1],
        ['Amir of Kuwait', 2],
        ['rogers-william-pierce', 1],
      ],
      2,
    ],
    [
      'trip-1',
      [
        ['nixon-richard-m', 1],
        ['senior Portuguese officials', 1],
      ],
      1,
    ],
    [
      'trip-3',
      [
        ['rogers-william-pierce', 1],
        ['nixon-richard-m', 1],
        ['Emir of Kuwait', 1],
      ],
      1,
    ],
  ])
})

test('two rows with the same people, day and place are one meeting, and others stay apart', async () => {
  const row = (id: string, place: string, start: string, end = start) =>
    rogers(id, { start, end, to: 'mexico', locale: place, remarks: `Met with President Echeverria. Row ${id}.` })
  const { bundle } = await withPresident(
    [],
    [
      row('1', 'Nogales', '1974-10-21'),
      row('2', 'Nogales', '1974-10-21'),
      row('3', 'Tijuana', '1974-10-21'),
      row('4', 'Nogales', '1974-10-20', '1974-10-22'),
    ],
  )
  expect(bundle.meetings?.map(({ slug, citations }) => [slug, citations.length])).toEqual([
    ['trip-1-meeting-1', 2],
    ['trip-3-meeting-1', 1],
    ['trip-4-meeting-1', 1],
  ])
})

test.each([
  ['Met with Prime Minister Thatcher May 22.', ['1979-05-22']],
  ['Met May 24 with Prime Minister Begin.', ['1979-05-24']],
  ['Met with Prime Minister Thatcher May 21 and Prime Minister Begin May 24.', ['1979-05-21', '1979-05-24']],
  ['Met with Prime Minister Thatcher and Foreign Secretary Carrington May 22.', ['1979-05-22', '1979-05-22']],
  [
    'Met with Prime Minister Thatcher May 21 and Foreign Secretary Carrington.',
    ['1979-05-21', '[1979-05-20..1979-05-24]'],
  ],
  ['Met with Prime Minister Thatcher. Left London May 22.', ['[1979-05-20..1979-05-24]']],
])('the days of the meetings in %s', async (remark, days) => {
  const row = rogers('1', { start: '1979-05-20', end: '1979-05-24', to: 'united-kingdom', remarks: remark })
  const { bundle } = await imported(files.trips('rogers-william-pierce', row))
  expect(bundle.meetings?.map(({ when }) => when)).toEqual(days)
})
