import { graphql } from '../generated/pages/gql.ts'
import type { LinkedCitationFragment, LinkedDataQuery, LinkedSourceFragment } from '../generated/pages/graphql.ts'
import { type LinkedType, permalinkOf } from './permalinks.ts'

/** A record with its evidence. */
export const LINKED_DATA = graphql(`
  query LinkedData($id: ID!) {
    node(id: $id) {
      __typename
      ... on Cited {
        note
        citations { ...LinkedCitation }
        contradictedBy { ...LinkedCitation }
        withdrawn { reason }
      }
      ... on Meeting {
        slug title place when { ...LinkedSpan } countries { code name } topics { slug name }
        attendees { name role person { slug name } organization { slug name } }
        visit { slug title }
      }
      ... on Visit {
        slug title description places when { ...LinkedSpan } from { code name } to { code name }
        attendees { name role person { slug name } organization { slug name } }
      }
      ... on RelationEvent { slug title description when { ...LinkedSpan } countries { code name } }
      ... on Agreement {
        slug title description status parties { code name } topics { slug name }
        events { status when { ...LinkedSpan } }
      }
      ... on Statement {
        slug title quotation text attribution said { ...LinkedSpan } topics { slug name }
        speakers { __typename ... on Person { slug name } ... on Organization { slug name } }
        meeting { slug title } agreement { slug title }
      }
      ... on Source { ...LinkedSource note }
      ... on Person {
        slug name names wikidataId born { ...LinkedSpan } died { ...LinkedSpan }
        positions { slug title tenure { ...LinkedSpan } country { code name } organization { slug name } citations { ...LinkedCitation } }
      }
      ... on Country { code name names }
      ... on Organization { slug name names country { code name } }
      ... on Topic { slug name names broader { slug name } }
      ... on Relation { countries { code name } }
    }
  }

  fragment LinkedSpan on TimeSpan { edtf label beginOfTheBegin endOfTheBegin beginOfTheEnd endOfTheEnd }

  fragment LinkedSource on Source {
    slug title url language license published { ...LinkedSpan } publisher { slug name }
  }

  fragment LinkedCitation on Citation {
    id start end exact prefix suffix supports verification source { ...LinkedSource }
  }
`)

type Node = NonNullable<LinkedDataQuery['node']>
type Span = LinkedSourceFragment['published']

interface Fact {
  readonly citations: readonly LinkedCitationFragment[]
  readonly contradictedBy: readonly LinkedCitationFragment[]
  readonly note?: string | null
  readonly withdrawn?: { readonly reason: string } | null
}

interface Attendee {
  readonly name: string
  readonly role: string
  readonly person?: { readonly slug: string; readonly name: string } | null
  readonly organization?: { readonly slug: string; readonly name: string } | null
}

/** Everything is defined in the file itself, so it can be read without a network. */
const CONTEXT = {
  '@vocab': 'https://schema.org/',
  dcterms: 'http://purl.org/dc/terms/',
  edtf: 'http://id.loc.gov/datatypes/edtf/',
  oa: 'http://www.w3.org/ns/oa#',
  prov: 'http://www.w3.org/ns/prov#',
  wikidata: 'http://www.wikidata.org/entity/',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
}

/**
 * A record as JSON-LD: what it is in terms of schema.org, each passage that supports or contradicts it as a Web Annotation, and the
 * sources as PROV entities. `sources` are those of the view.
 */
