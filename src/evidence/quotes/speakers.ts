import type { Database } from '../../database/open.ts'
import { fold } from '../../search/fold.ts'
import { quotedWords } from '../quotation.ts'
import { foldedWords, type Words, wordsOf } from './words.ts'

/** Somebody who speaks, with all recorded names. */
interface Named {
  readonly slug: string
  readonly names: readonly string[]
}

/** A statement that cites words of a place. */
export interface Reported {
  readonly slug: string
  readonly quotation: string
  readonly text: string
  readonly quoted: readonly string[]
  /** Earliest and latest day on which it was said, as YYYY-MM-DD. Null if not limited. */
  readonly earliest: string | null
  readonly latest: string | null
  readonly speakers: readonly Named[]
}

/** What the data say about a place in a source. */
export interface Known {
  /** IDs of the citations that overlap it, the shortest first. */
  readonly citations: readonly string[]
  readonly statements: readonly Reported[]
}

/** What the data say about a source. */
export interface Published {
  readonly title: string
  readonly edtf: string
  readonly url: string | null
  readonly publisher: Named | null
  /** The latest day on which it can have been published, as YYYY-MM-DD. */
  readonly latest: string | null
}

/** A range of a source’s text, in code points. */
export interface Range {
  readonly source: string
  readonly start: number
  readonly end: number
}

/** Maximum number of citations of a place to return. */
const MOST_CITATIONS = 10

/** What is known about each place. */
export async function readKnown({ pool }: Database, places: readonly Range[]): Promise<Known[]> {
  const { rows } = await pool.query<{ nth: number; citations: string[]; statements: Reported[] | null }>(
    `SELECT nth::int, array_agg(citation.id ORDER BY citation."end" - citation.start, citation.id) AS citations,
       json_agg(json_build_object(
         'slug', statement.slug, 'quotation', quotation, 'text', statement.text, 'quoted', quoted,
         'earliest', begin_of_the_begin, 'latest', end_of_the_end,
         'speakers', (
           SELECT coalesce(json_agg(json_build_object(
             'slug', coalesce(person.slug, organization.slug),
             'names', array_prepend(coalesce(person.name, organization.name), coalesce(person.names, organization.names))
           ) ORDER BY ordinal), '[]')
           FROM statement_voice voice
           LEFT JOIN person ON person.slug = person_slug LEFT JOIN organization ON organization.slug = organization_slug
           WHERE statement_slug = statement.slug AND role = 'SPEAKER'
         )
       ) ORDER BY statement.slug) FILTER (WHERE statement.slug IS NOT NULL) AS statements
     FROM unnest($1::text[], $2::int[], $3::int[]) WITH ORDINALITY place (source, "from", "to", nth),
       LATERAL (
         SELECT * FROM citation
         WHERE source_slug = place.source AND start < "to" AND "end" > "from" AND edition IS NULL AND stance = 'SUPPORTS'
         ORDER BY "end" - start, id LIMIT ${MOST_CITATIONS}
       ) citation
       LEFT JOIN statement ON statement.slug = statement_slug
     GROUP BY nth`,
    [places.map(({ source }) => source), places.map(({ start }) => start), places.map(({ end }) => end)],
  )
  const found = new Map(
    rows.map(({ nth, citations, statements }) => [nth, { citations, statements: statements ?? [] }]),
  )
  return places.map((_, i) => found.get(i + 1) ?? { citations: [], statements: [] })
}

/** What is known about sources, by slug. */
export async function readPublished({ pool }: Database, slugs: readonly string[]): Promise<Map<string, Published>> {
  const { rows } = await pool.query<Published & { slug: string }>(
    `SELECT source.slug, title, edtf, source.url, end_of_the_end::text AS latest,
       CASE WHEN organization.slug IS NOT NULL THEN
         json_build_object('slug', organization.slug, 'names', array_prepend(organization.name, organization.names))
       END AS publisher
     FROM source LEFT JOIN organization ON organization.slug = publisher_slug WHERE source.slug = ANY ($1)`,
    [slugs],
  )
  return new Map(rows.map((row) => [row.slug, row]))
}

