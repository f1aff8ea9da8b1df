import { passageOf } from '../../evidence/passage.ts'
import { type Searched, searchDocument } from '../../search/document.ts'
import { fold } from '../../search/fold.ts'
import { type TimeSpan, timeSpan } from '../../time/span.ts'
import { type KnownSource, textCited } from '../check/known-sources.ts'
import { concepts, type Kind, type SearchedKind } from '../concepts.ts'
import { agreementStatus } from '../derived/agreement-status.ts'
import { lifeOf } from '../derived/life.ts'
import { tenureOf } from '../derived/tenure.ts'
import {
  type BundleRecord,
  type Citation,
  type Earlier,
  keyOfRecord,
  type Participation,
  type Voice,
} from '../format.ts'
import { type Placed, within } from '../records.ts'
import { type FactTable, type TableName, tables } from '../tables.ts'

/** A row of a table, and the place in the bundle that it comes from. */
export interface Row {
  readonly table: TableName
  readonly values: Readonly<Record<string, unknown>>
  readonly path: string
}

/** A row's key as one text. */
export const keyOf = ({ table, values }: Row): string => tables[table].key.map((column) => values[column]).join('/')

/** The rows in which a record is stored. Pure; `sources` has the sources that the record cites. */
export function rowsOf(placed: Placed, sources: ReadonlyMap<string, KnownSource>): readonly Row[] {
  const maker = new RowMaker(placed, sources)
  maker.add(placed)
  return maker.rows
}

/** What a search looks for in a record; `text` is that of a source. */
const searchedParts: {
  [K in SearchedKind]: (record: BundleRecord<K>, text: string | null | undefined) => Searched
} = {
  people: ({ name, names }) => ({ names: [name, ...others(name, names)] }),
  organizations: ({ name, names }) => ({ names: [name, ...others(name, names)] }),
  topics: ({ name, names }) => ({ names: [name, ...others(name, names)] }),
  sources: ({ title }, text) => ({ titles: [title], texts: [text] }),
  visits: ({ title, description, places, participations }) => ({
    titles: [title],
    texts: [description, ...places, ...participations.map(({ unnamed }) => unnamed)],
  }),
  meetings: ({ title, place, participations }) => ({
    titles: [title],
    texts: [place, ...participations.map(({ unnamed }) => unnamed)],
  }),
  agreements: ({ title, description }) => ({ titles: [title], texts: [description] }),
  relationEvents: ({ kind, title, description }) => ({
    titles: [title],
    texts: [description, RELATION_EVENT_WORDS[kind]],
  }),
  statements: ({ text, quoted, attribution }) => ({
    texts: [text, ...quoted.filter((words) => !text.includes(words)), attribution],
  }),
}

/** The words by which each kind of relation event is found, besides those of its title. */
const RELATION_EVENT_WORDS: Readonly<Record<BundleRecord<'relationEvents'>['kind'], string | undefined>> = {
  RECOGNIZED: 'recognition recognized',
  RELATIONS_ESTABLISHED: 'establishment of diplomatic relations established',
  RELATIONS_INTERRUPTED: 'interruption of diplomatic relations interrupted',
  RELATIONS_SEVERED: 'severance of diplomatic relations severed broken off',
  RELATIONS_RESUMED: 'resumption of diplomatic relations resumed',
  RELATIONS_ENDED: 'end of diplomatic relations ended',
  LEGATION_OPENED: 'legation opened',
  EMBASSY_OPENED: 'embassy opened',
  RAISED_TO_EMBASSY: 'legation raised to embassy',
  MISSION_CLOSED: 'mission closed',
  CONSULAR_RELATIONS_ESTABLISHED: 'establishment of consular relations established',
  CONSULAR_RELATIONS_ENDED: 'end of consular relations ended',
  OTHER: undefined,
}

/** The row by which a search finds a record; `text` is that of a source. */
export const documentOf = (kind: SearchedKind, record: BundleRecord<Kind>, text: string | null | undefined) =>
  searchDocument(concepts[kind].search, keyOfRecord(record), searchedParts[kind](record as never, text))

