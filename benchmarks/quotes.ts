import { readFile } from 'node:fs/promises'
import { pino } from 'pino'
import { type Database, openDatabase } from '../src/database/open.ts'
import { storeText } from '../src/evidence/attach-text.ts'
import { sourceText } from '../src/evidence/text.ts'
import { createApp } from '../src/server/app.ts'
import { Random } from './data/random.ts'
import { table } from './report/table.ts'

/** How each case was made, the right grade, and the number of cases. */
const KINDS = {
  exact: ['EXACT', 200],
  variant: ['VARIANT', 150],
  altered: ['ALTERED', 200],
  negated: ['ALTERED', 100],
  stitched: ['STITCHED', 150],
  misattributed: ['MISATTRIBUTED', 100],
  invented: ['NOT_FOUND', 100],
} as const
type Kind = keyof typeof KINDS

const GRADES = ['EXACT', 'VARIANT', 'ALTERED', 'STITCHED', 'MISATTRIBUTED', 'PARAPHRASE_IN_QUOTES', 'NOT_FOUND', 'TEXT_NOT_HELD'] // biome-ignore format: one line

/** The least share of right grades. */
const LEAST_RIGHT = 0.99

/** Words of the draft whose check is timed, and the most milliseconds for it. */
const DRAFT_WORDS = 10_000
const MOST_MS = 2_000

/** Quotations of a request. */
const BATCH = 200

interface Item {
  readonly text: string
  readonly speaker?: string
  readonly source?: string
}

interface Case {
  readonly kind: Kind
  readonly item: Item
}

/** Words as a reader sees them in a source. */
interface Fragment {
  readonly source: string
  readonly words: readonly string[]
}

/** A quotation of the article, with its speaker. */
interface Spoken {
  readonly text: string
  readonly speaker: string
}

/**
 * Grades generated quotations, prints how often each kind got each grade, and times the check of a long draft. Returns false if a
 * result is not good enough. `article` is the file with the text of the example article, which is then stored in the database.
 */
export async function checkQuotes(url: string, article: string | undefined): Promise<boolean> {
  const database = await openDatabase({ url })
  if (article) await storeText(database, 'daijiworld-2026-02-05', sourceText(await readFile(article)))
  const app = createApp(database, pino({ level: 'silent' }))
  const check = async (items: readonly Item[]) => {
    const query = `query ($items: [QuoteInput!]!) {
      verifyQuotes(items: $items) { grade explanation places { source { slug } exact reference } differences { change words } }
    }`
    const response = await app.fetch('http://localhost/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables: { items } }),
    })
    const { data, errors } = (await response.json()) as {
      data?: { verifyQuotes: { grade: string; explanation: string }[] }
      errors?: object[]
    }
    if (!data) throw new Error(JSON.stringify(errors))
    return data.verifyQuotes
  }
  const cases = await generate(database)
  const counts: Record<string, Record<string, number>> = {}
  const wrong: string[] = []
  for (let i = 0; i < cases.length; i += BATCH) {
    const some = cases.slice(i, i + BATCH)
    const checks = await check(some.map(({ item }) => item))
    for (const [j, { kind, item }] of some.entries()) {
      const grade = checks[j]?.grade ?? ''
      const row = counts[kind] ?? {}
      counts[kind] = row
      row[grade] = (row[grade] ?? 0) + 1
      if (grade !== KINDS[kind][0]) wrong.push(`${kind}, ${grade}: ${JSON.stringify(item)}`)
    }
  }
  const draft: Item[] = []
  let words = 0
  for (const { item } of cases) {
    if (words >= DRAFT_WORDS) break
    draft.push(item)
    words += item.text.split(/\s+/).length
  }
  let ms = Number.POSITIVE_INFINITY
  for (let i = 0; i < 5; i++) {
    const start = performance.now()
    for (let from = 0; from < draft.length; from += BATCH) await check(draft.slice(from, from + BATCH))
    ms = Math.min(ms, performance.now() - start)
  }
  await database.close()

  const rows = Object.keys(KINDS).map((kind) => [kind, ...GRADES.map((grade) => `${counts[kind]?.[grade] ?? 0}`)])
  const right = 1 - wrong.length / cases.length
  const passed = Object.keys(KINDS)
    .filter((kind) => kind !== 'exact' && kind !== 'variant')
    .reduce((sum, kind) => sum + (counts[kind]?.['EXACT'] ?? 0) + (counts[kind]?.['VARIANT'] ?? 0), 0)
  process.stdout.write(`${table(['made', ...GRADES], rows)}\n\n`)
  process.stdout.write(`Right: ${right.toFixed(4)} of ${cases.length}, expected at least ${LEAST_RIGHT}\n`)
  process.stdout.write(`Wrong quotations graded EXACT or VARIANT: ${passed}, expected 0\n`)
  process.stdout.write(
    `${words} words in ${draft.length} quotations: ${ms.toFixed(0)} ms, expected at most ${MOST_MS}\n`,
  )
  for (const line of wrong.slice(0, 20)) process.stdout.write(`  ${line.slice(0, 300)}\n`)
  return right >= LEAST_RIGHT && passed === 0 && ms <= MOST_MS
}

/** Words that no text has. They replace others, and so do words of other places. */
const OTHERS = 'copper violin umbrella glacier saffron tortoise lantern almond compass velvet'.split(' ')