/** Whose words a place has, compared with a speaker that was named. */
export type Attribution =
  /** They are the speaker’s, as quoted. */
  | 'CONFIRMED'
  /** The source has them, in its own words. */
  | 'PARAPHRASED'
  /** They are quoted, and no record says from whom. */
  | 'NOT_KNOWN'
  /** Somebody else said or wrote them. */
  | 'OTHER'

/**
 * Whose words a place has. `isQuoted` says whether the source has them in quotation marks. If no speaker is named, words that the
 * source only reports are PARAPHRASED, and all others CONFIRMED.
 */
export function attributionOf(
  quotation: Words,
  speaker: string | undefined,
  { statements }: Known,
  publisher: Named | null,
  isQuoted: boolean,
): Attribution {
  const isSpeaker = (one: Named) => speaker !== undefined && isNamed(one, speaker)
  const words = foldedWords(quotation)
  const quoting = statements.filter((one) =>
    quotedWords(one).some((text) => {
      const quoted = foldedWords(wordsOf(text))
      return isWithinText(words, quoted) || (isQuoted && quotation.ids.length >= FEWEST && isWithinText(quoted, words))
    }),
  )
  if (speaker === undefined) {
    const isReported = statements.some(({ quotation }) => quotation === 'REPORTED' || quotation === 'MIXED')
    return quoting.length > 0 || isQuoted || !isReported ? 'CONFIRMED' : 'PARAPHRASED'
  }
  if (quoting.length > 0) {
    const speakers = quoting.flatMap(({ speakers }) => speakers)
    if (speakers.length === 0) return 'NOT_KNOWN'
    return speakers.some(isSpeaker) ? 'CONFIRMED' : 'OTHER'
  }
  if (isQuoted) return 'NOT_KNOWN'
  if (publisher && isSpeaker(publisher)) return 'CONFIRMED'
  const reported = statements.filter(({ quotation }) => quotation !== 'OWN')
  const isOfOthers = reported.length > 0 && !reported.some(({ speakers }) => speakers.some(isSpeaker))
  return isOfOthers ? 'OTHER' : 'PARAPHRASED'
}

/** Number of words from which a longer quotation that has those of a statement is of its speaker. */
const FEWEST = 3

const isWithinText = (some: string, all: string) => some !== '' && ` ${all} `.includes(` ${some} `)

/** Whether a slug or a name is that of somebody: all words of the one are in the other, so a surname is enough. */
function isNamed({ slug, names }: Named, speaker: string): boolean {
  if (speaker === slug) return true
  const given = wordsIn(speaker)
  return names.some((name) => {
    const recorded = wordsIn(name)
    return isWithin(given, recorded) || isWithin(recorded, given)
  })
}

const wordsIn = (name: string) => fold(name).match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
const isWithin = (some: readonly string[], all: readonly string[]) =>
  some.length > 0 && some.every((word) => all.includes(word))

/** Whether a place of a text is in quotation marks, within its paragraph. */
export function isInQuotationMarks(text: string, start: number, end: number): boolean {
  const paragraph = text.lastIndexOf('\n', start - 1) + 1
  const before = text.slice(paragraph, start).replaceAll('&quot;', '"')
  const after = text.slice(end, text.indexOf('\n', end) < 0 ? undefined : text.indexOf('\n', end))
  for (const [open, close] of [
    ['“', '”'],
    ['„', '“'],
    ['«', '»'],
  ] as const) {
    if (before.lastIndexOf(open) > before.lastIndexOf(close) && after.includes(close)) return true
  }
  // In XML, straight marks are those of attributes.
  const inText = before.replaceAll(/<[^>]*>/g, '')
  return (inText.split('"').length - 1) % 2 === 1 && after.includes('"')
}
