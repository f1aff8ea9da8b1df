import { beginOfVerb, type Cue, cueAt, skipAdjuncts } from './cues.ts'
import { isClauseAt, isFiniteVerb, isWord, type Phrase, phraseAfter, phraseBefore } from './noun-phrases.ts'
import { type Item, QUOTATION, type Sentence } from './sentences.ts'
import { contains, type Span } from './span.ts'
import { type Frame, isContinuation, mayTellSpeech, needsClause, tellsSpeech } from './words/verbs.ts'

/** A speech act: who says what by which words. */
export interface Act {
  readonly sentence: Sentence
  /** Index of the verb, or of the quotation if there is no verb. */
  readonly at: number
  /** The base form of the verb. Empty if there is none. */
  readonly verb: string
  /** The words for the speaker, and the sentence in which they are. */
  readonly source: Phrase | undefined
  readonly sourceSentence: Sentence
  /** The words of the verb. */
  readonly cue: readonly Span[]
  /** What is said, in one or more parts. */
  readonly content: readonly Span[]
  readonly addressee: Phrase | undefined
  /** What is said is a quotation of a sentence or more. */
  readonly isQuotation: boolean
  /** The speaker is that of the quotation before. */
  readonly isInherited: boolean
}

/** How far behind a verb, and how many words after it, a quotation may begin. */
const FAR = 60
const MOST_BETWEEN = 6

/** Most parts of what one act says. */
const MOST_PARTS = 100

/** Subjects of verbs of saying that say nothing. */
const SPEECHLESS =
  /^(?:meetings?|talks|visits?|trips?|agreements?|deals?|treaty|treaties|pact|exchanges?|discussions?|dialogue|summit|conference|events?|moves?|decisions?|votes?|attacks?|war|crisis|tensions|dispute|incident|developments?|figures|data|prices|growth|relations|ties|momentum|partnership|cooperation|programme|program|project|agenda|plan|election)$/i

const NEVER = Number.POSITIVE_INFINITY

/** The speech acts of a text, in order. The sentences must be those of the whole text. */
export function actsOf(sentences: readonly Sentence[]): Act[] {
  const acts: Act[] = []
  for (const sentence of sentences) {
    const here = new ActReader(sentence, sentences[sentence.index - 1], acts).read()
    acts.push(...here)
  }
  return acts.filter((act) => act.content.length > 0)
}

class ActReader {
  readonly #sentence: Sentence
  readonly #items: readonly Item[]
  readonly #previous: Sentence | undefined
  readonly #earlier: Act[]
  readonly #acts: Act[] = []
  /** The indexes of the items that are part of a quotation with a verb. */
  readonly #used = new Set<number>()
  /** The index of the last word that is not the full stop. */
  readonly #last: number
  /** The index of the last word of what the act before says. */
  #contentEnd = -1

