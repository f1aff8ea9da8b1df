import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { reinstateFacts, withdrawFacts } from '../../src/bundle/corrections/withdraw.ts'
import { findStale } from '../../src/bundle/derived/derive.ts'
import type { Database } from '../../src/database/open.ts'
import { sqlOf } from '../api/ask.ts'
import { attended, bundleWith, load, meeting, person, position, statement, topic } from '../fixtures.ts'
import { databaseKinds, openEmpty } from '../support.ts'

const RUNS = Number(process.env['MODEL_RUNS'] ?? 5)

const slugs = ['one', 'two', 'three'] as const
const anyOf = <T>(...values: readonly T[]) => fc.constantFrom(...values)

/** A change of statements: a new version of some of them, with or without records that only they name, or a withdrawal. */
const change = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      statements: fc.uniqueArray(
        fc.record({
          slug: anyOf(...slugs),
          speaker: anyOf('ada', 'bo', 'cy', 'new'),
          addressee: anyOf(undefined, 'ada', 'bo'),
          meeting: anyOf(undefined, 'town-hall', 'second'),
          topics: fc.uniqueArray(anyOf('tea', 'crops', 'trade'), { maxLength: 2 }),
          countries: fc.uniqueArray(anyOf('FR', 'IN', 'CH'), { maxLength: 2 }),
          said: anyOf('2031-05-05', '2031', '1990-01-01', 'XXXX'),
        }),
        { minLength: 1, maxLength: 2, selector: ({ slug }) => slug },
      ),
    }),
  },
  { weight: 1, arbitrary: fc.record({ withdraw: anyOf(...slugs) }) },
  { weight: 1, arbitrary: fc.record({ reinstate: anyOf(...slugs) }) },
)

describe.each(databaseKinds)('on %s', (kind) => {
  let database: Database
  beforeAll(async () => {
    database = await openEmpty(kind)
    await load(
      database,
      bundleWith({
        people: ['ada', 'bo', 'cy'].map((slug) => person(slug)),
        topics: [topic('tea', 'crops'), topic('crops'), topic('trade')],
        positions: [position(), position({ slug: 'bo-minister', person: 'bo', country: 'IT', tenure: '2031-01/..' })],
        meetings: [
          meeting({
            participations: [attended('ada', { representing: 'IN' }), attended('bo', { representing: 'IT' })],
          }),
          meeting({ slug: 'second', participations: [attended('cy', { representing: 'FR' })] }),
        ],
        statements: [statement({ slug: 'always', topics: ['tea', 'trade'] })],
      }),
    )
  })
  afterAll(async () => await database.close())

  async function stale() {
    const client = await database.pool.connect()
    try {
      await client.query('BEGIN')
      return await findStale(client)
    } finally {
      await client.query('ROLLBACK')
      client.release()
    }
  }

  test('what follows from a few changed statements is the same as if everything were derived again', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 3, maxLength: 8 }), async (changes) => {
        for (const one of changes) {
          if ('statements' in one) {
            const statements = one.statements.map(({ speaker, addressee, ...fields }) =>
              statement({
                ...fields,
                speakers: [{ person: speaker }],
                addressees: addressee && addressee !== speaker ? [{ person: addressee }] : [],
              }),
            )
            await load(database, bundleWith({ people: [person('ada'), person('new')], statements }))
          }
          // A statement may be withdrawn already, or not exist yet.
          else if ('withdraw' in one)
            await withdrawFacts(database, [`statements/${one.withdraw}`], { reason: 'wrong' }).catch(() => {})
          else await reinstateFacts(database, [`statements/${one.reinstate}`]).catch(() => {})
          expect(await stale()).toEqual([])
        }
      }),
      { numRuns: RUNS },
    )
  })

  test('a statement does not derive again what follows from other facts', async () => {
    const statements = [statement({ slug: 'last', meeting: 'town-hall' })]
    const sql = [
      ...(await sqlOf(() => load(database, bundleWith({ statements })))),
      ...(await sqlOf(() => withdrawFacts(database, ['statements/last'], { reason: 'wrong' }))),
    ]
    const derived = sql.filter(({ text }) => text.includes('TABLE wanted')).map(({ text }) => text)
    expect(derived.filter((text) => /participation_id|words/.test(text))).toEqual([])
    expect(derived.filter((text) => text.includes('CREATE'))).toHaveLength(12)
  })
})
