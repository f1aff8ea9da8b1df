import { expect, test } from 'vitest'
import { openPlace } from '../commands/in-process.ts'
import { databaseKinds } from '../support.ts'

/** The folder with the whole archive. Without it, this test is reported as skipped. */
const folder = process.env['ARCHIVE_DATA']

test.skipIf(!folder).each(databaseKinds)(
  'the whole archive loads on %s, loads again without a change, and all its citations are verified',
  { timeout: 600_000 },
  async (kind) => {
    const { command } = await openPlace(kind)
    const load = async () => {
      const { code, stdout } = await command(['import', '--from', 'history-state-gov', '--json', folder as string])
      expect(code).toBe(0)
      return Object.values<Tally>(JSON.parse(stdout).records)
    }
    const first = await load()
    const count = first.reduce((sum, { created }) => sum + created, 0)
    expect(count).toBeGreaterThan(10_000)
    expect(first).toEqual(first.map(({ created }) => ({ created, changed: 0, unchanged: 0 })))
    expect(await load()).toEqual(first.map(({ created }) => ({ created: 0, changed: 0, unchanged: created })))

    const { code, stdout } = await command(['verify'])
    expect([code, stdout.match(/mismatch:|not stored/g)]).toEqual([0, null])
  },
)

interface Tally {
  readonly created: number
  readonly changed: number
  readonly unchanged: number
}
