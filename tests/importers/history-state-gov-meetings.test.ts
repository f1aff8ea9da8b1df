import { expect, test } from 'vitest'
import { files, imported, trip } from './history-state-gov.fixtures.ts'

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
          start: '1978-01-20',
          to,
          remarks: text,
        }),
      ),
    ),
  )

test('each row that says that somebody was met is a meeting or a reported anomaly', async () => {
  const texts = [
    'Met with President Sadat.',
    'Met with senior Egyptian officials.',
    'Conferred with French; left May 6.',
    'Discussed the Middle East peace process.',
    'Met with Secretary Vance.',
    'Met with the Presidents of Mali, Niger, and Togo.',
    'Private visit.',
  ]
  const { bundle, anomalies } = await remarks('egypt', ...texts)
  const met = new Set(bundle.meetings?.map(({ visit }) => visit))
  const reported = anomalies.filter(({ reason }) => /^(nobody-named|unread-remark)$/.test(reason))
  expect([...met]).toEqual(['trip-1', 'trip-5'])
  expect(reported.map(({ id }) => id)).toEqual(['2', '3', '4', '6'])
  expect(reported[0]?.message).toBe(
    'names nobody who was met: “Met with senior Egyptian officials”; expected a person, so no meeting is created',
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
