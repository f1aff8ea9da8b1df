import { countryOfCapital } from '../countries/capitals.ts'
import { countryAt } from '../countries/in-words.ts'
import type { Antecedents } from './antecedents.ts'
import type { DateInWords } from './dates.ts'
import type { MentionIndex } from './mention-index.ts'
import type { Mention } from './mentions.ts'
import type { Person } from './people.ts'
import type { Sentence } from './sentences.ts'
import { overlaps, type Span } from './span.ts'
import type { Statement } from './statements.ts'

/** Words that report an event, with the sentence in which they are. */
interface Evidence extends Span {
  readonly sentence: Sentence
}

export interface Meeting {
  readonly kind: 'BILATERAL' | 'CALL' | 'SUMMIT' | 'MINISTERIAL' | 'MULTILATERAL'
  /** The name of a conference. */
  readonly title: string | undefined
  readonly people: readonly Person[]
  readonly conveners: readonly Person[]
  readonly evidence: readonly Evidence[]
  readonly when: DateInWords | undefined
  readonly visit: Visit | undefined
  /** What is guessed, in plain words. */
  readonly doubts: readonly string[]
}

export interface Visit {
  readonly person: Person
  /** The code of the country. */
  readonly to: string
  readonly evidence: readonly Evidence[]
  readonly when: DateInWords | undefined
}

export interface Events {
  readonly meetings: readonly Meeting[]
  readonly visits: readonly Visit[]
}

/** Words before an event that is planned, hoped for, past or denied: it is no event of this text. */
const UNREAL =
  /\b(?:will|would|to|can|could|may|might|should|plans?|planned|planning|hopes?|hoped|hoping|towards?|ahead of|follow(?:s|ed|ing)? up on|before|possible|potential|upcoming|scheduled|expected|next|future|proposed|look(?:s|ed|ing)? forward to|agreed to|invit\w+|last (?:year|month)|previous|earlier (?:this year|meetings?)|not|never|n['’]t|no|without|cancel\w*|postpon\w*|denied|refus\w+|declin\w+|if|since|whether|any|prepar\w+|request\w*|call(?:s|ed)? for|seek\w*)\s+(?:(?!and\b|but\b)[\p{L}\d’'-]+\s+){0,4}$/iu
const DENIED =
  /\b(?:den(?:y|ies|ied)|reject(?:s|ed)?|dismiss(?:es|ed)?|refute[sd]?|false|untrue|fabricat\w+|baseless)\b/i

/** True if a sentence has a word for what is planned, hoped for or denied. */
export const isUnrealSentence = (text: string, { start, end }: Span): boolean =>
  /\b(?:will|would|could|may|might|should|plan\w*|hop(?:es?|ed|ing)|upcoming|scheduled|expected|next|future|proposed|not|never|no|cancel\w*|postpon\w*|den(?:y|ied|ies)|refus\w+|declin\w+|if|whether|false|invit\w+|agreed to|is to|are to|was to|were to)\b|n['’]t\b/i.test(
    text.slice(start, end),
  )

/** Longest text between "with" and the name of the first person, in words. */
const MOST_WORDS_BETWEEN = 26
const DATE_BEFORE = 45
const DATE_AFTER = 60
const REACH = 70

