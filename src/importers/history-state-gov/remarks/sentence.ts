import { RANKS, THINGS } from '../../../people/offices.ts'
import { readOffice } from './office.ts'
import { readPeople } from './people.ts'
import { type Named, readPerson } from './person.ts'
import { type Reading, type Span, spanOf } from './reading.ts'
import { readSummit } from './summit.ts'
import { readBody } from './unnamed.ts'
import {
  ADVERB,
  AMERICANS,
  BY_VERBS,
  CALLED_OFF,
  CEREMONY,
  CLOSE_NOUNS,
  ELSEWHERE,
  INFORMING_VERBS,
  isVerb,
  MEETING_NOUNS,
  MEETING_VERBS,
  OBJECT_VERBS,
  ONE_EVENT,
  PLAN_VERBS,
  SHARED_VERBS,
  TOGETHER,
} from './verbs.ts'
import { BEGINNING, type Word } from './words.ts'

/** People whom the traveller met together or in turn, according to one remark. */
export interface Meeting {
  readonly people: readonly Named[]
  /** Half-open range of UTF-16 units in the remark, from the verb or noun to the last person. */
  readonly start: number
  readonly end: number
  /** The name of the conference, if the meeting was at one. */
  readonly summit?: string
  /** True if the words say that these people met together. Otherwise a list leaves it open. */
  readonly together?: true
}

/** The meaning of "with" in a clause, from its verb. */
type Mode = 'none' | 'meeting' | 'shared' | 'reported' | 'planned'

/** Number of words to search for a conference. */
const FAR = 40

/** Reads one sentence from left to right. Its verbs and nouns determine what "with" means. */
export class Sentence {
  readonly meetings: Meeting[] = []
  readonly unread: Span[] = []
  /** Groups in a list of people who were met, that act for no state. */
  readonly omitted: Span[] = []
  private mode: Mode = 'none'
  private verb = ''
  private elsewhere = false
  private apart = false
  /** Index of the first word of the current meeting. */
  private begin = 0
  /** Index of the word after the last list of people. */
  private listEnd = 0
  readonly reading: Reading

  constructor(reading: Reading) {
    this.reading = reading
    this.read()
  }

  private read(): void {
    const { words } = this.reading
    if (words.some((word) => CALLED_OFF.test(word.lower))) {
      if (words.some((word) => MEETING_VERBS.has(word.lower) || MEETING_NOUNS.has(word.lower)))
        this.doubt(0, words.length)
      return
    }
    // "Soviet Chairman Shushkevich and Foreign Minister Kravchenko." is a sentence without its beginning.
    const whole = BEGINNING.test(words[0]?.text ?? '') ? undefined : readPeople(this.reading, 0)
    if (whole?.groups.flat().some(({ title }) => title) && whole.next >= words.length) {
      this.doubt(0, words.length)
      return
    }
    let clause = true
    for (let at = 0; at < words.length; ) {
      const word = words[at]
      if (!word) break
      const next = this.step(word, at, clause)
      clause =
        word.kind !== 'word' || (ADVERB.test(word.lower) && (clause || /^(and|to|but|while|then)$/.test(word.lower)))
      if (next > at + 1) clause = words[next - 1]?.kind !== 'word' || /^(and|but)$/.test(words[next - 1]?.lower ?? '')
      at = next
    }
  }

  /** Reads a word and returns the index of the next one. */
  private step(word: Word, at: number, clause: boolean): number {
    const { words } = this.reading
    if (word.kind === 'semicolon') this.enter('none', '', at)
    if (word.kind !== 'word') return at + 1
    const { lower } = word
    if (/^(separately|individually)$/.test(lower)) this.apart = true
    if (lower === 'with') return this.readWith(at)
    if (lower === 'by' && this.isReceived(at)) return this.readList(at, this.verb === 'joined')
    if (lower === 'present' && /^(was|were)$/.test(words[at + 1]?.lower ?? words[at - 1]?.lower ?? ''))
      return this.readPresent(at)
    if (lower === 'to' && /^(presented|delivered|conveyed|handed)$/.test(this.verb)) return this.readRecipient(at)
    // "from talks with" refers to another place; "from May 2 to May 5" does not.
    const come = lower === 'from' && words.slice(at + 1, at + 3).some((next) => MEETING_NOUNS.has(next.lower))
    if (come || ELSEWHERE.test(lower)) this.elsewhere = true
    const acts = clause && (isVerb(lower) || MEETING_VERBS.has(lower))
    if (acts && (at === 0 || word.text === lower || words[at - 1]?.kind !== 'word')) return this.readVerb(lower, at)
    if (MEETING_VERBS.has(lower) && /^(met|meet|conferred)$/.test(lower)) return this.readVerb(lower, at)
    if (MEETING_NOUNS.has(lower)) this.readNoun(lower, at)
    return at + 1
  }

