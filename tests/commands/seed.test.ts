import { describe, expect, test } from 'vitest'
import { bundleWith, load } from '../fixtures.ts'
import { databaseKinds } from '../support.ts'
import { openPlace } from './in-process.ts'

describe.each(databaseKinds)('with other facts on %s, seed', (kind) => {
  test('loads its bundles, once, and nothing in a dry run', async () => {
    const { database, command } = await openPlace(kind)
    await load(database, bundleWith())
    const report = (counts: string) => ({
      code: 0,
      stderr: '',
      stdout: expect.stringContaining(`sources        ${counts}`),
    })
    expect(await command(['seed', '--dry-run'])).toEqual(report('1 created'))
    expect(await database.prisma.source.count()).toBe(1)
    expect(await command(['seed'])).toEqual(report('1 created'))
    expect(await command(['seed'])).toEqual(report('0 created, 0 changed, 1 unchanged'))
    expect(await database.prisma.source.count()).toBe(2)
  })
})
