import model from 'wink-eng-lite-web-model'
import winkNLP from 'wink-nlp'
import type { Span } from './span.ts'

/** A word or a punctuation mark. */
export interface Token extends Span {
  readonly text: string
  /** The base form, in lower case. */
  readonly lemma: string
  /** The part of speech: one of the universal tags. */
  readonly tag: string
  /** The last token of a sentence. */
  readonly isLast: boolean
}

const nlp = winkNLP(model, ['sbd', 'pos'])
const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' })

/** Words whose full stop does not end a sentence. */
const ABBREVIATION =
  /^(?:\p{Lu}|[\p{L}.]*\.\p{L}|Mr|Mrs|Ms|Dr|St|Sen|Rep|Gov|Gen|Col|Lt|Maj|Sgt|Adm|Prof|Rev|Jr|Sr|vs|No|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Inc|Corp|Co|Ltd|Ft|Mt|Hon)\.$/u

/** Abbreviations that the tokenizer takes apart after a dash: "India-U.S.". */
const DOTTED = /^(?:U\.S\.A\.|U\.S\.|U\.K\.|U\.N\.|U\.A\.E\.|E\.U\.|D\.C\.)/

/** After an abbreviation, a word that begins a sentence more often than a name. */
const BEGINS = /^(?:The|In|He|She|It|But|They|A|An|On|At|This|Both|We)$/

/** Words with a capital letter that are not part of a name after another word. */
const NO_NAME =
  /^(?:Then|Now|Later|Also|Here|There|Officials|Critics|Others|Sources|Who|On|In|At|For|From|With|To|By|Of|As|But|And|The|After|Before|According|Former|Both|While|When|If|Senior)$/

const NOT_ASCII = /[^\0-\u007f’]/

/** Longer words are no words. It bounds the time for a text in one piece. */
const LONGEST_WORD = 100

/** How far behind an unexpected offset to look for a token. */
const NEAR = 50

/** The tokens of a part of a text. Joins and splits what the tokenizer does otherwise than we need. */
export function tokensOf(text: string, { start, end }: Span): Token[] {
  const parts = partsOf(text, { start, end })
  const starts = parts.flatMap((part) =>
    Array.from(segmenter.segment(text.slice(part.start, part.end)), ({ index }) => index + part.start),
  )
  const tokens = namesAsNames(
    withWholeAbbreviations(
      text,
      withSeparateStop(withWholeWords(parts.flatMap((part) => read(text.slice(part.start, part.end), part.start)))),
    ),
  )
  let next = 0
  return tokens.map((token, i) => {
    const following = tokens[i + 1]
    if (!following) return { ...token, isLast: true }
    while ((starts[next] ?? Number.POSITIVE_INFINITY) < token.end) next++
    const ends = (starts[next] ?? Number.POSITIVE_INFINITY) <= following.start
    const isAbbreviation = ABBREVIATION.test(token.text) && !BEGINS.test(following.text)
    const endsAbbreviated = DOTTED.test(token.text) && BEGINS.test(following.text)
    return { ...token, isLast: (ends && !isAbbreviation) || endsAbbreviated }
  })
}

/** Longest part of a text that the tokenizer gets at once: its time grows with the square of the length. */
const LONGEST_PART = 2_000

/** A long paragraph in parts, which end between words. */
function partsOf(text: string, { start, end }: Span): Span[] {
  const parts: Span[] = []
  for (let from = start; from < end; ) {
    const limit = from + LONGEST_PART
    const sentence = text.lastIndexOf('. ', limit) + 1
    const space = text.lastIndexOf(' ', limit)
    const cut = limit >= end ? end : sentence > from ? sentence : space > from ? space : limit
    parts.push({ start: from, end: cut })
    from = cut
  }
  return parts
}

type Plain = Omit<Token, 'isLast'>

