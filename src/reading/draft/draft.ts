import { type BundleInput, FORMAT, FORMAT_VERSION } from '../../bundle/format.ts'
import { codePoints, sha256 } from '../../evidence/text.ts'
import type { Known } from '../../importers/csv/known.ts'
import { slugOf } from '../../importers/csv/names.ts'
import { datesWithin, type Meeting, type Visit } from '../events.ts'
import type { Mention } from '../mentions.ts'
import type { Office } from '../offices.ts'
import type { Person } from '../people.ts'
import type { Reading } from '../read.ts'
import { contains, type Span } from '../span.ts'
import type { Statement } from '../statements.ts'
import { TopicFinder } from '../topics.ts'
import { Citations, distinct } from './citations.ts'
import { DraftNames, freeSlug, nameOfCountry } from './names.ts'
import { noteOf } from './notes.ts'

type Element<T> = T extends readonly (infer E)[] ? E : never
type RecordOf<K extends keyof BundleInput> = Element<NonNullable<BundleInput[K]>>

export interface DraftOptions {
  /** Slug of the source. Default: from the first line and the day. */
  readonly source?: string | undefined
  /** The records that names may mean. */
  readonly known: Known
}

/** Makes a bundle of what was read. Each guess has a note that begins with DRAFT; the import refuses such notes. */
export function draftOf(reading: Reading, options: DraftOptions): BundleInput {
  return new Drafting(reading, options).bundle()
}

/** Longest title of a source that is taken from the text. */
const LONGEST_TITLE = 80

function sourceSlug({ text, paragraphs, published }: Reading): string {
  const [first] = paragraphs
  const words = first ? text.slice(first.start, first.end).split(/\s+/).slice(0, 6).join(' ') : ''
  return [slugOf(words).slice(0, LONGEST_TITLE) || 'article', published?.day ?? 'undated']
    .join('-')
    .replaceAll(/--+/g, '-')
}

class Drafting {
  readonly #reading: Reading
  readonly #source: string
  readonly #names: DraftNames
  readonly #citations: Citations
  readonly #topics: TopicFinder
  /** The slugs of facts, with how often each was wanted. */
  readonly #slugs = new Map<string, number>()
  readonly #doubts: string[] = []
  readonly #officesOf = new Map<Person, Office[]>()

  constructor(reading: Reading, { source = sourceSlug(reading), known }: DraftOptions) {
    this.#reading = reading
    this.#source = source
    this.#names = new DraftNames(known, source, reading.published?.day)
    this.#citations = new Citations(reading, source)
    this.#topics = new TopicFinder(known.topics)
    for (const office of reading.offices) {
      this.#officesOf.set(office.person, [...(this.#officesOf.get(office.person) ?? []), office])
    }
  }

