import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { loadBundle } from '../../src/bundle/load.ts'
import { validateBundle } from '../../src/bundle/parse.ts'
import { importHistoryStateGov } from '../../src/importers/history-state-gov/index.ts'
import type { Imported } from '../../src/importers/importer.ts'
import { ask, serverOf } from '../api/ask.ts'
import { openEmpty } from '../support.ts'
import { DEVELOPMENT, TEST } from './history-state-gov-recognition.gold.ts'

/** The folder with all articles. Without it, these tests are reported as skipped. */
const folder = process.env['RDCR_DATA']

describe.skipIf(!folder)('the whole guide to recognition and relations', () => {
  let whole: Imported

  beforeAll(async () => {
    whole = await importHistoryStateGov(folder as string)
  }, 120_000)

  test('each entry became events or a reported anomaly', async () => {
    const articles = join(folder as string, 'articles')
    const names = (await readdir(articles)).filter((name) => name.endsWith('.xml'))
    const texts = await Promise.all(names.map((name) => readFile(join(articles, name), 'utf8')))
    const entries = texts
      .join('')
      .replaceAll(/<!--.*?-->/gs, '')
      .match(/<div\b[^>]*\btype="timeline"/g)?.length
    const refused = whole.anomalies.filter(({ refused }) => refused).map(({ id }) => id)
    expect(entries).toBeGreaterThan(800)
    expect(whole.rows).toEqual({ timeline: { read: entries, facts: headsCited(whole).size, refused: refused.length } })
    expect(new Set(refused).size).toBe(refused.length)
    expect(refused.length).toBeLessThan((entries as number) * 0.1)
  })

  test.each([
    ['for development', DEVELOPMENT, 0.98],
    ['for testing', TEST, 0.95],
  ])('kind, date and state are right in the sample %s', (_, gold, least) => {
    const found = eventsByEntry(whole)
    const wrong = gold
      .trim()
      .split('\n')
      .filter((line) => {
        const [, entry = '', events = ''] = /^(\S+) (.*)$/.exec(line) ?? []
        return (found.get(entry) ?? ['none']).toSorted().join() !== events.split(' + ').sort().join()
      })
    expect(wrong.length, wrong.join('\n')).toBeLessThanOrEqual(Math.round(100 * (1 - least)))
  })

  test('the events load, and every citation is verified', async () => {
    const database = await openEmpty('PGlite')
    try {
      await loadBundle(database, validateBundle(whole.bundle))
      const seen = new Map<string, number>()
      for (let after: string | null = null, more = true; more; ) {
        const { data } = await ask(
          serverOf(database),
          'query ($after: String) { relationEvents(first: 100, after: $after) { pageInfo { hasNextPage endCursor } nodes { citations { verification } } } }',
          { after },
        )
        const { pageInfo, nodes } = (data as Page).relationEvents
        for (const { citations } of nodes)
          for (const { verification } of citations) seen.set(verification, (seen.get(verification) ?? 0) + 1)
        after = pageInfo.endCursor
        more = pageInfo.hasNextPage
      }
      const citations = whole.bundle.relationEvents?.flatMap(({ citations }) => citations).length
      expect(Object.fromEntries(seen)).toEqual({ VERIFIED: citations })
    } finally {
      await database.close()
    }
  }, 120_000)
})

interface Page {
  relationEvents: {
    pageInfo: { hasNextPage: boolean; endCursor: string | null }
    nodes: { citations: { verification: string }[] }[]
  }
}

/** The heads that events cite, as article and place in its text, with the events. */
function headsCited({ bundle: { relationEvents = [] } }: Imported): Map<string, string[]> {
  const heads = new Map<string, string[]>()
  for (const { kind, when, countries, citations } of relationEvents) {
    const [head] = citations
    const key = `${head?.source.replace('hsg-rdcr-articles-', '')} ${head?.start}`
    heads.set(key, [...(heads.get(key) ?? []), `${kind} ${when} ${countries[1]}`])
  }
  return heads
}

/** The events by article and number of the entry: the heads of an article in their order, without the refused entries. */
function eventsByEntry(whole: Imported): ReadonlyMap<string, readonly string[]> {
  const refused = new Set(whole.anomalies.filter(({ refused }) => refused).map(({ id }) => id))
  const heads = [...headsCited(whole)].map(([key, events]) => ({
    article: key.split(' ')[0],
    start: Number(key.split(' ')[1]),
    events,
  }))
  const found = new Map<string, readonly string[]>()
  for (const { article, events } of heads.sort((a, b) => a.start - b.start)) {
    let number = 1
    while (refused.has(`${article}#${number}`) || found.has(`${article}#${number}`)) number++
    found.set(`${article}#${number}`, events)
  }
  return found
}
