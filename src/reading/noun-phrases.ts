import { type Item, QUOTATION } from './sentences.ts'

/** Words of a sentence, by the indexes of the first and the last one. */
export interface Phrase {
  readonly first: number
  readonly last: number
  /** The phrase without what follows its noun: an apposition or a relative clause. */
  readonly head?: Phrase
}

const TAGS: ReadonlySet<string> = new Set(['NOUN', 'PROPN', 'ADJ', 'DET', 'NUM', 'SYM'])
const PREPOSITIONS = new Set('of for from in at with to on under by behind'.split(' '))
const SUBJECTS = new Set('he she they we i it who you both others some many one most few several critics'.split(' '))
const POSSESSIVES = new Set('his her their its our my whose your'.split(' '))

/** Words of time that stand beside a verb without a preposition: "said Thursday", "said last week". */
export const TIME =
  /^(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?|January|February|March|April|May|June|July|August|September|October|November|December|Jan\.?|Feb\.?|Aug\.?|Sept?\.?|Oct\.?|Nov\.?|Dec\.?)$|^(?:today|yesterday|tonight|earlier|later|recently|morning|night|afternoon|evening|week|month|year|ago)$/i

/** How many items an apposition or a relative clause may have. */
const LONGEST_APPOSITION = 28

export const isFiniteVerb = (item: Item | undefined): boolean =>
  item !== undefined && (item.tag === 'AUX' || (item.tag === 'VERB' && !/ing$/.test(item.text)))

export const isWord = (item: Item | undefined): boolean => item !== undefined && item.tag !== 'PUNCT'

export const isPossessive = ({ text }: Item): boolean => POSSESSIVES.has(text.toLowerCase())
export const isNominal = (item: Item | undefined): boolean => item !== undefined && TAGS.has(item.tag)

const lower = (item: Item | undefined) => item?.text.toLowerCase() ?? ''
const isNoun = (item: Item | undefined) => item !== undefined && /^(?:NOUN|PROPN|NUM)$/.test(item.tag)
const isPreposition = (item: Item) => item.tag === 'ADP' && PREPOSITIONS.has(lower(item))
const isGenitive = (item: Item) => item.tag === 'PART' && /^['’]s?$/.test(item.text)

/** The noun phrase that ends at an item, read to the left: the subject of a verb that follows. */
export function phraseBefore(items: readonly Item[], end: number): Phrase | undefined {
  const last = skipTimeBefore(items, end)
  const item = items[last]
  if (!item || item.isQuoted) return undefined
  if (/^[,)—–]$/.test(item.text)) return phraseWithApposition(items, last)
  const isOfThem = /^(?:them|us|those|whom)$/i.test(item.text) && lower(items[last - 1]) === 'of'
  if (!isOfThem && (item.tag === 'PRON' || !isNominal(item))) {
    return SUBJECTS.has(lower(item)) ? { first: last, last } : undefined
  }
  let first = isOfThem ? last - 1 : last
  while (first > 0) {
    const step = stepLeft(items, first)
    if (step === 0) break
    first -= step
  }
  while (first < last && /^(?:CCONJ|ADP|PUNCT)$/.test(items[first]?.tag ?? '')) first++
  return { first, last }
}

function skipTimeBefore(items: readonly Item[], end: number): number {
  let at = end
  for (;;) {
    const item = items[at]
    if (!item) return at
    const isDay = item.tag === 'NUM' && TIME.test(items[at - 1]?.text ?? '')
    if (!TIME.test(item.text) && !isDay) break
    at--
    while (/^(?:on|in|late|early|last|this|at|since|earlier)$/i.test(items[at]?.text ?? '')) at--
  }
  while (items[at]?.tag === 'ADV' && !SUBJECTS.has(lower(items[at]))) at--
  return at
}

/** "X, the chair of Y, said": the phrase before the comma, with what stands between the commas. */
function phraseWithApposition(items: readonly Item[], close: number): Phrase | undefined {
  const mark = items[close]?.text === ')' ? '(' : (items[close]?.text ?? '')
  for (let open = close - 1; open > 0 && close - open < LONGEST_APPOSITION; open--) {
    if (items[open]?.tag === QUOTATION) return undefined
    if (items[open]?.text !== mark) continue
    if (!isNoun(items[open - 1])) {
      if (mark === ',') continue
      return undefined
    }
    const begin = items[open + 1] as Item
    const isRelative = /^(?:who|which|whose|where)$/i.test(begin.text)
    const inner = items.slice(open + 1, close)
    if (!isRelative && inner.some((item) => item.tag === 'AUX') && !/^(?:a|an|the|one)$/i.test(begin.text)) continue
    if (!isRelative && !/^(?:DET|NOUN|PROPN|ADJ|NUM|VERB|ADP|ADV|PRON)$/.test(begin.tag)) continue
    if (begin.tag === 'CCONJ' || /^(?:that|if|when|while|because)$/i.test(begin.text)) continue
    const head = phraseBefore(items, open - 1)
    if (!head) return undefined
    if (!isRelative && items[head.first - 1]?.tag === 'ADP') continue
    return { first: head.first, last: close, head }
  }
  return undefined
}

