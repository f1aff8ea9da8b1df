import { type Act, actsOf } from './acts.ts'
import { type Agreement, agreementsIn } from './agreements.ts'
import { Antecedents } from './antecedents.ts'
import { endOfDateline, type Published, publishedOn } from './dateline.ts'
import { type DateInWords, datesIn } from './dates.ts'
import { EventReader, type Events } from './events.ts'
import { MentionIndex } from './mention-index.ts'
import { type Mention, mentionsIn, namesBeforeVerbs } from './mentions.ts'
import { type Office, officesOf } from './offices.ts'
import { paragraphsOf, readable } from './paragraphs.ts'
import { type Person, peopleOf } from './people.ts'
import type { Quotation } from './quotations.ts'
import { type Item, QUOTATION, readParagraph, type Sentence, sentencesOf } from './sentences.ts'
import { contains, type Span } from './span.ts'
import { type Statement, StatementReader } from './statements.ts'

/** Maximum length of a text, in UTF-16 units. A long article has 20,000. */
export const LONGEST_TEXT = 100_000

/** Everything that is read in a text. All ranges are UTF-16 units of the text as given. */
export interface Reading extends Events {
  readonly text: string
  readonly published: Published | undefined
  readonly paragraphs: readonly Span[]
  readonly sentences: readonly Sentence[]
  readonly quotations: readonly Quotation[]
  readonly mentions: readonly Mention[]
  readonly people: readonly Person[]
  readonly personOf: (mention: Mention) => Person | undefined
  readonly statements: readonly Statement[]
  readonly offices: readonly Office[]
  readonly agreements: readonly Agreement[]
  readonly dates: readonly DateInWords[]
  /** The codes of the countries that the text names, the most frequent first. */
  readonly countries: readonly string[]
}

interface Options {
  /** The day of publication, as YYYY-MM-DD. Default: the day in the head of the text. */
  readonly published?: string | undefined
  /** The present day, by which the year of a day without one is found. */
  readonly today?: string
}

/** A text that cannot be read. The message says why. */
export class UnreadableText extends Error {}

/** Reads a text in English. Throws UnreadableText if it is longer than LONGEST_TEXT, or is no Unicode text. */
export function readArticle(
  original: string,
  { published: given, today = new Date().toISOString().slice(0, 10) }: Options = {},
): Reading {
  if (original.length > LONGEST_TEXT)
    throw new UnreadableText(`expected a text of at most ${LONGEST_TEXT} characters, got ${original.length}`)
  if (/[\0\r\p{Cs}]/u.test(original))
    throw new UnreadableText('expected Unicode text with newlines as LF, and no NUL characters')
  const text = readable(original)
  const { paragraphs, sentences, quotations, quoted } = segment(text)
  const published = publishedOn(text, given, today)
  const dates = published ? datesIn(text, published.day) : []
  const beforeVerbs = namesBeforeVerbs(sentences)
  const mentions = [
    ...sentences.flatMap((sentence) => mentionsIn(text, sentence, beforeVerbs)),
    ...quoted.flatMap((sentence) => mentionsIn(text, sentence, beforeVerbs, true)),
  ].sort((one, other) => one.start - other.start)
  const acts = actsOf(sentences)
  const people = peopleOf(text, mentions, sentences, speakingIn(acts, mentions))
  const index = new MentionIndex(mentions, people)
  const antecedents = new Antecedents(people, mentions)
  const reader = new StatementReader(text, index, antecedents, quotations)
  const statements = acts.filter((act) => !isWelcome(act, index)).map((act) => reader.read(act))
  const events = new EventReader(text, index, antecedents, dates, statements).read(sentences)
  const countries = mostFrequent(
    mentions.flatMap(({ kind, country }) => (kind === 'country' && country ? [country] : [])),
  )
  return {
    text: original,
    published,
    paragraphs,
    sentences,
    quotations,
    mentions,
    people: people.people,
    personOf: (mention) => people.byMention.get(mention),
    statements,
    ...events,
    offices: people.people.flatMap((person) => officesOf(person, text, sentences, index)),
    agreements: agreementsIn(text, sentences, index, countries),
    dates,
    countries,
  }
}

/** "welcomed President X": an event, not a statement. */
function isWelcome({ verb, content, sentence, isQuotation }: Act, index: MentionIndex): boolean {
  const [first] = content
  if (!first || isQuotation || !/^(?:welcome|receive|invite|brief|call)$/.test(verb)) return false
  return index.named(sentence.index, first).some(({ start, end, isGenitive }) => {
    // "called on the Prime Minister", but not "called on the Prime Minister to act"
    const isAll = verb !== 'call' || first.end - end <= 1
    return start - first.start <= 'on '.length && isAll && !isGenitive
  })
}

function segment(text: string) {
  const paragraphs = paragraphsOf(text)
  const sentences: Sentence[] = []
  const quotations: Quotation[] = []
  const quoted: Sentence[] = []
  let previous: Quotation | undefined
  paragraphs.forEach((span, number) => {
    const paragraph = readParagraph(text, span, endOfDateline(text, span), previous)
    previous = paragraph.quotations.at(-1)
    quotations.push(...paragraph.quotations)
    for (const sentence of sentencesOf(text, paragraph, number, sentences.length)) {
      sentences.push(sentence)
      for (const item of sentence.items) {
        if (item.tag === QUOTATION) quoted.push(wordsOf(paragraph.tokens, item, sentence))
      }
    }
  })
  return { paragraphs, sentences, quotations, quoted }
}

/** The words of a quotation, as a sentence in place of the one that frames it. */
function wordsOf(tokens: readonly Omit<Item, 'isQuoted'>[], span: Span, { index, paragraph }: Sentence): Sentence {
  let [low, high] = [0, tokens.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((tokens[middle] as Span).start < span.start) low = middle + 1
    else high = middle
  }
  const items: Item[] = []
  for (let i = low; i < tokens.length && contains(span, tokens[i] as Span); i++)
    items.push({ ...(tokens[i] as Item), isQuoted: true })
  return { ...span, index, paragraph, items }
}

/** The mentions of several capitalized words under which somebody speaks: "Hina Rabbani Khar said". */
function speakingIn(acts: readonly Act[], mentions: readonly Mention[]): ReadonlySet<Mention> {
  const bySentence = new Map<number, Mention[]>()
  for (const mention of mentions.filter(({ kind }) => kind === 'names'))
    bySentence.set(mention.sentence, [...(bySentence.get(mention.sentence) ?? []), mention])
  const found = new Set<Mention>()
  for (const { source, sourceSentence } of acts) {
    const { items, index } = sourceSentence
    for (const mention of source ? (bySentence.get(index) ?? []) : []) {
      if (!source || mention.first < source.first || mention.last > source.last) continue
      const before = items[mention.first - 1]
      const isPlace =
        /^(?:of|for|from|at|in|the)$/i.test(before?.text ?? '') ||
        /^(?:The|A|An)$/.test(items[mention.first]?.text ?? '')
      if (!isPlace && !mention.isGenitive) found.add(mention)
    }
  }
  return found
}

function mostFrequent(codes: readonly string[]): string[] {
  const counts = new Map<string, number>()
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1)
  return [...counts].sort(([, one], [, other]) => other - one).map(([code]) => code)
}