class RowMaker {
  readonly rows: Row[] = []
  readonly #sources: ReadonlyMap<string, KnownSource>
  readonly #path: string

  constructor({ path }: Placed, sources: ReadonlyMap<string, KnownSource>) {
    this.#sources = sources
    this.#path = path
  }

  add({ kind, record }: Placed): void {
    switch (kind) {
      case 'countries':
        this.#country(record)
        break
      case 'organizations':
        this.#organization(record)
        break
      case 'people':
        this.#person(record)
        break
      case 'topics':
        this.#topic(record)
        break
      case 'sources':
        this.#source(record)
        break
      case 'positions':
        this.#position(record)
        break
      case 'visits':
        this.#visit(record)
        break
      case 'meetings':
        this.#meeting(record)
        break
      case 'agreements':
        this.#agreement(record)
        break
      case 'relationEvents':
        this.#relationEvent(record)
        break
      case 'statements':
        this.#statement(record)
        break
      default:
        kind satisfies never
    }
    if (isSearched(kind)) this.#search(kind, record)
  }

  #add(table: TableName, keys: Keys, values: Row['values']): void {
    this.rows.push({ table, values, path: within(this.#path, keys) })
  }

  #search(kind: SearchedKind, record: BundleRecord<Kind>): void {
    this.#add('search_document', [], documentOf(kind, record, this.#sources.get(keyOfRecord(record))?.text))
  }

  #person({ slug, name, names, formerly, wikidataId, born, died }: BundleRecord<'people'>): void {
    const { bornFrom, diedBy } = lifeOf({ born, died })
    const lived = { born, died, born_from: bornFrom, died_by: diedBy }
    this.#add('person', [], { slug, name, names: others(name, names), wikidata_id: wikidataId, ...lived })
    for (const [i, former] of formerly.entries()) {
      this.#add('person_alias', ['formerly', i], { slug: former, person_slug: slug })
    }
  }

