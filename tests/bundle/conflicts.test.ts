import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findConflicts } from '../../src/bundle/corrections/conflicts.ts'
import type { Database } from '../../src/database/open.ts'
import { agreement, attended, bundleWith, citation, load, meeting, position, source, visit } from '../fixtures.ts'
import { databaseKinds, openEmpty } from '../support.ts'

describe.each(databaseKinds)('on %s', (kind) => {
  let database: Database
  beforeAll(async () => {
    database = await openEmpty(kind)
  })
  afterAll(() => database.close())

  it('facts that contradict each other are stored and listed, others are not listed', async () => {
    const tenure = (slug: string, tenure: string, fields = {}) => position({ slug, tenure, ...fields })
    const tour = (slug: string, when: string, person = 'ada') =>
      visit({ slug, when, participations: [attended(person)] })
    const talk = (slug: string, when: string, place: string, from = 'gazette', people = ['ada', 'bo']) =>
      meeting({
        slug,
        when,
        place,
        participations: people.map((person) => attended(person)),
        citations: [citation('met', { source: from })],
      })
    const signed = (when: string) => ({ status: 'SIGNED' as const, when, citations: [citation()] })
    await load(
      database,
      bundleWith({
        positions: [
          tenure('p-1', '1953-01-21/1959-04-22'),
          tenure('p-2', '1953-01-22/1959-04-22'),
          tenure('p-less-precise', '1953-01/1959'),
          tenure('p-next-term', '1959-04-22/1961'),
          tenure('p-unknown', '1953-01/'),
          tenure('p-other-post', '1953-02-02/1959', { post: 'envoy' }),
          tenure('p-other-person', '1953-02-02/1959', { person: 'bo' }),
        ],
        visits: [
          tour('v-1', '2031-05-01/2031-05-05'),
          tour('v-2', '2031-05-02/2031-05-05'),
          tour('v-3', '2031-05-02/2031-05-05', 'bo'),
          tour('v-4', '2031-06-01/2031-06-05'),
          tour('v-next-leg', '2031-06-05/2031-06-09'),
        ],
        meetings: [talk('m-1', '2031-05-05/2031-05-06', 'Zürich'), talk('m-same-source', '2031-05-06', 'Berne')],
        agreements: [agreement({ events: [signed('2031-05-05'), signed('2031-05-06'), signed('2031-05')] })],
      }),
    )
    await load(
      database,
      bundleWith({
        sources: [{ ...source(), slug: 'herald' }],
        meetings: [
          talk('m-2', '2031-05-06', 'Berne', 'herald'),
          talk('m-other-day', '2031-07-01', 'Berne', 'herald'),
          talk('m-alone', '2031-05-06', 'Berne', 'herald', ['ada']),
        ],
      }),
    )
    const gazette = { sources: ['gazette'] }
    const pair = (kind: string, slug: string, when: string, otherSlug: string, otherWhen: string) => ({
      kind,
      one: { slug, when, ...gazette },
      other: { slug: otherSlug, when: otherWhen, ...gazette },
    })
    expect(await findConflicts(database)).toEqual([
      pair('positions', 'p-1', '1953-01-21/1959-04-22', 'p-2', '1953-01-22/1959-04-22'),
      pair('visits', 'v-1', '2031-05-01/2031-05-05', 'v-2', '2031-05-02/2031-05-05'),
      {
        kind: 'meetings',
        one: { slug: 'm-1', when: '2031-05-05/2031-05-06', ...gazette },
        other: { slug: 'm-2', when: '2031-05-06', sources: ['herald'] },
      },
      pair('agreements', 'pact', '2031-05-05', 'pact', '2031-05-06'),
    ])
  })
})