export function linkedDataOf(node: Node, sources: readonly string[], site: string): string {
  const link = (type: LinkedType, key: string) => site + permalinkOf(type, key)
  const named = (type: LinkedType, key: string, name: string, schema: string = type) => ({
    '@id': link(type, key),
    '@type': schema,
    name,
  })
  const country = ({ code, name }: { code: string; name: string }) => named('Country', code, name)
  const person = ({ slug, name }: { slug: string; name: string }) => named('Person', slug, name)
  const organization = ({ slug, name }: { slug: string; name: string }) => named('Organization', slug, name)
  const topic = ({ slug, name }: { slug: string; name: string }) => named('Topic', slug, name, 'DefinedTerm')
  const event = ({ slug, title }: { slug: string; title: string }) => named('Meeting', slug, title, 'Event')

  const source = ({ slug, title, url, language, license, published, publisher }: LinkedSourceFragment) => ({
    '@id': link('Source', slug),
    '@type': ['CreativeWork', 'prov:Entity'],
    name: title,
    ...(url && { url }),
    ...(language && { inLanguage: language }),
    ...(license && { license }),
    ...datesOf(published, 'datePublished'),
    ...(publisher && { publisher: organization(publisher), 'prov:wasAttributedTo': { '@id': link('Organization', publisher.slug) } }),
  }) // biome-ignore format: short

  const annotation = (about: string, motivation: string) => (citation: LinkedCitationFragment) => ({
    '@id': `${about}#citation-${citation.id}`,
    '@type': 'oa:Annotation',
    'oa:motivatedBy': { '@id': motivation },
    'oa:hasBody': { '@id': about },
    'oa:hasTarget': {
      '@type': 'oa:SpecificResource',
      'oa:hasSource': source(citation.source),
      'oa:hasSelector': [
        { '@type': 'oa:TextPositionSelector', 'oa:start': citation.start, 'oa:end': citation.end },
        {
          '@type': 'oa:TextQuoteSelector',
          'oa:exact': citation.exact,
          ...(citation.prefix && { 'oa:prefix': citation.prefix }),
          ...(citation.suffix && { 'oa:suffix': citation.suffix }),
        },
      ],
    },
    ...(citation.supports.length > 0 && { keywords: citation.supports }),
  })

  const cited = (about: string, { citations, contradictedBy, note, withdrawn }: Fact) => ({
    '@id': about,
    ...(note && { 'dcterms:description': note }),
    ...(withdrawn && { creativeWorkStatus: `withdrawn: ${withdrawn.reason}` }),
    'prov:wasDerivedFrom': [...new Set(citations.map(({ source: { slug } }) => slug))].map((slug) => ({
      '@id': link('Source', slug),
    })),
    subjectOf: [
      ...citations.map(annotation(about, 'oa:describing')),
      ...contradictedBy.map(annotation(about, 'oa:questioning')),
    ],
  })

  const derived = { 'prov:wasDerivedFrom': sources.map((slug) => ({ '@id': link('Source', slug) })) }
  const attendees = (list: readonly Attendee[]) =>
    list.map(({ name, role, ...attendee }) => ({
      '@type': 'Role',
      roleName: role,
      attendee: attendee.person
        ? person(attendee.person)
        : attendee.organization
          ? organization(attendee.organization)
          : { '@type': 'Person', name },
    }))

  function content(): object {
    switch (node.__typename) {
      case 'Meeting':
        return {
          ...cited(link('Meeting', node.slug), node),
          '@type': ['Event', 'prov:Entity'],
          name: node.title,
          ...datesOf(node.when),
          ...(node.place && { location: { '@type': 'Place', name: node.place } }),
          attendee: attendees(node.attendees),
          about: [...node.countries.map(country), ...node.topics.map(topic)],
          ...(node.visit && { superEvent: named('Visit', node.visit.slug, node.visit.title, 'Event') }),
        }
      case 'Visit':
        return {
          ...cited(link('Visit', node.slug), node),
          '@type': ['Event', 'prov:Entity'],
          name: node.title,
          ...(node.description && { description: node.description }),
          ...datesOf(node.when),
          location: [country(node.to), ...node.places.map((name) => ({ '@type': 'Place', name }))],
          attendee: attendees(node.attendees),
          about: [node.to, ...(node.from ? [node.from] : [])].map(country),
        }
      case 'RelationEvent':
        return {
          ...cited(link('RelationEvent', node.slug), node),
          '@type': ['Event', 'prov:Entity'],
          name: node.title,
          ...(node.description && { description: node.description }),
          ...datesOf(node.when),
          about: node.countries.map(country),
        }
      case 'Agreement':
        return {
          ...cited(link('Agreement', node.slug), node),
          '@type': ['CreativeWork', 'prov:Entity'],
          name: node.title,
          ...(node.description && { description: node.description }),
          creativeWorkStatus: node.status,
          contributor: node.parties.map(country),
          about: node.topics.map(topic),
          'dcterms:hasPart': node.events.map(({ status, when }) => ({ '@type': 'Event', name: status, ...datesOf(when) })),
        } // biome-ignore format: short
      case 'Statement':
        return {
          ...cited(link('Statement', node.slug), node),
          '@type': [node.quotation === 'DIRECT' ? 'Quotation' : 'Claim', 'prov:Entity'],
          name: node.title,
          text: node.text,
          ...datesOf(node.said, 'dateCreated'),
          creator: node.speakers.map((speaker) =>
            speaker.__typename === 'Person' ? person(speaker) : organization(speaker),
          ),
          ...(node.attribution && { creditText: node.attribution }),
          about: [
            ...node.topics.map(topic),
            ...(node.meeting ? [event(node.meeting)] : []),
            ...(node.agreement ? [named('Agreement', node.agreement.slug, node.agreement.title, 'CreativeWork')] : []),
          ],
        }
      case 'Source':
        return { ...source(node), ...(node.note && { 'dcterms:description': node.note }) }
      case 'Person':
        return {
          ...person(node),
          alternateName: node.names,
          ...(node.wikidataId && { sameAs: { '@id': `wikidata:${node.wikidataId}` } }),
          ...(node.born && datesOf(node.born, 'birthDate')),
          ...(node.died && datesOf(node.died, 'deathDate')),
          hasOccupation: node.positions.map((held) => ({
            '@type': 'EmployeeRole',
            roleName: held.title,
            ...datesOf(held.tenure),
            ...(held.country && { areaServed: country(held.country) }),
            ...(held.organization && { worksFor: organization(held.organization) }),
            subjectOf: held.citations.map(annotation(`${link('Person', node.slug)}#${held.slug}`, 'oa:describing')),
          })),
          ...derived,
        }
      case 'Country':
        return { ...country(node), alternateName: node.names, identifier: node.code, ...derived }
      case 'Organization':
        return {
          ...organization(node),
          alternateName: node.names,
          ...(node.country && { areaServed: country(node.country) }),
          ...derived,
        }
      case 'Topic':
        return { ...topic(node), alternateName: node.names, 'dcterms:isPartOf': node.broader.map(topic), ...derived }
      case 'Relation': {
        const [one, other] = node.countries as [{ code: string; name: string }, { code: string; name: string }]
        return {
          ...named('Relation', `${one.code}-${other.code}`, `${one.name} and ${other.name}`, 'Collection'),
          about: node.countries.map(country),
          ...derived,
        }
      }
      default:
        throw new Error(`no JSON-LD for ${node.__typename}`)
    }
  }
  return JSON.stringify({ '@context': CONTEXT, ...content() }, null, 2)
}

/** A date of schema.org only where the day is known, and always the date as the source gives it. */
function datesOf(span: Span, start = 'startDate') {
  const { edtf, beginOfTheBegin, endOfTheBegin, beginOfTheEnd, endOfTheEnd } = span
  const [begin, end] = [
    beginOfTheBegin === endOfTheBegin && beginOfTheBegin,
    beginOfTheEnd === endOfTheEnd && endOfTheEnd,
  ]
  return {
    'dcterms:date': { '@type': 'edtf:EDTF', '@value': edtf },
    ...(begin && { [start]: begin }),
    ...(end && start === 'startDate' && { endDate: end }),
  }
}