  /** True for "received by" and "met at the airport by", false for "met with X accompanied by". */
  private isReceived(at: number): boolean {
    const before = this.reading.words[at - 1]?.lower ?? ''
    return BY_VERBS.has(before) || (BY_VERBS.has(this.verb) && at - this.begin < 7 && !isVerb(before))
  }

  private enter(mode: Mode, verb: string, at: number): void {
    this.mode = mode
    this.verb = verb
    this.begin = at
    this.elsewhere = false
    this.apart = /^(separately|individually)$/.test(this.reading.words[at - 1]?.lower ?? '')
  }

  private readVerb(lower: string, at: number): number {
    const { words } = this.reading
    const purpose = words[at - 1]?.lower === 'to'
    // "Met with A to discuss talks with B": the words after the purpose are the subject of the meeting.
    if (purpose && this.meetings.length > 0 && this.verb !== '') this.mode = 'reported'
    else if (purpose && (this.elsewhere || this.mode === 'planned')) return at + 1
    else if (MEETING_VERBS.has(lower))
      this.enter(this.elsewhere && !this.newClause(at) ? 'reported' : 'meeting', lower, at)
    else if (INFORMING_VERBS.has(lower)) this.enter('reported', lower, at)
    else if (PLAN_VERBS.has(lower)) this.enter('planned', lower, at)
    else if (lower === 'was' || lower === 'were' || lower === 'had') return at + 1
    else this.enter(SHARED_VERBS.has(lower) ? 'shared' : 'none', lower, at)
    const body = /^(attended|briefed)$/.test(lower) && !purpose ? readBody(this.reading, at + 1) : undefined
    if (body) return this.readBody(body, at)
    if (!OBJECT_VERBS.has(lower) || purpose) return at + 1
    if (words[at + 1]?.lower === 'with') return at + 1
    const person = readPerson(this.reading, at + 1)
    // "Met the Shah of Iran"
    // "Briefed NATO Foreign Ministers"
    const unnamed =
      !person &&
      ((/^(met|meet)$/.test(lower) && readOffice(this.reading, at + 1) !== undefined) ||
        (lower === 'briefed' && readPeople(this.reading, at + 1).groups.length > 0))
    const place = lower === 'visited' && THINGS.has(person?.named.name.split(' ').at(-1)?.toLowerCase() ?? '')
    const titled =
      unnamed || (person?.named.title !== undefined && !RANKS.has(person?.named.title?.toLowerCase() ?? ''))
    const before = this.mode
    const next = titled && !place ? this.readList(at, lower === 'joined') : at + 1
    this.mode = before
    return next
  }

  private readBody({ found, at: begin, next }: NonNullable<ReturnType<typeof readBody>>, at: number): number {
    const span = spanOf(this.reading.words, begin, next)
    const people = found.map((unnamed) => ({ unnamed, name: '', ...span }))
    this.meetings.push({ people, start: this.reading.words[at]?.start ?? 0, end: span.end })
    return next
  }

  private newClause(at: number): boolean {
    const before = this.reading.words[at - 1]
    return before === undefined || before.kind !== 'word' || /^(and|but|then)$/.test(before.lower)
  }

  private readNoun(lower: string, at: number): void {
    const { words } = this.reading
    if (this.mode === 'reported' || this.mode === 'planned' || this.elsewhere) return
    if (CLOSE_NOUNS.has(lower) && words[at + 1]?.lower !== 'with') return
    if (lower === 'exchange' && !/^(visits|views)$/.test(words[at + 2]?.lower ?? '')) return
    // "Discussed his meeting with X with Y": the first "with" belongs to the subject.
    if (/^(discuss(ed)?|reviewed)$/.test(this.verb)) {
      if (/^(his|her|their)$/.test(words[at - 1]?.lower ?? '') && words[at + 1]?.lower === 'with') this.elsewhere = true
      return
    }
    if (this.mode === 'meeting') return
    if (this.mode === 'none') this.begin = at
    this.mode = 'meeting'
    // "an exchange of visits with President Taft" is a meeting, whatever else the traveller visited.
    if (/^(exchange|golf)$/.test(lower)) this.verb = lower
  }

  /** The people after "with" or after a verb. */
  private readWith(at: number): number {
    const { words } = this.reading
    const before = words[at - 1]?.lower ?? ''
    if (/^(along|together)$/.test(before) && this.mode !== 'meeting') return at + 1
    const ceremony =
      this.mode === 'shared' &&
      words.slice(Math.max(this.begin, at - FAR), at).some((word) => CEREMONY.test(word.lower))
    // "Met with the President with the Ambassador" does not say in whose company.
    const company = at === this.listEnd && !/^(discuss(ed)?|reviewed)$/.test(this.verb)
    const isNoMeeting =
      ceremony ||
      company ||
      this.mode === 'none' ||
      this.mode === 'reported' ||
      this.mode === 'planned' ||
      this.elsewhere
    if (!isNoMeeting)
      return this.readList(at, SHARED_VERBS.has(this.verb) && !/^(held|had|hosted|met)$/.test(this.verb))
    const person = readPerson(this.reading, at + 1)
    if (person?.named.title && at > 0 && (this.verb !== 'accompanied' || this.elsewhere))
      this.doubt(Math.max(this.begin, this.listEnd), person.next)
    if (/^(discuss(ed)?|reviewed)$/.test(this.verb)) this.elsewhere = false
    return person?.next ?? at + 1
  }

