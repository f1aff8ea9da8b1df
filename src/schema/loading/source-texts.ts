import DataLoader from 'dataloader'
import type { Database } from '../../database/open.ts'

/** A text that a source has or had. */
export interface EditionRow {
  readonly sourceSlug: string
  readonly sha256: string
  readonly edtf: string
  readonly importedAt: Date | null
  readonly isPresent: boolean
}

/** The edition that a citation cites. `edition` is null for the present one. */
interface Cited {
  readonly sourceSlug: string
  readonly edition: string | null
}

const keyOf = ({ sourceSlug, edition }: Cited) => `${sourceSlug}/${edition ?? ''}`

/** Loads the texts that citations cite, each at most once per request. Null if the text is not stored. */
export type SourceTexts = DataLoader<Cited, string | null, string>

export const sourceTexts = ({ prisma, pool }: Database): SourceTexts =>
  new DataLoader(
    async (cited) => {
      const earlier = cited.filter(({ edition }) => edition !== null)
      const sources = await prisma.source.findMany({
        where: { slug: { in: cited.filter(({ edition }) => edition === null).map(({ sourceSlug }) => sourceSlug) } },
        select: { slug: true, text: true },
      })
      const texts = new Map(sources.map(({ slug, text }) => [`${slug}/`, text]))
      if (earlier.length > 0) {
        const { rows } = await pool.query<{ key: string; text: string | null }>(
          `SELECT source_slug || '/' || sha256 AS key, text FROM edition WHERE source_slug || '/' || sha256 = ANY ($1)`,
          [earlier.map(keyOf)],
        )
        for (const { key, text } of rows) texts.set(key, text)
      }
      return cited.map((one) => texts.get(keyOf(one)) ?? null)
    },
    { cacheKeyFn: keyOf },
  )

/** Loads the editions of sources by slug, the latest import first. */
export type Editions = DataLoader<string, EditionRow[]>

export const editions = ({ pool }: Database): Editions =>
  new DataLoader(async (slugs) => {
    const { rows } = await pool.query<EditionRow>(
      `SELECT source_slug AS "sourceSlug", edition.sha256, edition.edtf, imported_at AS "importedAt",
         edition.sha256 = source.sha256 AS "isPresent"
       FROM edition JOIN source ON slug = source_slug WHERE source_slug = ANY ($1)
       ORDER BY edition.sha256 <> source.sha256, imported_at DESC NULLS LAST, edition.sha256`,
      [slugs],
    )
    return slugs.map((slug) => rows.filter(({ sourceSlug }) => sourceSlug === slug))
  })
