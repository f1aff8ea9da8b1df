import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findConflicts } from '../../src/bundle/corrections/conflicts.ts'
import type { Database } from '../../src/database/open.ts'
import {
  agreement,
  attended,
  bundleWith,
  citation,
  load,
  meeting,
  person,
  position,
  relationEvent,
  source,
  statement,
  visit,
} from '../fixtures.ts'
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
          tenure('p-2', '1953-01-22/1959-04-21'),
          tenure('p-again', '1955-01-01/1959-04-22', { post: 'envoy-at-large' }),
          tenure('p-again-2', '1956-01-01/1959-04-22', { post: 'envoy-at-large' }),
          tenure('p-less-precise', '1953-01/1959'),
          tenure('p-next-term', '1959-04-22/1961'),
          tenure('p-unknown', '1953-01/'),
          tenure('p-other-post', '1953-02-02/1959', { post: 'envoy' }),
          tenure('p-other-post-2', '1953-02-02/1959', { person: 'bo', post: 'consul' }),
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
        visits: [
          { ...tour('v-told-again', '2031-06-01/2031-06-05'), citations: [citation('met', { source: 'herald' })] },
          { ...tour('v-of-bo', '2031-06-01/2031-06-05', 'bo'), citations: [citation('met', { source: 'herald' })] },
        ],
      }),
    )
    const gazette = { sources: ['gazette'] }
    const pair = (
      kind: string,
      conflict: string,
      slug: string,
      when: string,
      otherSlug: string,
      otherWhen: string,
    ) => ({
      kind,
      conflict,
      one: { slug, when, ...gazette },
      other: { slug: otherSlug, when: otherWhen, ...gazette },
    })
    expect(await findConflicts(database)).toEqual([
      pair('positions', 'two-tenures', 'p-1', '1953-01-21/1959-04-22', 'p-2', '1953-01-22/1959-04-21'),
      pair('visits', 'overlapping-visits', 'v-1', '2031-05-01/2031-05-05', 'v-2', '2031-05-02/2031-05-05'),
      {
        kind: 'visits',
        conflict: 'two-accounts',
        one: { slug: 'v-4', when: '2031-06-01/2031-06-05', ...gazette },
        other: { slug: 'v-told-again', when: '2031-06-01/2031-06-05', sources: ['herald'] },
      },
      {
        kind: 'meetings',
        conflict: 'two-accounts',
        one: { slug: 'm-1', when: '2031-05-05/2031-05-06', ...gazette },
        other: { slug: 'm-2', when: '2031-05-06', sources: ['herald'] },
      },
      pair('agreements', 'two-dates', 'pact', '2031-05-05', 'pact', '2031-05-06'),
    ])
  })

  it('holders, visitors, acts and events that exclude each other are listed, and what only looks so is not', async () => {
    const other = await openEmpty(kind)
    const held = (slug: string, person: string, tenure: string, fields = {}) =>
      position({ slug, person, tenure, ...fields })
    const stay = (slug: string, to: string, when: string, person = 'ada') =>
      visit({ slug, to, when, participations: [attended(person)] })
    const event = (slug: string, kind: 'RELATIONS_ESTABLISHED' | 'RELATIONS_SEVERED', when: string, by?: string) =>
      relationEvent({ slug, kind, when, ...(by && { by }) })
    const many = ['ada', 'bo', 'cy'].map((one) => held(`delegate-${one}`, one, '2031', { post: 'delegate' }))
    await load(
      other,
      bundleWith({
        people: [person('ada'), person('bo'), person('cy', { born: '2000', died: '2031-05-04' })],
        positions: [
          held('first', 'ada', '2030-01-01/2031-01-10'),
          held('hand-over', 'bo', '2031-01-04/2031-03-01'),
          held('too-early', 'ada', '2031-02-01/2032-01-01'),
          held('elsewhere', 'ada', '2031-06-01/2031-08-01', { country: 'IT', post: 'minister-of-italy' }),
          held('posthumous', 'cy', '2031-05-05/', { post: 'envoy' }),
          held('until-death', 'cy', '2020/2031', { post: 'consul' }),
          held('to-prussia', 'ada', '2041/2042', { post: 'minister', note: 'Commissioned to Prussia.' }),
          held('to-germany', 'bo', '2041/2042', { post: 'minister' }),
          ...many,
        ],
        visits: [
          stay('norway', 'NO', '2033-02-01/2033-02-03'),
          stay('sweden', 'SE', '2033-02-02/2033-02-05'),
          stay('next-leg', 'FI', '2033-02-05/2033-02-06'),
          stay('long', 'EG', '2034-01-01/2034-01-20'),
          stay('side-trip', 'JO', '2034-01-03/2034-01-05'),
          stay('shuttle', 'IL', '2034-01-02/2034-01-20'),
          stay('rome', 'IT', '2035-01-01/2035-01-03'),
          stay('vatican', 'VA', '2035-01-02/2035-01-03'),
        ],
        meetings: [
          meeting({ participations: [attended('bo'), attended('cy')] }),
          meeting({ slug: 'denied', citations: [citation(), citation('a start', { stance: 'CONTRADICTS' })] }),
        ],
        relationEvents: [
          event('one', 'RELATIONS_ESTABLISHED', '2031-01-01'),
          event('two', 'RELATIONS_ESTABLISHED', '2031-02-01'),
          event('severed', 'RELATIONS_SEVERED', '2031-03-01'),
          event('three', 'RELATIONS_ESTABLISHED', '2031-04-01'),
          event('severed-at-once', 'RELATIONS_SEVERED', '2031-04-01'),
        ],
        statements: [statement({ speakers: [{ person: 'cy' }], said: '2031-05' })],
      }),
    )
    const found = (await findConflicts(other)).map(({ kind, conflict, one, other }) =>
      [kind, conflict, one.slug, other.slug].join(' '),
    )
    expect(found).toEqual([
      'positions two-holders hand-over too-early',
      'positions offices-of-two-states elsewhere too-early',
      'visits overnight-in-two-countries norway sweden',
      'relationEvents two-dates one two',
      'relationEvents opposite-events severed-at-once three',
      'meetings outside-life town-hall cy',
      'positions outside-life posthumous cy',
      'meetings contradicted denied denied',
    ])
    await other.close()
  })
})