function read(part: string, start: number): Plain[] {
  const { its } = nlp
  const tokens = nlp.readDoc(part).tokens()
  const values = tokens.out(its.value) as string[]
  const spaces = tokens.out(its.precedingSpaces as never) as unknown as string[]
  const tags = tokens.out(its.pos) as string[]
  const lemmas = tokens.out(its.lemma as never) as unknown[]
  const found: Plain[] = []
  let offset = 0
  values.forEach((value, i) => {
    const expected = offset + (spaces[i]?.length ?? 0)
    const at = part.startsWith(value, expected) ? expected : part.slice(0, expected + NEAR).indexOf(value, offset)
    // The tokenizer may normalize unusual characters. What it made of them is not in the text.
    if (at < 0 || value === '') return
    offset = at + value.length
    if (tags[i] === 'SPACE') return
    const lemma = String(lemmas[i]).toLowerCase()
    found.push({ start: start + at, end: start + offset, text: value, lemma, tag: tags[i] ?? 'X' })
  })
  return found
}

/** The tokenizer splits words before letters that it does not know: "Petrovi" and "ć". */
function withWholeWords(tokens: readonly Plain[]): Plain[] {
  const found: Plain[] = []
  for (const token of tokens) {
    const last = found.at(-1)
    const isOneWord =
      last?.end === token.start &&
      /[\p{L}\p{M}]$/u.test(last.text) &&
      /^[\p{L}\p{M}]/u.test(token.text) &&
      NOT_ASCII.test(last.text + token.text)
    if (!last || !isOneWord || last.text.length > LONGEST_WORD) found.push(token)
    else {
      const text = last.text + token.text
      const tag = /^\p{Lu}/u.test(text) ? 'PROPN' : last.tag
      found[found.length - 1] = { start: last.start, end: token.end, text, lemma: text.toLowerCase(), tag }
    }
  }
  return found
}

/** The full stop at the end of a paragraph, and that after the platform X, is a token of its own. */
function withSeparateStop(tokens: readonly Plain[]): Plain[] {
  return tokens.flatMap((token, i) => {
    const isPlatform = token.text === 'X.' && tokens[i - 1]?.text === 'on'
    const isEnd =
      i === tokens.length - 1 && token.tag !== 'PUNCT' && /.\.$/.test(token.text) && !DOTTED.test(token.text)
    if (!isPlatform && !isEnd) return [token]
    const { end, text, lemma } = token
    const word = { ...token, end: end - 1, text: text.slice(0, -1), lemma: lemma.replace(/\.$/, '') }
    return [word, { start: end - 1, end, text: '.', lemma: '.', tag: 'PUNCT' }]
  })
}

function withWholeAbbreviations(text: string, tokens: readonly Plain[]): Plain[] {
  const found: Plain[] = []
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i] as Plain
    const [whole] = DOTTED.exec(text.slice(token.start, token.start + 7)) ?? []
    const end = token.start + (whole?.length ?? 0)
    let last = i
    while (whole && (tokens[last + 1]?.start ?? end) < end) last++
    if (!whole || token.end >= end || tokens[last]?.end !== end) found.push(token)
    else {
      found.push({ start: token.start, end, text: whole, lemma: whole.toLowerCase(), tag: 'PROPN' })
      i = last
    }
  }
  return found
}

/** The tagger takes names beside names for verbs or adjectives: "said Josh Earnest", "Olivia Grant said". */
function namesAsNames(tokens: readonly Plain[]): Plain[] {
  return tokens.map((token, i) => {
    const before = tokens[i - 1]
    const next = tokens[i + 1]
    const isCapitalized = /^(?:VERB|ADV|ADJ|NOUN|INTJ)$/.test(token.tag) && /^\p{Lu}\p{Ll}+$/u.test(token.text)
    const isAfterName = before?.tag === 'PROPN' && /^\p{Lu}/u.test(before.text) && /^(?:VERB|ADV)$/.test(token.tag)
    const isBeforeSaid = next?.lemma === 'say' && !/ly$/.test(token.text) && !NO_NAME.test(token.text)
    const isFamilyName = isCapitalized && (isAfterName || isBeforeSaid)
    if (isFamilyName) return { ...token, tag: 'PROPN' }
    const isName =
      /^(?:VERB|ADJ|ADV|INTJ|ADP|SCONJ|NOUN)$/.test(token.tag) &&
      /^\p{Lu}[\p{L}’'-]*\p{Ll}$/u.test(token.text) &&
      before !== undefined &&
      !/^[.?!:;“"‘'(—–-]$/.test(before.text) &&
      next?.tag === 'PROPN' &&
      !NO_NAME.test(token.text)
    return isName ? { ...token, tag: 'PROPN' } : token
  })
}
