import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { bundleWith } from '../fixtures.ts'
import { databaseKinds } from '../support.ts'
import { usePrograms } from './place.ts'

describe.each(databaseKinds)('the program with its data on %s', (kind) => {
  const { empty, write, path } = usePrograms(kind)

  test('runs each command, and prints only what was asked for', async () => {
    const place = await empty()
    const done = (stdout: unknown) => ({ code: 0, stdout, stderr: '' })
    const file = await write('bundle.jsonl', bundleWith())
    expect(await place.command(['import', file])).toMatchObject({ code: 0, stderr: '' })
    expect(await place.command(['verify', 'gazette'])).toEqual(done('gazette: 0 citations, 0 verified, 0 mismatched\n'))
    expect(await place.command(['conflicts'])).toEqual(done('no facts contradict each other\n'))
    expect(await place.command(['export', '--kinds', 'people', path('people.json')])).toEqual(done(''))
    expect(JSON.parse(await readFile(path('people.json'), 'utf8')).people).toHaveLength(2)
    expect(await place.command(['merge', 'bo', 'ada'])).toEqual(done('merged ada into bo; ada now redirects to bo\n'))
    expect(await place.command(['migrate'])).toEqual(done(expect.stringMatching(/: nothing to apply\n$/)))
  })
})
