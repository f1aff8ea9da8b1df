import type { Act } from './acts.ts'
import type { Antecedents } from './antecedents.ts'
import type { MentionIndex } from './mention-index.ts'
import type { Mention } from './mentions.ts'
import type { Phrase } from './noun-phrases.ts'
import type { Person } from './people.ts'
import type { Quotation } from './quotations.ts'
import type { Sentence } from './sentences.ts'
import { contains, overlaps, type Span } from './span.ts'

/** A statement: a speech act with its speaker. */
export interface Statement {
  readonly act: Act
  /** `DIRECT`: a quotation. `MIXED`: with quoted words. `REPORTED`: without. The quotation marks decide, not the verb. */
  readonly kind: 'DIRECT' | 'MIXED' | 'REPORTED'
  readonly speakers: readonly Person[]
  /** The organization that speaks. */
  readonly organization: string | undefined
  /** The words of the text for the speaker, if nobody is named. */
  readonly attribution: string | undefined
  readonly addressees: readonly Person[]
  readonly channel: string | undefined
  /** The words in quotation marks, without the marks. */
  readonly quoted: readonly Span[]
  /** What is guessed, in plain words. */
  readonly doubts: readonly string[]
}

type Voice = Pick<Statement, 'speakers' | 'organization' | 'attribution' | 'doubts'>

const NOBODY: Voice = { speakers: [], organization: undefined, attribution: undefined, doubts: [] }

const PAIR =
  /^(?:the|both|these) (?:two |three )?(?:leaders|sides|ministers|presidents|men|women|pair|foreign ministers|prime ministers|counterparts|chancellors|premiers|delegations)\b|^(?:the (?:two|three|pair)|both)$/i
/** Several who are not named. */
const UNNAMED =
  /\b(?:officials|sources|aides|diplomats|lawmakers|reporters|analysts|experts|ministers|leaders|members|delegates|people|office)\b/i
const GROUP =
  /\b(?:officials?|spokes\w+|aides?|sources?|diplomats|lawmakers|reporters|analysts|experts|ministers|leaders|members|delegates|delegations?)\b/i
const OFFICE_OF = /^(?:of|for|from|to|by|with|under|in|at|near)$/i
const PUBLISHED_BY = /\b(?:readout|statement|communiqu[eé]|release|report|spokes\w+)\b/i

const CHANNEL =
  /\bin (?:an? |the )?((?:[a-z]+ )?(?:post|statement|tweet|interview|speech|letter|message|press release|readout|briefing|news conference|press conference|communiqu[eé])(?: (?:on|to|with|posted on) (?:the )?\p{Lu}[\p{L}.]*(?: \p{Lu}\p{L}+)*)?)|\b(?:at|during) (?:an? )?((?:[a-z]+ )?(?:news conference|press conference|briefing))|\bon (X|Twitter|Facebook|Telegram|Truth Social|Weibo)\b|\b(?:a|the) (readout|statement|communiqu[eé]|press release) (?:from|by|of)\b/u

export class StatementReader {
  readonly #text: string
  readonly #index: MentionIndex
  readonly #antecedents: Antecedents
  readonly #quotations: readonly Quotation[]
  #last: { readonly act: Act; readonly speakers: readonly Person[] } | undefined

  constructor(text: string, index: MentionIndex, antecedents: Antecedents, quotations: readonly Quotation[]) {
    this.#text = text
    this.#index = index
    this.#antecedents = antecedents
    this.#quotations = quotations
  }

  /** Reads the acts of a text, which must come in order. */
  read(act: Act): Statement {
    const voice = act.source ? this.#voiceOf(act, act.source) : this.#unnamedVoice(act)
    const [first] = voice.speakers
    if (first) {
      this.#antecedents.speaks(act.sentence.index, first)
      this.#last = { act, speakers: voice.speakers }
    }
    const quoted = this.#quotedIn(act)
    return {
      act,
      ...voice,
      kind: this.#kindOf(act, quoted),
      addressees: act.addressee ? this.#peopleIn(act.sentence, act.addressee) : [],
      channel: this.#channelOf(act),
      quoted: quoted.map((quotation) => this.#withoutMarks(quotation)),
    }
  }

  #wordsOf(sentence: Sentence, { first, last }: Phrase): Span {
    return { start: sentence.items[first]?.start ?? 0, end: sentence.items[last]?.end ?? 0 }
  }