  private readList(at: number, shared: boolean): number {
    const { words } = this.reading
    const { groups, unread, omitted, next } = readPeople(this.reading, at + 1)
    if (!shared || this.mode === 'meeting') this.unread.push(...unread)
    if (this.mode === 'meeting') this.omitted.push(...omitted)
    const apart = this.apart || /^(separately|individually)$/.test(words[next]?.lower ?? '')
    const summit = this.readSummit(at)
    const together = !apart && this.isTogether(at, next, summit)
    // "Attended the Summit with the leaders of A and B, and with Prime Minister C": one event.
    const lists = together && summit && shared ? [groups.flat()] : groups
    for (const group of apart ? groups.flat().map((named) => [named]) : lists) {
      const company = shared ? group.filter(isCompanion) : []
      const people = shared ? group.filter((named) => !isCompanion(named)) : group
      if (this.mode === 'meeting') this.unread.push(...company)
      const last = people.at(-1)
      if (last)
        this.meetings.push({
          people,
          start: words[this.begin]?.start ?? 0,
          end: last.end,
          ...(summit && { summit }),
          ...(together && people.length > 1 && { together }),
        })
    }
    if (next > at + 1) this.listEnd = next
    return Math.max(next, at + 1)
  }

  /** The conference at which a meeting took place: "met with X at the Nuclear Security Summit", "attended the Yalta Conference with Y". */
  private readSummit(at: number): string | undefined {
    const { words } = this.reading
    const after = readSummit(this.reading, at, Math.min(words.length, at + FAR), /^(at|during|attending)$/)
    if (after || !(this.verb === '' || MEETING_NOUNS.has(this.verb) || SHARED_VERBS.has(this.verb))) return after
    return readSummit(
      this.reading,
      Math.max(this.begin, at - FAR),
      at,
      /^(attended|participated|to|at|hosted|co-hosted|co-chaired)$/,
      true,
    )
  }

  /**
   * True if the words around a list of people say that it was one event: "a luncheon with A and B", "met jointly with A and B",
   * "attended the Yalta Conference with A and B". "Met with A and B" and "talks with A and B at the NATO Summit" leave it open.
   */
  private isTogether(at: number, next: number, summit: string | undefined): boolean {
    const { words } = this.reading
    const within = words.slice(this.begin, next).some((word) => TOGETHER.test(word.lower))
    const shared =
      SHARED_VERBS.has(this.verb) && !/^(held|had|met|hosted|took|visited|concluded|reviewed)$/.test(this.verb)
    const before = words[at - 1]?.lower ?? ''
    const one = ONE_EVENT.test(before) && words[at - 2]?.lower !== 'in' && !/^(discuss(ed)?|reviewed)$/.test(this.verb)
    const after = words.slice(next, next + 12).map((word) => word.lower)
    const among = after.some(
      (word, i) => /^(among|between)$/.test(word) && /^(the(m|se)?|two|three|four)$/.test(after[i + 1] ?? ''),
    )
    return (
      within ||
      one ||
      among ||
      TOGETHER.test(after[0] ?? '') ||
      (shared && (summit !== undefined || !MEETING_NOUNS.has(before)))
    )
  }

  /** "Presented a proposal to King X" does not say whether they met. */
  private readRecipient(at: number): number {
    const person = readPerson(this.reading, at + 1)
    if (person?.named.title && !isCompanion(person.named)) this.doubt(this.begin, person.next)
    return person?.next ?? at + 1
  }

  /** "Also present were King X and Queen Y" does not say whether the traveller met them. */
  private readPresent(at: number): number {
    const { groups, next } = readPeople(this.reading, at + 2)
    if (groups.length > 0) this.doubt(at, next)
    return Math.max(next, at + 1)
  }

  private doubt(from: number, to: number): void {
    this.unread.push(spanOf(this.reading.words, from, to))
  }
}

/** True if a person may be one of the traveller's companions: an American official, according to the remark. */
function isCompanion({ title = '', name, country }: Named): boolean {
  if (country !== undefined) return country === 'US'
  if (
    /^(First Lady|Mrs|Dr|Ambassador|Senator|Congressman|Gen\.|Adm\.|General(?! Secretary)|Admiral|Special|Secretary(?! General)|Defense Secretary|Treasury|Under|Deputy Secretary|Assistant)/.test(
      title,
    )
  )
    return true
  return /President/.test(title) && AMERICANS.has(name.split(' ').at(-1)?.toLowerCase() ?? '')
}
