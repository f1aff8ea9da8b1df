import {
  buildSchema,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isNonNullType,
  isObjectType,
  isUnionType,
} from 'graphql'
import { expect, test } from 'vitest'
import { schema } from '../../src/schema/index.ts'

const page = 'first: Int, after: String, last: Int, before: String'

/** What other programs are written against: add to it freely, rename nothing in it. */
const contract = buildSchema(/* GraphQL */ `
  scalar Date
  scalar EDTF
  scalar CountryCode
  scalar URL

  interface Node { id: ID! }
  interface Cited implements Node { id: ID! citations: [Citation!]! note: String }

  type TimeSpan {
    edtf: EDTF! beginOfTheBegin: Date endOfTheBegin: Date beginOfTheEnd: Date endOfTheEnd: Date label: String!
  }
  enum Certainty { CERTAIN POSSIBLE NO UNKNOWN }
  union Speaker = Person | Organization
  union Occasion = Meeting | Visit

  type Country implements Node { id: ID! code: CountryCode! name: String! names: [String!]! }
  type Organization implements Node {
    id: ID! slug: String! name: String! names: [String!]! country: Country kind: OrganizationKind! members: [Country!]!
    meetings(${page}): MeetingConnection! visits(${page}): VisitConnection!
  }
  enum OrganizationKind { MINISTRY ALLIANCE PUBLISHER PLATFORM OTHER }
  type Person implements Node {
    id: ID! slug: String! name: String! names: [String!]! wikidataId: String positions(on: Date): [Position!]!
    meetings(${page}): MeetingConnection! visits(${page}): VisitConnection! statements(${page}): StatementConnection!
  }
  type Position implements Cited & Node {
    id: ID! citations: [Citation!]! note: String
    person: Person! post: String! title: String! country: Country organization: Organization tenure: TimeSpan!
    attested: [Attestation!]! heldOn(date: Date!): Certainty!
  }
  type Attestation implements Cited & Node { id: ID! citations: [Citation!]! note: String when: TimeSpan! }
  type Visit implements Cited & Node {
    id: ID! citations: [Citation!]! note: String
    slug: String! title: String! participations: [Participation!]! from: Country to: Country! when: TimeSpan!
    places: [String!]! meetings(${page}): MeetingConnection! description: String attendees: [Attendee!]!
  }
  type Meeting implements Cited & Node {
    id: ID! citations: [Citation!]! note: String
    slug: String! title: String! kind: MeetingKind! when: TimeSpan! place: String host: Country visit: Visit
    participations: [Participation!]! attendees: [Attendee!]! countries: [Country!]! topics: [Topic!]! statements(${page}): StatementConnection!
  }
  enum MeetingKind { BILATERAL MULTILATERAL MINISTERIAL SUMMIT CALL OTHER }
  type Participation implements Cited & Node {
    id: ID! citations: [Citation!]! note: String
    person: Person! occasion: Occasion! role: ParticipationRole! representing: Country position: Position
    positionCertainty: Certainty representingOrganization: Organization
  }
  type Attendee implements Cited & Node {
    id: ID! citations: [Citation!]! note: String name: String! person: Person organization: Organization unnamed: String
    occasion: Occasion! role: ParticipationRole! representing: Country representingOrganization: Organization
    position: Position positionCertainty: Certainty
  }
  enum ParticipationRole { PARTICIPANT CONVENER HOST VISITOR DELEGATE INTERPRETER NOTETAKER MEDIATOR }
  type Topic implements Node {
    id: ID! slug: String! name: String! names: [String!]! broader: [Topic!]! narrower: [Topic!]!
    meetings(${page}): MeetingConnection! statements(${page}): StatementConnection! agreements(${page}): AgreementConnection!
  }
  type Statement implements Cited & Node {
    id: ID! citations: [Citation!]! note: String
    slug: String! quotation: Quotation! quotationVerification: Verification text: String! quoted: [String!]! speakers: [Speaker!]!
    attribution: String addressees: [Speaker!]! mentions: [Speaker!]! said: TimeSpan! channel: String topics: [Topic!]!
    countries: [Country!]! meeting: Meeting agreement: Agreement
  }
  enum Quotation { DIRECT MIXED REPORTED OWN }
  type Agreement implements Cited & Node {
    id: ID! citations: [Citation!]! note: String
    slug: String! title: String! kind: AgreementKind! description: String parties: [Country!]! status: AgreementStatus!
    events: [AgreementEvent!]! topics: [Topic!]! statements(${page}): StatementConnection!
  }
  enum AgreementKind { DEAL TREATY MEMORANDUM OTHER }
  enum AgreementStatus { ANNOUNCED IN_NEGOTIATION SIGNED IN_FORCE ENDED }
  type RelationEvent implements Cited & Node {
    id: ID! citations: [Citation!]! note: String
    slug: String! kind: RelationEventKind! title: String! countries: [Country!]! by: Country when: TimeSpan!
    description: String
  }
  enum RelationEventKind {
    RECOGNIZED RELATIONS_ESTABLISHED RELATIONS_INTERRUPTED RELATIONS_SEVERED RELATIONS_RESUMED RELATIONS_ENDED
    LEGATION_OPENED EMBASSY_OPENED RAISED_TO_EMBASSY MISSION_CLOSED CONSULAR_RELATIONS_ESTABLISHED
    CONSULAR_RELATIONS_ENDED OTHER
  }
  type AgreementEvent implements Cited & Node {
    id: ID! citations: [Citation!]! note: String
    agreement: Agreement! status: AgreementStatus! when: TimeSpan! by: [Speaker!]!
  }
  type Source implements Node {
    id: ID! slug: String! title: String! publisher: Organization url: URL language: String published: TimeSpan!
    license: String note: String sha256: String! fullText: String citations(${page}): CitationConnection!
  }
  type Citation implements Node {
    id: ID! fact: Cited! supports: [String!]! source: Source! start: Int! end: Int! exact: String! prefix: String
    suffix: String verification: Verification! url: URL reference: String!
  }
  enum Verification { VERIFIED MISMATCH TEXT_NOT_HELD }

  type Query {
    node(id: ID!): Node
    nodes(ids: [ID!]!): [Node]!
    person(slug: String!): Person
    people(${page}): PersonConnection!
    meeting(slug: String!): Meeting
    meetings(${page}): MeetingConnection!
    visit(slug: String!): Visit
    visits(${page}): VisitConnection!
    topic(slug: String!): Topic
    topics(${page}): TopicConnection!
    statement(slug: String!): Statement
    statements(${page}): StatementConnection!
    agreement(slug: String!): Agreement
    agreements(${page}): AgreementConnection!
    relationEvent(slug: String!): RelationEvent
    relationEvents(${page}): RelationEventConnection!
    organization(slug: String!): Organization
    organizations(${page}): OrganizationConnection!
    source(slug: String!): Source
    sources(${page}): SourceConnection!
    positions(${page}): PositionConnection!
    country(code: CountryCode!): Country
    countries(${page}): CountryConnection!
    about: About!
  }
  type About { version: String! dataVersion: String! facts: FactCounts! }
  type FactCounts {
    positions: Int! attestations: Int! visits: Int! meetings: Int! participations: Int! statements: Int! agreements: Int!
    agreementEvents: Int! relationEvents: Int! citations: Int! people: Int! organizations: Int! topics: Int! sources: Int!
  }

  type PageInfo { hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String }
  ${'Person Meeting Visit Topic Statement Agreement RelationEvent Organization Source Position Country Citation'
    .split(' ')
    .map(
      (name) => /* GraphQL */ `
        type ${name}Connection { edges: [${name}Edge!]! nodes: [${name}!]! pageInfo: PageInfo! totalCount: Int! }
        type ${name}Edge { cursor: String! node: ${name}! }`,
    )
    .join('\n')}
`)