  #peopleIn(sentence: Sentence, phrase: Phrase): Person[] {
    const named = this.#index.named(sentence.index, this.#wordsOf(sentence, phrase))
    return [...new Set(named.map((mention) => this.#index.person(mention) as Person))]
  }

  #voiceOf(act: Act, source: Phrase): Voice {
    const sentence = act.sourceSentence
    const span = this.#wordsOf(sentence, source)
    const words = this.#text.slice(span.start, span.end)
    const head = this.#wordsOf(sentence, source.head ?? source)
    const inSource = this.#index.in(sentence.index).filter((mention) => !mention.isQuoted && contains(span, mention))
    const inHead = inSource.filter((mention) => contains(head, mention))
    const named = inHead.filter(
      (mention) =>
        this.#index.person(mention) && !mention.isGenitive && !this.#isAfterPreposition(sentence, source, mention),
    )
    const doubts =
      act.isInherited && act.source && !act.sentence.items.some(({ quotation }) => quotation?.continues)
        ? ['no speaker is named here; the one before is assumed']
        : []
    if (named.length > 0) {
      const people = [...new Set(named.map((mention) => this.#index.person(mention) as Person))]
      const isList = /\band\b|,/.test(words)
      return { ...NOBODY, speakers: isList ? people : people.slice(0, 1), doubts }
    }
    if (source.first === source.last) {
      const pronoun = this.#ofPronoun(act, sentence, span, words)
      if (pronoun) return { ...pronoun, doubts: [...pronoun.doubts, ...doubts] }
    }
    const inApposition = inSource.filter(
      (mention) => this.#index.person(mention) && !inHead.includes(mention) && !mention.isGenitive,
    )
    // "The foreign ministers of X and Y, A and B,"
    if (
      inApposition.length > 1 &&
      /\b(?:ministers|presidents|leaders|chancellors|envoys|ambassadors)\b/i.test(
        this.#text.slice(head.start, head.end),
      )
    )
      return {
        ...NOBODY,
        speakers: [...new Set(inApposition.map((mention) => this.#index.person(mention) as Person))],
        doubts,
      }
    if (PAIR.test(words)) return this.#ofPair(sentence, span, words)
    const standIn = inHead.find(({ kind, isGenitive }) => (kind === 'definite' || kind === 'title') && !isGenitive)
    if (standIn && !GROUP.test(words)) {
      const person = this.#antecedents.of({ ...standIn, title: standIn.title?.replace(/^the /i, '') ?? '' }, this.#text)
      if (person) return { ...NOBODY, speakers: [person], doubts: [...doubts, readAs(words, [person])] }
    }
    const apposed = inSource.find((mention) => this.#index.person(mention) && !inHead.includes(mention))
    if (
      apposed &&
      !this.#isAfterPreposition(sentence, source, apposed) &&
      !UNNAMED.test(this.#text.slice(head.start, head.end))
    )
      return { ...NOBODY, speakers: [this.#index.person(apposed) as Person], doubts }
    const organization = inHead.findLast(({ kind }) => kind === 'organization')
    const speaksForIt =
      organization &&
      contains(head, organization) &&
      (!this.#isAfterPreposition(sentence, source, organization) || PUBLISHED_BY.test(words))
    if (speaksForIt && !/\b(?:officials?|spokes\w+)\b/i.test(words))
      return {
        ...NOBODY,
        organization: this.#text.slice(organization.start, organization.end).replace(/^the /i, ''),
        doubts,
      }
    return { ...NOBODY, attribution: words, doubts: [...doubts, 'nobody is named as the speaker'] }
  }

  #isAfterPreposition(sentence: Sentence, source: Phrase, { first }: Mention): boolean {
    if (first <= source.first) return false
    const at = /^(?:the|an?)$/i.test(sentence.items[first - 1]?.text ?? '') ? first - 2 : first - 1
    return at >= source.first && OFFICE_OF.test(sentence.items[at]?.text ?? '')
  }

  #ofPronoun(act: Act, sentence: Sentence, span: Span, words: string): Voice | undefined {
    if (/^who$/i.test(words)) {
      const before = this.#index.named(sentence.index, { start: 0, end: span.start }).at(-1)
      const person = before && this.#index.person(before)
      return person ? { ...NOBODY, speakers: [person] } : undefined
    }
    const mention = this.#index.in(sentence.index).find(({ kind, start }) => kind === 'pronoun' && start === span.start)
    if (!mention) return undefined
    if (/^they$/i.test(words)) {
      const last = this.#last
      const isNear = last && last.speakers.length > 1 && act.sentence.index - last.act.sentence.index <= 2
      if (!isNear) return this.#ofPair(sentence, span, words)
      return { ...NOBODY, speakers: last.speakers, doubts: [readAs(words, last.speakers)] }
    }
    const person = this.#antecedents.of(mention, this.#text)
    return person
      ? { ...NOBODY, speakers: [person], doubts: [readAs(words, [person])] }
      : { ...NOBODY, attribution: words, doubts: [`nobody is found for “${words}”`] }
  }

  #ofPair(sentence: Sentence, span: Span, words: string): Voice {
    const pair = this.#index.groupBefore(sentence.index, span.start, /\bthree\b/i.test(words) ? 3 : 2)
    if (pair) return { ...NOBODY, speakers: pair, doubts: [readAs(words, pair)] }
    return { ...NOBODY, attribution: words, doubts: [`nobody is found for “${words}”`] }
  }

  #unnamedVoice(act: Act): Voice {
    const last = this.#last
    if (last && act.sentence.paragraph - last.act.sentence.paragraph <= 1) {
      const names = last.speakers.map(({ name }) => name).join(' and ')
      return {
        ...NOBODY,
        speakers: last.speakers,
        doubts: [`no speaker is named here; the one before (${names}) is assumed`],
      }
    }
    return { ...NOBODY, attribution: 'not named', doubts: ['no speaker is named'] }
  }

  #quotedIn({ content }: Act): Quotation[] {
    const [first] = content
    const from = first ? lowerBound(this.#quotations, first.start) : 0
    const found: Quotation[] = []
    const end = content.at(-1)?.end ?? 0
    for (let i = from; i < this.#quotations.length && (this.#quotations[i] as Quotation).start < end; i++) {
      const quotation = this.#quotations[i] as Quotation
      if (content.some((span) => overlaps(span, quotation))) found.push(quotation)
    }
    return found
  }

  #kindOf({ content }: Act, quoted: readonly Quotation[]): Statement['kind'] {
    if (quoted.length === 0) return 'REPORTED'
    const isWhole = content.every((span) =>
      quoted.some((quotation) => contains({ start: quotation.start, end: quotation.end }, this.#trimmed(span))),
    )
    return isWhole ? 'DIRECT' : 'MIXED'
  }

  /** Without punctuation at the end. */
  #trimmed({ start, end }: Span): Span {
    const words = this.#text.slice(start, end).replace(/[\s,.;:]+$/, '')
    return { start, end: start + words.length }
  }

  #withoutMarks({ start, end, isOpen }: Quotation): Span {
    const words = this.#text.slice(start, end)
    const opening = /^(?:''|``|[“"„«‘'`])\s*/.exec(words)?.[0].length ?? 0
    const closing = isOpen ? 0 : (/,?\s*(?:''|[”"»“’'])$/.exec(words.slice(opening))?.[0].length ?? 0)
    return { start: start + opening, end: Math.max(start + opening, end - closing) }
  }

  #channelOf({ sentence }: Act): string | undefined {
    const outside = sentence.items.filter(({ quotation, isQuoted }) => !quotation && !isQuoted)
    const [first, last] = [outside[0], outside.at(-1)]
    if (!first || !last) return undefined
    const match = CHANNEL.exec(this.#text.slice(first.start, last.end).replaceAll(/[“"][^”"]*[”"]/g, ' '))
    return match
      ?.slice(1)
      .find(Boolean)
      ?.replace(/[.,]+$/, '')
  }
}

const readAs = (words: string, people: readonly Person[]) =>
  `“${words}” read as ${people.map(({ name }) => name).join(' and ')}`

/** The index of the first quotation that ends after an offset. */
function lowerBound(quotations: readonly Quotation[], offset: number): number {
  let [low, high] = [0, quotations.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((quotations[middle] as Quotation).end <= offset) low = middle + 1
    else high = middle
  }
  return low
}
