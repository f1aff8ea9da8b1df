import { passageOf } from '../evidence/passage.ts'
import { type Searched, type SearchKind, searchDocument } from '../search/document.ts'
import { fold } from '../search/fold.ts'
import { type TimeSpan, timeSpan } from '../time/span.ts'
import { agreementStatus } from './agreement-status.ts'
import {
  type Bundle,
  type BundleRecord,
  type Citation,
  type Kind,
  keyOfRecord,
  type Participation,
  type Voice,
} from './format.ts'
import type { HeldSource } from './held.ts'
import { pathOf } from './problems.ts'
import { type TableName, tables } from './tables.ts'
import { tenureOf } from './tenure.ts'

/** A row of a table, and the place in the bundle that it comes from. */
export interface Row {
  readonly table: TableName
  readonly values: Readonly<Record<string, unknown>>
  /** The record that it is, or is a part of. */
  readonly record: { readonly kind: Kind; readonly slug: string }
  readonly path: string
}

/** A row's key as one text. */
export const keyOf = ({ table, values }: Row): string => tables[table].key.map((column) => values[column]).join('/')

/** Turns a bundle into the rows that hold it. Pure; equal bundles give equal rows, whatever the order of their records. */
export class RowMaker {
  readonly rows: Row[] = []
  readonly #sources: (slug: string) => HeldSource | undefined
  #record: Row['record'] = { kind: 'countries', slug: '' }

  /** `sources` knows those that the bundle cites. */
  constructor(sources: (slug: string) => HeldSource | undefined) {
    this.#sources = sources
  }