  #country({ code, name, names }: BundleRecord<'countries'>): void {
    this.#add('country', [], { code, name, names: others(name, names) })
  }

  #organization(organization: BundleRecord<'organizations'>): void {
    const { slug, name, names, kind, country, members } = organization
    this.#add('organization', [], { slug, name, names: others(name, names), kind, country_code: country })
    for (const [i, code] of members.entries()) {
      this.#add('organization_member', ['members', i], { organization_slug: slug, country_code: code })
    }
  }

  #topic({ slug, name, names, broader }: BundleRecord<'topics'>): void {
    this.#add('topic', [], { slug, name, names: others(name, names) })
    for (const [i, broaderSlug] of broader.entries()) {
      this.#add('topic_broader', ['broader', i], { topic_slug: slug, broader_slug: broaderSlug })
    }
  }

  #source(source: BundleRecord<'sources'>): void {
    const { slug, title, publisher, url, language, published, license, note, sha256, length } = source
    const text = this.#sources.get(slug)?.text
    const values = { slug, title, publisher_slug: publisher, url, language, license, note, sha256, length, text }
    // The editions are no column: `storeEditions` stores them.
    this.#add('source', [], { ...values, ...columns(timeSpan(published)), editions: source.editions })
  }

  #position(position: BundleRecord<'positions'>): void {
    const { slug, person, post, title, country, organization, appointed, attested, note, citations } = position
    const tenure = tenureOf(position, (source) => this.#sources.get(source)?.published)
    this.#add('position', [], {
      slug,
      person_slug: person,
      post,
      title,
      title_folded: fold(title),
      country_code: country,
      organization_slug: organization,
      accredited_to_code: position.accreditedTo,
      accredited_to_organization_slug: position.accreditedToOrganization,
      appointed,
      note,
      ...columns(tenure),
      begin_is_doubtful: tenure.beginIsDoubtful,
      end_is_doubtful: tenure.endIsDoubtful,
    })
    this.#citations('position', slug, [], citations)
    for (const [i, { when, note, citations }] of attested.entries()) {
      const id = `${slug}/${when}`
      const place = ['attested', i]
      this.#add('attestation', place, { id, position_slug: slug, note, ...columns(timeSpan(when)) })
      this.#citations('attestation', id, place, citations)
    }
  }

  #visit(visit: BundleRecord<'visits'>): void {
    const { slug, title, kind, from, to, when, official, places, description, note, participations, citations } = visit
    const values = { slug, title, kind, from_code: from, to_code: to, official, places, description, note }
    this.#add('visit', [], { ...values, ...columns(timeSpan(when)) })
    this.#citations('visit', slug, [], citations)
    for (const [i, accompanied] of visit.accompanying.entries()) {
      this.#add('visit_company', ['accompanying', i], { visit_slug: slug, accompanied_slug: accompanied })
    }
    this.#participations('visit', slug, when, participations)
  }

  #meeting(meeting: BundleRecord<'meetings'>): void {
    const { slug, title, kind, when, time, after, place, host, visit, note, participations, citations } = meeting
    const values = { slug, title, kind, time, place, host_code: host, visit_slug: visit, note }
    this.#add('meeting', [], { ...values, ...columns(timeSpan(when)) })
    this.#citations('meeting', slug, [], citations)
    this.#participations('meeting', slug, when, participations)
    this.#after('meeting', slug, after)
  }

  #participations(occasion: 'visit' | 'meeting', slug: string, when: string, list: readonly Participation[]): void {
    for (const [ordinal, participation] of list.entries()) {
      const { person, organization, unnamed, role, representing, representingOrganization, position } = participation
      const { note, citations } = participation
      const id = `${occasion}/${slug}/${attendeeKey(participation)}`
      const place = ['participations', ordinal]
      this.#add('participation', place, {
        id,
        person_slug: person,
        organization_slug: organization,
        unnamed,
        [`${occasion}_slug`]: slug,
        ordinal,
        role,
        representing_code: representing,
        representing_organization_slug: representingOrganization,
        position_slug: position,
        note,
        ...days(timeSpan(when)),
      })
      this.#citations('participation', id, place, citations)
    }
  }

  #agreement(agreement: BundleRecord<'agreements'>): void {
    const { slug, title, kind, description, parties, topics, note, citations } = agreement
    const events = agreement.events.map((event) => ({ ...event, when: timeSpan(event.when) }))
    this.#add('agreement', [], { slug, title, kind, description, status: agreementStatus(events), note })
    this.#citations('agreement', slug, [], citations)
    for (const [i, code] of parties.entries()) {
      this.#add('agreement_party', ['parties', i], { agreement_slug: slug, country_code: code })
    }
    for (const [i, topic] of topics.entries()) {
      this.#add('agreement_topic', ['topics', i], { agreement_slug: slug, topic_slug: topic, stated: true })
    }
    for (const [i, { status, when, by, note, citations }] of events.entries()) {
      const id = `${slug}/${status}/${when.edtf}`
      const place = ['events', i]
      this.#add('agreement_event', place, { id, agreement_slug: slug, status, note, ...columns(when) })
      this.#citations('agreement_event', id, place, citations)
      for (const [ordinal, voice] of by.entries()) {
        const values = { id: `${id}/${voiceKey(voice)}`, event_id: id, ordinal, ...voiceColumns(voice) }
        this.#add('agreement_event_actor', [...place, 'by', ordinal], values)
      }
    }
  }

  #relationEvent(event: BundleRecord<'relationEvents'>): void {
    const { slug, kind, title, countries, by, when, description, note, citations } = event
    const [one, two] = countries.toSorted()
    const values = { slug, kind, title, one, two, by_code: by, description, note }
    this.#add('relation_event', [], { ...values, ...columns(timeSpan(when)) })
    this.#citations('relation_event', slug, [], citations)
  }

  #statement(statement: BundleRecord<'statements'>): void {
    const {
      slug,
      quotation,
      text,
      quoted,
      attribution,
      said,
      time,
      after,
      channel,
      meeting,
      agreement,
      note,
      citations,
    } = statement
    const span = timeSpan(said)
    const values = { slug, quotation, text, quoted, attribution, channel, time, note }
    const about = { meeting_slug: meeting, agreement_slug: agreement }
    this.#add('statement', [], { ...values, ...about, ...columns(span) })
    this.#citations('statement', slug, [], citations)
    this.#after('statement', slug, after)
    const voices = { SPEAKER: 'speakers', ADDRESSEE: 'addressees', MENTION: 'mentions' } as const
    for (const [role, field] of Object.entries(voices)) {
      for (const [ordinal, voice] of statement[field].entries()) {
        const id = `${slug}/${role}/${voiceKey(voice)}`
        const values = { id, statement_slug: slug, role, ordinal, ...voiceColumns(voice), ...days(span) }
        this.#add('statement_voice', [field, ordinal], values)
      }
    }
    for (const [i, topic] of statement.topics.entries()) {
      this.#add('statement_topic', ['topics', i], { statement_slug: slug, topic_slug: topic, stated: true })
    }
    for (const [i, code] of statement.countries.entries()) {
      this.#add('statement_country', ['countries', i], {
        statement_slug: slug,
        country_code: code,
        stated: true,
      })
    }
  }

  #after(kind: 'meeting' | 'statement', slug: string, after: readonly Earlier[]): void {
    for (const [i, earlier] of after.entries()) {
      const [[earlierKind, earlierSlug] = []] = Object.entries(earlier)
      const id = `${kind}/${slug}/after/${earlierKind}/${earlierSlug}`
      this.#add('day_order', ['after', i], {
        id,
        [`${kind}_slug`]: slug,
        [`after_${earlierKind}_slug`]: earlierSlug,
      })
    }
  }

  #citations(fact: FactTable, key: string, keys: Keys, list: readonly Citation[]): void {
    for (const [i, citation] of list.entries()) {
      this.#add('citation', [...keys, 'citations', i], citationRow(fact, key, citation, this.#sources))
    }
  }
}

