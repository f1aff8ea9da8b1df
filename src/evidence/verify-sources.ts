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

/**
 * Compares every citation with the text of its source, and every text with its recorded hash and length. Sources are sorted by
 * slug; `only` selects one of them.
 */
export async function* verifySources({ prisma }: Database, only?: string): AsyncGenerator<SourceReport> {
  for (let after = ''; ; ) {
    const source = await prisma.source.findFirst({
      where: { slug: only ?? { gt: after } },
      orderBy: { slug: 'asc' },
      select: { slug: true, sha256: true, length: true, text: true },
    })
    if (!source) return
    const report = { verified: 0, citations: 0, mismatches: [] as Mismatch[] }
    for await (const { id, ...claim } of citationsOf(prisma, source.slug)) {
      report.citations++
      const verification = verify(claim, source.text)
      if (verification === 'VERIFIED') report.verified++
      if (verification === 'MISMATCH') report.mismatches.push(mismatch(id, claim, source.text as string))
    }
    const textHeld = source.text !== null
    yield { source: source.slug, ...report, textHeld, textProblems: [...problemsOfText(source)] }
    if (only !== undefined) return
    after = source.slug
  }
}

async function* citationsOf(prisma: Database['prisma'], sourceSlug: string): AsyncGenerator<Claim & { id: string }> {
  for (let cursor: { id: string } | undefined; ; ) {
    const citations = await prisma.citation.findMany({
      where: { sourceSlug },
      orderBy: [{ start: 'asc' }, { end: 'asc' }, { id: 'asc' }],
      select: { id: true, start: true, end: true, exact: true, prefix: true, suffix: true },
      take: BATCH,
      ...(cursor ? { cursor, skip: 1 } : {}),
    })
    yield* citations
    const last = citations.at(-1)
    if (!last || citations.length < BATCH) return
    cursor = { id: last.id }
  }
}

const mismatch = (citation: string, { start, end, exact, prefix, suffix }: Claim, text: string): Mismatch => ({
  citation,
  start,
  end,
  expected: `${prefix ?? ''}${exact}${suffix ?? ''}`,
  found: slice(text, start, end),
})

function* problemsOfText({ sha256: recorded, length, text }: { sha256: string; length: number; text: string | null }) {
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
