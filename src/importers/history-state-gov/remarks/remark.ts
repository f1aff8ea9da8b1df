import { readPeople } from './people.ts'
import type { Named } from './person.ts'
import { readingOf, type Span, spanOf } from './reading.ts'
import { type Meeting, Sentence } from './sentence.ts'
import { type Word, wordsOf } from './words.ts'

/** The meetings in a remark. */
interface Remark {
  readonly meetings: readonly Meeting[]
  /** Parts about a meeting that could not be read. */
  readonly unread: readonly string[]
  /** Parts that say that the traveller met somebody, but name nobody: "Met with senior officials." */
  readonly unnamed: readonly string[]
}

/** Words that say that somebody was met, wherever they stand in a clause. */
const SAYS_MET = /^(met|meet|meets|conferred|confers?|consulted|talked|discussions?|consultations?|conversations?)$/

/** Words that can also mean a subject ("Discussed the peace talks"): they count only if the remark has no other meeting. */
const SAYS_SUBJECT = /^discuss(ed|es)?$/

/** Nouns that say so only at the start of a clause: "Informal meeting in New York City", not "Attended a NATO meeting". */
const STARTS_MEETING = /^(further|informal|bilateral|private|summit|joint|working|continued)?\s*(meetings?|talks)\b/i

/** A conference that the traveller led is a meeting in any case, talks only if the remark has no other one. */
const LED = /^(?:co-?)?(?:led|chaired|hosted)\b.*\b(?:dialogue|talks|negotiations|consultations)\b/is
const TALKS = /\b(?:dialogue|talks|negotiations)\b/i

/**
 * Reads whom the traveller met according to an English remark: "Met with President Heuss and Chancellor Adenauer." People named
 * in other roles (buried, accompanied, written to) are omitted. Doubtful parts are reported in `unread`.
 */
export function readRemark(remark: string): Remark {
  const sentences = sentencesOf(wordsOf(remark)).map((words) => new Sentence(readingOf(remark, words)))
  const meetings = sentences.flatMap(({ meetings }) => meetings)
  const unread = sentences.flatMap(({ unread }) => unread)
  const textOf = ({ start, end }: Span) => remark.slice(start, end)
  return {
    meetings,
    unread: unread.map(textOf),
    unnamed: sentences.flatMap((sentence) => unnamedIn(sentence, meetings.length + unread.length === 0)).map(textOf),
  }
}

/**
 * The clauses that say that somebody was met, and from which neither a meeting nor a doubtful part was read; and from others the
 * groups that act for no state.
 */
function unnamedIn({ reading: { text, words }, meetings, unread, omitted }: Sentence, alone: boolean): Span[] {
  const read = [...meetings, ...unread].sort((a, b) => a.start - b.start)
  let next = 0
  const clauses = clausesOf(words).flatMap((clause) => {
    const span = spanOf(clause, 0, clause.length)
    while (next < read.length && (read[next] as Span).end <= span.start) next++
    if ((read[next]?.start ?? span.end) < span.end) return []
    const says = clause.some(({ lower }) => SAYS_MET.test(lower) || (alone && SAYS_SUBJECT.test(lower)))
    const words = text.slice(span.start, span.end)
    const isMeeting = says || STARTS_MEETING.test(words) || LED.test(words) || (alone && TALKS.test(words))
    return isMeeting ? [span] : []
  })
  const isWithin = (one: Span) => clauses.some(({ start, end }) => start <= one.start && one.end <= end)
  return [...clauses, ...omitted.filter((one) => !isWithin(one))]
}

/** Splits a sentence at its semicolons. */
function clausesOf(words: readonly Word[]): Word[][] {
  const clauses: Word[][] = [[]]
  for (const word of words) {
    if (word.kind === 'semicolon') clauses.push([])
    else clauses.at(-1)?.push(word)
  }
  return clauses.filter((clause) => clause.length > 0)
}

/** Reads names in a field that contains only names: "King Kalakaua", "Prime Minister and Mrs. Churchill". */
export function readTitledName(text: string): Named[] {
  const { groups } = readPeople(readingOf(text), 0, true)
  return groups.flat().filter(({ unnamed }) => unnamed === undefined)
}

function sentencesOf(words: readonly Word[]): Word[][] {
  const sentences: Word[][] = [[]]
  for (const word of words) {
    if (word.kind === 'stop') sentences.push([])
    else sentences.at(-1)?.push(word)
  }
  return sentences.filter((sentence) => sentence.length > 0)
}
