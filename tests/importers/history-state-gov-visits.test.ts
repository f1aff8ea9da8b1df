import { expect, test } from 'vitest'
import { bySlug, files, imported, office, reasonsOf, trip, visit } from './history-state-gov.fixtures.ts'

const row = (id: string, description: string) =>
  visit({ id, start: '1960-01-17', end: '1960-01-21', visitor: 'Prime Minister Kishi', from: 'japan', description })

test('a visit has the kind that its row names, and none from weak words', async () => {
  const descriptions = {
    1: 'State visit.',
    2: 'Official Working Visit to Washington.',
    3: 'Unofficial visit. In U.S. January 16–23.',
    4: 'Official visit. Private visit to Boston afterwards.',
    5: 'Met with President Bush during a private visit.',
    6: 'Informal visit.',
    7: 'Stopped en route to India.',
    8: 'Guest of the President.',
    9: 'Met with President Eisenhower to discuss a state visit.',
    10: 'Private working visit.',
    11: 'Visited the State Department; official dinner; private meetings.',
    12: 'Met with President Tito; returned official visit by the Secretary.',
    13: 'Attended APEC Summit Meeting, followed by State Visit.',
    14: 'Met with President Bush while on an official visit, and made a private visit to Boston.',
  }
  const { bundle } = await imported(files.visits(...Object.entries(descriptions).map(([id, text]) => row(id, text))))
  expect(bundle.visits?.map(({ kind }) => kind)).toEqual([
    'STATE',
    'WORKING',
    'PRIVATE',
    'OFFICIAL',
    'PRIVATE',
    'OTHER',
    'TRANSIT',
    undefined,
    undefined,
    'WORKING',
    undefined,
    undefined,
    'STATE',
    undefined,
  ])
})

test('the days of stay are apart from those of the visit, where the row says both', async () => {
  const descriptions = {
    1: 'Official visit. In U.S. January 16–23.',
    2: 'Official visit. In the U.S. December 30, 1959–February 2, 1960.',
    3: 'Official visit; in U.S. January 10 - February2, visiting Boston.',
    4: 'Official visit. In U.S. January 17–21.',
    5: 'Official visit. In U.S. March 1–4.',
    6: 'Official visit. In U.S. January 16.',
    7: 'Official visit. In U.S. January 1–99.',
    8: 'Official visit. Arrived in U.S. January 10; visited Boston.',
    9: 'Official visit. Arrived in the U.S. December 20.',
    10: 'Official visit. Afterwards visited Boston. Departed U.S. January 30.',
    11: 'Official visit; visited Boston. Departed the U.S. Feb. 2, 1960.',
    12: 'Arrived in U.S. January 1. Afterwards visited Boston. Departed for Mexico February 1.',
    13: 'Private visit to Boston January 2–5. Later visited Detroit. Left U.S. January 24.',
    14: 'State visit. Departed U.S. January 3.',
    15: 'State visit. Arrived in U.S. January 19.',
    16: 'Afterwards visited Boston. Visited Canada January 23–25. Departed U.S. January 30.',
    17: 'Departed for New York City January 22.',
    18: 'Departed U.S. January 22. Departed U.S. January 30.',
    19: 'State visit. Arrived in U.S. January 17.',
    20: 'State visit. Departed U.S. January 99.',
    21: 'Arrived in New York City January 10.',
  }
  const given = await imported(files.visits(...Object.entries(descriptions).map(([id, text]) => row(id, text))))
  expect(given.bundle.visits?.map(({ when, official }) => [when, official])).toEqual([
    ['1960-01-16/1960-01-23', '1960-01-17/1960-01-21'],
    ['1959-12-30/1960-02-02', '1960-01-17/1960-01-21'],
    ['1960-01-10/1960-02-02', '1960-01-17/1960-01-21'],
    ['1960-01-17/1960-01-21', undefined],
    ['1960-01-17/1960-01-21', undefined],
    ['1960-01-16/1960-01-21?', '1960-01-17/1960-01-21'],
    ['1960-01-17/1960-01-21', undefined],
    ['1960-01-10/1960-01-21?', '1960-01-17/1960-01-21'],
    ['1959-12-20/1960-01-21?', '1960-01-17/1960-01-21'],
    ['1960-01-17/1960-01-30', '1960-01-17/1960-01-21'],
    ['1960-01-17?/1960-02-02', '1960-01-17/1960-01-21'],
    ['1960-01-01/1960-02-01', '1960-01-17/1960-01-21'],
    ['1960-01-17?/1960-01-24', '1960-01-17/1960-01-21'],
    ...Array.from({ length: 8 }, () => ['1960-01-17/1960-01-21', undefined]),
  ])
  expect(reasonsOf(given)).toEqual(['5', '7', '14', '15', '16', '20'].map((id) => `${id} other-days`))
})

