import {
  isClauseAt,
  isFiniteVerb,
  isNominal,
  isPossessive,
  isWord,
  type Phrase,
  phraseAfter,
  phraseBefore,
  TIME,
} from './noun-phrases.ts'
import { type Item, QUOTATION } from './sentences.ts'
import { ADDRESSED, mayTellSpeech } from './words/verbs.ts'

/** A verb by which somebody says something, with its subject. */
export interface Cue {
  /** Index of the verb, and of the first and the last word of the verb phrase: "would not point out". */
  readonly verb: number
  readonly first: number
  readonly last: number
  readonly lemma: string
  /** A verb of any meaning, directly beside a quotation. */
  readonly isBeside: boolean
  readonly isPassive: boolean
  readonly isInfinitive: boolean
  readonly isParticiple: boolean
  /** Nothing was said: "did not say", "declined to comment", "will announce". */
  readonly isUnreal: boolean
  readonly subject?: Phrase
  /** The subject comes after the verb: "…," said X. */
  readonly isInverted: boolean
  /** The subject is that of another verb of the sentence. */
  readonly isShared: boolean
  /** "Recalling A, the statement urged B": what is said ends here. */
  readonly contentEnd?: number
  readonly addressee?: Phrase
  /** Index of the first item after the verb and, where they follow it, its subject and addressee. */
  readonly next: number
}

