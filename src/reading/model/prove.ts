import { placeOf } from '../../evidence/place.ts'
import { slice } from '../../evidence/text.ts'
import { datesWithin, isUnrealSentence, type Meeting } from '../events.ts'
import type { Mention } from '../mentions.ts'
import type { Person } from '../people.ts'
import type { Reading } from '../read.ts'
import type { Sentence } from '../sentences.ts'
import { contains, overlaps, type Span } from '../span.ts'
import type { Statement } from '../statements.ts'
import { mayTellSpeech } from '../words/verbs.ts'
import type { MeetingProposal, Proposal, StatementProposal } from './proposal.ts'

/** What the text proves of the proposals of a model. */
export interface Proven {
  /** The reading of the rules, with what was proven. */
  readonly reading: Reading
  readonly added: number
  /** How many proposals were dropped, by the reason. */
  readonly dropped: ReadonlyMap<string, number>
}

/** Shortest words that can prove something. */
const SHORTEST_WORDS = 12

const MEETING_WORD =
  /\b(?:met|meet|meets|meeting|talks|discussions?|hosted|received|call|spoke|summit|conversation|consultations|conferred|sat down)\b/i
const CALL_WORD = /\b(?:call|called|phone|telephone|spoke by|video)\b/i

/** The reason for which a proposal is dropped. */
class Unproven extends Error {}

/**
 * Adds what a model proposes to a reading, as far as the text proves it. The rules win: what they have read stays, and the kind of a
 * statement follows from the quotation marks.
 */
export function withProven(reading: Reading, proposals: readonly Proposal[]): Proven {
  const dropped = new Map<string, number>()
  const statements: Statement[] = [...reading.statements]
  const meetings: Meeting[] = [...reading.meetings]
  let added = 0
  for (const proposal of proposals) {
    try {
      const proof = new Proof(reading, statements, meetings)
      if (proposal.kind === 'statement') statements.push(proof.statement(proposal))
      else meetings.push(proof.meeting(proposal))
      added++
    } catch (error) {
      if (!(error instanceof Unproven)) throw error
      dropped.set(error.message, (dropped.get(error.message) ?? 0) + 1)
    }
  }
  return { reading: { ...reading, statements, meetings }, added, dropped }
}

class Proof {
  readonly #reading: Reading
  readonly #statements: readonly Statement[]
  readonly #meetings: readonly Meeting[]

  constructor(reading: Reading, statements: readonly Statement[], meetings: readonly Meeting[]) {
    this.#reading = reading
    this.#statements = statements
    this.#meetings = meetings
  }