  addBundle(bundle: Bundle): void {
    this.#each('countries', bundle.countries, (country, path) => this.#country(country, path))
    this.#each('organizations', bundle.organizations, (organization, path) => this.#organization(organization, path))
    this.#each('people', bundle.people, ({ slug, name, names, wikidataId }, path) => {
      this.#add('person', path, { slug, name, names: others(name, names), wikidata_id: wikidataId })
      this.#search('PERSON', path, { names: [name, ...names] })
    })
    this.#each('topics', bundle.topics, (topic, path) => this.#topic(topic, path))
    this.#each('sources', bundle.sources, (source, path) => this.#source(source, path))
    this.#each('positions', bundle.positions, (position, path) => this.#position(position, path))
    this.#each('visits', bundle.visits, (visit, path) => this.#visit(visit, path))
    this.#each('meetings', bundle.meetings, (meeting, path) => this.#meeting(meeting, path))
    this.#each('agreements', bundle.agreements, (agreement, path) => this.#agreement(agreement, path))
    this.#each('statements', bundle.statements, (statement, path) => this.#statement(statement, path))
  }

  #each<K extends Kind>(kind: K, list: readonly BundleRecord<K>[], add: (record: BundleRecord<K>, path: Path) => void) {
    for (const [i, record] of list.entries()) {
      this.#record = { kind, slug: keyOfRecord(record) }
      add(record, [kind, i])
    }
  }

  #add(table: TableName, path: Path, values: Row['values']): void {
    this.rows.push({ table, values, record: this.#record, path: pathOf(path) })
  }

  #search(kind: SearchKind, path: Path, searched: Searched): void {
    this.#add('search_document', path, searchDocument(kind, this.#record.slug, searched))
  }

  #country({ code, name, names }: BundleRecord<'countries'>, path: Path): void {
    this.#add('country', path, { code, name, names: others(name, names) })
  }

  #organization(organization: BundleRecord<'organizations'>, path: Path): void {
    const { slug, name, names, kind, country, members } = organization
    this.#add('organization', path, { slug, name, names: others(name, names), kind, country_code: country })
    this.#search('ORGANIZATION', path, { names: [name, ...names] })
    for (const [i, code] of members.entries()) {
      this.#add('organization_member', [...path, 'members', i], { organization_slug: slug, country_code: code })
    }
  }

  #topic({ slug, name, names, broader }: BundleRecord<'topics'>, path: Path): void {
    this.#add('topic', path, { slug, name, names: others(name, names) })
    this.#search('TOPIC', path, { names: [name, ...names] })
    for (const [i, broaderSlug] of broader.entries()) {
      this.#add('topic_broader', [...path, 'broader', i], { topic_slug: slug, broader_slug: broaderSlug })
    }
  }

  #source(source: BundleRecord<'sources'>, path: Path): void {
    const { slug, title, publisher, url, language, published, license, note, sha256, length } = source
    const text = this.#sources(slug)?.text
    const values = { slug, title, publisher_slug: publisher, url, language, license, note, sha256, length, text }
    this.#add('source', path, { ...values, ...columns(timeSpan(published)) })
    this.#search('SOURCE', path, { titles: [title], texts: [text] })
  }

  #position(position: BundleRecord<'positions'>, path: Path): void {
    const { slug, person, post, title, country, organization, attested, note, citations } = position
    this.#add('position', path, {
      slug,
      person_slug: person,
      post,
      title,
      title_folded: fold(title),
      country_code: country,
      organization_slug: organization,
      note,
      ...columns(tenureOf(position, (source) => this.#sources(source)?.published)),
    })
    this.#citations('position', slug, path, citations)
    for (const [i, { when, note, citations }] of attested.entries()) {
      const id = `${slug}/${when}`
      const place = [...path, 'attested', i]
      this.#add('attestation', place, { id, position_slug: slug, note, ...columns(timeSpan(when)) })
      this.#citations('attestation', id, place, citations)
    }
  }

  #visit(visit: BundleRecord<'visits'>, path: Path): void {
    const { slug, title, from, to, when, places, description, note, participations, citations } = visit
    const values = { slug, title, from_code: from, to_code: to, places, description, note }
    this.#add('visit', path, { ...values, ...columns(timeSpan(when)) })
    this.#search('VISIT', path, { titles: [title], texts: [description, ...places] })
    this.#citations('visit', slug, path, citations)
    this.#participations('visit', slug, path, participations)
  }

  #meeting(meeting: BundleRecord<'meetings'>, path: Path): void {
    const { slug, title, kind, when, place, host, visit, note, participations, citations } = meeting
    const values = { slug, title, kind, place, host_code: host, visit_slug: visit, note }
    this.#add('meeting', path, { ...values, ...columns(timeSpan(when)) })
    this.#search('MEETING', path, { titles: [title], texts: [place] })
    this.#citations('meeting', slug, path, citations)
    this.#participations('meeting', slug, path, participations)
  }

  #participations(occasion: 'visit' | 'meeting', slug: string, path: Path, list: readonly Participation[]): void {
    for (const [ordinal, { person, role, representing, position, note, citations }] of list.entries()) {
      const id = `${occasion}/${slug}/${person}`
      const place = [...path, 'participations', ordinal]
      this.#add('participation', place, {
        id,
        person_slug: person,
        [`${occasion}_slug`]: slug,
        ordinal,
        role,
        representing_code: representing,
        position_slug: position,
        note,
      })
      this.#citations('participation', id, place, citations)
    }
  }

  #agreement(agreement: BundleRecord<'agreements'>, path: Path): void {
    const { slug, title, kind, description, parties, topics, note, citations } = agreement
    const events = agreement.events.map((event) => ({ ...event, when: timeSpan(event.when) }))
    this.#add('agreement', path, { slug, title, kind, description, status: agreementStatus(events), note })
    this.#search('AGREEMENT', path, { titles: [title], texts: [description] })
    this.#citations('agreement', slug, path, citations)
    for (const [i, code] of parties.entries()) {
      this.#add('agreement_party', [...path, 'parties', i], { agreement_slug: slug, country_code: code })
    }
    for (const [i, topic] of topics.entries()) {
      this.#add('agreement_topic', [...path, 'topics', i], { agreement_slug: slug, topic_slug: topic, stated: true })
    }
    for (const [i, { status, when, by, note, citations }] of events.entries()) {
      const id = `${slug}/${status}/${when.edtf}`
      const place = [...path, 'events', i]
      this.#add('agreement_event', place, { id, agreement_slug: slug, status, note, ...columns(when) })
      this.#citations('agreement_event', id, place, citations)
      for (const [ordinal, voice] of by.entries()) {
        const values = { id: `${id}/${voiceKey(voice)}`, event_id: id, ordinal, ...voiceColumns(voice) }
        this.#add('agreement_event_actor', [...place, 'by', ordinal], values)
      }
    }
  }

  #statement(statement: BundleRecord<'statements'>, path: Path): void {
    const { slug, quotation, text, quoted, attribution, said, channel, meeting, agreement, note, citations } = statement
    const values = { slug, quotation, text, quoted, attribution, channel, note }
    const about = { meeting_slug: meeting, agreement_slug: agreement }
    this.#add('statement', path, { ...values, ...about, ...columns(timeSpan(said)) })
    this.#search('STATEMENT', path, { texts: [text, ...quoted.filter((words) => !text.includes(words)), attribution] })
    this.#citations('statement', slug, path, citations)
    const voices = { SPEAKER: 'speakers', ADDRESSEE: 'addressees', MENTION: 'mentions' } as const
    for (const [role, field] of Object.entries(voices)) {
      for (const [ordinal, voice] of statement[field].entries()) {
        const id = `${slug}/${role}/${voiceKey(voice)}`
        const values = { id, statement_slug: slug, role, ordinal, ...voiceColumns(voice) }
        this.#add('statement_voice', [...path, field, ordinal], values)
      }
    }
    for (const [i, topic] of statement.topics.entries()) {
      this.#add('statement_topic', [...path, 'topics', i], { statement_slug: slug, topic_slug: topic, stated: true })
    }
    for (const [i, code] of statement.countries.entries()) {
      this.#add('statement_country', [...path, 'countries', i], {
        statement_slug: slug,
        country_code: code,
        stated: true,
      })
    }
  }

  #citations(fact: TableName, key: string, path: Path, list: readonly Citation[]): void {
    const column = Object.entries(tables.citation.parents).find(([, parent]) => parent === fact)?.[0] as string
    for (const [i, citation] of list.entries()) {
      const { source, start, end, exact, prefix, suffix, supports } = citation
      const id = `${fact}/${key}/${source}/${start}-${end}`
      const values = { id, source_slug: source, start, end, exact, prefix, suffix, supports, [column]: key }
      const located = passageOf(citation, this.#sources(source)?.text)
      this.#add('citation', [...path, 'citations', i], { ...values, ...located })
    }
  }
}

type Path = readonly PropertyKey[]

/** The names besides the preferred one, each once. */
const others = (preferred: string, names: readonly string[]) => [...new Set(names)].filter((name) => name !== preferred)

const columns = (span: TimeSpan) => ({
  edtf: span.edtf,
  begin_of_the_begin: span.beginOfTheBegin,
  end_of_the_begin: span.endOfTheBegin,
  begin_of_the_end: span.beginOfTheEnd,
  end_of_the_end: span.endOfTheEnd,
})

const voiceKey = (voice: Voice) => ('person' in voice ? `person/${voice.person}` : `organization/${voice.organization}`)

const voiceColumns = (voice: Voice) =>
  'person' in voice ? { person_slug: voice.person } : { organization_slug: voice.organization }