async function generate({ pool }: Database): Promise<Case[]> {
  const random = new Random(21)
  const { rows } = await pool.query<{ slug: string; text: string; publisher: string | null }>(
    'SELECT slug, text, publisher_slug AS publisher FROM source WHERE text IS NOT NULL ORDER BY slug',
  )
  const fragments = rows.flatMap(({ slug, text }) => fragmentsOf(slug, text))
  const articles = fragments.filter(({ source, words }) => !source.startsWith('hsg-') && !/[“”]/.test(words.join(' ')))
  const long = fragments.filter(({ words }) => words.length >= 12)
  const whole = rows.map(({ text }) => plain(text)).join(' \n ')
  const publishers = new Map(rows.map(({ slug, publisher }) => [slug, publisher]))
  const bySource = new Map(rows.map(({ slug, text }) => [slug, plain(text)]))
  const isReal = (text: string) => whole.includes(plain(text))
  const { rows: spoken } = await pool.query<Spoken>(
    `SELECT statement.text, person_slug AS speaker FROM statement JOIN statement_voice ON statement_slug = slug
     JOIN citation USING (statement_slug) JOIN source ON source.slug = source_slug
     WHERE quotation = 'DIRECT' AND role = 'SPEAKER' AND source.text IS NOT NULL ORDER BY 1`,
  )
  const draw = (least = 6): Fragment => {
    const { source, words } = random.pick(random.happens(0.1) && articles.length > 0 ? articles : long)
    const count = Math.min(words.length, random.between(least, 30))
    const first = random.between(0, words.length - count)
    return { source, words: words.slice(first, first + count) }
  }
  const make: Record<Kind, () => Item | undefined> = {
    exact: () => (random.happens(0.1) && spoken.length > 0 ? random.pick(spoken) : own(draw())),
    variant() {
      const item = own(draw())
      const text = random.pick(VARIANTS)(item.text)
      return text === item.text ? undefined : { ...item, text }
    },
    altered() {
      const words = [...draw().words]
      const at = random.between(0, words.length - 1)
      words[at] = random.happens(0.5) ? random.pick(OTHERS) : random.pick(draw().words)
      return unlessReal(words.join(' '))
    },
    negated() {
      const words = [...draw().words]
      words.splice(random.between(1, words.length - 1), 0, random.pick(['not', 'never', 'hardly']))
      return unlessReal(words.join(' '))
    },
    stitched() {
      const [one, other] = [draw(5), draw(5)]
      if (one.source === other.source) return undefined
      return unlessReal(one.words.slice(0, 14).join(' ') + random.pick([' ', ' … ', '. ']) + other.words.slice(0, 14).join(' '))
    },
    misattributed() {
      if (random.happens(0.3) && spoken.length > 0) {
        const { text, speaker } = random.pick(spoken)
        return { text, speaker: random.pick(['marco-rubio', 'scott-bessent', 'Donald Trump'].filter((one) => one !== speaker)) }
      }
      const { words } = draw()
      const { source } = random.pick(long)
      return bySource.get(source)?.includes(plain(words.join(' '))) ? undefined : { text: words.join(' '), source }
    },
    invented: () => unlessReal(Array.from({ length: random.between(8, 25) }, () => random.pick(draw().words)).join(' ')),
  } // biome-ignore format: short
  /** What an article does not quote is in its publisher’s words. */
  function own({ source, words }: Fragment): Item {
    const speaker = publishers.get(source)
    return { text: words.join(' '), ...(speaker && { speaker }) }
  }
  function unlessReal(text: string): Item | undefined {
    return isReal(text) ? undefined : { text }
  }
  const cases: Case[] = []
  for (const [kind, [, count]] of Object.entries(KINDS) as [Kind, (typeof KINDS)[Kind]][]) {
    for (let made = 0; made < count; ) {
      const item = make[kind]()
      if (!item) continue
      cases.push({ kind, item })
      made++
    }
  }
  return cases
}

const VARIANTS: readonly ((text: string) => string)[] = [
  (text) => text.toUpperCase(),
  (text) => text.toLowerCase(),
  (text) => text.replaceAll(' ', '  '),
  (text) => text.replaceAll(',', ''),
  (text) => text.replaceAll(/[“”]/g, '"').replaceAll('’', "'"),
  (text) => text.replaceAll(/[–—]/g, '-'),
  (text) => `… ${text}`,
  (text) => `${text} …`,
  (text) => text.replace(/^(\S+ \S+ \S+) /, '$1 … '),
  (text) => text.normalize('NFD').replaceAll(/\p{M}/gu, ''),
  (text) => text.replace(/(\S+ \S+) /, '$1\n'),
]

/** What a reader sees of the paragraphs and elements of a text. */
function fragmentsOf(source: string, text: string): Fragment[] {
  const isXml = text.startsWith('<')
  const parts = isXml ? [...text.matchAll(/<(p|description|remarks|visitor|locale)\b[^>]*>([\s\S]*?)<\/\1>/g)].map(([, , part]) => part as string) : text.split('\n') // biome-ignore format: one line
  return parts.flatMap((part) => {
    const words = (isXml ? shownOf(part) : part).trim().split(/\s+/)
    return words.length >= 6 ? [{ source, words }] : []
  })
}

const shownOf = (xml: string) =>
  xml
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&')

/** A second way to compare, for the generator: without tags, accents, case and marks. */
const plain = (text: string) =>
  shownOf(text)
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
