import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import type { BundleInput } from '../../src/bundle/format.ts'
import { loadRecords } from '../../src/bundle/load/load.ts'
import { readRecords } from '../../src/bundle/reading/files.ts'
import type { Database } from '../../src/database/open.ts'
import { attended, bundleWith, meeting, person, source, statement, TEXT, topic } from '../fixtures.ts'
import { contentOf, databaseKinds, datasetOf } from '../support.ts'
import { type Place, usePrograms } from './place.ts'

/** How often an import is killed on each database, and half as often one of a newer edition; more with KILL_TRIES. */
const TRIES = Number(process.env['KILL_TRIES'] ?? 3)

const many = <T>(count: number, make: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i))

/** Some hundred records; those of a later `edition` are more, and differ. */
const edition = (edition: number): BundleInput =>
  bundleWith({
    people: many(100 + 100 * edition, (i) => person(`person-${i}`, { names: i % 3 ? [] : [`Edition ${edition}`] })),
    topics: many(20, (i) => (i < 10 ? topic(`topic-${i}`) : topic(`topic-${i}`, `topic-${(i * edition) % 10}`))),
    meetings: many(150 + 50 * edition, (i) =>
      meeting({
        slug: `meeting-${i}`,
        title: `Meeting ${i} of edition ${edition}`,
        participations: [attended(`person-${i % 100}`), attended(`person-${100 + ((i * edition) % 100)}`)],
      }),
    ),
    statements: many(150 + 50 * edition, (i) =>
      statement({
        slug: `statement-${i}`,
        quotation: 'REPORTED',
        quoted: [],
        text: `Words ${i}${i % 2 ? '' : ` of edition ${edition}`}.`,
        speakers: [{ person: `person-${(i * edition) % 200}` }],
        meeting: `meeting-${i}`,
        topics: [`topic-${(i + edition) % 20}`],
      }),
    ),
  })

/** The same records of a newer text, which fewer facts cite: 50 meetings and statements are withdrawn. */
const newerText = (bundle: BundleInput, line: string): BundleInput => {
  const text = `${TEXT}\n${line}\n`
  const sha256 = createHash('sha256').update(text).digest('hex')
  return { ...bundle, sources: [source({ text, sha256, length: [...text].length, published: line })] }
}

/** All that is held: how many rows of each table, and a hash of every row. */
async function stateOf(database: Database) {
  const content = await contentOf(database)
  return {
    version: (await datasetOf(database)).version,
    counts: Object.fromEntries(Object.entries(content).map(([table, rows]) => [table, rows.length])),
    hash: createHash('sha256').update(JSON.stringify(content)).digest('hex'),
  }
}

describe.each(databaseKinds)('on %s', (kind) => {
  const { write, empty } = usePrograms(kind)

  async function openAt<T>(place: Place, work: (database: Database) => Promise<T>): Promise<T> {
    const database = await place.open()
    try {
      return await work(database)
    } finally {
      await database.close()
    }
  }

  test.each([
    ['an import', edition(1), edition(2), 'meetings       50 created, 200 changed, 0 unchanged\n', TRIES],
    [
      'an import of a newer edition',
      newerText(edition(2), '2031'),
      newerText(edition(1), '2032'),
      'meetings       0 created, 200 changed, 0 unchanged, 50 withdrawn\n',
      Math.ceil(TRIES / 2),
    ],
  ] as const)(
    '%s that is killed at any moment is applied completely or not at all, and the next one succeeds',
    async (_what, older, newer, tally, tries) => {
      const first = await write('first.jsonl', older)
      const second = await write('second.jsonl', newer)
      const held = await empty()
      const before = await openAt(held, async (database) => {
        await loadRecords(database, readRecords(first))
        return await stateOf(database)
      })
      const whole = await held.copy()
      let begun = performance.now()
      const report = await whole.command(['import', second])
      let took = performance.now() - begun
      expect(report.code).toBe(0)
      expect(report.stdout).toContain(tally)
      const after = await openAt(whole, stateOf)
      await whole.remove()

      const found = { before: 0, after: 0 }
      // From the end to the begin, as a run that is over before it is killed tells better how long one takes.
      for (let i = tries; i > 0; i--) {
        const delay = ((i - Math.random()) / tries) * took
        const killed = `killed after ${Math.round(delay)} of ${Math.round(took)} ms`
        const place = await held.copy()
        begun = performance.now()
        const importing = place.launch(['import', second])
        await Promise.race([sleep(delay), importing.ended])
        importing.kill('SIGKILL')
        if ((await importing.ended).code === 0) took = Math.min(took, performance.now() - begun)
        await openAt(place, async (database) => {
          const left = await stateOf(database)
          expect([before, after], killed).toContainEqual(left)
          found[left.version === before.version ? 'before' : 'after']++
          await loadRecords(database, readRecords(second))
          expect(await stateOf(database), `imported again, ${killed}`).toEqual(after)
        })
        await place.remove()
      }
      // Else it was not killed while it worked.
      expect(found.before).toBeGreaterThan(0)
    },
  )

  test('what an import has reported is stored, even if it is killed directly afterwards', async () => {
    const file = await write('third.jsonl', edition(1))
    const place = await empty()
    const importing = place.launch(['import', file])
    await importing.says('created')
    importing.kill('SIGKILL')
    await importing.ended
    expect(await openAt(place, ({ prisma }) => prisma.meeting.count())).toBe(200)
  })
})
