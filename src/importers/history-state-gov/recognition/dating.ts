import { type ActKind, REPORTED, statedIn } from './acts.ts'
import { type Line, sentencesOf } from './article.ts'
import { datesSaid, type SaidDate } from './dates-said.ts'

/** A span of days that a head gives, as two dates. */
export interface Span {
  readonly from: string
  readonly to: string
}

/** The date of an act, and the sentence that gives it. */
export interface ActDate {
  readonly edtf: string
  /** Without a sentence, the date is the head's. */
  readonly sentence?: Line
  /** What the sentence reports: the act, the opening of a mission, or an appointment, credentials and the like. */
  readonly basis: 'act' | 'mission' | 'report'
  /** True if the head gives another date. */
  readonly differs: boolean
}

/** A date that is in words such as “following the agreement of”, and so is that of another act. */
const OF_ANOTHER_ACT =
  /(?:^(?:following|after|since|in response to)\s+(?:[\w’'.-]+\s+){0,10}|\b(?:following|after)\s+(?:[\w’'.-]+\s+){0,8}|\b(?:since|until|prior to|treat(?:y|ies) of|acts? of|law of|letters? of|convention of|declaration of|in response to)\s+(?:[\w’'.-]+\s+){0,3}|\b(?:dated|from|(?<!\b(?:summer|autumn|fall|spring|winter|end|beginning|middle|month)\s)of|served)\s+(?:the\s+)?)$/i

/** Words before a verb that say that it was not done, or not yet. */
const NOT_YET =
  /\b(?:prepared|willing(?:ness)?|unwilling|ready|decided|agreed|authorized|instructed|refus\w*|intention|wish\w*|desir\w*|request\w*|not|never|would|in order|consider\w*)\s+(?:to\s+|of\s+)?(?:formally\s+|enter\s+)?$/i

export const isNotDoneBefore = (before: string): boolean => NOT_YET.test(before)

export const isOfAnotherAct = (before: string) =>
  OF_ANOTHER_ACT.test(before) &&
  !/\bnot\b.*\buntil\s+$|\beffective\s+(?:from|since|after)\s+(?:the\s+)?$|\bas\s+of\s+(?:the\s+)?$/i.test(before)

/** The words between the last comma and a date. */
const clauseBefore = (before: string) => before.split(/[,;:](?!\s*\d)/).at(-1) ?? ''

export const isOfPerson = (before: string): boolean => /\b(?:who|whom|whose)\b/.test(clauseBefore(before))

const PRESENTED =
  /\b(?:present\w*|deliver\w*|accept\w*)\b.{0,60}\b(?:credentials?|letters? of credence)\b|\bcredentials\b.{0,40}\baccepted\b/i
const ENTERED = /\b(?:appoint|commission|named|accredit|receiv|nominat|designat|exequatur|recogniz)\w*/i

interface Candidate {
  readonly sentence: Line
  readonly date: SaidDate & { readonly date: string }
  readonly reported: boolean
  readonly fits: boolean
  readonly ofOthers: boolean
  readonly score: number
}

/** A sentence with its dates, whose places count from the sentence's start. */
export interface DatedSentence {
  readonly sentence: Line
  readonly dates: readonly SaidDate[]
}

/** The dates of all sentences, in which days without a year and “the same day” continue from sentence to sentence. */
export function datedSentences(lines: readonly Line[], year: string | undefined): DatedSentence[] {
  return lines.flatMap((line) => {
    const dates = datesSaid(line.text, year)
    return joined(line).map((sentence) => {
      const from = sentence.start - line.start
      const to = from + sentence.text.length
      return {
        sentence,
        dates: dates
          .filter(({ start, end }) => start >= from && end <= to)
          .map((date) => ({ ...date, start: date.start - from, end: date.end - from })),
      }
    })
  })
}

/** “This constituted recognition” continues the sentence before it. */
function joined(line: Line): Line[] {
  const sentences: Line[] = []
  for (const sentence of sentencesOf(line)) {
    const previous = sentences.at(-1)
    const continues = /^(?:This|That|These|It)\b[^,;]{0,40}\b(?:constitut|mark|represent|signif)\w*/.test(sentence.text)
    if (!previous || !continues) sentences.push(sentence)
    else {
      const end = sentence.start + sentence.text.length
      sentences[sentences.length - 1] = {
        start: previous.start,
        text: line.text.slice(previous.start - line.start, end - line.start),
      }
    }
  }
  return sentences
}

/** Dates of an entry that are weighed. The publisher's entries have at most some dozens. */
const MOST_DATES = 200

/** Dates in the paragraphs that no calendar has. */
export const impossibleDates = (lines: readonly Line[]): string[] =>
  lines.flatMap(({ text }) =>
    datesSaid(text, '2000').flatMap(({ date, start, end }) => (date === undefined ? [text.slice(start, end)] : [])),
  )

/**
 * The date of an act: that of the sentence that reports it, if possible in accordance with the head, otherwise that of the
 * presentation of credentials or of an appointment, otherwise the head's. Undefined if there is none.
 */
export function dateOf(
  kind: ActKind,
  head: string,
  span: Span | undefined,
  lines: readonly Line[],
  isOfOthers: (sentence: string) => boolean,
): ActDate | undefined {
  const own = dateOfAct(kind, head, span, lines, isOfOthers)
  if (own?.basis === 'act' || !/^RELATIONS_(?:ESTABLISHED|RESUMED)$/.test(kind)) return own
  // Relations exist when a mission is opened.
  for (const mission of ['EMBASSY_OPENED', 'LEGATION_OPENED'] as const) {
    const opened = dateOfAct(mission, head, span, lines, isOfOthers)
    if (opened?.basis === 'act' && opened.sentence && !opened.differs && opened.edtf.length > 4)
      return { ...opened, basis: 'mission' }
  }
  return own
}

function dateOfAct(
  kind: ActKind,
  head: string,
  span: Span | undefined,
  lines: readonly Line[],
  isOfOthers: (sentence: string) => boolean,
): ActDate | undefined {
  const sentences = datedSentences(lines, span?.from.slice(0, 4))
  const isOther = kind === 'OTHER'
  if (span && span.from !== span.to && isOther) return { edtf: `${span.from}/${span.to}`, basis: 'act', differs: false }
  if (span?.from.length === 10 && isOther) return { edtf: span.from, basis: 'act', differs: false }
  const stems = isOther ? stemsOf(head) : []
  const candidates = sentences
    .flatMap(({ sentence, dates }, place) => dates.map((said) => ({ sentence, said, place })))
    .slice(0, MOST_DATES)
    .flatMap(({ sentence, said: { date, ...said }, place }) =>
      date === undefined ? [] : [weigh(kind, stems, span, sentence, { ...said, date }, place, isOfOthers)],
    )
  const best = candidates
    .toSorted((a, b) => b.score - a.score)
    .find((candidate) => isUsable(candidate, kind, head, span, candidates))
  if (best) {
    const finer = best.date.date.length < 10 ? finerDate(best, candidates) : undefined
    const { date, sentence, reported, fits } = finer ?? best
    const exact = span && fits && date.date.length < span.from.length ? span.from : date.edtf
    return { edtf: exact, sentence, basis: reported ? 'act' : 'report', differs: !fits }
  }
  if (!span) return undefined
  const inSpan =
    kind === 'RELATIONS_INTERRUPTED' || kind.endsWith('ESTABLISHED') ? span.from : `[${span.from}..${span.to}]`
  const { verb, object } = REPORTED[kind]
  const reporting = sentences.find(
    ({ sentence: { text } }) => matches(text, verb).length > 0 && object.test(text) && !isOfOthers(text),
  )
  return {
    edtf: span.from === span.to ? span.from : inSpan,
    ...(reporting && { sentence: reporting.sentence }),
    basis: reporting ? 'act' : 'report',
    differs: false,
  }
}

/**
 * What speaks for a date, and against it, in points. A date of a sentence that reports the act beats one of credentials, and
 * the head's year beats another one; the rest decides between dates that are equal in both.
 */
const WEIGHTS = {
  /** The sentence has a verb and an object of the act. */
  reported: 100,
  /** The same for acts without a kind, whose verbs say little. */
  reportedOther: 20,
  /** Each word of the head that the sentence repeats, for acts without a kind. */
  headWord: 8,
  /** The sentence says that credentials were presented. */
  credentials: 60,
  /** The sentence says that somebody was appointed or received. */
  appointment: 35,
  /** The sentence decides alone what happened to the relations. */
  stated: 25,
  /** The date does not contradict the head's. */
  fits: 60,
  day: 12,
  month: 5,
  /** The date is beside the verb. A point less for each of `lettersPerPoint` between them. */
  near: 15,
  lettersPerPoint: 10,
  /** The date is that of the credentials, not another one in their sentence. */
  ofCredentials: 8,
  /** Against: the date of a treaty or another act. */
  ofAnotherAct: 40,
  /** Against: the date is in a clause about a person. */
  ofPerson: 30,
  /** Against: what had happened before. */
  earlier: 25,
  /** Against: the date of an appointment. */
  ofAppointment: 6,
  /** Against: each sentence before it, if the head has a date. */
  laterDated: 4,
  /** Against: the same if it has none. */
  laterUndated: 12,
} as const

/** More repeated words or earlier sentences than these change nothing. */
const MOST_HEAD_WORDS = 5
const MOST_SENTENCES = 6

/** Characters before a date in which credentials are looked for. */
const NEARBY = 120

/** A verb at the other side of the date is further away, and a date at the start of a sentence is near any verb. */
const AFTER_DATE = 8
const AT_START = 24

function weigh(
  kind: ActKind,
  stems: readonly string[],
  span: Span | undefined,
  sentence: Line,
  date: Candidate['date'],
  place: number,
  isOfOthers: (sentence: string) => boolean,
): Candidate {
  const { text } = sentence
  const { verb, object } = REPORTED[kind]
  const verbs = matches(text, verb).filter(
    ({ start, end }) =>
      kind === 'OTHER' ||
      !isNotDoneBefore(text.slice(0, start)) ||
      (/\bnot\s+$/i.test(text.slice(0, start)) && /\buntil\b/.test(text.slice(end))),
  )
  const ofOthers = isOfOthers(text)
  // "It was closed": the head names the object.
  const reported = verbs.length > 0 && (object.test(text) || /^(?:It|They|The post)\b/.test(text)) && !ofOthers
  const before = text.slice(0, date.start)
  const clause = clauseBefore(before)
  const fits = isWithin(date.date, span)
  const distance = Math.min(
    ...verbs.map(({ start, end }) => (end <= date.start ? date.start - end : start - date.end + AFTER_DATE)),
  )
  const near = /^(?:On |In |By |As of |Effective |Since )?$/.test(before) ? Math.min(distance, AT_START) : distance
  const isEnd = /SEVERED|INTERRUPTED|ENDED|CLOSED/.test(kind)
  const ofAnother = isOfAnotherAct(before) && !(isEnd && /\buntil\s+$/i.test(before))
  const ofPerson = kind !== 'OTHER' && isOfPerson(before)
  const isPresented = PRESENTED.test(text)
  const officials = isPresented ? WEIGHTS.credentials : ENTERED.test(text) ? WEIGHTS.appointment : 0
  const sharedWords = stems.filter((stem) => text.toLowerCase().includes(stem)).length
  const ownScore = reported ? WEIGHTS.reported : isEnd ? 0 : officials
  const otherScore = (reported ? WEIGHTS.reportedOther : 0) + WEIGHTS.headWord * Math.min(MOST_HEAD_WORDS, sharedWords)
  const score =
    (kind === 'OTHER' ? otherScore : ownScore) +
    (reported && statedIn(text) === kind ? WEIGHTS.stated : 0) +
    (fits && span ? WEIGHTS.fits : 0) +
    (date.date.length === 10 ? WEIGHTS.day : date.date.length === 7 ? WEIGHTS.month : 0) +
    (reported ? Math.max(0, WEIGHTS.near - near / WEIGHTS.lettersPerPoint) : 0) +
    (isPresented && PRESENTED.test(text.slice(Math.max(0, date.start - NEARBY), date.end))
      ? WEIGHTS.ofCredentials
      : 0) -
    (ofAnother ? WEIGHTS.ofAnotherAct : 0) -
    (ofPerson ? WEIGHTS.ofPerson : 0) -
    (/\bhad\b|\balready\b|\bpreviously\b/.test(clause) ? WEIGHTS.earlier : 0) -
    (APPOINTED.test(clause) ? WEIGHTS.ofAppointment : 0) -
    (span ? WEIGHTS.laterDated : WEIGHTS.laterUndated) * Math.min(place, MOST_SENTENCES)
  return { sentence, date, reported, fits, ofOthers, score }
}

/** A date that fits the head, or that the act's own sentence gives, or the only one of the paragraphs. */
function isUsable(
  best: Candidate,
  kind: ActKind,
  head: string,
  span: Span | undefined,
  candidates: readonly Candidate[],
): boolean {
  const { reported, fits, ofOthers, sentence, date } = best
  const before = sentence.text.slice(0, date.start)
  if (kind === 'OTHER')
    return fits && (reported || span !== undefined) && !(MOVED.test(head) && APPOINTED.test(clauseBefore(before)))
  if (ofOthers) return false
  if (isOfAnotherAct(before)) return reported && /\b(?:dated|until)\s+$/.test(before)
  if (reported) return fits || !(isOfPerson(before) || candidates.some((other) => other.reported && other.fits))
  if (!span || !fits) return false
  if (/EMBASSY|LEGATION/.test(kind) && !MISSION.test(sentence.text)) return false
  const isWeak =
    !/SEVERED|INTERRUPTED|ENDED|CLOSED/.test(kind) && (PRESENTED.test(sentence.text) || ENTERED.test(sentence.text))
  if (isWeak) return !isOfPerson(before)
  const fitting = [...new Set(candidates.filter(({ fits }) => fits).map(({ date }) => date.date))]
  return fitting.every((other) => date.date.startsWith(other))
}

/** The day on which an ambassador was appointed is not that on which the embassy moved. */
const MOVED = /\b(?:mov(?:e|es|ed|ing|ement)|relocat\w*|return\w*|transfer\w*)\b/i
const APPOINTED = /\b(?:appointed|commissioned|nominated|named|confirmed)\b/

const MISSION = /\b(?:embass|legation|mission|ambassador|minister|charg|credential)/i

/** “in 1861, when it accepted the credentials on April 11, 1861”: the day of the same sentence in the same year or month. */
function finerDate({ sentence, date }: Candidate, candidates: readonly Candidate[]): Candidate | undefined {
  return candidates.find((other) => {
    if (other.sentence.start !== sentence.start || !other.date.date.startsWith(`${date.date}-`)) return false
    const before = sentence.text.slice(0, other.date.start)
    return !isOfAnotherAct(before) && !/\b(?:who|whom|whose|which)\b[^;]*$/.test(before.slice(date.end))
  })
}

const matches = (text: string, pattern: RegExp) =>
  Array.from(text.matchAll(pattern), ({ index, 0: { length } }) => ({ start: index, end: index + length }))

/** True if a date is no other than the head's, as far as both say. */
function isWithin(date: string, span: Span | undefined): boolean {
  if (!span) return true
  const [from, to] = [date.slice(0, span.from.length), date.slice(0, span.to.length)]
  if (date.includes('X')) return false
  return from >= span.from.slice(0, date.length) && to <= span.to.slice(0, date.length)
}

/** The first letters of the longer words of a head. */
const stemsOf = (head: string) =>
  (head.toLowerCase().match(/\p{L}{5,}/gu) ?? [])
    .map((word) => word.slice(0, 6))
    .filter((stem) => !/^(?:united|states|americ|betwee)/.test(stem))
