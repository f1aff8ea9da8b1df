import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { bundleWith, meeting, person } from '../fixtures.ts'
import { databaseKinds } from '../support.ts'
import { refusal } from './in-process.ts'
import { usePrograms } from './place.ts'

const people = (name: string) => Array.from({ length: 1_500 }, (_, i) => person(`${name}-${i}`))
const FIRST = bundleWith({ people: people('one'), meetings: [meeting({ title: 'According to the first' })] })
const SECOND = bundleWith({ people: people('other'), meetings: [meeting({ title: 'According to the second' })] })

const reportOf = (file: string, { created = 0, changed = 0 }) =>
  `${file}:\n  people         1500 created, 0 changed, 0 unchanged\n` +
  `  sources        ${created} created, 0 changed, ${1 - created} unchanged\n` +
  `  meetings       ${created} created, ${changed} changed, 0 unchanged\n`

describe.runIf(databaseKinds.includes('PostgreSQL'))('on PostgreSQL', () => {
  const { write, empty } = usePrograms('PostgreSQL')

  test('two imports at once follow each other, and nothing is lost', async () => {
    const files = [await write('first.jsonl', FIRST), await write('second.jsonl', SECOND)] as const
    const place = await empty()
    const outcomes = await Promise.all(files.map((file) => place.command(['import', file])))
    expect(outcomes.map(({ code, stderr }) => [code, stderr])).toEqual([
      [0, ''],
      [0, ''],
    ])
    const reports = outcomes.map(({ stdout }) => stdout)
    const first = reports.findIndex((report) => report.includes('meetings       1 created'))
    const [before, after] = first === 0 ? files : files.toReversed()
    expect([reports[first], reports[1 - first]]).toEqual([
      reportOf(before as string, { created: 1 }),
      reportOf(after as string, { changed: 1 }),
    ])
    const database = await place.open()
    expect(await database.prisma.person.count()).toBe(3_000)
    expect(await database.prisma.meeting.findMany({ select: { title: true } })).toEqual([
      { title: `According to the ${first === 0 ? 'second' : 'first'}` },
    ])
    await database.close()
  })
})

describe('on PGlite', () => {
  const { write, empty } = usePrograms('PGlite')

  test('a second import into a folder is refused while another process uses it, and the first is not disturbed', async () => {
    const [second, text] = [await write('second.jsonl', SECOND), await write('first.jsonl', FIRST)]
    const place = await empty()
    const importing = place.launch(['import', '-', text])
    importing.stdin.write('{"format":"bilateral-bundle","version":1}\n')
    const owners = join(place.env['BILATERAL_DATA'] as string, 'owner')
    await vi.waitFor(async () => expect(await readdir(owners)).toContain('1'), 240_000)
    const refused = await place.command(['import', second])
    expect(refused).toEqual(
      refusal(
        `${place.env['BILATERAL_DATA']} is in use by process ${importing.pid}; ` +
          'stop it, set BILATERAL_DATA to another folder, or use a PostgreSQL server by DATABASE_URL',
      ),
    )
    importing.stdin.end('{"people":{"slug":"late","name":"Late"}}\n')
    const { code, stdout, stderr } = await importing.ended
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toBe(`-:\n  people         1 created, 0 changed, 0 unchanged\n${reportOf(text, { created: 1 })}`)
    expect(await place.command(['import', second])).toEqual({
      code: 0,
      stdout: reportOf(second, { changed: 1 }),
      stderr: '',
    })
    const database = await place.open()
    expect(await database.prisma.person.count()).toBe(3_001)
    await database.close()
  })
})
