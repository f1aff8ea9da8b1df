import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { databaseKinds } from '../support.ts'
import { useFiles } from './files.ts'
import { openPlace } from './in-process.ts'

const MAPPING = {
  kind: 'meetings',
  source: { slug: 'log', title: 'Log', published: '2031' },
  slug: { prefix: 'log-', column: 'No' },
  fields: { title: 'Subject', when: 'Date', kind: { value: 'OTHER' } },
  participations: [{ person: 'Visitor', country: 'From' }],
}
const HEADER = 'No,Date,Subject,Visitor,From\n'

describe.each(databaseKinds)('with its data on %s, a sheet', (kind) => {
  const { path, write } = useFiles()

  async function opened() {
    const place = await openPlace(kind)
    const mapping = await write('log.json', JSON.stringify(MAPPING))
    const importSheet = async (sheet: string, ...options: string[]) =>
      place.command(['import', '--from', 'csv', '--mapping', mapping, ...options, await write('log.csv', sheet)])
    const titles = async () =>
      (await place.database.prisma.meeting.findMany({ orderBy: { slug: 'asc' } })).map(({ title }) => title)
    return { place, importSheet, titles }
  }

  test('of which all rows are refused loads nothing, and the exit code is 1', async () => {
    const { place, importSheet, titles } = await opened()
    const report = path('refused.csv')
    const sheet = `${HEADER}1,5/2/2031,Tea,Ina Berg,NO\n2,6/2/31,Rice,Otto Lind,NO\n`
    const { code, stdout, stderr } = await importSheet(sheet, '--report', report)
    const file = path('log.csv')
    expect([code, stdout, stderr]).toEqual([
      1,
      `${file}:\n  meetings: 2 rows, nothing loaded\n  anomaly order-of-date: 1\n  anomaly two-digit-year: 1\n  refused rows:\n` +
        '    line 2, "Date": found the date "5/2/2031"; expected a date that can be read in one way. Set "dates" in the mapping to DMY or MDY\n' +
        '    line 3, "Date": found the date "6/2/31"; expected a year with four digits, or "century" in the mapping, such as 2000\n',
      `bilateral: ${file}: all rows were refused and nothing was loaded\n`,
    ])
    expect(await place.database.prisma.source.count()).toBe(0)
    const corrected = (await readFile(report, 'utf8')).replace('5/2/2031', '2031-02-05').replace('6/2/31', '6 Feb 2031')
    expect(await importSheet(corrected, '--source', 'log-corrected')).toMatchObject({ code: 0 })
    expect(await titles()).toEqual(['Tea', 'Rice'])
    expect((await place.database.prisma.source.findMany()).map(({ slug }) => slug)).toEqual(['log-corrected'])
  })

  test('whose row contradicts another source loses this row, not the others', async () => {
    const { importSheet, titles } = await opened()
    const first = await importSheet(`${HEADER}1,2031,Tea,Ina Berg,NO\n`)
    expect(first.stdout).toContain('  meetings: 1 row, 1 became a fact, 0 refused\n')
    const other = await importSheet(
      `${HEADER}1,2031,Coffee,Ina Berg,NO\n2,2031,Rice,Ina Berg,NO\n`,
      '--source',
      'other',
    )
    expect([other.code, other.stderr]).toEqual([0, ''])
    expect(other.stdout).toContain('  meetings: 2 rows, 1 became a fact, 1 refused\n')
    expect(other.stdout).toMatch(/\n {4}line 2: .*log/)
    expect(other.stdout).not.toContain('meetings[')
    expect(await titles()).toEqual(['Tea', 'Rice'])
  })

  test('that is imported again finds its people again, and another sheet finds them by name and country', async () => {
    const { place, importSheet } = await opened()
    const sheet = `${HEADER}1,2031,Tea,Ina Åberg,Norway\n2,XXXX,Rice,Ina Aberg,\n3,2031,Oil,Ina Åberg,SE\n`
    expect(await importSheet(sheet)).toMatchObject({ code: 0 })
    const people = () => place.database.prisma.person.findMany({ orderBy: { slug: 'asc' } })
    const before = await people()
    expect(before.map(({ slug }) => slug)).toEqual(['ina-aberg', 'ina-aberg-se'])
    const again = await importSheet(sheet)
    expect(again.stdout).toContain('  meetings       0 created, 0 changed, 3 unchanged\n')
    expect(await people()).toEqual(before)
    const other = await importSheet(`${HEADER}4,2032,Tea,INA ABERG,NOR\n`, '--source', 'other')
    expect([other.code, await people()]).toEqual([0, before])
  })

  test('whose options do not fit is refused', async () => {
    const { place, importSheet } = await opened()
    const file = await write('log.csv', HEADER)
    expect(await place.command(['import', '--report', 'x.csv', file])).toMatchObject({
      stderr: 'bilateral: --report can be used only with --from csv\n',
    })
    const two = await importSheet(HEADER, '--source', 'x', file)
    expect(two.stderr).toBe('bilateral: --source can be used only with one file\n')
  })
})

describe('mapping', () => {
  const { path, write } = useFiles()

  test('proposes a mapping with which the sheet can be imported', async () => {
    const place = await openPlace('PGlite')
    const sheet = await write(
      'log.csv',
      'No;Date;Subject;Visitor;Country\n1;31.5.2031;Tea;Ina Berg;Norway\n2;1.6.2031;Rice;Otto Lind;India\n',
    )
    const { code, stdout, stderr } = await place.command(['mapping', sheet])
    expect(code).toBe(0)
    expect(stderr).toContain('dates: DMY, because some dates can only be read so')
    const mapping = await write('log.json', stdout)
    expect(await place.command(['import', '--from', 'csv', '--mapping', mapping, sheet])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('meetings: 2 rows, 2 became facts, 0 refused'),
    })
  })

  test('refuses what is no spreadsheet', async () => {
    const place = await openPlace('PGlite')
    expect(await place.command(['mapping', await write('empty.csv', '')])).toEqual({
      code: 1,
      stdout: '',
      stderr: `bilateral: ${path('empty.csv')}: expected a header line with the names of the columns, but the file is empty\n`,
    })
  })
})
