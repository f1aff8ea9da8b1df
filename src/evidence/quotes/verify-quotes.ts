import type { Database } from '../../database/open.ts'
import { Abandoned, WaitingClients } from '../../database/waiting-clients.ts'
import { reference, textFragmentUrl } from '../reference.ts'
import { codePoints } from '../text.ts'
import { type Matches, Needles } from './match.ts'
import {
  type Attribution,
  attributionOf,
  isInQuotationMarks,
  type Known,
  type Published,
  readKnown,
  readPublished,
} from './speakers.ts'
import { type Origin, readTexts } from './texts.ts'
import { type Difference, isWrittenAlike, type Place, textBetween, type Wording, wordingOf } from './wording.ts'
import { type Words, wordsOf } from './words.ts'

/** A quotation to check: its words, and what is known about where they are from. */
export interface QuoteItem {
  readonly text: string
  /** Slug or name of the person or organization that said or wrote it. */
  readonly speaker?: string | undefined
  /** Slug of the source. */
  readonly source?: string | undefined
  /** Day on which it was said, as YYYY-MM-DD. */
  readonly on?: string | undefined
}

export const quoteGrades = [
  'EXACT',
  'VARIANT',
  'ALTERED',
  'STITCHED',
  'MISATTRIBUTED',
  'PARAPHRASE_IN_QUOTES',
  'NOT_FOUND',
  'TEXT_NOT_HELD',
] as const
export type QuoteGrade = (typeof quoteGrades)[number]

/** Words of a source, as a citation has them. */
export interface QuotePlace {
  readonly source: string
  readonly start: number
  readonly end: number
  readonly exact: string
  readonly prefix: string
  readonly suffix: string
  /** Whether the source has the words in quotation marks. */
  readonly isQuoted: boolean
  /** A footnote. */
  readonly reference: string
  readonly url: string | null
  /** IDs of recorded citations that overlap the words. */
  readonly citations: readonly string[]
}

/** How a quotation compares with the sources. */
export interface QuoteCheck {
  readonly text: string
  readonly grade: QuoteGrade
  readonly explanation: string
  /** Where the words are, or the nearest ones, or each part. At most MOST_SHOWN. */
  readonly places: readonly QuotePlace[]
  readonly differences: readonly Difference[]
}

/** Maximum number of quotations to check together, of characters of one, and of all. */
export const MOST_QUOTATIONS = 200
export const LONGEST_QUOTATION = 10_000
export const MOST_CHARACTERS = 60_000

/** Fewest letters and digits of a quotation. */
export const FEWEST_LETTERS = 3

/** Maximum number of places of a quotation to return. */
const MOST_SHOWN = 4

/** Number of UTF-16 units around the words of a place to return. */
const AROUND = 60

/** Why quotations cannot be checked. The message names the limit. */
export class QuotesRefused extends Error {}

/** Throws QuotesRefused if there is too much to check. */
export function checkLimits(items: readonly QuoteItem[]): void {
  if (items.length > MOST_QUOTATIONS)
    throw new QuotesRefused(`expected at most ${MOST_QUOTATIONS} quotations, got ${items.length}`)
  let characters = 0
  for (const [i, { text }] of items.entries()) {
    characters += text.length
    if (text.length > LONGEST_QUOTATION)
      throw new QuotesRefused(
        `quotation ${i + 1}: expected at most ${LONGEST_QUOTATION} characters, got ${text.length}`,
      )
    if ((text.match(/[\p{L}\p{N}]/gu)?.length ?? 0) < FEWEST_LETTERS)
      throw new QuotesRefused(`quotation ${i + 1}: expected at least ${FEWEST_LETTERS} letters or digits`)
  }
  if (characters > MOST_CHARACTERS)
    throw new QuotesRefused(`expected at most ${MOST_CHARACTERS} characters of quotations, got ${characters}`)
}