  statement({ words, speaker, by }: StatementProposal): Statement {
    const { quotations } = this.#reading
    const said = this.#find(words, 'the words are not in the text, or are there several times')
    if (this.#statements.some(({ act }) => act.content.some((span) => overlaps(span, said))))
      throw new Unproven('the rules have read these words')
    const sentence = this.#sentenceOf(said)
    const here = quotations.filter((quotation) => overlaps(quotation, said))
    const isDirect = here.some((quotation) => contains(quotation, said))
    if (!isDirect && here.some((quotation) => !contains(said, quotation)))
      throw new Unproven('the words cut a quotation')
    const person = this.#personCalled(speaker)
    const naming = this.#find(by, 'the words that name the speaker are not in the text, or are there several times', 1)
    this.#checkNaming(person, naming, said, sentence, isDirect)
    return {
      act: {
        sentence,
        at: 0,
        verb: '',
        source: undefined,
        sourceSentence: this.#sentenceOf(naming),
        cue: [naming],
        content: [said],
        addressee: undefined,
        isQuotation: isDirect,
        isInherited: false,
      },
      kind: isDirect ? 'DIRECT' : here.length > 0 ? 'MIXED' : 'REPORTED',
      speakers: [person],
      organization: undefined,
      attribution: undefined,
      addressees: [],
      channel: undefined,
      quoted: isDirect
        ? [said]
        : here.map(({ start, end, isOpen }) => ({ start: start + 1, end: isOpen ? end : end - 1 })),
      doubts: ['proposed by the language model, and not read by the rules'],
    }
  }

  meeting({ words, people: names, when }: MeetingProposal): Meeting {
    const { dates, mentions, personOf, quotations, text } = this.#reading
    const told = this.#find(words, 'the words are not in the text, or are there several times')
    const sentence = this.#sentenceOf(told)
    if (quotations.some((quotation) => overlaps(quotation, told))) throw new Unproven('the meeting is in a quotation')
    if (!MEETING_WORD.test(text.slice(told.start, told.end))) throw new Unproven('the words report no meeting')
    if (isUnrealSentence(text, sentence)) throw new Unproven('the meeting is planned or denied')
    const named = new Set(
      mentions.filter((mention) => contains(told, mention)).flatMap((mention) => personOf(mention) ?? []),
    )
    const people = [...new Set(names.map((name) => this.#personCalled(name)))]
    if (people.length < 2 || people.length !== named.size || people.some((person) => !named.has(person)))
      throw new Unproven('the people are not exactly those whom the words name')
    if (this.#meetings.some((other) => people.every((person) => other.people.includes(person))))
      throw new Unproven('the rules have read this meeting')
    const date = when
      ? datesWithin(dates, sentence).find((each) =>
          overlaps(
            each,
            this.#find(when.words, 'the words of the date are not in the text, or are there several times', 1),
          ),
        )
      : undefined
    if (when && date?.edtf !== when.edtf) throw new Unproven('the date is not that of the words')
    return {
      kind: CALL_WORD.test(text.slice(told.start, told.end)) ? 'CALL' : 'BILATERAL',
      title: undefined,
      people,
      conveners: [],
      evidence: [{ ...told, sentence }],
      when: date,
      visit: undefined,
      doubts: ['proposed by the language model, and not read by the rules'],
    }
  }

  /** The one place of words in the text. Kinds of spaces, quotation marks and dashes do not matter. */
  #find(words: string, problem: string, shortest = SHORTEST_WORDS): Span {
    const exact = words.trim()
    if (exact.length < shortest) throw new Unproven('the words are too short')
    const { text } = this.#reading
    const found = placeOf(text, { exact })
    if ('problem' in found) throw new Unproven(problem)
    const start = slice(text, 0, found.start).length
    return { start, end: start + found.exact.length }
  }

  #sentenceOf(span: Span): Sentence {
    const sentence = this.#reading.sentences.find((each) => contains(each, span))
    if (!sentence) throw new Unproven('the words are not within one sentence')
    return sentence
  }

  #personCalled(name: string): Person {
    const people = this.#reading.people.filter(({ names }) => names.has(name.trim()))
    const [person] = people
    if (!person || people.length > 1) throw new Unproven('nobody in the text has this name')
    return person
  }

  /** The words must name this speaker alone, with a verb of saying, beside what is said. */
  #checkNaming(person: Person, naming: Span, said: Span, sentence: Sentence, isDirect: boolean): void {
    const { mentions, personOf, sentences } = this.#reading
    const other = this.#sentenceOf(naming)
    const isBeside =
      other === sentence ||
      (isDirect && other === sentences[sentence.index - 1] && other.paragraph === sentence.paragraph)
    if (!isBeside || overlaps(naming, said)) throw new Unproven('the speaker is not named beside the words')
    const isNamed = (mention: Mention) => !mention.isQuoted && personOf(mention) !== undefined
    const inNaming = mentions.filter((mention) => contains(naming, mention) && isNamed(mention))
    if (inNaming.length === 0 || inNaming.some((mention) => personOf(mention) !== person))
      throw new Unproven('the words name another speaker, or none')
    if (!this.#hasVerbOfSaying(other, naming)) throw new Unproven('the words have no verb of saying')
    const between =
      naming.end <= said.start ? { start: naming.end, end: said.start } : { start: said.end, end: naming.start }
    const isInterrupted =
      mentions.some((mention) => contains(between, mention) && isNamed(mention)) ||
      this.#hasVerbOfSaying(sentence, between) ||
      this.#hasVerbOfSaying(other, between)
    if (isInterrupted) throw new Unproven('somebody else speaks in between')
  }

  #hasVerbOfSaying({ items }: Sentence, span: Span): boolean {
    return items.some(
      (item) =>
        contains(span, item) && ((item.tag === 'VERB' && mayTellSpeech(item.lemma)) || item.lemma === 'according'),
    )
  }
}
