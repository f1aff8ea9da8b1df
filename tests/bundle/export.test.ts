import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exportRecords, type Selection } from '../../src/bundle/export/export.ts'
import { loadRecords } from '../../src/bundle/load/load.ts'
import { nameOf, type Placed } from '../../src/bundle/records.ts'
import type { Database } from '../../src/database/open.ts'
import {
  agreement,
  attended,
  bundleWith,
  load,
  meeting,
  person,
  position,
  relationEvent,
  statement,
  topic,
  visit,
} from '../fixtures.ts'
import { bundles } from '../model/arbitraries.ts'
import { contentOf, databaseKinds, openEmpty, openSeeded, removeFacts } from '../support.ts'

/** How many bundles are exported and loaded; more with MODEL_RUNS. */
const RUNS = Number(process.env['MODEL_RUNS'] ?? 3)

async function exported(database: Database, selection: Selection = {}, alone = false): Promise<Placed[]> {
  const records: Placed[] = []
  await exportRecords(database, selection, async (record) => void records.push(record as Placed), { alone })
  return records
}

describe.each(databaseKinds)('on %s', (kind) => {
  let database: Database
  let other: Database
  beforeAll(async () => {
    database = await openEmpty(kind)
    other = await openEmpty(kind)
  })
  afterAll(async () => {
    await database.close()
    await other.close()
  })

  it('an export of the seed loads into an empty database as the same facts', async () => {
    const seeded = await openSeeded(kind)
    await removeFacts(other)
    await loadRecords(other, await exported(seeded))
    expect(await contentOf(other)).toEqual(await contentOf(seeded))
    await seeded.close()
  })

  it('an export of any facts loads into an empty database as the same facts', async () => {
    await fc.assert(
      fc.asyncProperty(bundles, async (bundle) => {
        await removeFacts(database)
        await removeFacts(other)
        await load(database, bundle)
        const records = await exported(database)
        await loadRecords(other, records)
        expect(await contentOf(other)).toEqual(await contentOf(database))
        expect(await exported(other)).toEqual(records)
      }),
      { numRuns: RUNS, endOnFailure: true },
    )
  })

  const BUNDLE = bundleWith({
    people: ['ada', 'bo', 'cy', 'dee'].map((slug) => person(slug)),
    organizations: [{ slug: 'ministry', name: 'Ministry', kind: 'MINISTRY', country: 'IN' }],
    topics: [topic('tea', 'crops'), topic('crops'), topic('arms')],
    positions: [
      position({ organization: 'ministry', tenure: '2030-01/2032' }),
      position({ slug: 'cy-envoy', person: 'cy', post: 'envoy', tenure: '1900/1901' }),
    ],
    visits: [visit({ from: 'IN', to: 'IT', participations: [attended('dee')] })],
    meetings: [
      meeting({
        visit: 'tour',
        participations: [
          attended('ada', { representing: 'IN', position: 'ada-minister' }),
          attended('bo', { representing: 'IT' }),
        ],
      }),
      meeting({ slug: 'later', when: '2040', participations: [attended('cy', { representing: 'FR' })] }),
    ],
    agreements: [agreement({ topics: ['arms'] })],
    relationEvents: [relationEvent(), relationEvent({ slug: 'elsewhere', countries: ['IN', 'US'] })],
    statements: [
      statement({ topics: ['tea'], addressees: [{ person: 'bo' }], countries: ['IT', 'IN'] }),
      statement({ slug: 'other', speakers: [{ person: 'cy' }], said: '1900' }),
    ],
  })

  it.each<[what: string, selection: Selection, alone: string[], with_: string[]]>([
    [
      'a relation',
      { between: ['IN', 'IT'] },
      ['visits/tour', 'meetings/town-hall', 'agreements/pact', 'relationEvents/recognition', 'statements/trade-first'],
      ['countries/IN', 'countries/IT', 'organizations/ministry', 'people/ada', 'people/bo', 'people/dee', 'topics/arms', 'topics/crops', 'topics/tea', 'sources/gazette', 'positions/ada-minister'], // biome-ignore format: one line
    ],
    [
      'meetings of a relation',
      { between: ['IN', 'IT'], kinds: ['meetings'] },
      ['meetings/town-hall'],
      ['countries/IN', 'countries/IT', 'organizations/ministry', 'people/ada', 'people/bo', 'people/dee', 'sources/gazette', 'positions/ada-minister', 'visits/tour'], // biome-ignore format: one line
    ],
    [
      'a kind and a time',
      { kinds: ['meetings'], from: '2035-01-01' },
      ['meetings/later'],
      ['countries/FR', 'people/cy', 'sources/gazette'],
    ],
    [
      'statements until a day',
      { kinds: ['statements'], to: '1950-01-01' },
      ['statements/other'],
      ['people/cy', 'sources/gazette'],
    ],
    [
      'relation events of a relation since a day',
      { between: ['IN', 'IT'], kinds: ['relationEvents'], from: '2031-05-05' },
      ['relationEvents/recognition'],
      ['countries/IN', 'countries/IT', 'sources/gazette'],
    ],
    ['nothing', { kinds: ['meetings'], from: '2050-01-01' }, [], []],
  ])('%s is exported alone, or with all records that it refers to', async (_what, selection, alone, with_) => {
    await removeFacts(database)
    await load(database, BUNDLE)
    expect((await exported(database, selection, true)).map(nameOf)).toEqual(alone)
    const records = await exported(database, selection)
    expect(records.map(nameOf).toSorted()).toEqual([...alone, ...with_].toSorted())
    await removeFacts(other)
    await loadRecords(other, records)
    expect((await exported(other, selection, true)).map(nameOf)).toEqual(alone)
  })

  it('a load at the same time is exported whole or not at all', async () => {
    await removeFacts(database)
    await load(database, BUNDLE)
    const before = await exported(database)
    const changed = { ...BUNDLE, people: BUNDLE.people?.map((one) => ({ ...one, name: 'X' })), meetings: [meeting()] }
    const [records] = await Promise.all([exported(database), load(database, changed)])
    const after = await exported(database)
    expect([before, after]).toContainEqual(records)
  })
})