const BETWEEN_PEOPLE =
  /^['’s]{0,2}\s*(?:of (?:the )?\p{Lu}[\p{L}. ]+?)?\s*(?:,|and|, and|,? as well as)\s*(?:the |his |her |His (?:Majesty|Highness|Excellency) )?$/u

/** "and her Portuguese colleague ", "and Ireland's Taoiseach, " */
const JOINED = /^,? and (?:(?:his|her|their|its|the) )?(?:(?!(?:said|told|that|who|met|will)\b)[\p{L}’'-]+,? ){1,6}$/u

const PLACE = '(?:the )?(\\p{Lu}[\\p{L}.’-]+(?: (?:of |and )?\\p{Lu}[\\p{L}.]+)*)'

export class EventReader {
  readonly #text: string
  readonly #index: MentionIndex
  readonly #antecedents: Antecedents
  readonly #dates: readonly DateInWords[]
  readonly #statements = new Map<number, Statement[]>()
  readonly #meetings = new Map<
    string,
    { meeting: Omit<Meeting, 'when' | 'visit' | 'evidence' | 'doubts'>; evidence: Evidence[] }
  >()
  readonly #visits = new Map<
    string,
    { person: Person; to: string; evidence: Evidence[]; when: DateInWords | undefined }
  >()

  constructor(
    text: string,
    index: MentionIndex,
    antecedents: Antecedents,
    dates: readonly DateInWords[],
    statements: readonly Statement[],
  ) {
    this.#text = text
    this.#index = index
    this.#antecedents = antecedents
    this.#dates = dates
    for (const statement of statements) {
      const { index } = statement.act.sentence
      this.#statements.set(index, [...(this.#statements.get(index) ?? []), statement])
    }
  }

  read(sentences: readonly Sentence[]): Events {
    for (const sentence of sentences) this.#readSentence(sentence)
    const visits = [...this.#visits.values()]
    const meetings = [...this.#meetings.values()].map(({ meeting, evidence }) => {
      const days = evidence.flatMap((each) => this.#datesNear(each, each.sentence).filter(({ kind }) => kind === 'day'))
      const visit = visits.find(({ person }) => meeting.people.includes(person))
      return { ...meeting, evidence, when: days[0], visit, doubts: [] }
    })
    return { meetings, visits }
  }

  #readSentence(sentence: Sentence): void {
    const reader = new SentenceEvents(this.#text, sentence)
    const people = (from: number) => this.#peopleFrom(sentence, from)
    const subject = (at: number) => this.#subjectOf(sentence, at)
    const meet = (
      at: number,
      end: number,
      one: readonly Person[],
      others: readonly Mention[],
      kind: Meeting['kind'],
      apart = false,
      noun = false,
    ) =>
      this.#meet(
        sentence,
        { start: at, end: Math.max(end, others.at(-1)?.end ?? 0), sentence },
        one,
        others,
        kind,
        apart,
        noun,
      )

    reader.each(
      /\b(?:met|meets|meet)\b(?: (?:separately|briefly|today|yesterday|privately|again|up|on \p{Lu}\p{L}+day|\p{L}+ly|in \p{Lu}\p{L}+|here|virtually|(?:this|last|late|early|\p{Lu}\p{L}+day) ?(?:morning|afternoon|evening|week)?))*(?: with)?(?![\p{L}])/gu,
      (at, end, [words]) => {
        const others = people(end)
        const isCall = /virtual/.test(words)
        if (others.length > 0)
          meet(at, end, subject(at), others, isCall ? 'CALL' : 'BILATERAL', /separately/.test(words))
        else meet(at, end, subject(at), [], isCall ? 'CALL' : 'BILATERAL')
      },
    )
    reader.each(
      /\b(?:[Aa]fter|[Ff]ollowing|[Ww]hile|[Uu]pon) (?:meeting|hosting|receiving) (?:with )?/gu,
      (at, end) => {
        const others = people(end)
        const last = others.at(-1)
        if (!last) return
        const main = this.#index.named(sentence.index, { start: last.end, end: sentence.end })[0]
        meet(at, end, main ? [this.#index.person(main) as Person] : subject(at), others, 'BILATERAL', false, true)
      },
    )
    reader.each(
      /\b(separate )?(?:bilateral |high-level |delegation-level |phone |telephone |face-to-face |closed-door |constructive |productive |video )*(talks|meetings?|discussions?|conversations?|consultations|summit|lunch|luncheon|dinner|breakfast|audience|phone call|telephone call|video call|call)\b(?: (?:today|yesterday|on \p{Lu}\p{L}+day|in \p{Lu}\p{L}+|at [^,.]{3,40}|ahead of [^,.]{3,50}|by (?:tele)?phone))? (with|between|of|from)(?![\p{L}])/gu,
      (at, end, [whole, separate, noun = '', link = '']) => {
        const kind = /call|phone|video/.test(whole) ? 'CALL' : 'BILATERAL'
        if (link === 'from' && kind !== 'CALL') return
        const others = people(end)
        if (others.length === 0) return
        const apart = separate !== undefined || (/s$/.test(noun) && /separate/.test(reader.outside))
        if (/with|from/.test(link)) meet(at, end, this.#mainSubject(sentence, at), others, kind, apart, true)
        else if (others.length > 1) meet(at, end, [], others, kind, false, true)
      },
    )
    reader.each(
      /\b(?:spoke|speaks|talked|spoken)(?: (?:separately|briefly|again|earlier|late|virtually|directly|(?:by|over|on|via) (?:the |a |secure )*(?:tele)?(?:phone|video)(?: ?call| ?conference)?|today|yesterday|tonight|this (?:morning|afternoon|evening)|(?:on )?\p{L}+day(?: \p{L}+ \d+)?|on \p{Lu}\p{L}+ \d+))* (?:with|to)(?![\p{L}])/gu,
      (at, end, [words]) => {
        const others = people(end)
        const [first] = others
        const named =
          first &&
          (first.title ||
            /\bcounterpart,? $/.test(this.#text.slice(end, first.start)) ||
            /phone|video|with$/.test(words))
        if (named) meet(at, end, subject(at), others, 'CALL', /separate/.test(reader.outside))
      },
    )
    reader.each(
      /\b(?:spoken?|talked) (?:today|yesterday|(?:by|over|on|via) (?:the |a )?(?:tele)?(?:phone|video)|about|this|on|regarding|to discuss|again|over)(?![\p{L}])/gu,
      (at, end) => {
        const both = subject(at)
        if (both.length > 1 && people(end).length === 0) meet(at, end, both, [], 'CALL')
      },
    )
    reader.each(
      /\b(?:in|during|over|by) an? (?:tele)?phone (?:call|conversation)\b(?! (?:with|between|from))/gu,
      (at, end) => {
        const both = subject(at)
        if (both.length > 1) meet(at, end, both, [], 'CALL')
      },
    )
    reader.each(/\b(?:called|phoned|telephoned)\b(?= (?:\p{Lu}|the |his |her ))/gu, (at, end) => {
      const others = people(end)
      const [first] = others
      if (
        first?.title &&
        /^(?: (?:his|her|the))?(?: [\p{L}]+ counterpart,?)? $/u.test(this.#text.slice(end, first.start))
      )
        meet(at, end, subject(at), others.slice(0, 1), 'CALL')
    })
    reader.each(
      /\b(?:held|holds|had|have|concluded|ended|opened|began|begun|started|resumed|completed|wrapped up|continued) (?:an? |their )?(?:[\p{L}\d-]+ ){0,4}(meeting|talks|consultations|discussions?|(?:phone |telephone |video )?call|conversation|summit)\b(?! with)/gu,
      (at, end, [, noun = '']) => {
        const both = subject(at)
        if (both.length > 1) meet(at, end, both, [], /call/.test(noun) ? 'CALL' : 'BILATERAL')
      },
    )
    reader.each(
      /\b(?:hosted|hosts|received|receives|welcomed|welcomes|greeted|sat down with|called on)\b/gu,
      (at, end, [verb]) => {
        const others = people(end)
        const [first] = others
        const near = /^(?:welcome|greet)/.test(verb) ? 3 : 30
        if (!first?.title || first.isGenitive || first.start - end > near) return
        meet(at, end, subject(at), others, 'BILATERAL')
      },
    )
    // "B, whom she had received"
    reader.each(
      /, whom (?:s?he|they|\p{Lu}\p{L}+|the \p{L}+) (?:had )?(?:met|received|hosted|welcomed)(?![\p{L}])/gu,
      (at, end) => {
        const other = this.#index.named(sentence.index, { start: sentence.start, end: at }).at(-1)
        const main = this.#index.named(sentence.index, { start: sentence.start, end: at })[0]
        const pronoun = this.#index
          .in(sentence.index)
          .find(({ kind, start }) => kind === 'pronoun' && start >= at && start < end)
        const person = main && main !== other ? this.#index.person(main) : pronoun && this.#resolve(pronoun)
        if (!other || !person || person === this.#index.person(other) || at - other.end > 2) return
        meet(other.start, end, [person], [other], 'BILATERAL')
      },
    )
    reader.each(/\b(?:was|were) (?:received|welcomed|hosted|greeted) (?:[\p{L}]+ ){0,6}by /gu, (at, end) => {
      const others = people(end)
      if (others[0]?.title) meet(at, end, subject(at), others.slice(0, 1), 'BILATERAL')
    })
    reader.each(
      /\b(?:took part in|takes part in|attended|attends|participated in|joined|addressed|attending|participating in) (?:the|an?) ((?:\p{Lu}[\p{L}’'-]+ )*(Ministerial|Summit|Conference|Forum|Dialogue|Meeting|Assembly))(?![\p{L}])(?: (convened|hosted|chaired|organi[sz]ed|led) by)?/gu,
      (at, end, [, title = '', noun = '', convened]) =>
        this.#attend(sentence, at, end, title, noun, convened !== undefined),
    )
    const visit = (at: number, end: number, person: Person | undefined, place: string) =>
      this.#visit({ start: at, end, sentence }, person, place)
    reader.each(
      new RegExp(
        `\\b(?:his|her|their|\\p{Lu}[\\p{L}.]+(?:’s|'s)|an?|the)(?: [\\p{L}\\d–-]+){0,5} (?:visit|trip|tour) to ${PLACE}`,
        'gu',
      ),
      (at, end, [words, place = '']) => visit(at, end, this.#possessor(sentence, at, words), place),
    )
    reader.each(
      new RegExp(
        `\\b(?:visited|visits|visiting|arrived in|arrives in|travell?ed to|flew to|landed in|paid a (?:[\\p{L}-]+ )?visit to) ${PLACE}`,
        'gu',
      ),
      (at, end, [, place = '']) => visit(at, end, subject(at)[0], place),
    )
  }

  /** The people from an offset on who are joined: "with A, B and C". */
  #peopleFrom(sentence: Sentence, from: number): Mention[] {
    const found: Mention[] = []
    for (const mention of this.#index.named(sentence.index, { start: from, end: sentence.end })) {
      const last = found.at(-1)
      if (!last) {
        const words = this.#text.slice(from, mention.nameStart ?? mention.start).split(/\s+/).length
        if (words > MOST_WORDS_BETWEEN || this.#text.slice(from, mention.start).split(/\s+/).length > 14) break
        if (
          /[;:]|\b(?:after|before|as|while|when|said|told|to (?:discuss|review|talk|explore))\b/.test(
            this.#text.slice(from, mention.start),
          )
        )
          break
        found.push(mention)
        continue
      }
      const between = this.#text.slice(last.end, mention.start)
      if (!BETWEEN_PEOPLE.test(between) && !/^, [^,.]{3,60},? and $/.test(between)) break
      found.push(mention)
    }
    return found
  }

  #resolve(mention: Mention): Person | undefined {
    return this.#index.person(mention) ?? this.#antecedents.of(mention, this.#text)
  }

  /** Who does what the verb at an offset says: one person, or two joined by "and". */
  #subjectOf(sentence: Sentence, at: number): Person[] {
    const candidates = this.#index
      .in(sentence.index)
      .filter(
        (mention) =>
          !mention.isQuoted &&
          mention.end <= at &&
          !mention.isGenitive &&
          (this.#index.person(mention) || this.#standsForPerson(mention)),
      )
    const pair =
      /\b(?:[Tt]he (?:two )?(?:leaders|ministers|presidents|sides|men|pair)|[Tt]hey|[Bb]oth (?:leaders|sides|ministers))\s+(?:\w+ly |also |then |had |have |last |later )*$/.test(
        this.#text.slice(Math.max(sentence.start, at - REACH), at),
      )
    if (pair) return [...(this.#index.groupBefore(sentence.index, at) ?? [])]
    const comma = this.#text.lastIndexOf(', ', at)
    const near = candidates.find(({ start }) => start > comma)
    const first = near && comma > (candidates[0]?.end ?? 0) ? near : candidates[0]
    if (!first) return []
    const person = this.#resolve(first)
    if (!person) return []
    const rest = candidates.filter(({ start }) => start > first.end)
    const joined: Person[] = []
    let last = first
    for (const mention of rest) {
      const between = this.#text.slice(last.end, mention.start)
      if (![BETWEEN_PEOPLE, /^,? [^,]{0,60},? and $/, JOINED].some((pattern) => pattern.test(between))) break
      if (!/\band\b|as well as|^,/.test(between)) break
      const other = this.#resolve(mention)
      if (!other) break
      joined.push(other)
      last = mention
    }
    return [person, ...joined]
  }

  #standsForPerson(mention: Mention): boolean {
    const { kind } = mention
    if (kind === 'definite') return true
    return kind === 'pronoun' && /^s?he$/i.test(this.#text.slice(mention.start, mention.end))
  }

  /** As #subjectOf; in "After talks with A, B said", it is B. */
  #mainSubject(sentence: Sentence, at: number): Person[] {
    const before = this.#subjectOf(sentence, at)
    if (before.length > 0) return before
    const after = this.#index.named(sentence.index, { start: at, end: sentence.end })
    return after.length > 1 ? [this.#index.person(after[1] as Mention) as Person] : []
  }

  #isUnreal({ start, end, sentence }: Evidence, isNoun: boolean): boolean {
    const before = this.#text.slice(Math.max(sentence.start, start - REACH), start)
    const clause = before.slice(before.search(/[^,;:]*$/))
    if (UNREAL.test(clause) && !(isNoun && /\b(?:to|next|since|before)\s+$/.test(clause))) return true
    const said = this.#statements.get(sentence.index) ?? []
    return said.some(({ act }) => {
      const cue = act.cue.map(({ start, end }) => this.#text.slice(start, end)).join(' ')
      const inside = act.content.some((span) => overlaps(span, { start, end }))
      return (
        inside &&
        (DENIED.test(cue) || DENIED.test(act.content.map((span) => this.#text.slice(span.start, span.end)).join(' ')))
      )
    })
  }

  #meet(
    sentence: Sentence,
    evidence: Evidence,
    one: readonly Person[],
    others: readonly Mention[],
    kind: Meeting['kind'],
    apart: boolean,
    noun: boolean,
  ): void {
    if (this.#isUnreal(evidence, noun)) return
    const met = others.map((mention) => this.#index.person(mention) as Person).filter((person) => !one.includes(person))
    for (const group of apart ? met.map((person) => [person]) : [met]) {
      const people = [...new Set([...one, ...group])]
      if (people.length < 2) continue
      this.#add({ kind, title: undefined, people, conveners: [] }, { ...evidence, sentence })
    }
  }

  #attend(sentence: Sentence, at: number, end: number, title: string, noun: string, isConvened: boolean): void {
    const before = this.#index
      .in(sentence.index)
      .filter(
        (mention) =>
          !mention.isQuoted && mention.end <= at && (this.#index.person(mention) || this.#standsForPerson(mention)),
      )
    const last = before.at(-1)
    const person = last && this.#resolve(last)
    const evidence = { start: at, end, sentence }
    if (!person || title === noun || this.#isUnreal(evidence, false)) return
    const conveners = isConvened ? this.#peopleFrom(sentence, end) : []
    const kind = noun === 'Summit' ? 'SUMMIT' : noun === 'Ministerial' ? 'MINISTERIAL' : 'MULTILATERAL'
    this.#add(
      { kind, title, people: [person], conveners: conveners.map((mention) => this.#index.person(mention) as Person) },
      { ...evidence, end: conveners.at(-1)?.end ?? end },
    )
  }

  #add(meeting: Omit<Meeting, 'when' | 'visit' | 'evidence' | 'doubts'>, evidence: Evidence): void {
    const key =
      meeting.title ??
      meeting.people
        .map(({ id }) => id)
        .sort((one, other) => one - other)
        .join()
    const known = this.#meetings.get(key)
    if (known) known.evidence.push(evidence)
    else this.#meetings.set(key, { meeting, evidence: [evidence] })
  }

  #possessor(sentence: Sentence, at: number, words: string): Person | undefined {
    const pronoun = this.#index.in(sentence.index).find(({ kind, start }) => kind === 'pronoun' && start === at)
    if (pronoun) return this.#resolve(pronoun)
    const owner = this.#index
      .named(sentence.index, { start: at - DATE_AFTER, end: at + words.length })
      .findLast(({ isGenitive }) => isGenitive)
    return owner ? this.#index.person(owner) : this.#subjectOf(sentence, at)[0]
  }

  #visit(evidence: Evidence, person: Person | undefined, place: string): void {
    const name = place.replace(/[.,]+$/, '')
    const country = countryAt(name.split(' '), 0)
    const to = country?.noun ? country.code : countryOfCapital(name)
    if (!person || !to || this.#isUnreal(evidence, false)) return
    const dates = this.#datesNear(evidence, evidence.sentence)
    const when = dates.find(({ kind }) => kind === 'days') ?? dates[0]
    const key = `${person.id} ${to}`
    const known = this.#visits.get(key)
    if (!known) this.#visits.set(key, { person, to, evidence: [evidence], when })
    else {
      known.evidence.push(evidence)
      known.when ??= when
    }
  }

  /** The dates beside an event, the nearest first. */
  #datesNear({ start, end }: Span, sentence: Sentence): DateInWords[] {
    const distance = (date: Span) =>
      Math.min(Math.abs(date.start - end), Math.abs(date.end - start), Math.abs(date.start - start))
    return datesWithin(this.#dates, sentence)
      .filter((date) => date.start >= start - DATE_BEFORE && date.end <= end + DATE_AFTER)
      .sort((one, other) => distance(one) - distance(other))
  }
}

/** The dates in a range. They are in order. */
export function datesWithin(dates: readonly DateInWords[], { start, end }: Span): DateInWords[] {
  let [low, high] = [0, dates.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((dates[middle] as DateInWords).start < start) low = middle + 1
    else high = middle
  }
  const found: DateInWords[] = []
  for (let i = low; i < dates.length && (dates[i] as DateInWords).end <= end; i++) found.push(dates[i] as DateInWords)
  return found
}

/** Finds patterns in the words of a sentence that are outside quotation marks. */
class SentenceEvents {
  /** The words of the sentence, with spaces in place of quotations. */
  readonly outside: string
  readonly #start: number

  constructor(text: string, { start, end, items }: Sentence) {
    this.#start = start
    let words = ''
    let at = start
    for (const item of items) {
      words += text.slice(at, item.start)
      words += item.quotation || item.isQuoted ? ' '.repeat(item.end - item.start) : text.slice(item.start, item.end)
      at = item.end
    }
    this.outside = words + text.slice(at, end)
  }

  each(pattern: RegExp, read: (start: number, end: number, match: RegExpExecArray) => void): void {
    for (const match of this.outside.matchAll(pattern)) {
      const start = this.#start + match.index
      read(start, start + match[0].length, match)
    }
  }
}