/** The row of a citation of a fact. */
export function citationRow(
  fact: FactTable,
  key: string,
  citation: Citation,
  sources: ReadonlyMap<string, KnownSource>,
): Row['values'] {
  const { source, edition, start, end, exact, prefix, suffix, stance = 'SUPPORTS', supports } = citation
  const column = Object.entries(tables.citation.parents).find(([, parent]) => parent === fact)?.[0] as string
  const id = `${fact}/${key}/${source}/${start}-${end}${stance === 'CONTRADICTS' ? '/contradicts' : ''}`
  const earlier = edition === sources.get(source)?.sha256 ? undefined : edition
  const words = { source_slug: source, edition: earlier, start, end, exact, prefix, suffix, stance, supports }
  return { id, ...words, [column]: key, ...passageOf(citation, textCited(citation, sources)?.text) }
}

type Keys = readonly PropertyKey[]

export const isSearched = (kind: Kind): kind is SearchedKind => concepts[kind].search !== null

/** The names other than the preferred one, each once. */
const others = (preferred: string, names: readonly string[]) => [...new Set(names)].filter((name) => name !== preferred)

const columns = (span: TimeSpan) => ({
  edtf: span.edtf,
  begin_of_the_begin: span.beginOfTheBegin,
  end_of_the_begin: span.endOfTheBegin,
  begin_of_the_end: span.beginOfTheEnd,
  end_of_the_end: span.endOfTheEnd,
})

/** The columns that sort the rows which join people to meetings, visits and statements. */
const days = (span: TimeSpan) => ({ begin_of_the_begin: span.beginOfTheBegin, end_of_the_end: span.endOfTheEnd })

/**
 * The key of an attendee within a meeting or a visit. The words for somebody unnamed identify them together with the country or
 * the organization that they represent.
 */
function attendeeKey({ person, organization, unnamed, representing, representingOrganization }: Participation): string {
  if (person !== undefined) return person
  if (organization !== undefined) return `organization/${organization}`
  return `unnamed/${representing ?? representingOrganization ?? ''}/${unnamed}`
}

const voiceKey = (voice: Voice) => ('person' in voice ? `person/${voice.person}` : `organization/${voice.organization}`)

const voiceColumns = (voice: Voice) =>
  'person' in voice ? { person_slug: voice.person } : { organization_slug: voice.organization }
