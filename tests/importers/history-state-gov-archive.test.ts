import { beforeAll, describe, expect, test } from 'vitest'
import { importHistoryStateGov } from '../../src/importers/history-state-gov/index.ts'
import type { Imported } from '../../src/importers/importer.ts'
import { GOLD } from './history-state-gov.gold.ts'

/** The folder with the whole archive. Without it, these tests are reported as skipped. */
const folder = process.env['ARCHIVE_DATA']

describe.skipIf(!folder)('the whole archive', () => {
  let whole: Imported

  beforeAll(async () => {
    whole = await importHistoryStateGov(folder as string)
  }, 600_000)

  test('each row that says met, conferred or discussed is a meeting or a reported anomaly', () => {
    const visits = whole.bundle.visits ?? []
    const met = new Set([
      ...(whole.bundle.meetings ?? []).map(({ visit }) => visit),
      ...visits.filter(({ note }) => note?.includes('Took part in ')).map(({ slug }) => slug),
    ])
    const reported = new Set(
      whole.anomalies
        .filter(({ reason }) => /^(nobody-named|unread-remark|no-name)$/.test(reason))
        .map(({ file, id }) => `${file.startsWith('visits') ? 'visit' : 'trip'}-${id}`),
    )
    const says = visits.filter(({ description = '' }) => /\b(met|conferred|discussed)\b/i.test(description))
    expect(says.length).toBeGreaterThan(1000)
    expect(says.filter(({ slug }) => !met.has(slug) && !reported.has(slug))).toEqual([])
  })

  test('few meetings join two other states', () => {
    const joining = (whole.bundle.meetings ?? []).filter(({ participations = [] }) => {
      const states = new Set(participations.map(({ representing }) => representing))
      return [...states].filter((state) => state !== undefined && state !== 'US').length > 1
    })
    // Thirteen of them are summits and ministerial meetings with unnamed heads of state or ministers.
    expect(joining.length).toBeLessThan(33)
  })

  test('organizations attend meetings, and so do people who are named only by an office or a state', () => {
    const attendees = (whole.bundle.meetings ?? []).flatMap(({ participations = [] }) => participations)
    const unnamed = attendees.filter(({ unnamed }) => unnamed !== undefined)
    const states = unnamed.filter(
      ({ representing, representingOrganization }) => representing ?? representingOrganization,
    )
    expect(unnamed.length).toBeGreaterThan(600)
    expect(states.length / unnamed.length).toBeGreaterThan(0.9)
    expect(attendees.filter(({ organization }) => organization !== undefined).length).toBeGreaterThan(30)
    expect(
      unnamed.filter(
        ({ unnamed = '' }) =>
          unnamed.length > 120 || /^(the|an?) |[.;,]$|\b(President|King) \p{Lu}\p{Ll}+$/u.test(unnamed),
      ),
    ).toEqual([])
  })

  test('no name is a possessive, a month, a word of an office or a repeated word', () => {
    const named = new Set(
      [...(whole.bundle.visits ?? []), ...(whole.bundle.meetings ?? [])].flatMap(({ participations = [] }) =>
        participations.map(({ person }) => person),
      ),
    )
    const names = (whole.bundle.people ?? [])
      .filter(({ slug }) => named.has(slug))
      .flatMap(({ name, names = [] }) => [name, ...names])
    expect(names.length).toBeGreaterThan(1000)
    expect(
      names.filter((name) =>
        /['’]s$|^(Federal|Foreign|Prime|Deputy)\b|\b(\p{L}{3,}) \2 |\b(Oct|Nov|Dec|Sept|October|November|December)\b/u.test(
          name,
        ),
      ),
    ).toEqual([])
  })

  test('people of a hand-read sample are matched with a precision of .998 and a recall of .97', () => {
    const mentions = GOLD.trim()
      .split('\n')
      .flatMap((line, person) => line.split(' | ').map((mention) => ({ person, mention })))
    const named = peopleByMention(whole)
    const found = mentions.flatMap(({ person, mention }) => {
      const match = named.get(mention)
      return match ? [{ person, match }] : []
    })
    expect(found.length).toBe(300)
    const pairs = found.flatMap((one, i) =>
      found.slice(i + 1).map((other) => ({ same: one.person === other.person, joined: one.match === other.match })),
    )
    const both = pairs.filter(({ same, joined }) => same && joined).length
    expect(both / pairs.filter(({ joined }) => joined).length).toBeGreaterThanOrEqual(0.998)
    expect(both / pairs.filter(({ same }) => same).length).toBeGreaterThanOrEqual(0.97)
  })
})

/** The slug of each person by the row and the words: "visit-2271 President Quirino". */
function peopleByMention({ bundle: { visits = [], meetings = [] } }: Imported): ReadonlyMap<string, string> {
  const rows = new Map<string, { slug: string; start: number; end: number }[]>()
  for (const { slug, citations } of visits) {
    for (const { source, start = 0, end = 0 } of citations)
      rows.set(source, [...(rows.get(source) ?? []), { slug, start, end }])
  }
  const people = new Map<string, string>()
  for (const { participations = [] } of [...visits, ...meetings]) {
    for (const { person, citations } of participations) {
      for (const { source, start = 0, exact = '' } of citations) {
        const row = rows.get(source)?.find((row) => row.start <= start && start < row.end)
        if (row && person) people.set(`${row.slug} ${exact.replaceAll(/\s+/g, ' ')}`, person)
      }
    }
  }
  return people
}