  constructor(sentence: Sentence, previous: Sentence | undefined, earlier: Act[]) {
    this.#sentence = sentence
    this.#items = sentence.items
    this.#previous = previous
    this.#earlier = earlier
    let last = this.#items.length - 1
    while (last > 0 && /^[.;!?…]$/.test(this.#items[last]?.text ?? '')) last--
    this.#last = last
  }

  read(): Act[] {
    this.#items.forEach((item, i) => {
      if (item.tag === QUOTATION || item.isQuoted) return
      if (/^according$/i.test(item.text) && this.#items[i + 1]?.text === 'to') this.#readAccordingTo(i)
      else this.#readVerb(i)
    })
    this.#readQuotationsWithoutVerb()
    return this.#acts.filter((act) => !this.#isPartOfAnother(act))
  }

  #span(first: number, last: number): Span {
    return { start: (this.#items[first] as Item).start, end: (this.#items[last] as Item).end }
  }

  #add(act: Partial<Act> & Pick<Act, 'at' | 'verb' | 'cue' | 'content'>): void {
    this.#acts.push({
      sentence: this.#sentence,
      sourceSentence: this.#sentence,
      source: undefined,
      addressee: undefined,
      isQuotation: false,
      isInherited: false,
      ...act,
    })
  }

  /** What somebody says within what another says is a part of that. */
  #isPartOfAnother(act: Act): boolean {
    if (act.isQuotation) return false
    const all = [...act.content, ...act.cue]
    return this.#acts.some(
      (other) => other !== act && other.content.some((span) => all.every((part) => contains(span, part))),
    )
  }

  #readAccordingTo(at: number): void {
    const items = this.#items
    const found = phraseAfter(items, at + 2, true)
    if (!found) return
    let source: Phrase = found
    if (at <= 2 && found.head) {
      // "According to A, B did": B is in apposition to A only between two commas, and if another clause follows.
      const isApposed =
        items[found.last + 1]?.text === ',' &&
        /^(?:an?|the|who|whose|which|one)$/i.test(items[found.head.last + 2]?.text ?? '') &&
        isClauseAt(items, found.last + 2)
      if (!isApposed) source = found.head
    }
    const cue = [this.#span(at, at + 1)]
    const after = items[source.last + 1]?.text === ',' && source.last + 2 <= this.#last ? source.last + 2 : undefined
    if (at <= 2) {
      if (after === undefined) return
      this.#add({
        at,
        verb: 'according',
        source,
        cue,
        content: [this.#span(after, this.#last)],
        isQuotation: this.#isWholeQuotation(after),
      })
      this.#contentEnd = this.#last
      return
    }
    const end = items[at - 1]?.text === ',' ? at - 2 : at - 1
    const begin = this.#contentEnd >= 0 && this.#contentEnd < at ? this.#contentEnd + 1 : 0
    // "A agreed to B, according to C": A says it.
    if (end < begin || !this.#items.slice(begin, end + 1).some((item) => isFiniteVerb(item) || item.tag === QUOTATION))
      return
    const content = [this.#span(begin, end), ...(after !== undefined ? [this.#span(after, this.#last)] : [])]
    this.#add({ at, verb: 'according', source, cue, content, isQuotation: this.#isWholeQuotation(begin) })
  }

  #isWholeQuotation(at: number): boolean {
    if (this.#items[at]?.tag !== QUOTATION) return false
    this.#used.add(at)
    return true
  }

  /** The subject of the last act of this sentence, or of the nearest verb before. */
  #subjectBefore(at: number): Phrase | undefined {
    const last = this.#acts.findLast(({ source, sourceSentence }) => source && sourceSentence === this.#sentence)
    if (last?.source) return last.source
    for (let i = at - 1; i > 0; i--) {
      const item = this.#items[i] as Item
      if (item.isQuoted || item.tag === QUOTATION || !isFiniteVerb(item)) continue
      const subject = phraseBefore(this.#items, i - 1)
      if (subject && !/^(?:who|that|which|it)$/i.test(this.#items[subject.first]?.text ?? '')) return subject
    }
    return undefined
  }

  #readVerb(at: number): void {
    const cue = cueAt(this.#items, at, this.#used, () => this.#subjectBefore(at))
    if (!cue) return
    const said = this.#contentOf(cue)
    if (!said || said.content.length === 0) return
    const accepted = cue.isBeside
      ? said.frame === 'quotation' && said.isBefore === true
      : tellsSpeech({ ...cue, frame: said.frame, preposition: said.preposition })
    if (!accepted || (!cue.subject && said.frame !== 'quotation')) return
    if (cue.subject && said.frame !== 'quotation' && this.#isThing(cue.subject)) return
    for (const i of said.quotations) this.#used.add(i)
    this.#contentEnd = said.end
    const words = this.#span(cue.isParticiple ? cue.verb : cue.first, cue.last)
    this.#add({
      at,
      verb: cue.lemma,
      source: cue.subject,
      cue: [words],
      content: said.content,
      addressee: cue.addressee,
      isQuotation: said.frame === 'quotation',
    })
  }

  /** "The meetings underscored …": nobody says that. */
  #isThing({ head, first, last }: Phrase): boolean {
    const end = head?.last ?? last
    const of = this.#items.findIndex(({ text }, i) => i > first && i <= end && text === 'of')
    return SPEECHLESS.test(this.#items[of > 0 ? of - 1 : end]?.text ?? '')
  }

  #contentOf(cue: Cue): Said | undefined {
    const items = this.#items
    const begin = cue.subject && !cue.isInverted && !cue.isShared ? cue.subject.first : cue.first
    const next = skipAdjuncts(items, cue.next)
    return (
      this.#quotationBefore(cue, begin, next) ?? this.#quotationAfter(cue, next) ?? this.#clauseOf(cue, begin, next)
    )
  }

  /** The index of the next quotation after a verb. */
  #nextQuotation(from: number): number {
    const found = this.#items.findIndex(({ tag }, i) => i >= from && i < from + FAR && tag === QUOTATION)
    return found < 0 ? NEVER : found
  }

  #hasClauseBetween(from: number, to: number): boolean {
    return this.#items.slice(from, to).some(isFiniteVerb)
  }

  /** “…,” said X. “…,” he said, “…”: the parts before and after the verb. */
  #quotationBefore(cue: Cue, begin: number, next: number): Said | undefined {
    const items = this.#items
    const before = items[begin - 1]
    const at =
      before?.tag === QUOTATION
        ? begin - 1
        : /^[,—–-]$/.test(before?.text ?? '') && items[begin - 2]?.tag === QUOTATION
          ? begin - 2
          : -1
    if (at < 0 || cue.isParticiple) return undefined
    let first = at
    while (first > 0 && !this.#used.has(first - 1) && items[first - 1]?.text !== ':') first--
    if (!items.slice(first, at).some(isWord)) first = at
    const after = this.#nextQuotation(next)
    const goesOn = after !== NEVER && !this.#hasClauseBetween(next, after)
    const quotations = [...items.keys()].slice(first, at + 1)
    return {
      frame: 'quotation',
      isBefore: true,
      content: [this.#span(first, at), ...(goesOn ? [this.#span(after, after)] : [])],
      quotations: goesOn ? [...quotations, after] : quotations,
      end: Math.max(goesOn ? after : at, cue.verb),
    }
  }

  #quotationAfter({ isBeside }: Cue, next: number): Said | undefined {
    const items = this.#items
    const at = this.#nextQuotation(next)
    if (isBeside || at === NEVER || this.#hasClauseBetween(next, at)) return undefined
    const between = items.slice(next, at)
    if (between.filter(isWord).length > MOST_BETWEEN) return undefined
    if (between.some(({ tag, lemma }) => tag === 'VERB' && mayTellSpeech(lemma))) return undefined
    const isFramed =
      !/^[,:]$/.test(between.at(-1)?.text ?? ',') &&
      between.some(({ text }) => /^(?:that|it|him|her|as|the|a)$/i.test(text))
    const first = isFramed ? next : at
    let last = at
    while (items[last + 1]?.tag === QUOTATION) last++
    return {
      frame: 'quotation',
      content: [this.#span(first, last)],
      quotations: [...items.keys()].slice(first, last + 1),
      end: last,
    }
  }

  #clauseOf(cue: Cue, begin: number, next: number): Said | undefined {
    const items = this.#items
    const isAfterComma = items[begin - 1]?.text === ',' && begin >= 3 && !cue.isShared && cue.subject !== undefined
    const isLast = next > this.#last || !items[next] || /^[.;!?]$/.test(items[next]?.text ?? '')
    if (isAfterComma) {
      const around = this.#clauseAround(cue, begin, isLast)
      if (around) return around
    }
    if (isLast) return undefined
    const item = items[next] as Item
    const word = item.text.toLowerCase()
    if (word === ',') {
      if (!/^(?:say|add|note)$/.test(cue.lemma) || !isClauseAt(items, next + 1)) return undefined
      return this.#rest('clause', next + 1, cue)
    }
    if (word === 'that') return this.#rest('that', next, cue)
    if (word === ':') return next + 1 > this.#last ? undefined : this.#rest('colon', next + 1, cue)
    if (word === 'not' && items[next + 1]?.text === 'to') return undefined
    if (word === 'to' && (item.tag === 'PART' || items[next + 1]?.tag === 'VERB'))
      return this.#rest('infinitive', next, cue)
    if (/^(?:how|why|what|whether|if|when|where|who)$/.test(word)) return this.#rest('question', next, cue)
    // "spoke with X about Y" is a meeting.
    const isMeeting =
      /^(?:speak|talk|confer|consult)$/.test(cue.lemma) &&
      items.slice(cue.last, next).some(({ text }) => text === 'with')
    if (isMeeting) return undefined
    if (item.tag === 'ADP' || word === 'to') return { ...this.#rest('preposition', next, cue), preposition: word }
    if (isClauseAt(items, next)) return this.#rest('clause', next, cue)
    // "urged Iran to stop"
    const object = phraseAfter(items, next, false)
    if (object && /^(?:urge|ask|call|encourage|press|order)$/.test(cue.lemma) && items[object.last + 1]?.text === 'to')
      return this.#rest('infinitive', next, cue)
    // The tagger misses some verbs: after "said", four words or more are a clause.
    const end = this.#endOfContent(next)
    const isClause = this.#hasClauseBetween(next, end + 1) || (cue.lemma === 'say' && end - next >= 3)
    const hasVerb = needsClause(cue.lemma) && isClause
    return this.#rest(hasVerb ? 'clause' : 'object', next, cue)
  }

  /** "Both sides, he noted, agreed …", "… will go on, she said": what is said stands around the verb. */
  #clauseAround({ lemma, next }: Cue, begin: number, isLast: boolean): Said | undefined {
    const items = this.#items
    const opening = items[0]?.text ?? ''
    const goesOn = items[next]?.text === ','
    const hasClause =
      this.#hasClauseBetween(0, begin - 1) &&
      !/^(?:when|while|as|if|after|before|although|though|because|since|asked|in|on|at|during)$/i.test(opening)
    const isInserted =
      goesOn &&
      /^(?:say|note|add|explain|argue|write|insist|warn|suggest|claim|acknowledge|believe|think|stress|observe|recall|state)$/.test(
        lemma,
      ) &&
      !items.slice(0, begin - 1).some(({ tag }) => tag === QUOTATION) &&
      !/^(?:but|and|in|on|at|after|during|while|when|as)$/i.test(opening) &&
      this.#hasClauseBetween(next + 1, this.#last) &&
      items[next + 1]?.tag !== 'PRON'
    if (!(hasClause && (isLast || goesOn)) && !isInserted) return undefined
    let first = 0
    while (this.#used.has(first)) first++
    const content = first <= begin - 2 ? [this.#span(first, begin - 2)] : []
    const rest = next + 1
    if (
      !isLast &&
      rest <= this.#last &&
      !isContinuation(items[rest]?.text ?? '') &&
      this.#hasClauseBetween(rest, this.#last + 1)
    )
      content.push(this.#span(rest, this.#endOfContent(rest)))
    return { frame: 'around', content, quotations: [], end: begin }
  }

  #rest(frame: Frame, from: number, { contentEnd = NEVER }: Cue): Said {
    const end = contentEnd >= from && contentEnd !== NEVER ? contentEnd : this.#endOfContent(from)
    return { frame, content: from <= end ? [this.#span(from, end)] : [], quotations: [], end }
  }

  /** The index of the last word of what is said, before another act begins. */
  #endOfContent(from: number): number {
    const items = this.#items
    for (let i = from + 1; i <= this.#last; i++) {
      const item = items[i] as Item
      if (/^according$/i.test(items[i + 1]?.text ?? '')) return item.text === ',' ? i - 1 : i
      if (item.isQuoted) continue
      const [next, second] = [items[i + 1], items[i + 2]]
      const isSaying = (word: Item | undefined) =>
        word?.tag === 'VERB' && mayTellSpeech(word.lemma) && /(?:ed|said|told|says|calls|s)$/.test(word.text)
      if (item.text === ',') {
        if (i > from + 1 && next && isContinuation(next.text)) return i - 1
        if (i > from + 2 && /^(?:while|whereas|though|although)$/i.test(next?.text ?? '')) return i - 1
        const isPronoun = (word: Item | undefined) => word?.tag === 'PRON' && /^(?:he|she|they)$/i.test(word.text)
        if (/^(?:but|and)$/i.test(next?.text ?? '') && isPronoun(second) && items.slice(i + 3, i + 6).some(isSaying))
          return i - 1
        // "…, a ministry statement said"
        const author = i > from + 1 ? phraseAfter(items, i + 1, false) : undefined
        if (author && isSaying(items[author.last + 1]) && skipAdjuncts(items, author.last + 2) > this.#last)
          return i - 1
        if (isPronoun(next) && isSaying(second) && /^[.,]$/.test(items[i + 3]?.text ?? '.')) return i - 1
      }
      if (/^(?:and|but)$/.test(item.text) && isSaying(next)) return items[i - 1]?.text === ',' ? i - 2 : i - 1
    }
    return this.#last
  }

  /** A quotation without a verb of its own continues the one before, or follows a colon. */
  #readQuotationsWithoutVerb(): void {
    this.#items.forEach((item, i) => {
      const { quotation } = item
      if (!quotation || this.#used.has(i)) return
      if (this.#acts.some(({ content }) => content.some((span) => contains(span, item)))) return
      this.#used.add(i)
      const before = this.#goesOn(
        this.#acts.findLast((act) => act.isQuotation) ?? (i === 0 ? this.#quotationOfParagraph() : undefined),
      )
      if (before) {
        this.#replace(before, { ...before, content: [...before.content, { start: item.start, end: item.end }] })
        return
      }
      const base = { at: i, content: [{ start: item.start, end: item.end }], isQuotation: true }
      const introduced = this.#introducedByColon(i)
      if (introduced) this.#add({ ...base, ...introduced })
      else {
        const speaker = quotation.continues
          ? this.#recent((act) => act.isQuotation)
          : (this.#recent((act) => act.source !== undefined && act.sentence.paragraph === this.#sentence.paragraph) ??
            this.#recent((act) => act.isQuotation && act.sentence.paragraph < this.#sentence.paragraph))
        this.#add({
          ...base,
          verb: '',
          cue: [],
          isInherited: true,
          ...(speaker && { source: speaker.source, sourceSentence: speaker.sourceSentence }),
        })
      }
    })
  }

  /** The act, unless it has so many parts already that another one would take long to add. */
  #goesOn(act: Act | undefined): Act | undefined {
    return act && act.content.length < MOST_PARTS ? act : undefined
  }

  /** The last act of the same paragraph, if it is a quotation: this one continues it. */
  #quotationOfParagraph(): Act | undefined {
    const last = this.#recent(({ sentence }) => sentence.paragraph === this.#sentence.paragraph)
    return last?.isQuotation ? last : undefined
  }

  /** The last act of this paragraph, or of the one before, that fits. */
  #recent(fits: (act: Act) => boolean): Act | undefined {
    const { paragraph } = this.#sentence
    for (let i = this.#earlier.length - 1; i >= 0; i--) {
      const act = this.#earlier[i] as Act
      if (act.sentence.paragraph < paragraph - 1) return undefined
      if (fits(act)) return act
    }
    return undefined
  }

  #replace(act: Act, by: Act): void {
    const list = this.#acts.includes(act) ? this.#acts : this.#earlier
    list[list.lastIndexOf(act)] = by
  }

  /** "X said this:" in the sentence before, or "X: “…”". */
  #introducedByColon(at: number): Pick<Act, 'verb' | 'cue' | 'source' | 'sourceSentence'> | undefined {
    const previous = at === 0 ? this.#previous : undefined
    const sentence = previous?.items.at(-1)?.text === ':' ? previous : this.#sentence
    const end = sentence === previous ? sentence.items.length - 1 : at - 1
    const { items } = sentence
    if (items[end]?.text !== ':') return undefined
    for (let i = end - 1; i >= 0; i--) {
      if (items[i]?.tag !== 'VERB' || items[i]?.isQuoted) continue
      const first = beginOfVerb(items, i)
      const source = phraseBefore(items, first - 1)
      if (!source) continue
      const cue = [{ start: (items[first] as Item).start, end: (items[end] as Item).end }]
      return { verb: (items[i] as Item).lemma, cue, source, sourceSentence: sentence }
    }
    const source = phraseBefore(items, end - 1)
    if (source?.first !== 0) return undefined
    return {
      verb: '',
      cue: [{ start: (items[end] as Item).start, end: (items[end] as Item).end }],
      source,
      sourceSentence: sentence,
    }
  }
}

interface Said {
  readonly frame: Frame
  readonly content: readonly Span[]
  /** Indexes of the items of quotations that now have a verb. */
  readonly quotations: readonly number[]
  /** Index of the last word. */
  readonly end: number
  readonly isBefore?: boolean
  readonly preposition?: string
}
