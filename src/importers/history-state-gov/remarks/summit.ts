import { isCapital, type Reading } from './reading.ts'
import { BEGINNING } from './words.ts'

/** Last words of the names of conferences. */
const NOUN =
  /^(summit|conference|assembly|forum|council|session|meetings?|congress|ministerial|dialogue|talks|symposium)$/

/** Words that do not identify a conference on their own. */
const GENERIC =
  /^(summit|meetings?|conference|session|economic|ministerial|leaders'?|informal|private|working|official|pre-summit|foreign|ministers'?|international|peace|talks|forum|assembly|of|the|on|for|and|in|to|trilateral|bilateral|annual)$/

/** Words in lower case within the name of a conference. */
const WITHIN = /^(of|the|on|for|and|in|to)$/

/**
 * The name of a conference in a range of words, after a word such as "at" or "attended". With `before`, the name must be at the
 * end of the range.
 */
export function readSummit(
  { words, text }: Reading,
  from: number,
  to: number,
  introduced: RegExp,
  before = false,
): string | undefined {
  for (let at = from; at < to; at++) {
    const first = at === 0 && isCapital(words[at]) && !BEGINNING.test(words[at]?.text ?? '')
    if (!first && !introduced.test(words[at]?.lower ?? '')) continue
    let begin = first ? at : at + 1
    if (/^(a|an|the|in|to|of)$/.test(words[begin]?.lower ?? '')) begin++
    if (/^(a|an|the)$/.test(words[begin]?.lower ?? '')) begin++
    if (words[begin]?.kind === 'mark') begin++
    if (!isCapital(words[begin])) continue
    let end = begin
    for (let next = begin; next < to && next < begin + 14; next++) {
      const word = words[next]
      if (
        word?.kind !== 'word' ||
        !(isCapital(word) || WITHIN.test(word.lower) || /^\d+(st|nd|rd|th)$/.test(word.text))
      )
        break
      // "UN General Assembly in New York City": the place is not part of a complete name.
      if (/^(in|to|and)$/.test(word.lower) && end > begin) break
      if (NOUN.test(word.lower)) end = next + 1
      else if (end > begin && /^(on|of|for)$/.test(word.lower)) end = ofWhat(words, next, to)
    }
    const own = words.slice(begin, end).some((word) => word.kind === 'word' && !GENERIC.test(word.lower))
    // "to the Summit and to meetings with X" does not say that X was there.
    const beside = !before || words.slice(end, to).every(({ kind }) => kind === 'mark')
    if (own && beside && end > begin + 1)
      return text.slice(words[begin]?.start, words[end - 1]?.end).replace(/\s+/g, ' ')
  }
  return undefined
}

/** The index after capitalized words that a preposition introduces: "on Security and Cooperation in Europe". */
function ofWhat(words: Reading['words'], at: number, to: number): number {
  let end = at
  for (let next = at; next < to && next < at + 10; next++) {
    if (isCapital(words[next])) end = next + 1
    else if (!WITHIN.test(words[next]?.lower ?? '') || /^to$/.test(words[next]?.lower ?? '')) break
  }
  return end
}
