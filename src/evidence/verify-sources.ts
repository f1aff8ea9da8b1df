import { LRUCache } from 'lru-cache'
import type { Database } from '../database/open.ts'
import { quotedWords, verifyQuotation } from './quotation.ts'
import { codePoints, sha256, slice } from './text.ts'
import { type Claim, verify } from './verify.ts'

/** A citation whose words are not at its place in the text. */
export interface Mismatch {
  readonly citation: string
  readonly start: number
  readonly end: number
  readonly expected: string
  /** The words at that place. */
  readonly found: string
}

/** The result of verifying the citations of one source. */
export interface SourceReport {
  readonly source: string
  readonly citations: number
  readonly verified: number
  readonly mismatches: readonly Mismatch[]
  readonly textHeld: boolean
  /** How the stored text differs from the recorded hash and length. */
  readonly textProblems: readonly string[]
}

/** Number of citations per statement. */
const BATCH = 1_000

interface Text {
  readonly sha256: string
  readonly length: number
  readonly text: string | null
}

/**
 * Compares every citation with the text that it cites, and every text with its recorded hash and length. Earlier editions and
 * withdrawn facts are included. Sources are sorted by slug; `only` selects one of them.
 */
export async function* verifySources(database: Database, only?: string): AsyncGenerator<SourceReport> {
  for (let after = ''; ; ) {
    const source = await database.prisma.source.findFirst({
      where: { slug: only ?? { gt: after } },
      orderBy: { slug: 'asc' },
      select: { slug: true, sha256: true, length: true, text: true },
    })
    if (!source) return
    const { rows: earlier } = await database.pool.query<Text>(
      'SELECT sha256, length, text FROM edition WHERE source_slug = $1 AND sha256 <> $2',
      [source.slug, source.sha256],
    )
    const texts = new Map([source, ...earlier].map((one) => [one.sha256, one.text]))
    const report = { verified: 0, citations: 0, mismatches: [] as Mismatch[] }
    for await (const { id, edition, ...claim } of citationsOf(database, source.slug)) {
      report.citations++
      const text = texts.get(edition ?? source.sha256)
      const verification = verify(claim, text)
      if (verification === 'VERIFIED') report.verified++
      if (verification === 'MISMATCH') report.mismatches.push(mismatch(id, claim, text as string))
    }
    const textHeld = source.text !== null
    const textProblems = [source, ...earlier].flatMap((text) => [...problemsOfText(text)])
    yield { source: source.slug, ...report, textHeld, textProblems }
    if (only !== undefined) return
    after = source.slug
  }
}

interface Row extends Claim {
  readonly id: string
  readonly edition: string | null
}

/** The citations of a source, in reading order, with those of withdrawn facts. */
async function* citationsOf({ pool }: Database, sourceSlug: string): AsyncGenerator<Row> {
  for (let after = [-1, -1, ''] as readonly [number, number, string]; ; ) {
    const { rows } = await pool.query<Row>(
      `SELECT id, edition, start, "end", exact, prefix, suffix FROM (
         SELECT * FROM citation WHERE source_slug = $1
         UNION ALL
         SELECT own.* FROM withdrawn_row, jsonb_populate_record(NULL::citation, content) own
         WHERE table_name = 'citation' AND content ->> 'source_slug' = $1
       ) every WHERE (start, "end", id) > ($2, $3, $4) ORDER BY start, "end", id LIMIT ${BATCH}`,
      [sourceSlug, ...after],
    )
    yield* rows
    const last = rows.at(-1)
    if (!last || rows.length < BATCH) return
    after = [last.start, last.end, last.id]
  }
}

const mismatch = (citation: string, { start, end, exact, prefix, suffix }: Claim, text: string): Mismatch => ({
  citation,
  start,
  end,
  expected: `${prefix ?? ''}${exact}${suffix ?? ''}`,
  found: slice(text, start, end),
})

function* problemsOfText({ sha256: recorded, length, text }: Text) {
  if (text === null) return
  const actual = sha256(text)
  if (actual !== recorded) yield `its text has the SHA-256 ${actual}, expected ${recorded}`
  if (codePoints(text) !== length) yield `its text has ${codePoints(text)} code points, expected ${length}`
}

/** The result of comparing the quoted words of all statements with the passages that they cite. */
export interface QuotationReport {
  /** Number of statements that quote words. */
  readonly quotations: number
  readonly verified: number
  /** Number of those that cannot be checked, because a text is not stored. */
  readonly notChecked: number
  /** Slugs of the statements whose quoted words are not in the passages that they cite. */
  readonly mismatches: readonly string[]
}

/** Compares the quoted words of each statement with the passages that it cites. */
export async function verifyQuotations({ prisma }: Database): Promise<QuotationReport> {
  const report = { quotations: 0, verified: 0, notChecked: 0, mismatches: [] as string[] }
  const texts = new LRUCache<string, { text: string | null }>({ max: 10 })
  const textOf = async (slug: string) => {
    const known =
      texts.get(slug) ?? (await prisma.source.findUniqueOrThrow({ where: { slug }, select: { text: true } }))
    texts.set(slug, known)
    return known.text
  }
  for (let after = ''; ; ) {
    const statements = await prisma.statement.findMany({
      where: { slug: { gt: after } },
      orderBy: { slug: 'asc' },
      select: {
        slug: true,
        quotation: true,
        text: true,
        quoted: true,
        citations: { select: { sourceSlug: true, start: true, end: true } },
      },
      take: BATCH,
    })
    for (const { slug, citations, ...statement } of statements) {
      const words = quotedWords(statement)
      if (words.length === 0) continue
      report.quotations++
      const passages = []
      for (const { sourceSlug, ...place } of citations) passages.push({ ...place, text: await textOf(sourceSlug) })
      const verification = verifyQuotation(words, passages)
      if (verification === 'VERIFIED') report.verified++
      else if (verification === 'TEXT_NOT_HELD') report.notChecked++
      else report.mismatches.push(slug)
    }
    const last = statements.at(-1)
    if (!last || statements.length < BATCH) return report
    after = last.slug
  }
}
