import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Database } from '../../src/database/open.ts'
import { openPlace, type Place } from '../commands/in-process.ts'
import { contentOf, databaseKinds } from '../support.ts'

/** A folder with editions of the archive, each a folder whose name sorts by its date. Without it, this test is reported as skipped. */
const folder = process.env['EDITIONS_DATA']

test.skipIf(!folder).each(databaseKinds)(
  'editions of the archive replace each other on %s, and the facts are those of the last one',
  { timeout: 600_000 },
  async (kind) => {
    const editions = (await readdir(folder as string)).sort().map((name) => join(folder as string, name))
    expect(editions.length).toBeGreaterThan(1)
    const place = await openPlace(kind)
    for (const edition of editions) {
      await load(place, edition)
      const { code, stdout } = await place.command(['verify'])
      expect([code, stdout.match(/mismatch:/g)]).toEqual([0, null])
    }
    const fresh = await openPlace(kind)
    await load(fresh, editions.at(-1) as string)
    const [facts, expected] = [await rowsOf(place.database), await rowsOf(fresh.database)]
    expect({ missing: without(expected, facts), others: without(facts, expected) }).toEqual({ missing: [], others: [] })
  },
)

async function load({ command }: Place, edition: string): Promise<void> {
  expect(await command(['import', '--from', 'history-state-gov', '--json', edition])).toMatchObject({ code: 0 })
}

/** Tables with rows of earlier editions, and with people, who keep the spellings of earlier editions, and their search words. */
const OTHERS = ['edition', 'withdrawal', 'withdrawn_row', 'cut_reference', 'person', 'search_']

/** All rows of other tables, as text. */
async function rowsOf(database: Database): Promise<string[]> {
  const facts = Object.entries(await contentOf(database))
  return facts
    .filter(([table]) => !OTHERS.some((other) => table.startsWith(other)))
    .flatMap(([table, rows]) => rows.map((row) => `${table} ${JSON.stringify(row)}`))
}

function without(rows: readonly string[], others: readonly string[]): string[] {
  const there = new Set(others)
  return rows.filter((row) => !there.has(row))
}