interface Element {
  readonly description: string | null | undefined
  readonly nullable: boolean
}

/** Everything that a schema of ours defines, by what it is called and what type it has. */
function elementsOf(schema: GraphQLSchema): Map<string, Element> {
  const elements = new Map<string, Element>()
  const add = (called: string, { description }: { description: string | null | undefined }, nullable = false) =>
    elements.set(called, { description, nullable })
  for (const type of Object.values(schema.getTypeMap()).filter((type) => !isIntrospectionType(type))) {
    add(`${type.constructor.name} ${type.name}`, type)
    if (isUnionType(type)) for (const member of type.getTypes()) add(`${type.name} = ${member.name}`, type)
    if (isEnumType(type)) for (const value of type.getValues()) add(`${type.name}.${value.name}`, value)
    if (isInputObjectType(type)) {
      for (const field of Object.values(type.getFields())) add(`${type.name}.${field.name}: ${field.type}`, field)
    }
    if (!isObjectType(type) && !isInterfaceType(type)) continue
    for (const implemented of type.getInterfaces()) add(`${type.name} implements ${implemented.name}`, type)
    for (const field of Object.values(type.getFields())) {
      add(`${type.name}.${field.name}: ${field.type}`, field, !isNonNullType(field.type))
      for (const argument of field.args) add(`${type.name}.${field.name}(${argument.name}: ${argument.type})`, argument)
    }
  }
  return elements
}

