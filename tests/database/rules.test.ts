import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../../src/database/open.ts'
import { databaseKinds, openSeeded } from '../support.ts'

const bounds = (table: string, ...days: (string | null)[]) => {
  const [beginOfTheBegin, endOfTheBegin, beginOfTheEnd, endOfTheEnd] = days.map((day) =>
    day ? `'2026-02-0${day}'` : 'NULL',
  )
  return `UPDATE ${table} SET begin_of_the_begin = ${beginOfTheBegin}, end_of_the_begin = ${endOfTheBegin},
    begin_of_the_end = ${beginOfTheEnd}, end_of_the_end = ${endOfTheEnd}`
}
const newPosition = `INSERT INTO position (slug, person_slug, post, title, title_folded, edtf) VALUES ('p', 's-jaishankar', 'x', 'X', 'x', '/')`
const newEvent = (one: string, two: string, by: string) =>
  `INSERT INTO relation_event (slug, kind, title, one, two, by_code, edtf) VALUES ('e', 'OTHER', 'x', '${one}', '${two}', '${by}', '/')`
const newStatement = (slug: string) =>
  `INSERT INTO statement (slug, quotation, text, edtf) VALUES ('${slug}', 'OWN', 'x', '/')`

describe.each(databaseKinds)('%s itself refuses', (kind) => {
  let database: Database
  beforeAll(async () => {
    database = await openSeeded(kind)
  })
  afterAll(() => database.close())

  it.each([
    [
      'a citation of two facts',
      `UPDATE citation SET statement_slug = 'daijiworld-ministerial' WHERE meeting_slug IS NOT NULL`,
      'citation_one_fact',
    ],
    [
      'a citation of no fact',
      'UPDATE citation SET statement_slug = NULL WHERE statement_slug IS NOT NULL',
      'citation_one_fact',
    ],
    ['a citation of no words', 'UPDATE citation SET "end" = start', 'citation_range'],
    ['a citation before its text', 'UPDATE citation SET start = -1', 'citation_range'],
    [
      'a person at a meeting and on a visit at once',
      `UPDATE participation SET visit_slug = (SELECT slug FROM visit) WHERE meeting_slug IS NOT NULL`,
      'participation_one_occasion',
    ],
    [
      'an attendee who is nobody',
      'UPDATE participation SET person_slug = NULL, position_slug = NULL',
      'participation_one_attendee',
    ],
    ['an attendee who is two', `UPDATE participation SET unnamed = 'x'`, 'participation_one_attendee'],
    [
      'an attendee for a state and an organization',
      `UPDATE participation SET representing_code = 'IN', representing_organization_slug = 'x'`,
      'participation_represents_one',
    ],
    [
      'an unnamed attendee with an office',
      `UPDATE participation SET unnamed = 'x', person_slug = NULL, position_slug = 'x'`,
      'participation_office_of_person',
    ],
    [
      'a voice of nobody',
      'UPDATE statement_voice SET person_slug = NULL WHERE person_slug IS NOT NULL',
      'statement_voice_one_voice',
    ],
    [
      'a voice of two',
      `UPDATE statement_voice SET organization_slug = 'x' WHERE person_slug IS NOT NULL`,
      'statement_voice_one_voice',
    ],
    ['an actor of two', `UPDATE agreement_event_actor SET organization_slug = 'x'`, 'agreement_event_actor_one_actor'],
    ['an office of nobody', newPosition, 'position_of_somebody'],
    ['a relation of a country with itself', newEvent('IN', 'IN', 'IN'), 'relation_event_in_order'],
    ['a relation with its countries out of order', newEvent('US', 'IN', 'IN'), 'relation_event_in_order'],
    ['an event of a relation by a third country', newEvent('IN', 'US', 'FR'), 'relation_event_by_one_of_two'],
    [
      'bounds of a relation event out of order',
      `${newEvent('IN', 'US', 'US')}; ${bounds('relation_event', '5', '4', null, null)}`,
      'relation_event_bounds_in_order',
    ],
    ['a visit to its own country', 'UPDATE visit SET from_code = to_code', 'visit_abroad'],
    [
      'a topic that is broader than itself',
      'UPDATE topic_broader SET broader_slug = topic_slug',
      'topic_broader_not_itself',
    ],
    ['a text of another length', `UPDATE source SET text = 'short'`, 'source_length'],
    ['a hash in another form', `UPDATE source SET sha256 = upper(sha256)`, 'source_sha256_form'],
    ['a slug in another form', newStatement('Said by Ada'), 'statement_slug_form'],
    ['a country code in another form', `INSERT INTO country (code, name) VALUES ('in', 'India')`, 'country_code_form'],
    ['a second row about the dataset', 'INSERT INTO dataset (id) VALUES (2)', 'dataset_one_row'],
    ['a slug that there is', `INSERT INTO person (slug, name) VALUES ('s-jaishankar', 'X')`, 'person_pkey'],
    ['a fact about nobody', `UPDATE position SET person_slug = 'nobody'`, 'position_person_slug_fkey'],
    ['to lose a source that facts cite', 'DELETE FROM source', 'citation_source_slug_fkey'],
    ['a begin that may be later than it may be', bounds('meeting', '5', '4', null, null), 'meeting_bounds_in_order'],
    ['an end that may be later than it may be', bounds('visit', null, null, '5', '4'), 'visit_bounds_in_order'],
    ['an end before the begin', bounds('position', '5', null, '4', null), 'position_bounds_in_order'],
    ['a begin after the end', bounds('statement', null, '5', null, '4'), 'statement_bounds_in_order'],
    [
      'a begin after the end, with no other bounds',
      bounds('attestation', '5', null, null, '4'),
      'attestation_bounds_in_order',
    ],
    [
      'bounds of events out of order',
      bounds('agreement_event', '5', '4', null, null),
      'agreement_event_bounds_in_order',
    ],
    ['bounds of publication out of order', bounds('source', '5', '4', null, null), 'source_bounds_in_order'],
  ])('%s', async (_sentence, sql, constraint) => {
    await expect(database.pool.query(sql)).rejects.toMatchObject({ constraint })
  })

  it('only bounds that contradict each other: one day of several, and unknown bounds, are accepted', async () => {
    await database.pool.query(bounds('meeting', '2', '4', '2', '4'))
    await database.pool.query(bounds('meeting', null, null, null, null))
    const { rows } = await database.pool.query('SELECT count(*)::int FROM meeting WHERE begin_of_the_begin IS NULL')
    expect(rows).toEqual([{ count: 3 }])
  })

  it('to sort names in any order other than that of code points', async () => {
    await database.pool.query(
      `INSERT INTO person (slug, name) VALUES ('a-1', 'Z'), ('a1', 'a'), ('a-2', 'É'), ('a2', 'É😀'), ('a3', 'Éﬀ')`,
    )
    const people = await database.prisma.person.findMany({
      where: { slug: { startsWith: 'a' } },
      orderBy: { name: 'asc' },
    })
    expect(people.map(({ name }) => name)).toEqual(['Z', 'a', 'É', 'Éﬀ', 'É😀'])
  })
})
