import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { loadBundle } from '../../src/bundle/load/load.ts'
import { validateBundle } from '../../src/bundle/reading/parse.ts'
import { importHistoryStateGov } from '../../src/importers/history-state-gov/index.ts'
import type { Imported } from '../../src/importers/importer.ts'
import { ask, serverOf } from '../api/ask.ts'
import { openEmpty } from '../support.ts'
import { DEVELOPMENT, TEST, WHOLE_ENTRIES } from './history-state-gov-recognition.gold.ts'

/** The folder with all articles. Without it, these tests are reported as skipped. */
const folder = process.env['RDCR_DATA']

describe.skipIf(!folder)('the whole guide to recognition and relations', () => {
  let whole: Imported
  let files: readonly File[]
  let found: ReadonlyMap<string, readonly string[]>

  beforeAll(async () => {
    whole = await importHistoryStateGov(folder as string)
    files = await readFiles()
    found = eventsByEntry(whole, files)
  }, 120_000)

  test('each entry became events or a reported anomaly', () => {
    const entries = files.flatMap(({ article, xml }) => Array.from(entriesIn(xml), (_, i) => `${article}#${i + 1}`))
    const refused = whole.anomalies.filter(({ refused }) => refused).map(({ id }) => id)
    expect(entries.length).toBeGreaterThan(800)
    expect(refused.length).toBeLessThan(entries.length * 0.1)
    expect([...found.keys(), ...refused].sort()).toEqual(entries.sort())
    expect(whole.rows).toEqual({ timeline: { read: entries.length, facts: found.size, refused: refused.length } })
  })

  test.each([
    ['for development', DEVELOPMENT, 0.98],
    ['for testing', TEST, 0.95],
    ['of all acts of an entry', WHOLE_ENTRIES, 0.95],
  ])('kind, date and state are right in the sample %s', (_, gold, least) => {
    const entries = gold.trim().split('\n')
    const wrong = entries.filter((line) => {
      const [, entry = '', events = ''] = /^(\S+) (.*)$/.exec(line) ?? []
      return (found.get(entry) ?? ['none']).toSorted().join() !== events.split(' + ').sort().join()
    })
    expect(wrong.length, wrong.join('\n')).toBeLessThanOrEqual(Math.round(entries.length * (1 - least)))
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

/** The events of each entry, by article and number: an event belongs to the entry in whose words its citations start. */
function eventsByEntry({ bundle: { relationEvents = [], sources = [] } }: Imported, files: readonly File[]) {
  const texts = new Map(sources.map(({ slug, text = '' }) => [slug, text]))
  const found = new Map<string, string[]>()
  for (const { article, xml } of files) {
    const source = `hsg-rdcr-articles-${article}`
    const text = texts.get(source) as string
    let from = 0
    const starts = Array.from(entriesIn(xml), (words) => {
      from = words ? text.indexOf(words, from + 1) : from
      return words ? from : Number.POSITIVE_INFINITY
    })
    for (const { kind, when, countries, citations } of relationEvents) {
      const places = citations.filter((citation) => citation.source === source).map(({ start }) => start as number)
      const entries = new Set(places.map((place) => starts.findLastIndex((start) => start <= place) + 1))
      for (const entry of entries) {
        const key = `${article}#${entry}`
        found.set(key, [...(found.get(key) ?? []), `${kind} ${when} ${countries[1]}`])
      }
    }
  }
  return found
}

interface File {
  readonly article: string
  readonly xml: string
}

async function readFiles(): Promise<File[]> {
  const articles = join(folder as string, 'articles')
  const names = (await readdir(articles)).filter((name) => name.endsWith('.xml'))
  return await Promise.all(
    names.map(async (name) => ({
      article: name.replace('.xml', ''),
      xml: (await readFile(join(articles, name), 'utf8')).replaceAll(/<!--.*?-->/gs, ''),
    })),
  )
}

/** The first words of each entry of an article: of its head, or of its first paragraph. */
function* entriesIn(xml: string): Generator<string> {
  for (const [, first = ''] of xml.matchAll(/<div\b[^>]*\btype="timeline"[^>]*>(?=(.*?)<\/(?:head|p|div)>)/gs))
    yield first
      .replaceAll(/<[^>]*>/g, '')
      .replaceAll(/\s+/g, ' ')
      .replace(/&.*/, '')
      .trim()
      .slice(0, 40)
      .trim()
}
