import { gzipSync } from 'node:zlib'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { bundleWith, meeting, person } from '../fixtures.ts'
import { databaseKinds } from '../support.ts'
import { linesOf, useFiles } from './files.ts'
import { openPlace, type Place, refusal, runHere } from './in-process.ts'

const BUNDLE = bundleWith({ meetings: [meeting()] })
const LINES = linesOf(BUNDLE)
const report = (created: number, unchanged: number) =>
  [
    `  people         ${2 * created} created, 0 changed, ${2 * unchanged} unchanged\n`,
    `  sources        ${created} created, 0 changed, ${unchanged} unchanged\n`,
    `  meetings       ${created} created, 0 changed, ${unchanged} unchanged\n`,
  ].join('')
const CREATED = report(1, 0)
const UNCHANGED = report(0, 1)
const done = (stdout: string) => ({ code: 0, stdout, stderr: '' })

describe.each(databaseKinds)('with its data on %s, import', (kind) => {
  const { path, write } = useFiles()
  const empty = () => openPlace(kind)
  async function peopleOf({ database }: Place): Promise<string[]> {
    const people = await database.prisma.person.findMany({ orderBy: { slug: 'asc' } })
    return people.map(({ slug }) => slug)
  }

  test('reads files and standard input, plain or compressed, one after the other', async () => {
    const place = await empty()
    const files = [
      await write('plain.jsonl', LINES),
      await write('document.json', JSON.stringify(BUNDLE)),
      await write('lines.jsonl.gz', gzipSync(LINES)),
    ]
    expect(await place.command(['import', '-', ...files], gzipSync(LINES))).toEqual(
      done(`-:\n${CREATED}${files.map((file) => `${file}:\n${UNCHANGED}`).join('')}`),
    )
    expect(await place.command(['import', '-'], Buffer.from(LINES))).toEqual(done(`-:\n${UNCHANGED}`))
  })

  test('with --dry-run reports what a load would do, and changes nothing', async () => {
    const place = await empty()
    const file = await write('bundle.jsonl', LINES)
    const bad = await write('bad.jsonl', bundleWith({ meetings: [meeting({ host: 'ZZ' })] }))
    expect(await place.command(['import', '--dry-run', file])).toEqual(
      done(`${file} (dry run, nothing loaded):\n${CREATED}`),
    )
    expect(await place.command(['import', '--dry-run', bad])).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('line 5: meetings.host: unknown country "ZZ"'),
    })
    expect(await peopleOf(place)).toEqual([])
    expect(await place.command(['import', file])).toEqual(done(`${file}:\n${CREATED}`))
    expect(await place.command(['import', '--dry-run', '--json', file])).toEqual(
      done(
        `${JSON.stringify({
          file,
          outcome: 'checked',
          records: {
            people: { created: 0, changed: 0, unchanged: 2 },
            sources: { created: 0, changed: 0, unchanged: 1 },
            meetings: { created: 0, changed: 0, unchanged: 1 },
          },
          warnings: [],
        })}\n`,
      ),
    )
  })

  test('with --json prints one object per line, and stops at the first refused file with its problems', async () => {
    const place = await empty()
    const files = [
      await write('good.jsonl', LINES),
      await write('bad.jsonl', bundleWith({ meetings: [meeting({ host: 'ZZ' }), meeting({ slug: 'm', host: 'IN' })] })),
      await write('late.jsonl', bundleWith({ people: [person('late')] })),
    ]
    const { code, stdout, stderr } = await place.command(['import', '--json', ...files])
    expect([code, stderr]).toEqual([1, ''])
    const created = (count: number) => ({ created: count, changed: 0, unchanged: 0 })
    expect(
      stdout
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line)),
    ).toEqual([
      {
        file: files[0],
        outcome: 'loaded',
        warnings: [],
        records: { people: created(2), sources: created(1), meetings: created(1) },
      },
      {
        file: files[1],
        outcome: 'refused',
        records: { people: { refused: 2 }, sources: { refused: 1 }, meetings: { refused: 2 } },
        problemCount: 1,
        problems: [
          {
            path: 'line 5: meetings.host',
            message: 'unknown country "ZZ"; expected one of this bundle or of an earlier one',
          },
        ],
      },
    ])
    expect(await peopleOf(place)).toEqual(['ada', 'bo'])
  })

  test('stops at the first refused file: earlier files stay loaded, later ones are not read', async () => {
    const place = await empty()
    const first = await write('first.jsonl', LINES)
    const second = await write('second.jsonl', bundleWith({ people: [person('cy'), person('cy')] }))
    const { code, stdout, stderr } = await place.command(['import', first, second, path('missing.jsonl')])
    expect([code, stdout]).toEqual([1, `${first}:\n${CREATED}`])
    expect(stderr).toBe(
      `bilateral: ${second}: the bundle was refused and nothing was loaded: 1 problem\n` +
        '  line 4: people: repeats line 3: people: cy\n',
    )
    expect(await peopleOf(place)).toEqual(['ada', 'bo'])
    expect(await place.command(['import', path('missing.jsonl'), first])).toEqual(
      refusal(
        `cannot read ${path('missing.jsonl')}: ENOENT: no such file or directory, open '${path('missing.jsonl')}'`,
      ),
    )
  })

  test('reports its progress on standard error, in lines if that is not a terminal', async () => {
    const place = await empty()
    const people = Array.from({ length: 2_500 }, (_, i) => person(`p-${i}`))
    let now = Date.now()
    vi.spyOn(Date, 'now').mockImplementation(() => (now += 6_000))
    onTestFinished(() => void vi.restoreAllMocks())
    expect(await place.command(['import', '-'], Buffer.from(linesOf(bundleWith({ sources: [], people }))))).toEqual({
      code: 0,
      stdout: '-:\n  people         2500 created, 0 changed, 0 unchanged\n',
      stderr: '-: 1,000 records read\n-: 2,000 records read\n-: 2,500 records read\n',
    })
  })

  test('says what was expected if a file is in another format, and changes nothing', async () => {
    const place = await empty()
    const file = await write('some.jsonl', LINES)
    const message = async (args: readonly string[]) => {
      const { code, stdout, stderr } = await place.command(['import', ...args])
      expect([code, stdout]).toEqual([1, ''])
      return stderr
    }
    // These need no data, so they may run at once.
    expect(
      await Promise.all(
        [
          ['--from', 'the-press', file],
          ['--from', 'csv', file],
          ['--mapping', file, file],
        ].map(message),
      ),
    ).toEqual([
      "bilateral: option '--from <publisher>' argument 'the-press' is invalid. Allowed choices are history-state-gov, csv.\n",
      'bilateral: --from csv needs --mapping FILE, a JSON file that maps the columns to fields\n',
      'bilateral: --mapping can be used only with --from csv\n',
    ])
    for (const none of [path('.'), file]) {
      expect(await message(['--from', 'history-state-gov', none])).toMatch(
        new RegExp(`^bilateral: ${none}: no part of the archive of the Office of the Historian; expected [^\\n]+\\n$`),
      )
    }
    expect(await message([path('.')])).toBe(
      `bilateral: cannot read ${path('.')}: EISDIR: illegal operation on a directory, read\n`,
    )
    expect(await peopleOf(place)).toEqual([])
  })
})

describe('into a folder that does not exist', () => {
  const { path, write } = useFiles()

  test('import --dry-run reports as well', async () => {
    const file = await write('bundle.jsonl', LINES)
    expect(await runHere(['import', '--dry-run', file], { env: { BILATERAL_DATA: path('new') } })).toEqual(
      done(`${file} (dry run, nothing loaded):\n${CREATED}`),
    )
  })
})