test('visits to the United States, and their meetings, have the places that the words give to them', async () => {
  const descriptions = {
    1: 'State visit. Afterwards visited St. Louis (Missouri), the Grand Canyon (Arizona), and New York City. Departed U.S. January 30.',
    2: 'Met with President Eisenhower January 18; visited Boston',
    3: 'In U.S. January 16–23, visiting Akron and Columbus (Ohio). Visited Akron.',
    4: 'Visited Canada. Revisited Washington.',
    5: 'Visited Hartford, Conn.',
    6: 'Visited U.S. Congress, New York City and addressed the UN.',
    7: 'Visited Los Angeles for medical treatment.',
    8: 'Met with President Eisenhower in New York City.',
    9: 'Visited ethnic communities in Chicago.',
    10: 'Private visit at Camp David. Met with President Eisenhower at the White House.',
    11: 'Met with President Eisenhower January 19 at Hyde Park (New York) and addressed the UN.',
    12: 'Met at Key West with President Eisenhower; visited Boston.',
    13: 'Met with President Eisenhower at Washington and at Camp David.',
    14: 'Met with President Eisenhower at the UN General Assembly.',
    15: 'Attended the Economic Summit in Dorado Beach, Puerto Rico. Unofficial visit to Canada.',
    16: 'Official visit at Washington and Camp David (Maryland).',
  }
  const { bundle } = await imported(files.visits(...Object.entries(descriptions).map(([id, text]) => row(id, text))))
  expect(bundle.visits?.map(({ places }) => places)).toEqual([
    ['St. Louis (Missouri)', 'the Grand Canyon (Arizona)', 'New York City'],
    ['Boston'],
    ['Akron', 'Columbus (Ohio)'],
    ...Array.from({ length: 6 }, () => []),
    ['Camp David'],
    [],
    ['Boston'],
    [],
    [],
    ['Dorado Beach'],
    [],
  ])
  expect(bundle.meetings?.map(({ visit, place, citations }) => [visit, place, citations[0]?.exact])).toEqual([
    ['visit-2', undefined, 'Met with President Eisenhower'],
    ['visit-8', 'New York City', 'Met with President Eisenhower in New York City'],
    ['visit-10', 'White House', 'Met with President Eisenhower at the White House'],
    ['visit-11', 'Hyde Park (New York)', 'Met with President Eisenhower January 19 at Hyde Park (New York)'],
    ['visit-12', 'Key West', 'Met at Key West with President Eisenhower'],
    ['visit-13', undefined, 'Met with President Eisenhower'],
    ['visit-14', undefined, 'Met with President Eisenhower'],
  ])
})

test('the visit of a secretary who accompanied the president refers to the president’s trip', async () => {
  const NIXON = {
    id: 'nixon-richard-m',
    name: 'Richard M. Nixon',
    birth: '1913',
    took: '1969-01-20',
    left: '1974-08-09',
  }
  const days = { start: '1970-09-27', end: '1970-09-30', to: 'italy', locale: 'Rome' }
  const { bundle } = await imported(
    files.presidents(NIXON),
    files.trips(
      'rogers',
      trip({ ...days, id: '1', who: NIXON.id, name: NIXON.name, role: 'president', remarks: 'State visit.' }),
      trip({ ...days, id: '2', who: 'rogers', name: 'Rogers', remarks: 'Accompanied President Nixon.' }),
    ),
  )
  expect(bundle.visits).toMatchObject([
    { slug: 'trip-1', kind: 'STATE' },
    { slug: 'trip-2', accompanying: ['trip-1'] },
  ])
  expect(bySlug(bundle.visits)['trip-1']).not.toHaveProperty('accompanying')
})

test('a chief of mission is accredited to the state of that time, or to an organization', async () => {
  const kennan = { person: 'kennan-george-frost', role: 'ambassador-e-p', territory: 'russia' }
  const given = await imported(
    files.people({ id: kennan.person, surname: 'Kennan', forename: 'George Frost', birth: '1904' }),
    files.role('ambassador-e-p', 'Ambassador Extraordinary and Plenipotentiary'),
    files.mission('russia', [
      office('chief', { ...kennan, id: 'a', appointed: '1898-01-01', started: '1898-03-01' }),
      office('chief', { ...kennan, id: 'b', appointed: '1952-03-14', started: '1952-05-14', ended: '1952-09-19' }),
      office('chief', { ...kennan, id: 'c', appointed: '1991-08-01', started: '1991-12-26' }),
      office('chief', { ...kennan, id: 'd', appointed: '1993-09-01', started: '1993-05-01' }),
    ]),
    {
      'pocom/missions-orgs/representative-to-nato.xml': `<org-mission><id>representative-to-nato</id><names><singular>Permanent Representative</singular></names><chiefs>${office('chief', { id: 'n', person: kennan.person, role: 'representative-to-nato', appointed: '1961-01-02' })}</chiefs></org-mission>`,
    },
  )
  const title = 'Ambassador Extraordinary and Plenipotentiary to'
  expect(given.bundle.positions).toMatchObject([
    { title: `${title} Russia`, post: 'ambassador-to-russia', accreditedTo: 'RU' },
    { title: `${title} the Soviet Union`, post: 'ambassador-to-russia', accreditedTo: 'SUHH', appointed: '1952-03-14' },
    { title: `${title} Russia`, accreditedTo: 'RU' },
    { title: `${title} Russia`, tenure: '1993-05-01/' },
    { title: 'Permanent Representative', accreditedToOrganization: 'nato', appointed: '1961-01-02', tenure: '/' },
  ])
  expect(reasonsOf(given)).toEqual(['d appointed-after-entry'])
})