  bundle(): BundleInput {
    const { offices, visits, meetings, statements } = this.#reading
    const positions = new Map<Office, RecordOf<'positions'>>()
    for (const office of offices) {
      const position = this.#position(office)
      if (position) positions.set(office, position)
    }
    const positionOf = (person: Person) =>
      this.#officesOf
        .get(person)
        ?.map((office) => positions.get(office)?.slug)
        .find((slug) => slug !== undefined)
    const visitRecords = new Map<Visit, RecordOf<'visits'>>()
    for (const visit of visits) {
      const record = this.#visit(visit, positionOf(visit.person))
      if (record) visitRecords.set(visit, record)
    }
    const facts = {
      positions: [...positions.values()],
      visits: [...visitRecords.values()],
      meetings: meetings.map((meeting) =>
        this.#meeting(meeting, positionOf, meeting.visit && visitRecords.get(meeting.visit)?.slug),
      ),
      agreements: this.#agreements(),
      statements: [...statements.flatMap((statement) => this.#statements(statement)), ...this.#ownStatements()],
    }
    const { countries, organizations, people, topics } = this.#names
    return {
      format: FORMAT,
      version: FORMAT_VERSION,
      countries,
      organizations,
      people,
      topics,
      sources: [this.#sourceRecord()],
      ...facts,
    }
  }

  #sourceRecord(): RecordOf<'sources'> {
    const { text, paragraphs, published } = this.#reading
    const [first] = paragraphs
    const title = Array.from(first ? text.slice(first.start, first.end) : 'Untitled')
      .slice(0, LONGEST_TITLE)
      .join('')
    const doubts = [
      'read by a program; check the facts, and give the publisher, the title and the address',
      ...(published ? [] : ['the day of publication is not known']),
      ...(published?.doubt ? [published.doubt] : []),
      ...this.#names.doubts,
      ...this.#doubts,
    ]
    return {
      slug: this.#source,
      title,
      language: 'en',
      published: published?.day ?? '/',
      note: noteOf(doubts) as string,
      sha256: sha256(text),
      length: codePoints(text),
    }
  }

  /** A slug that no other fact of the draft has. */
  #slug(...parts: (string | undefined)[]): string {
    const wanted = slugOf(parts.filter(Boolean).join(' ')).slice(0, LONGEST_SLUG).replace(/-+$/, '') || 'fact'
    const slug = freeSlug(this.#slugs, wanted)
    this.#slugs.set(slug, 1)
    return slug
  }

  #countryOf(person: Person): string | undefined {
    return this.#officesOf.get(person)?.find(({ country }) => country)?.country
  }

  #person(person: Person): string {
    return this.#names.person(person, this.#countryOf(person))
  }

