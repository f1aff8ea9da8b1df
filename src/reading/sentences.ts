import { type Quotation, quotationsOf } from './quotations.ts'
import { overlaps, type Span } from './span.ts'
import { type Token, tokensOf } from './tokens.ts'

/** A token outside quotations, or a whole quotation of a sentence or more. */
export interface Item extends Token {
  /** The quotation that this item stands for. Its tag is then `QUOTATION`. */
  readonly quotation?: Quotation
  /** Within quoted words that are part of the sentence. */
  readonly isQuoted: boolean
}

/**
 * A sentence that frames quotations: each quotation of a sentence or more is one item. What stands before, between and after the
 * parts of a quotation is then one sentence, wherever the speaker is named.
 */
export interface Sentence extends Span {
  readonly index: number
  readonly paragraph: number
  readonly items: readonly Item[]
}

/** The tag of an item that stands for a quotation. */
export const QUOTATION = 'QUOTATION'

/** Maximum number of items of a sentence. Longer ones, which no reader follows, are cut. It bounds the time per item. */
const LONGEST_SENTENCE = 250

/** Number of words from which a quotation that begins with a small letter is a sentence. */
const SENTENCE_WORDS = 5

export interface Paragraph extends Span {
  readonly quotations: readonly Quotation[]
  readonly tokens: readonly Token[]
}

/** The quotations and tokens of a paragraph, from `from` on: a dateline before it is left out. */
export function readParagraph(text: string, span: Span, from: number, previous: Quotation | undefined): Paragraph {
  const body = { start: from, end: span.end }
  return { ...body, quotations: quotationsOf(text, body, previous), tokens: tokensOf(text, body) }
}

/** The sentences of a paragraph. `first` is the index of the first one. */
export function sentencesOf(text: string, paragraph: Paragraph, number: number, first: number): Sentence[] {
  const items = itemsOf(text, paragraph)
  const groups: Item[][] = []
  let current: Item[] = []
  items.forEach((item, i) => {
    current.push(item)
    if (
      i === items.length - 1 ||
      current.length >= LONGEST_SENTENCE ||
      endsSentence(text, item, items[i + 1] as Item)
    ) {
      groups.push(current)
      current = []
    }
  })
  return groups.map((items, i) => ({
    index: first + i,
    paragraph: number,
    items,
    start: (items[0] as Item).start,
    end: (items.at(-1) as Item).end,
  }))
}

function endsSentence(text: string, item: Item, next: Item): boolean {
  if (item.quotation) {
    // “…?” he said – goes on. “….” A new sentence – ends.
    if (!item.isLast || /^(?:\p{Ll}|—|–|-|,)/u.test(next.text)) return false
    const asks = /[?!]\s*[”"’']{1,2}$/.test(text.slice(item.end - 4, item.end))
    return !(asks && next.tag === 'PROPN')
  }
  if (item.isLast) return true
  if (/^[.?!]$/.test(item.text) && !item.isQuoted && /^[\p{Lu}“"‘\d]/u.test(next.text)) return true
  return item.text === ';' && !item.isQuoted
}

function itemsOf(text: string, paragraph: Paragraph): Item[] {
  const { quotations, tokens } = paragraph
  const whole = new Map(quotations.map((quotation) => [quotation, isSentence(text, paragraph, quotation)]))
  const found: Item[] = []
  let at = 0
  for (const token of withoutBrackets(tokens)) {
    while ((quotations[at]?.end ?? Number.POSITIVE_INFINITY) <= token.start) at++
    const quotation = quotations[at]
    const within = quotation && overlaps(quotation, token) ? quotation : undefined
    if (!within || !whole.get(within)) {
      found.push({
        ...token,
        isQuoted: within !== undefined,
        isLast: token.isLast && !(within && token.end < within.end),
      })
    } else if (found.at(-1)?.quotation !== within) {
      const isLast = within.isOpen || /[.?!…]\s*[”"’'»“]{1,2}$/.test(text.slice(within.end - 5, within.end))
      const { start, end } = within
      found.push({ start, end, text: '“…”', lemma: '', tag: QUOTATION, quotation: within, isQuoted: false, isLast })
    }
  }
  return found
}

/** True if a quotation is a sentence or more, not words of the sentence around it. */
function isSentence(text: string, { start, end, tokens }: Paragraph, quotation: Quotation): boolean {
  if (quotation.isOpen || quotation.continues) return true
  const words = countWithin(tokens, quotation)
  if (words < 3) return false
  const inside = text.slice(quotation.start, quotation.end)
  const before = text.slice(Math.max(start, quotation.start - 40), quotation.start).trimEnd()
  const after = text.slice(quotation.end, Math.min(end, quotation.end + 3)).trimStart()
  const begins =
    before === '' ||
    /[.,:?!…;”"—–]$/.test(before) ||
    /\b(?:said|says|say|told [\w ]{1,20}|added|wrote|asked|tweeted|posted|saying|replied|stated)$/i.test(before)
  const ends = /[.,?!…—-]\s*[”"’'»“]{0,2}$/.test(inside.slice(-6)) || /^[,.]/.test(after)
  const goesOn =
    /\b(?:said|says|added|replied|wrote|noted|told \p{L}+|explained|warned|insisted)(?: [\p{L} ]{1,30})?,$/u.test(
      before,
    )
  const capital = goesOn || /^[“"‘'`«„]{1,2}\s*(?:\[|…|\.\.\.)?\s*\p{Lu}/u.test(inside.slice(0, 12))
  return begins && ends && (capital || words >= SENTENCE_WORDS)
}

/** Number of words of a range. The tokens are in order. */
function countWithin(tokens: readonly Token[], { start, end }: Span): number {
  let [low, high] = [0, tokens.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((tokens[middle] as Token).start <= start) low = middle + 1
    else high = middle
  }
  let count = 0
  for (let i = low; i < tokens.length && (tokens[i] as Token).end < end; i++) {
    if (tokens[i]?.tag !== 'PUNCT') count++
  }
  return count
}

/** Longest bracket that is left out, in UTF-16 units. */
const LONGEST_BRACKET = 42

/** Short brackets without a verb are no part of the sentence: "(D-N.Y.)", "(NATO)". */
function withoutBrackets(tokens: readonly Token[]): Token[] {
  const found: Token[] = []
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i] as Token
    const close = token.text === '(' && found.length > 0 ? closeOf(tokens, i) : -1
    if (close < 0) {
      found.push(token)
      continue
    }
    const last = found.at(-1) as Token
    found[found.length - 1] = { ...last, isLast: tokens[close]?.isLast ?? true }
    i = close
  }
  return found
}

function closeOf(tokens: readonly Token[], open: number): number {
  const from = (tokens[open] as Token).start
  for (let i = open + 1; i < tokens.length && (tokens[i] as Token).end - from < LONGEST_BRACKET; i++) {
    const token = tokens[i] as Token
    if (token.text === ')') return i
    if (token.tag === 'VERB' || token.tag === 'AUX') return -1
  }
  return -1
}