/** Quotation marks and spaces around a quotation. */
const AROUND_WORDS = /^[\s"'“”„‘’«»‹›]+|[\s"'“”„‘’«»‹›]+$/gu

/** Compares quotations with the stored texts, and with the excerpts of sources whose texts are not stored. */
export async function verifyQuotes(database: Database, items: readonly QuoteItem[]): Promise<QuoteCheck[]> {
  checkLimits(items)
  if (items.length === 0) return []
  const quotations = items.map(({ text }) => wordsOf(text.replaceAll(AROUND_WORDS, '')))
  const needles = new Needles(quotations)
  const texts: Words[] = []
  const origins: Origin[] = []
  await readTexts(
    database,
    quotations.map(({ text }) => text),
    (words, origin) => {
      if (WaitingClients.current?.haveLeft) throw new Abandoned()
      needles.read(words, texts.length)
      texts.push(words)
      origins.push(origin)
    },
  )
  const notHeld = await sourcesNotHeld(database)
  const found = quotations.map((quotation, i) => {
    const wording = wordingOf(quotation, needles.matches[i] as Matches, texts)
    const places = bestPlaces(items[i] as QuoteItem, quotation, wording, texts, origins)
    return { wording, places: places.map((place) => placed(place, texts, origins)) }
  })
  const all = found.flatMap(({ places }) => places)
  const known = await readKnown(database, all)
  const named = items.flatMap(({ source }) => source ?? [])
  const published = await readPublished(database, [...new Set([...all.map(({ source }) => source), ...named])])
  const unknown = items.findIndex(({ source }) => source !== undefined && !published.has(source))
  if (unknown >= 0)
    throw new QuotesRefused(
      `quotation ${unknown + 1}: no source has the slug ${JSON.stringify(items[unknown]?.source)}`,
    )
  let first = 0
  return found.map(({ wording, places }, i) => {
    const own = known.slice(first, first + places.length)
    first += places.length
    const quotation = quotations[i] as Words
    return graded({ item: items[i] as QuoteItem, quotation, wording, places, known: own, published, notHeld, texts })
  })
}

/** The sources whose texts are not stored. */
async function sourcesNotHeld({ pool }: Database): Promise<Set<string>> {
  const { rows } = await pool.query<{ slug: string }>('SELECT slug FROM source WHERE text IS NULL')
  return new Set(rows.map(({ slug }) => slug))
}

/**
 * The places to compare with what is known of speakers and days: those in the named source first, then those that are written as the
 * quotation is. If nothing is claimed of the words, the first ones are enough.
 */
function bestPlaces(
  { source, speaker, on }: QuoteItem,
  quotation: Words,
  { kind, places }: Wording,
  texts: readonly Words[],
  origins: readonly Origin[],
): readonly Place[] {
  if (kind !== 'WHOLE') return places
  const rank = (place: Place) =>
    (origins[place.text]?.source === source ? 0 : 2) +
    (isWrittenAlike(quotation, texts[place.text] as Words, place) ? 0 : 1)
  const sorted = places.map((place) => ({ place, rank: rank(place) })).toSorted((a, b) => a.rank - b.rank)
  const most = speaker === undefined && on === undefined ? MOST_SHOWN : sorted.length
  return sorted.slice(0, most).map(({ place }) => place)
}

/** A place, with its position in its source. */
interface Placed extends Place {
  readonly source: string
  readonly start: number
  readonly end: number
}

function placed(place: Place, texts: readonly Words[], origins: readonly Origin[]): Placed {
  const { source, excerpt } = origins[place.text] as Origin
  if (excerpt) return { ...place, source, ...excerpt }
  const { text, starts, ends } = texts[place.text] as Words
  const [from, to] = [starts[place.from] as number, ends[place.to - 1] as number]
  const start = codePoints(text.slice(0, from))
  return { ...place, source, start, end: start + codePoints(text.slice(from, to)) }
}

interface Compared {
  readonly item: QuoteItem
  readonly quotation: Words
  readonly wording: Wording
  readonly places: readonly Placed[]
  readonly known: readonly Known[]
  readonly published: ReadonlyMap<string, Published>
  readonly notHeld: ReadonlySet<string>
  readonly texts: readonly Words[]
}

function graded(compared: Compared): QuoteCheck {
  const { item, wording, places, notHeld, published } = compared
  const nearest = () => shown(compared, places)
  const result = (grade: QuoteGrade, explanation: string, shownPlaces: readonly QuotePlace[]): QuoteCheck => ({
    text: item.text,
    grade,
    explanation,
    places: shownPlaces,
    differences: grade === 'ALTERED' ? wording.differences : [],
  })
  const titleOf = (source: string) => published.get(source)?.title ?? source
  if (wording.kind === 'WHOLE') return wholeGraded(compared, result)
  if (wording.kind === 'ALTERED')
    return result(
      'ALTERED',
      `Almost the words of “${titleOf(places[0]?.source as string)}”, but not the same.`,
      nearest(),
    )
  if (wording.kind === 'STITCHED')
    return result('STITCHED', `${places.length} parts that do not follow each other are joined.`, nearest())
  const isHeld = item.source === undefined ? notHeld.size === 0 : !notHeld.has(item.source)
  if (!isHeld) {
    const count = notHeld.size === 1 ? 'the text of 1 source is' : `the texts of ${notHeld.size} sources are`
    const whose = item.source === undefined ? count : 'the text of this source is'
    return result('TEXT_NOT_HELD', `In no stored text or excerpt, but ${whose} not stored here.`, nearest())
  }
  return result('NOT_FOUND', 'No stored text has these words.', nearest())
}

type Result = (grade: QuoteGrade, explanation: string, places: readonly QuotePlace[]) => QuoteCheck

/** How good an attribution is, for choosing among places. */
const ORDER: readonly Attribution[] = ['CONFIRMED', 'NOT_KNOWN', 'PARAPHRASED', 'OTHER']

/** The grade of a quotation whose words are in a text: it depends on where, and on who is said to have said them. */
function wholeGraded(compared: Compared, result: Result): QuoteCheck {
  const { item, quotation, places, known, published, notHeld, texts } = compared
  const judged = places.map((place, i) => {
    const words = texts[place.text] as Words
    const source = published.get(place.source) as Published
    const own = known[i] as Known
    const attribution = attributionOf(quotation, item.speaker, own, source.publisher, isQuotedAt(words, place))
    return {
      place,
      attribution,
      isOther: item.source !== undefined && place.source !== item.source,
      isOtherDay: item.on !== undefined && !canBeOn(item.on, own, source),
      isAlike: isWrittenAlike(quotation, words, place),
    }
  })
  const rank = ({ attribution, isOther, isOtherDay, isAlike }: (typeof judged)[number]) =>
    (isOther ? 100 : 0) + (isOtherDay ? 10 : 0) + 2 * ORDER.indexOf(attribution) + (isAlike ? 0 : 1)
  const sorted = judged.toSorted((a, b) => rank(a) - rank(b))
  const best = sorted[0] as (typeof judged)[number]
  const shownPlaces = shown(
    compared,
    sorted.map(({ place }) => place),
  )
  const title = `“${published.get(best.place.source)?.title}”`
  if (best.isOther) {
    if (notHeld.has(item.source as string))
      return result(
        'TEXT_NOT_HELD',
        `${title} has these words; the text of the named source is not stored here.`,
        shownPlaces,
      )
    return result('MISATTRIBUTED', `Not in the named source: ${title} has these words.`, shownPlaces)
  }
  if (best.attribution === 'OTHER')
    return result('MISATTRIBUTED', `${title} has these words as somebody else’s.`, shownPlaces)
  if (best.isOtherDay) return result('MISATTRIBUTED', `${title} has these words, but not of that day.`, shownPlaces)
  if (best.attribution === 'PARAPHRASED')
    return result('PARAPHRASE_IN_QUOTES', `${title} has these words, but as its own, not as a quotation.`, shownPlaces)
  const whose = best.attribution === 'NOT_KNOWN' ? ' No record says who said them.' : ''
  if (best.isAlike) return result('EXACT', `${title} has these words.${whose}`, shownPlaces)
  return result('VARIANT', `${title} has these words, with other marks, case, accents or spaces.${whose}`, shownPlaces)
}

function isQuotedAt({ text, starts, ends }: Words, { from, to }: Place): boolean {
  return isInQuotationMarks(text, starts[from] as number, ends[to - 1] as number)
}

/** Whether words can be of a day: of that of a statement that has them, or else of one before the source was published. */
function canBeOn(day: string, { statements }: Known, { latest }: Published): boolean {
  if (statements.length === 0) return latest === null || day <= latest
  return statements.some(
    (statement) =>
      (statement.earliest === null || statement.earliest <= day) &&
      (statement.latest === null || day <= statement.latest),
  )
}

/** The first places, as citations have them. */
function shown({ texts, known, places: all, published }: Compared, places: readonly Placed[]): QuotePlace[] {
  return places.slice(0, MOST_SHOWN).map((place) => {
    const words = texts[place.text] as Words
    const [from, to] = [words.starts[place.from] as number, words.ends[place.to - 1] as number]
    const { title, url, publisher, edtf } = published.get(place.source) as Published
    const exact = words.text.slice(from, to)
    const prefix = whole(words.text.slice(Math.max(0, from - AROUND), from))
    const suffix = whole(words.text.slice(to, to + AROUND))
    return {
      source: place.source,
      start: place.start,
      end: place.end,
      exact,
      prefix,
      suffix,
      isQuoted: isQuotedAt(words, place),
      reference: reference({
        exact: textBetween(words, place.from, place.to),
        title,
        url,
        published: edtf,
        publisher: publisher?.names[0],
      }),
      url: url && textFragmentUrl(url, { exact, prefix, suffix }),
      citations: (known[all.indexOf(place)] as Known).citations,
    }
  })
}

/** A cut can split a character in two. */
const whole = (text: string) => text.replaceAll(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, '')