  #sentence(index: number): Span {
    return this.#reading.sentences[index] as Span
  }

  #position(office: Office): RecordOf<'positions'> | undefined {
    const { title, country, at, isFormer, doubt } = office
    if (!country) {
      this.#doubts.push(`“${title}” of ${office.person.name} is left out, as the text does not name the country`)
      return undefined
    }
    const { published } = this.#reading
    const person = this.#person(office.person)
    const sentence = this.#sentence(at.mention.sentence)
    const cite = (supports: string[]) => this.#citations.of(at, [sentence], supports)
    const hasCountry = title.toLowerCase().includes(nameOfCountry(country).toLowerCase())
    const post = slugOf(hasCountry ? title : `${title} of ${nameOfCountry(country)}`).slice(0, LONGEST_SLUG)
    const note = noteOf(doubt ? [doubt] : [])
    return {
      slug: this.#slug(person, title),
      person,
      post,
      title,
      country: this.#names.country(country),
      tenure: '/',
      attested: isFormer || !published ? [] : [{ when: published.day, citations: [cite(['when'])] }],
      ...(note && { note }),
      citations: [cite(['person', 'post', 'title'])],
    }
  }

  #visit({ person, to, when, evidence }: Visit, position: string | undefined): RecordOf<'visits'> | undefined {
    const [first] = evidence
    const from = this.#countryOf(person)
    if (!first || from === to) return undefined
    const { published } = this.#reading
    const slug = this.#person(person)
    const doubts = when ? [] : ['the words beside the visit do not say when it was']
    const note = noteOf(doubts)
    const citations = evidence.map((each) =>
      this.#citations.of(each, [each.sentence, ...(when ? [when] : [])], ['to', ...(when ? ['when'] : [])]),
    )
    return {
      slug: this.#slug(slug, nameOfCountry(to), when?.edtf.slice(0, 7).replaceAll(/[^\d-]/g, '')),
      title: `Visit of ${person.name} to ${nameOfCountry(to)}`,
      ...(from && { from: this.#names.country(from) }),
      to: this.#names.country(to),
      when: when?.edtf ?? (published ? `[..${published.day}]` : '/'),
      participations: [
        {
          person: slug,
          role: 'VISITOR',
          ...(from && { representing: from }),
          ...(position && { position }),
          citations: [this.#citations.of(first, [first.sentence], ['person', 'role'])],
        },
      ],
      ...(note && { note }),
      citations,
    }
  }

  #meeting(
    meeting: Meeting,
    positionOf: (person: Person) => string | undefined,
    visit: string | undefined,
  ): RecordOf<'meetings'> {
    const { kind, title, people, conveners, evidence, when } = meeting
    const { published } = this.#reading
    const stay = meeting.visit?.when?.edtf
    const during = !when && stay?.includes('/') ? `[${stay.replace('/', '..')}]` : undefined
    const [first] = evidence as [Meeting['evidence'][number]]
    const names = people.map(({ name }) => name)
    const day = when?.edtf ?? during ?? (published ? `[..${published.day}]` : '/')
    const undated = `the words do not say on which day it was${during ? '; it is taken to be on the visit' : ''}`
    const note = noteOf([...meeting.doubts, ...(when ? [] : [undated])])
    const taking = (person: Person, role: 'PARTICIPANT' | 'CONVENER') => {
      const country = this.#countryOf(person)
      const position = positionOf(person)
      return {
        person: this.#person(person),
        role,
        ...(country && { representing: this.#names.country(country) }),
        ...(position && { position }),
        citations: [this.#citations.of(first, [first.sentence], ['person', 'role'])],
      }
    }
    return {
      slug: this.#slug(...(title ? [title] : people.map(familyName)), day.replaceAll(/[^\d-]/g, '').slice(0, 7)),
      title: title ?? `${kind === 'CALL' ? 'Call' : 'Meeting'} of ${names.slice(0, -1).join(', ')} and ${names.at(-1)}`,
      kind,
      when: day,
      ...(visit && { visit }),
      participations: [
        ...people.map((person) => taking(person, 'PARTICIPANT')),
        ...conveners.filter((person) => !people.includes(person)).map((person) => taking(person, 'CONVENER')),
      ],
      ...(note && { note }),
      citations: distinct(
        evidence.map((each) =>
          this.#citations.of(
            each,
            [each.sentence, ...(when ? [when] : [])],
            ['title', 'kind', ...(when ? ['when'] : [])],
          ),
        ),
      ),
    }
  }

  #agreements(): RecordOf<'agreements'>[] {
    const { agreements, published, dates } = this.#reading
    return agreements.map(({ title, kind, parties, stages }) => {
      const names = parties.map(nameOfCountry)
      const cite = (stage: (typeof stages)[number], supports: string[]) =>
        this.#citations.of(stage, [stage.sentence], supports)
      return {
        slug: this.#slug(...names, title),
        title: `${names.join('–')} ${title.replace(new RegExp(`^${names.join('[–-]')} `), '')}`,
        kind,
        parties: parties.map((code) => this.#names.country(code)),
        events: stages.map((stage) => {
          const when = datesWithin(dates, stage.sentence).find(
            ({ start, end }) => Math.abs(start - stage.end) < NEAR || Math.abs(stage.start - end) < NEAR,
          )
          return {
            status: stage.status,
            when: when?.edtf ?? (published ? `[..${published.day}]` : '/'),
            by: stage.by.map((person) => ({ person: this.#person(person) })),
            citations: [cite(stage, ['status'])],
          }
        }),
        note: noteOf(['the parties and the stages are guessed from words near each other']) as string,
        citations: distinct(stages.map((stage) => cite(stage, ['title', 'kind']))),
      }
    })
  }

  /** The records of a statement: one for each part of a direct quotation, otherwise one. */
  #statements(statement: Statement): RecordOf<'statements'>[] {
    const { kind, quoted, act } = statement
    const content = act.content.filter((span) => this.#words(span) !== '')
    if (kind === 'DIRECT')
      return quoted.filter((span) => this.#words(span) !== '').map((span) => this.#statement(statement, [span], [span]))
    return content.length === 0 ? [] : [this.#statement(statement, content, quoted)]
  }

  /** What the article itself says of two countries and a topic, where it names nobody who says it. */
  #ownStatements(): RecordOf<'statements'>[] {
    const { sentences, statements, mentions, published } = this.#reading
    const reported = new Set(statements.map(({ act }) => act.sentence))
    return sentences
      .filter(
        (sentence) =>
          !reported.has(sentence) && !sentence.items.some(({ quotation, isQuoted }) => quotation || isQuoted),
      )
      .flatMap((sentence) => {
        const text = this.#words(sentence)
        const named = mentionsWithin(mentions, sentence)
        const countries = [
          ...new Set(named.flatMap(({ kind, country }) => (kind === 'country' && country ? [country] : []))),
        ]
        const topics = this.#topics.in(text)
        if (countries.length < 2 || topics.length === 0) return []
        return [
          {
            slug: this.#slug('article', ...text.split(/\s+/).slice(0, 4)),
            quotation: 'OWN' as const,
            text,
            attribution: 'the article',
            said: published?.day ?? '/',
            topics: topics.map((topic) => this.#names.topic(topic)),
            countries: countries.map((code) => this.#names.country(code)),
            note: noteOf(['the article says this itself; give its publisher as the speaker']) as string,
            citations: [this.#citations.of(sentence, [sentence], ['quotation', 'text', 'said'])],
          },
        ]
      })
  }

  #words({ start, end }: Span): string {
    return this.#reading.text.slice(start, end).trim()
  }

  #statement(
    { act, kind, speakers, organization, attribution, addressees, channel, doubts }: Statement,
    content: readonly Span[],
    quoted: readonly Span[],
  ): RecordOf<'statements'> {
    const { published, dates, mentions, personOf, sentences } = this.#reading
    const text = content.map((span) => this.#words(span)).join(' … ')
    const voices = [
      ...speakers.map((person) => ({ person: this.#person(person) })),
      ...(organization ? [{ organization: this.#names.organization(organization) }] : []),
    ]
    const frame = sentences[act.sentence.index] as Span
    const inside = (span: Span) => act.content.some((part) => contains(part, span))
    const day = datesWithin(dates, frame).find((date) => date.kind === 'day' && !inside(date))
    const named = content.flatMap((part) => mentionsWithin(mentions, part))
    const mentioned = [...new Set(named.flatMap((mention) => personOf(mention) ?? []))].filter(
      (person) => !speakers.includes(person) && !addressees.includes(person),
    )
    const countries = [
      ...new Set(named.flatMap(({ kind, country }) => (kind === 'country' && country ? [country] : []))),
    ]
    const note = noteOf(doubts)
    const supported = ['quotation', 'text', 'speakers', ...(day ? ['said'] : [])]
    return {
      slug: this.#slug(
        speakers[0] ? familyName(speakers[0]) : (organization ?? 'unnamed'),
        ...text.split(/\s+/).slice(0, 4),
      ),
      quotation: kind,
      text,
      quoted: quoted.map((span) => this.#words(span)).filter((words) => words !== ''),
      speakers: voices,
      ...(voices.length === 0 && { attribution: attribution ?? 'not named' }),
      addressees: addressees.map((person) => ({ person: this.#person(person) })),
      mentions: mentioned.map((person) => ({ person: this.#person(person) })),
      said: day?.edtf ?? (published ? `[..${published.day}]` : '/'),
      ...(channel && { channel }),
      topics: this.#topics.in(text).map((topic) => this.#names.topic(topic)),
      countries: countries.map((code) => this.#names.country(code)),
      ...(note && { note }),
      citations: distinct(content.map((span) => this.#citations.of(span, [frame, act.sourceSentence], supported))),
    }
  }
}

/** Longest slug of a draft: it leaves room for the parts of a record. */
const LONGEST_SLUG = 90

/** How far from the words of a stage its date may be. */
const NEAR = 60

const familyName = ({ name }: Person) => name.split(' ').at(-1) as string

/** The mentions in a range. They are in order. */
function mentionsWithin(mentions: readonly Mention[], { start, end }: Span): Mention[] {
  let [low, high] = [0, mentions.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((mentions[middle] as Mention).start < start) low = middle + 1
    else high = middle
  }
  const found: Mention[] = []
  for (let i = low; i < mentions.length && (mentions[i] as Mention).start < end; i++) {
    if ((mentions[i] as Mention).end <= end) found.push(mentions[i] as Mention)
  }
  return found
}
