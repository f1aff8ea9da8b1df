import { readdir, readFile } from 'node:fs/promises'
import { gunzipSync } from 'node:zlib'
import { describe, expect, onTestFinished, test } from 'vitest'
import { contentOf, databaseKinds, openSeeded } from '../support.ts'
import { useFiles } from './files.ts'
import { type Outcome, openPlace, type Place, refusal, runHere } from './in-process.ts'

const quiet = { code: 0, stdout: '', stderr: '' }

describe.each(databaseKinds)('with its data on %s, export', (kind) => {
  const { path } = useFiles()
  const empty = () => openPlace(kind)

  async function seeded(): Promise<Place> {
    const database = await openSeeded(kind)
    onTestFinished(() => database.close())
    return { database, command: (args) => runHere(args, { database }) }
  }

  test('writes JSON Lines, JSON and compressed files, each of which loads into an empty database as the same facts', async () => {
    const place = await seeded()
    const facts = await contentOf(place.database)
    const { code, stdout: lines, stderr } = await place.command(['export'])
    expect([code, stderr]).toEqual([0, ''])
    expect(lines).toMatch(/^\{"format":"bilateral-bundle","version":1\}\n(\{"[a-z]+":\{.*\}\}\n)+$/)

    for (const name of ['all.jsonl', 'all.json', 'all.jsonl.gz', 'all.json.gz']) {
      expect(await place.command(['export', path(name)])).toEqual(quiet)
    }
    expect(await readdir(path('.'))).toEqual(['all.json', 'all.json.gz', 'all.jsonl', 'all.jsonl.gz'])
    expect(await readFile(path('all.jsonl'), 'utf8')).toBe(lines)
    expect(gunzipSync(await readFile(path('all.jsonl.gz'))).toString()).toBe(lines)
    const document = await readFile(path('all.json'), 'utf8')
    expect(gunzipSync(await readFile(path('all.json.gz'))).toString()).toBe(document)

    const other = await empty()
    expect(await other.command(['import', '-'], Buffer.from(lines))).toMatchObject({ code: 0, stderr: '' })
    expect(await contentOf(other.database)).toEqual(facts)
    expect(await other.command(['export'])).toEqual({ code: 0, stdout: lines, stderr: '' })
    const another = await empty()
    expect(await another.command(['import', path('all.json')])).toMatchObject({ code: 0, stderr: '' })
    expect(await contentOf(another.database)).toEqual(facts)
  })

  test('without records is a bundle that loads', async () => {
    const place = await empty()
    const { code, stdout, stderr } = await place.command(['export', '--kinds', 'meetings'])
    expect([code, stdout, stderr]).toEqual([0, '{"format":"bilateral-bundle","version":1}\n', ''])
    expect(await place.command(['import', '-'], Buffer.from(stdout))).toEqual({ code: 0, stdout: '-:\n', stderr: '' })
  })

  test('selects by countries, kinds and days, and adds the records they refer to', async () => {
    const place = await seeded()
    const kindsOf = async (...args: string[]) => {
      const { code, stdout, stderr } = await place.command(['export', ...args])
      expect([code, stderr]).toEqual([0, ''])
      const counts: Record<string, number> = {}
      for (const line of stdout.split('\n').slice(1, -1)) {
        const [kind = ''] = Object.keys(JSON.parse(line))
        counts[kind] = (counts[kind] ?? 0) + 1
      }
      return counts
    }
    const meetings = await kindsOf('--between', 'US,IN', '--kinds', 'meetings')
    expect(meetings).toEqual({
      countries: 2,
      organizations: 1,
      people: 3,
      sources: 1,
      positions: 3,
      visits: 1,
      meetings: 3,
    })
    expect(await kindsOf('--kinds', 'meetings,people')).toEqual({ ...meetings, people: 5 })
    expect(await kindsOf('--kinds', 'meetings', '--since', '2026-02-04', '--until', '2026-02-04')).toEqual(meetings)
    expect(await kindsOf('--kinds', 'meetings', '--until', '2026-02-01')).toEqual({})
    expect(await kindsOf('--kinds', 'meetings', '--since', '2026-02-05')).toEqual({})
  })

  test('says what is wrong with a selection, and writes nothing', async () => {
    const place = await empty()
    const between = (given: string, why: string) => [['--between', given], `--between: expected ${why}`] as const
    const two = 'two different countries, for example IN,US, got '
    const day = 'expected a day as YYYY-MM-DD, for example 2026-02-05, got '
    const kinds =
      'expected one or more of countries,organizations,people,topics,sources,positions,visits,meetings,agreements,relationEvents,statements'
    const mistakes: (readonly [args: readonly string[], message: string])[] = [
      between('IN', `${two}IN`),
      between('IN,IN', `${two}IN,IN`),
      between('', two),
      between('IN,ZZ', 'codes of countries in the database, got ZZ'),
      [['--since', '2026-02-30'], `--since: ${day}"2026-02-30"`],
      [
        ['--since', '2026-02-05', '--until', '2026-02-04'],
        '--since and --until: expected --since on or before --until, got 2026-02-05 and 2026-02-04',
      ],
      [['--kinds', 'people,persons'], `--kinds: ${kinds}, got "persons"`],
    ]
    const outcomes: Outcome[] = []
    for (const [args] of mistakes) outcomes.push(await place.command(['export', ...args, path('mistaken.jsonl')]))
    expect(outcomes).toEqual(mistakes.map(([, message]) => refusal(message)))
    expect(await readdir(path('.'))).not.toContain('mistaken.jsonl')
  })
})
