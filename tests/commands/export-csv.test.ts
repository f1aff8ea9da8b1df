import { readdir, readFile, writeFile } from 'node:fs/promises'
import { parse } from 'csv-parse/sync'
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet'
import { describe, expect, test } from 'vitest'
import { kinds } from '../../src/bundle/concepts.ts'
import { dataOf, serverOf } from '../api/ask.ts'
import { attended, bundleWith, meeting, person, TEXT } from '../fixtures.ts'
import { databaseKinds } from '../support.ts'
import { useFiles } from './files.ts'
import { openPlace, refusal } from './in-process.ts'

const BUNDLE = bundleWith({
  people: [
    person('ada', { name: '𝔄da, “the first”', names: ['A. "Meer"', 'अदा'] }),
    person('bo', { name: '=HYPERLINK("http://evil.example";"Bo")', names: ['Ødegård\nBo'] }),
    person('cy', { name: '+1', names: ['-2'] }),
    person('dee', { name: '@SUM(A1)', names: ['=1', 'x'] }),
  ],
  meetings: [meeting({ participations: [attended('ada', { representing: 'IN' }), attended('bo', { role: 'HOST' })] })],
})

const PEOPLE = [
  'slug,name,names,formerly,wikidataId,born,died',
  'ada,"𝔄da, “the first”","A. ""Meer""; अदा",,,,',
  `bo,"'=HYPERLINK(""http://evil.example"";""Bo"")","Ødegård\nBo",,,,`,
  "cy,'+1,'-2,,,,",
  "dee,'@SUM(A1),'=1; x,,,,",
  '',
].join('\r\n')

describe.each(databaseKinds)('with its data on %s, export --csv', (kind) => {
  const { path, write } = useFiles()
  const empty = () => openPlace(kind)

  test('writes one table per kind, and marks formulas as text', async () => {
    const place = await empty()
    const imported = await place.command(['import', await write('bundle.jsonl', BUNDLE)])
    expect(imported).toMatchObject({ code: 0, stderr: '' })
    const done = (stdout = '') => ({ code: 0, stdout, stderr: '' })
    expect(await place.command(['export', '--csv', '--kinds', 'people'])).toEqual(done(PEOPLE))
    expect(await place.command(['export', '--csv', path('new/tables')])).toEqual(done())
    expect(await readdir(path('new/tables'))).toEqual(kinds.map((kind) => `${kind}.csv`).sort())
    expect(await readFile(path('new/tables/people.csv'), 'utf8')).toBe(PEOPLE)
    expect(parse(await readFile(path('new/tables/meetings.csv')), { columns: true })).toEqual([
      {
        slug: 'town-hall',
        after: '',
        time: '',
        title: 'In the town hall',
        kind: 'BILATERAL',
        when: '2031-05-05',
        place: '',
        host: '',
        visit: '',
        participations: 'ada (PARTICIPANT, IN); bo (HOST)',
        note: '',
        citations: 'gazette 49-52',
      },
    ])
    // A table without rows has its columns all the same.
    expect(await readFile(path('new/tables/agreements.csv'), 'utf8')).toBe(
      'slug,title,kind,description,parties,topics,events,note,citations\r\n',
    )
    expect(await place.command(['export', '--csv', '--kinds', 'meetings,visits', path('two')])).toEqual(done())
    expect(await readdir(path('two'))).toEqual(['meetings.csv', 'visits.csv'])
  })

  test('needs a folder for several tables, and permission to write to it', async () => {
    const place = await empty()
    const expected = '--csv writes one table per type: give the folder for them, or --kinds with one type'
    expect(await place.command(['export', '--csv'])).toEqual(refusal(expected))
    expect(await place.command(['export', '--csv', '--kinds', 'people,topics'])).toEqual(refusal(expected))
    const file = path('a-file')
    await writeFile(file, 'as it was')
    expect(await place.command(['export', '--csv', file])).toEqual(
      refusal(`cannot write ${file}: EEXIST: file already exists, mkdir '${file}'`),
    )
    expect(await readFile(file, 'utf8')).toBe('as it was')
  })
})

describe.each(databaseKinds)('with its data on %s, export --parquet', (kind) => {
  const { path, write } = useFiles()

  test('writes one file per kind, with the records of the API', async () => {
    const place = await openPlace(kind)
    await place.command(['import', await write('bundle.jsonl', BUNDLE)])
    expect(await place.command(['export', '--parquet', path('tables')])).toEqual({ code: 0, stdout: '', stderr: '' })
    expect(await readdir(path('tables'))).toEqual(kinds.map((kind) => `${kind}.parquet`).sort())
    const rowsOf = async (kind: string) =>
      await parquetReadObjects({ file: await asyncBufferFromFile(path(`tables/${kind}.parquet`)) })
    const fields = kinds.filter((kind) => kind !== 'positions').map((kind) => `${kind} { totalCount }`)
    const counts = await dataOf<Record<string, { totalCount: number }>>(
      serverOf(place.database),
      `{ ${fields.join(' ')} }`,
    )
    for (const [kind, { totalCount }] of Object.entries(counts)) {
      expect((await rowsOf(kind)).length, kind).toBe(totalCount)
    }
    const [ada, bo] = await rowsOf('people')
    expect(ada).toEqual({
      slug: 'ada', name: '𝔄da, “the first”', names: ['A. "Meer"', 'अदा'], formerly: [], wikidataId: null, born: null, died: null,
    }) // biome-ignore format: a record
    expect(bo?.['name']).toBe('=HYPERLINK("http://evil.example";"Bo")')
    expect(await rowsOf('sources')).toMatchObject([{ slug: 'gazette', length: [...TEXT].length, text: TEXT }])
    expect(await rowsOf('meetings')).toMatchObject([{ participations: [{ person: 'ada' }, { person: 'bo' }] }])
    expect(await rowsOf('agreements')).toEqual([])
  })

  test('needs a folder', async () => {
    const place = await openPlace(kind)
    const expected = '--parquet writes one table per type: give the folder for them, and not --csv'
    expect(await place.command(['export', '--parquet'])).toEqual(refusal(expected))
    expect(await place.command(['export', '--parquet', '--csv', path('x')])).toEqual(refusal(expected))
  })
})
