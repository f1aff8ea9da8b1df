import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { BundleInput } from '../../src/bundle/format.ts'
import type { Database } from '../../src/database/open.ts'
import { bundleWith, citation, load, meeting, problemsOf, statement } from '../fixtures.ts'
import { databaseKinds, openEmpty, openSeeded, removeFacts } from '../support.ts'
import { dataOf, serverOf } from './ask.ts'

const ORDER = '{ title when { label } ... on Meeting { slug } ... on Statement { slug } }'

test.each(databaseKinds)('on %s the article says which of two meetings was earlier in the day', async (kind) => {
  const database = await openSeeded(kind)
  try {
    const question = `{
      rubio: meeting(slug: "jaishankar-rubio-2026-02") { time after ${ORDER} before ${ORDER} }
      bessent: meeting(slug: "jaishankar-bessent-2026-02") { time after ${ORDER} before ${ORDER} }
    }`
    const when = { label: 'some time: 2–4 February 2026' }
    const title = (name: string) => `Meeting of Jaishankar and ${name}`
    expect(await dataOf(serverOf(database), question)).toEqual({
      rubio: { time: null, after: [{ title: title('Bessent'), when, slug: 'jaishankar-bessent-2026-02' }], before: [] },
      bessent: { time: null, after: [], before: [{ title: title('Rubio'), when, slug: 'jaishankar-rubio-2026-02' }] },
    })
  } finally {
    await database.close()
  }
})

describe.each(databaseKinds)('the order of a day on %s', (kind) => {
  let database: Database
  beforeAll(async () => {
    database = await openEmpty(kind)
  })
  beforeEach(() => removeFacts(database))
  afterAll(() => database.close())

  const problems = async (lists: Partial<BundleInput>) =>
    (await problemsOf(() => load(database, bundleWith(lists)))).map(({ path, message }) => `${path}: ${message}`)
  const lunch = (fields = {}) => meeting({ slug: 'lunch', ...fields })
  const dinner = (fields = {}) => meeting({ slug: 'dinner', ...fields })

  test('joins meetings and statements, in either direction, with the time where a source gives it', async () => {
    const toast = statement({ slug: 'toast', said: '2031-05-05', time: '20:15:30', after: [{ meeting: 'lunch' }] })
    const citations = [citation('met', { supports: ['time', 'after'] })]
    await load(
      database,
      bundleWith({
        meetings: [
          lunch({ time: '12:30+02:00' }),
          dinner({ time: '19:00', after: [{ meeting: 'lunch' }, { statement: 'toast' }], citations }),
        ],
        statements: [toast],
      }),
    )
    const SLUGS = '{ ... on Meeting { slug } ... on Statement { slug } }'
    const { meetings, statements } = await dataOf<Record<string, { nodes: object[] }>>(
      serverOf(database),
      `{ meetings { nodes { slug time after ${SLUGS} before ${SLUGS} } } statements { nodes { slug time after ${SLUGS} before ${SLUGS} } } }`,
    )
    expect(meetings?.nodes).toEqual([
      { slug: 'dinner', time: '19:00', after: [{ slug: 'lunch' }, { slug: 'toast' }], before: [] },
      { slug: 'lunch', time: '12:30+02:00', after: [], before: [{ slug: 'dinner' }, { slug: 'toast' }] },
    ])
    expect(statements?.nodes).toEqual([
      { slug: 'toast', time: '20:15:30', after: [{ slug: 'lunch' }], before: [{ slug: 'dinner' }] },
    ])
  })

  test('goes when a later bundle no longer gives it', async () => {
    await load(database, bundleWith({ meetings: [lunch(), dinner({ after: [{ meeting: 'lunch' }] })] }))
    await load(database, bundleWith({ meetings: [dinner()] }))
    const { meeting } = await dataOf<{ meeting: object }>(
      serverOf(database),
      `{ meeting(slug: "lunch") { before ${ORDER} } }`,
    )
    expect(meeting).toEqual({ before: [] })
  })

  test('has no circles, within a bundle or with what is stored', async () => {
    const circle = '"dinner" would come after itself; expected facts that do not lead back to it'
    const both = [lunch({ after: [{ meeting: 'dinner' }] }), dinner({ after: [{ meeting: 'lunch' }] })]
    expect(await problems({ meetings: both })).toContain(`meetings[1].after: ${circle}`)
    expect(await problems({ meetings: [dinner({ after: [{ meeting: 'dinner' }] })] })).toEqual([
      `meetings[0].after: ${circle}`,
    ])
    await load(database, bundleWith({ meetings: [lunch(), dinner({ after: [{ meeting: 'lunch' }] })] }))
    expect(await problems({ meetings: [lunch({ after: [{ meeting: 'dinner' }] })] })).toEqual([
      'meetings[0].after: "lunch" would come after itself; expected facts that do not lead back to it',
    ])
  })

  test('is of one day: dates that exclude that are refused, and others are not', async () => {
    const after = [{ meeting: 'lunch' }]
    const message = (later: string, earlier: string) =>
      `expected facts of the same day, but dinner is dated ${later}, and lunch, which it came after, ${earlier}`
    expect(await problems({ meetings: [lunch({ when: '2031-05-04' }), dinner({ after })] })).toEqual([
      `meetings[1].after: ${message('2031-05-05', '2031-05-04')}`,
    ])
    await load(database, bundleWith({ meetings: [lunch({ when: '2031-05' }), dinner({ after })] }))
    await load(database, bundleWith({ meetings: [lunch({ when: '2031-06-01~' })] }))
    // The date of the earlier fact changes alone.
    expect(await problems({ meetings: [lunch({ when: '2031-05-06' })] })).toEqual([
      `meetings[0].after: ${message('2031-05-05', '2031-05-06')}`,
    ])
  })

  test.each(['24:00', '9:30', '12:60', '12:30:61', '12:30 Uhr', '12:30+2', '12:30-19:00', '', '١٢:٣٠', '12:30\n'])(
    'takes no time such as %j',
    async (time) => {
      expect(await problems({ meetings: [lunch({ time })] })).toEqual([
        expect.stringContaining('meetings[0].time: expected a time such as 09:30'),
      ])
    },
  )

  test('names facts that are there', async () => {
    expect(await problems({ meetings: [dinner({ after: [{ meeting: 'breakfast' }] })] })).toEqual([
      'meetings[0].after[0].meeting: unknown meeting "breakfast"; expected one of this bundle or of an earlier one',
    ])
  })
})