const promised = elementsOf(contract)
const present = elementsOf(schema)

test('the schema has everything that the contract promises, by the same name and of the same type', () => {
  expect([...promised.keys()].filter((element) => !present.has(element))).toEqual([])
})

/** What else may be null: a relation of countries that are not known, when two people met for the first and last time, the days that an
 * approximate date is taken to mean, whose key a request has and whether it ends, and what few sources say of positions and visits. */
const unknowable = [
  'Query.relation: Relation',
  ...[
    'Agreement',
    'AgreementEvent',
    'Attendee',
    'Attestation',
    'Cited',
    'Entry',
    'Meeting',
    'Participation',
    'Position',
  ].map((type) => `${type}.withdrawn: Withdrawal`),
  ...['RelationEvent', 'Statement', 'Visit'].map((type) => `${type}.withdrawn: Withdrawal`),
  'Query.viewer: Viewer',
  'AttachTextResult.citations: Int',
  'AttachTextResult.mismatches: Int',
  'BundleProblem.expected: String',
  'AccessKey.expiresAt: DateTime',
  'AccessKey.lastUsed: Date',
  'AccessKey.revokedAt: DateTime',
  'Withdrawal.note: String',
  'Edition.fullText: String',
  'QuotePlace.url: URL',
  'Edition.importedAt: DateTime',
  'Counterpart.firstMet: TimeSpan',
  'Counterpart.lastMet: TimeSpan',
  'PersonCount.first: Date',
  'PersonCount.last: Date',
  'Source.importedAt: DateTime',
  'SourceCount.first: Date',
  'SourceCount.last: Date',
  'RelationCoverage.first: Date',
  'RelationCoverage.last: Date',
  'TimeSpan.likely: DayRange',
  'DayRange.from: Date',
  'DayRange.to: Date',
  'Entry.note: String',
  'Meeting.time: String',
  'Statement.quotationVerification: Verification',
  'Statement.time: String',
  'Person.born: TimeSpan',
  'Person.died: TimeSpan',
  'Position.accreditedTo: Country',
  'Position.accreditedToOrganization: Organization',
  'Position.appointed: TimeSpan',
  'Visit.kind: VisitKind',
  'Visit.official: TimeSpan',
]

test('only what the contract says can be null', () => {
  const mayBeNull = (called: string) => unknowable.includes(called) || promised.get(called)?.nullable
  const nullable = [...present].filter(([called, { nullable }]) => nullable && !mayBeNull(called))
  expect(nullable.map(([called]) => called)).toEqual([])
})

test('every type, field, argument and value says what it is', () => {
  const silent = [...present].filter(([, { description }]) => !description?.trim())
  expect(silent.map(([called]) => called)).toEqual([])
})
