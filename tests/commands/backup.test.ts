import { readFile, stat } from 'node:fs/promises'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readMigrations } from '../../src/database/migrations.ts'
import { version } from '../../src/version.ts'
import { ask, keepingServerOf } from '../api/ask.ts'
import { bundleWith, load, meeting, person, visit } from '../fixtures.ts'
import { databaseKinds, datasetOf, openSeeded } from '../support.ts'
import { allRows } from './all-rows.ts'
import { useFiles } from './files.ts'
import { openPlace, type Place, refusal, runHere } from './in-process.ts'

const lines = (backup: Buffer) => gunzipSync(backup).toString().trimEnd().split('\n')
const packed = (content: readonly string[]) => gzipSync(`${content.join('\n')}\n`)

describe.each(databaseKinds)('with its data on %s', (kind) => {
  const { path, write } = useFiles()
  const empty = () => openPlace(kind)

  /** The seed, with facts that were withdrawn and people who were merged, and its backup. */
  let place: Place
  let backup: Buffer
  beforeAll(async () => {
    const database = await openSeeded(kind)
    place = { database, command: (args) => runHere(args, { database }) }
    await load(
      database,
      bundleWith({ people: [person('ada'), person('odegard')], visits: [visit()], meetings: [meeting()] }),
    )
    expect(await place.command(['withdraw', 'town-hall', '--reason', 'an error'])).toMatchObject({ code: 0 })
    expect(await place.command(['merge', 'ada', 'odegard', '--force'])).toMatchObject({ code: 0 })
    expect(await place.command(['backup', path('all.backup')])).toEqual({
      code: 0,
      stdout: expect.stringMatching(/^\S+: \d[\d,]+ rows of \d+ tables of \S+, data version \d+\n$/),
      stderr: '',
    })
    backup = await readFile(path('all.backup'))
  })
  afterAll(() => place.database.close())

  test('a restored backup has every row, exports the same bytes, and raises the version of the data', async () => {
    const file = path('all.backup')
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    const other = await empty()
    expect(await other.command(['restore', file])).toEqual({
      code: 0,
      stdout: expect.stringMatching(
        /^\S+: restored \d[\d,]+ rows of \d+ tables from \S+, written by bilateral \S+ at \S+ \(data version \d+\)\n$/,
      ),
      stderr: '',
    })
    const rows = await allRows(place.database)
    expect(await allRows(other.database)).toEqual(rows)
    expect(Object.keys(rows).length).toBeGreaterThan(30)
    expect((await datasetOf(other.database)).version).toBe((await datasetOf(place.database)).version + 1n)
    expect(await other.command(['export'])).toEqual(await place.command(['export']))
    // What is imported again is known.
    expect((await other.command(['seed'])).stdout).not.toMatch(/[1-9]\d* (created|changed)/)
  })

  test('a database that is not empty is replaced only with --replace, and cached responses are dropped', async () => {
    const file = path('all.backup')
    const place = await empty()
    await load(place.database, bundleWith({ people: [person('ada'), person('cy')] }))
    const before = await allRows(place.database)
    expect(await place.command(['restore', file])).toEqual({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(
        /^bilateral: the database at \S+ is not empty: the table \w+ has rows; restore into an empty database, or replace everything in this one with --replace\n$/,
      ),
    })
    expect(await allRows(place.database)).toEqual(before)
    const server = await keepingServerOf(place.database)
    const count = async () => (await ask(server, '{ person(slug: "cy") { name } }')).data
    expect(await count()).toEqual({ person: { name: 'Name of cy' } })
    expect(await place.command(['restore', file, '--replace'])).toMatchObject({ code: 0, stderr: '' })
    expect(await count()).toEqual({ person: null })
  })

  test('a file that is no whole backup of this version or an older one is refused, and nothing is changed', async () => {
    const [header = '', ...body] = lines(backup)
    const before = await allRows(place.database)
    const migration = (await readMigrations()).at(-1)?.name as string
    const changed = (change: (header: string) => string) => packed([change(header), ...body])
    const without = (pattern: RegExp) => packed([header, ...body.filter((line) => !pattern.test(line))])
    const flipped = (at: number) => Buffer.from(backup.map((byte, i) => (i === at ? byte ^ 1 : byte)))
    const damaged = (reason = '.+') => `NAME is incomplete or damaged: ${reason}; nothing was changed`
    const cases: [what: string, content: Uint8Array | string, message: string][] = [
      ['nothing', '', 'NAME is not a backup of bilateral'],
      ['a text', 'Dear diary', 'NAME is not a backup of bilateral'],
      ['compressed text', gzipSync('Dear diary'), 'NAME is not a backup of bilateral'],
      [
        'a bundle',
        gzipSync('{"format":"bilateral-bundle","version":1}\n'),
        'NAME is a bundle, not a backup; load it with bilateral import',
      ],
      ['a long line', gzipSync('a'.repeat(3_000_000)), 'NAME is not a backup of bilateral'],
      ['half of a file', backup.subarray(0, backup.length / 2), damaged()],
      ['all but a byte', backup.subarray(0, -1), damaged()],
      ['a header only', packed([header]), damaged('its end is missing')],
      ['no end', packed([header, ...body.slice(0, -1)]), damaged('its end is missing')],
      ['a second backup after it', Buffer.concat([backup, backup]), damaged('something follows its end')],
      ['a flipped bit at a third', flipped(Math.floor(backup.length / 3)), damaged()],
      ['a flipped bit at two thirds', flipped(Math.floor((2 * backup.length) / 3)), damaged()],
      [
        'another name',
        packed([header, ...body].map((line) => line.replace('Jaishankar', 'Jaishenkar'))),
        damaged('the checksum of a table differs'),
      ],
      ['no rows of a table', without(/^\["IN"/), damaged('the checksum of a table differs')],
      ['no sequences', without(/^\{"sequences"/), damaged('its checksum differs')],
      ['no end of a table', without(/^\{"rows"/), damaged('it has an unexpected line')],
      [
        'another header',
        changed((text) => text.replace(/"createdAt":"20/, '"createdAt":"30')),
        damaged('its checksum differs'),
      ],
      ['half a header', changed((text) => text.replace(/"migrations":/, '"other":')), damaged('the header is invalid')],
      [
        'a later format',
        changed((text) => text.replace('"formatVersion":1', '"formatVersion":2').replace(`"${version}"`, '"9.8.7"')),
        'NAME is a backup in format 2, written by bilateral 9.8.7; this version reads formats up to 1: upgrade bilateral',
      ],
      [
        'a later migration',
        changed((text) => text.replace(migration, '9999_of_next_year').replace(`"${version}"`, '"9.8.7"')),
        `NAME was written by bilateral 9.8.7 and has the migration 9999_of_next_year, which this is too old for (bilateral ${version}); upgrade bilateral`,
      ],
      [
        'a migration that was changed',
        changed((text) => text.replace(/"checksum":"./, '"checksum":"x')),
        `NAME was written by bilateral ${version}, in which the migration 0001_facts was different from that of this version (bilateral ${version}); restore it with that version, export the facts and import them here`,
      ],
      [
        'another column',
        changed((text) => text) &&
          packed([header, ...body.map((line) => line.replace('"wikidata_id"', '"wikipedia"'))]),
        damaged('its table person has other columns than that of this database: wikidata_id, wikipedia'),
      ],
    ]
    for (const [what, content, message] of cases) {
      const file = await write('bad.backup', content)
      const { code, stdout, stderr } = await place.command(['restore', '--replace', file])
      expect({ what, code, stdout, stderr }).toEqual({
        what,
        code: 1,
        stdout: '',
        stderr: expect.stringMatching(new RegExp(`^bilateral: ${escaped(message).replace('NAME', '\\S+')}\n$`)),
      })
    }
    expect(await allRows(place.database)).toEqual(before)
    expect(await place.command(['restore', '--replace', path('none')])).toEqual(
      refusal(`cannot read ${path('none')}: ENOENT: no such file or directory, open '${path('none')}'`),
    )
    expect(await place.command(['backup', '/dev/full'])).toEqual(
      refusal('cannot write /dev/full: ENOSPC: no space left on device, write'),
    )
    expect(await place.command(['backup', path('')])).toMatchObject({ code: 1 })
    expect(await allRows(place.database)).toEqual(before)
  })
})

test('there must be a database to back up', async () => {
  const folder = '/nonexistent/bilateral'
  expect(await runHere(['backup', 'unused'], { env: { BILATERAL_DATA: folder } })).toEqual(
    refusal(`there is no database in the folder ${folder}`),
  )
})

const escaped = (text: string) => text.replaceAll(/[()*?^$|[\]\\]/g, '\\$&')