const PASSIVE = /^(?:be|is|are|was|were|been|being|'s|’s|'re|’re)$/i
const PLANNED = /^(?:will|would|shall|should|may|might|could|can|must|'ll|’ll)$/i
const PARTICLES = /^(?:out|back|on|up|down|off|forward)$/i

/** Longest name with its apposition between a verb and what is said: "told X, a Y, that". */
const LONGEST_ADDRESSEE = 12

/** The verb at an index as a cue, if it can be one. `used` are indexes of quotations that have a verb already. */
export function cueAt(
  items: readonly Item[],
  verb: number,
  used: ReadonlySet<number>,
  subjectBefore: () => Phrase | undefined,
): Cue | undefined {
  const item = items[verb] as Item
  if (verb > 0 && /^\p{Lu}/u.test(item.text) && isWord(items[verb - 1])) return undefined
  const isBeside = !(item.tag === 'VERB' && mayTellSpeech(item.lemma)) && standsBesideQuotation(items, verb, used)
  if (!isBeside && (item.tag !== 'VERB' || !mayTellSpeech(item.lemma))) return undefined
  const first = beginOfVerb(items, verb)
  const auxiliaries = items.slice(first, verb)
  const isParticiple = /ing$/.test(item.text) && !auxiliaries.some(({ tag }) => tag === 'AUX')
  const isPassive = auxiliaries.some(({ tag, text }) => tag === 'AUX' && PASSIVE.test(text)) && !/ing$/.test(item.text)
  const isInfinitive = auxiliaries.some(({ text }) => text === 'to') && !/^went$/i.test(items[first - 2]?.text ?? '')
  const isUnreal =
    auxiliaries.some(({ text }) => /^(?:not|n['’]t|never|neither)$/i.test(text) || PLANNED.test(text)) ||
    /^(?:nor|neither|without|before|if|unless)$/i.test(items[first - 1]?.text ?? '')
  const last =
    PARTICLES.test(items[verb + 1]?.text ?? '') && (items[verb + 1]?.tag !== 'ADP' || items[verb + 2]?.text === 'that')
      ? verb + 1
      : verb
  const form = { verb, first, last, lemma: item.lemma, isBeside, isPassive, isInfinitive, isParticiple, isUnreal }
  const subject = subjectOf(items, form, subjectBefore)
  if (subject === 'none') return undefined
  const after = subject.isInverted && subject.subject ? subject.subject.last + 1 : last + 1
  return { ...form, ...subject, ...addresseeAt(items, form, subject.isInverted, after) }
}

type Form = Pick<Cue, 'verb' | 'first' | 'last' | 'lemma' | 'isPassive' | 'isInfinitive' | 'isParticiple'>
type Subject = Pick<Cue, 'subject' | 'isInverted' | 'isShared' | 'contentEnd'>

export function beginOfVerb(items: readonly Item[], verb: number): number {
  let first = verb
  for (;;) {
    const before = items[first - 1]
    if (!before || !/^(?:AUX|PART|ADV)$/.test(before.tag)) return first
    const isOther =
      /^(?:most|many|few|some|both|when|where|how|why|while)$/i.test(before.text) ||
      (before.tag === 'PART' && /^['’]s?$/.test(before.text))
    if (isOther) return first
    first--
  }
}

/** "…," Trump barked. "…," he notes: also a verb that the tagger took for a noun. */
function standsBesideQuotation(items: readonly Item[], verb: number, used: ReadonlySet<number>): boolean {
  const item = items[verb] as Item
  const maybeVerb = item.tag === 'NOUN' && /^[a-z]+(?:s|ed)$/.test(item.text)
  if (item.tag !== 'VERB' && !maybeVerb) return false
  const first = beginOfVerb(items, verb)
  if (first === 0) return false
  const subject = items[first - 1]?.tag === QUOTATION ? undefined : phraseBefore(items, first - 1)
  const at = (subject?.first ?? first) - 1
  if (items[at]?.tag !== QUOTATION || used.has(at)) return false
  const next = items[verb + 1]
  if (item.tag === 'VERB') {
    if (/ing$/.test(item.text) || next?.tag === 'AUX') return false
    return subject !== undefined || phraseAfter(items, verb + 1, true) !== undefined
  }
  const isName = subject?.last === verb - 1 && /^(?:PROPN|PRON)$/.test(items[verb - 1]?.tag ?? '')
  return isName && (!next || /^[.,]$/.test(next.text) || next.tag === 'ADP' || next.tag === QUOTATION)
}

function subjectOf(items: readonly Item[], cue: Form, subjectBefore: () => Phrase | undefined): Subject | 'none' {
  const { verb, first, lemma, isPassive, isInfinitive, isParticiple } = cue
  const left = items[first - 1]
  const isAfterMark =
    !isParticiple && left !== undefined && (left.tag === QUOTATION || (left.text === ',' && first > 1))
  if (isAfterMark) {
    // "X, the chairman of Y, said": what stands before the commas is the subject.
    const apposed =
      left.text === ',' && items[first - 2]?.tag !== QUOTATION ? phraseBefore(items, first - 1) : undefined
    if (apposed) return { subject: apposed, isInverted: false, isShared: false }
    const after = items[verb + 1]
    const inverted = after && !after.isQuoted && after.tag !== 'ADJ' ? phraseAfter(items, verb + 1, true) : undefined
    const plausible =
      left.text !== ',' || /^(?:say|add|write|note|warn|reply|tweet|explain|declare|argue|state|post|tell)$/.test(lemma)
    if (inverted && plausible) return { subject: inverted, isInverted: true, isShared: false }
  }
  const subject = isParticiple || isInfinitive || first === 0 ? undefined : phraseBefore(items, first - 1)
  if (subject) {
    // The object of a preposition is no subject: "referring to the agreement announced this week".
    const isObject = items[subject.first - 1]?.tag === 'ADP' && subject.last === first - 1
    if (isObject && first === verb && /ed$/.test((items[verb] as Item).text) && !isPassive) return 'none'
    return { subject, isInverted: false, isShared: false }
  }
  if (isParticiple && !items.slice(0, first).some(isFiniteVerb)) {
    const fronted = subjectAfterComma(items, verb)
    if (fronted) return { subject: fronted.subject, isInverted: false, isShared: true, contentEnd: fronted.comma - 1 }
  }
  const joins = isParticiple || isInfinitive || left?.tag === 'CCONJ' || left?.text === ','
  const other = joins ? subjectBefore() : undefined
  return { ...(other && { subject: other }), isInverted: false, isShared: other !== undefined }
}

function subjectAfterComma(items: readonly Item[], verb: number): { subject: Phrase; comma: number } | undefined {
  for (let comma = verb + 2; comma < items.length - 2; comma++) {
    if (items[comma]?.text !== ',' || !isClauseAt(items, comma + 1)) continue
    const subject = phraseAfter(items, comma + 1, true)
    if (subject) return { subject: subject.head ?? subject, comma }
  }
  return undefined
}

/** "told reporters that": the addressee, and where what is said may begin. */
function addresseeAt(
  items: readonly Item[],
  { lemma, isPassive }: Form,
  isInverted: boolean,
  after: number,
): Pick<Cue, 'addressee' | 'next'> {
  if (isInverted || isPassive || !ADDRESSED.has(lemma)) return { next: after }
  const addressee = withCountry(items, phraseAfter(items, after, false))
  if (!addressee || isFiniteVerb(items[addressee.last + 1])) return { next: after }
  let next = addressee.last + 1
  if (items[next]?.text === ',' && items[next + 1]?.text !== 'that') {
    const close = items.findIndex(({ text }, i) => i > next && i < next + LONGEST_ADDRESSEE && text === ',')
    const begin = items[close + 1]
    if (close > 0 && (begin?.text === 'that' || begin?.tag === QUOTATION)) next = close + 1
  }
  return { addressee, next }
}

/** "King Abdullah of Jordan": with what follows "of". */
function withCountry(items: readonly Item[], phrase: Phrase | undefined): Phrase | undefined {
  if (!phrase || items[phrase.last + 1]?.text !== 'of') return phrase
  const country = phraseAfter(items, phrase.last + 2, false)
  return country ? { first: phrase.first, last: country.last } : phrase
}

const MEDIUM =
  /^(?:statement|interviews?|post|tweets?|letter|e-?mail|speech|remarks|address|readout|release|report|memo|briefing|conference|call|message|video|article|column|op-ed|editorial|book|testimony|news|event|rally|appearance|debate|hearing|segment|essay|response|reply|press|communiqu[eé]|Twitter|Facebook|X|television|TV|radio|show|phone|floor|visit|meeting|talks|summit|reporters|journalists|media|parliament|lawmakers)$/i

/** Skips what stands between a verb and what is said: "on Thursday", "in a post on X", "to reporters". */
export function skipAdjuncts(items: readonly Item[], from: number): number {
  let at = from
  for (;;) {
    const item = items[at]
    if (!item) return at
    const isAdverb = item.tag === 'ADV' && !/^(?:how|why|when|where|not|just|only|even)$/i.test(item.text)
    if (isAdverb || (TIME.test(item.text) && item.tag !== 'AUX')) {
      at++
      continue
    }
    if (item.tag !== 'ADP' && !/^(?:during|after|before|to)$/i.test(item.text)) return at
    const end = endOfAdjunct(items, at + 1)
    const inner = items.slice(at + 1, end)
    const leads = /^(?:,|:|that|\.)$/.test(items[end]?.text ?? '.') || items[end]?.tag === QUOTATION
    const isMedium = inner.some(({ text }) => MEDIUM.test(text) || TIME.test(text))
    if (
      end === at + 1 ||
      !(isMedium || leads) ||
      /^(?:of|about|for|against)$/i.test(item.text) ||
      (item.text === 'to' && !isMedium)
    )
      return at
    at = end
  }
}

function endOfAdjunct(items: readonly Item[], from: number): number {
  let at = from
  for (;;) {
    const item = items[at]
    if (!item) return at
    const next = items[at + 1]
    const links =
      /^(?:of|with|to|at|on|in|for|and)$/i.test(item.text) && next && (isNominal(next) || isPossessive(next))
    const isPart = item.tag === 'PART' && /^['’]s?$/.test(item.text)
    if (!isNominal(item) && !isPossessive(item) && item.text !== '-' && !isPart && !links) return at
    if (!isWord(item) && item.text !== '-') return at
    at++
  }
}