/** How many items to the left of `first` belong to the same phrase. */
function stepLeft(items: readonly Item[], first: number): number {
  const current = items[first] as Item
  const before = items[first - 1] as Item
  const second = items[first - 2]
  if (before.isQuoted) return 0
  if (current.tag === 'DET' || isPossessive(current)) {
    // "people familiar with the matter"
    const isAfterAdjective = second?.tag === 'ADJ' && isNoun(items[first - 3])
    if (isPreposition(before) && (isNoun(second) || isAfterAdjective)) return 1
    if (before.text === 'and' && isNoun(second)) return 1
    return /^(?:all|both|half)$/i.test(before.text) ? 1 : 0
  }
  if (isNominal(before) || isPossessive(before)) {
    const isTime = TIME.test(before.text) && !/^(?:May|week|year|month)$/.test(before.text) && before.tag !== 'ADJ'
    return isTime ? 0 : 1
  }
  if (isGenitive(before)) return 1
  if (/^[-/–&]$/.test(before.text)) return isWord(second) && second?.end === before.start ? 2 : 0
  if (isPreposition(before) && isNoun(second)) return 1
  if (/^(?:and|or|&)$/.test(before.text) && (isNoun(second) || second?.tag === 'ADJ')) return 1
  const isParticiple = before.tag === 'VERB' && /(?:ing|ed)$/.test(before.text)
  return isParticiple && /^(?:DET|ADJ)$/.test(second?.tag ?? '') ? 1 : 0
}

/** The noun phrase that begins at an item. With `complete`, also what follows its noun. */
export function phraseAfter(items: readonly Item[], begin: number, complete: boolean): Phrase | undefined {
  const item = items[begin]
  if (!item || item.isQuoted) return undefined
  if (item.tag === 'PRON') {
    const isPerson = SUBJECTS.has(lower(item)) || /^(?:me|him|her|us|them|everyone|anyone)$/i.test(item.text)
    if (isPerson) return { first: begin, last: begin }
    if (!isPossessive(item)) return undefined
  } else if (!isNominal(item) && !isPossessive(item)) return undefined
  let last = begin
  for (;;) {
    const step = stepRight(items, last, complete)
    if (step === 0) break
    last += step
  }
  const head = { first: begin, last }
  const end = complete ? endOfApposition(items, last) : last
  return end > last ? { first: begin, last: end, head } : head
}

function stepRight(items: readonly Item[], last: number, complete: boolean): number {
  const current = items[last] as Item
  const next = items[last + 1]
  const second = items[last + 2]
  if (!next || next.isQuoted) return 0
  if (TIME.test(next.text) && next.tag !== 'NOUN') return 0
  if (isNominal(next) || isPossessive(next)) {
    return next.tag === 'DET' && current.tag !== 'ADP' && current.tag !== 'CCONJ' ? 0 : 1
  }
  if (isGenitive(next)) return 1
  if (/^[-–/&]$/.test(next.text)) return second && next.end === second.start ? 2 : 0
  if (isPreposition(next)) {
    const goesOn = complete && second && (isNominal(second) || isPossessive(second)) && !TIME.test(second.text)
    const isAdjunct = /^(?:in|on|at)$/i.test(next.text) && /^(?:an?|his|her|their)$/i.test(second?.text ?? '')
    return goesOn && !isAdjunct ? 1 : 0
  }
  if (next.text === 'and') return second?.tag === 'PROPN' || (complete && second?.tag === 'NOUN') ? 1 : 0
  return 0
}

/** The end of what follows a noun between commas, or the noun itself. */
function endOfApposition(items: readonly Item[], last: number): number {
  const begin = items[last + 2]
  if (items[last + 1]?.text !== ',' || !begin) return last
  const begins =
    /^(?:an?|the|one|who|whose|which|his|her|chief|deputy|former|head|director|president|spokes\w+|chair\w*)$/i.test(
      begin.text,
    ) ||
    /^(?:NOUN|NUM|ADJ)$/.test(begin.tag) ||
    (begin.tag === 'PROPN' && items[last]?.tag === 'PROPN')
  if (!begins) return last
  let end = last + 2
  while (end < items.length && end - last <= LONGEST_APPOSITION) {
    const item = items[end] as Item
    if (/^[,.:—]$/.test(item.text) || item.tag === QUOTATION) break
    end++
  }
  return end - last < LONGEST_APPOSITION ? end - 1 : last
}

/** True if a subject and its verb begin at an item. */
export function isClauseAt(items: readonly Item[], begin: number): boolean {
  const subject = phraseAfter(items, begin, true)
  if (!subject) return false
  let verb = (subject.head ?? subject).last + 1
  while (items[verb]?.tag === 'ADV' || items[verb]?.text === ',') verb++
  return isFiniteVerb(items[verb])
}
