import type { Prisma } from '../generated/prisma/client.ts'
import { metEachOther } from '../relations/counterparts.ts'
import { builder } from './builder.ts'
import { byDateInPrisma } from './lists/connection.ts'
import { connectionOf, listOf, nestedList } from './lists/connection-of.ts'
import { all, keyOrNone, keysOf, OfficeFilter, officesOfCountries, positionsOf, someOf } from './lists/filters.ts'
import type { Listing } from './lists/listing.ts'
import { nameOrders, nameOrderValues, orderEnum, relevanceValue } from './lists/orders.ts'
import { aStatement } from './lists/weight.ts'
import { loadRecord } from './loading/load-records.ts'
import { MeetingConnection, MeetingFilter, MeetingOrder, meetings } from './meeting.ts'
import { heldOn, Position } from './position.ts'
import { StatementConnection, StatementFilter, StatementOrder, statements } from './statement.ts'
import { VisitConnection, VisitFilter, VisitOrder, visits } from './visit.ts'

export const Person = builder.prismaNode('Person', {
  id: { field: 'slug', description: 'The same for good, on every database.' },
  nullable: true,
  description: 'A human being, under every name that sources use.',
  select: { slug: true },
  fields: (t) => ({
    slug: t.exposeString('slug', { description: 'The name in URLs and bundles, the same for good.' }),
    name: t.exposeString('name', { description: 'The preferred name.' }),
    names: t.stringList({
      description: 'All recorded names, the preferred one first.',
      select: { name: true, names: true },
      resolve: ({ name, names }) => [name, ...names],
    }),
    wikidataId: t.exposeString('wikidataId', { nullable: true, description: 'The Wikidata item, such as `Q42`.' }),
    positions: t.relation('positions', {
      type: Position,
      description: 'The offices that the person held, by date.',
      args: {
        on: t.arg({
          type: 'Date',
          description: 'Only offices that may have been held on this day: not a certain `NO`.',
        }),
      },
      query: ({ on }) => ({
        ...(on ? { where: heldOn(on) } : {}),
        orderBy: byDateInPrisma('slug'),
      }),
    }),
  }),
})

builder.prismaObjectFields(Person, (t) => ({
  meetings: t.field({
    type: MeetingConnection,
    description: 'The meetings in which the person took part, the oldest first unless told.',
    args: {
      ...t.arg.connectionArgs(),
      filter: t.arg({ type: MeetingFilter, description: 'Which of them.' }),
      orderBy: t.arg({ type: MeetingOrder, description: 'In which order.' }),
    },
    ...nestedList(meetings, {
      relation: 'participations',
      through: 'meeting',
      rows: { meetingSlug: { not: null } },
      dated: true,
      scope: (slug) => ({ participations: { some: { personSlug: slug } } }),
    }),
  }),
  visits: t.field({
    type: VisitConnection,
    description: 'The visits in which the person took part, the oldest first unless told.',
    args: {
      ...t.arg.connectionArgs(),
      filter: t.arg({ type: VisitFilter, description: 'Which of them.' }),
      orderBy: t.arg({ type: VisitOrder, description: 'In which order.' }),
    },
    ...nestedList(visits, {
      relation: 'participations',
      through: 'visit',
      rows: { visitSlug: { not: null } },
      dated: true,
      scope: (slug) => ({ participations: { some: { personSlug: slug } } }),
    }),
  }),
  statements: t.field({
    type: StatementConnection,
    description: 'What the person said, alone or with others, the oldest first unless told.',
    args: {
      ...t.arg.connectionArgs(),
      filter: t.arg({ type: StatementFilter, description: 'Which of them.' }),
      orderBy: t.arg({ type: StatementOrder, description: 'In which order.' }),
    },
    ...nestedList(statements, {
      relation: 'voices',
      through: 'statement',
      rows: { role: 'SPEAKER' },
      dated: true,
      scope: (slug) => ({ voices: { some: { personSlug: slug, role: 'SPEAKER' } } }),
    }),
  }),
}))

const PersonConnection = connectionOf(Person, 'Person', 'people')

export const PersonFilter = builder.inputType('PersonFilter', {
  description: 'Which people. Several fields mean all of them.',
  fields: (t) => ({
    search: t.string({ description: 'Words of a name, in any recorded spelling, or nearly.' }),
    country: t.field({
      type: ['CountryCode'],
      description: 'Held an office of any of these states, or represented it.',
    }),
    met: t.idList({ description: 'Met any of these people: slugs or ids.' }),
    holding: t.field({ type: OfficeFilter, description: 'Held this office at some time.' }),
  }),
})

export const PersonOrder = orderEnum('PersonOrder', 'people', { ...nameOrderValues, ...relevanceValue })

export const people = {
  model: 'person',
  people: ['met'],
  searched: 'PERSON',
  orders: nameOrders('name', 'slug'),
  async where({ country, met, holding }, database) {
    const codes = country && someOf(country, 'country')
    const others = met && keysOf('Person', met, 'met')
    return all<Prisma.PersonWhereInput>(
      codes && {
        OR: [
          { positions: { some: officesOfCountries(codes) } },
          { participations: { some: { representingCode: { in: codes } } } },
        ],
      },
      others && {
        participations: { some: { meeting: { participations: { some: { personSlug: { in: others } } } } } },
        // Nobody meets themselves: of those who are named, only those who met another of them.
        OR: [{ slug: { notIn: others } }, { slug: { in: await metEachOther(database, others) } }],
      },
      holding && { positions: { some: positionsOf(holding) } },
    )
  },
} as const satisfies Listing<typeof PersonFilter.$inferInput, 'NAME' | 'NAME_DESCENDING'>

/** The person with a slug, or to whom it leads since another was merged into them. */
const knownAs = (slug: string): Prisma.PersonWhereInput => ({ OR: [{ slug }, { aliases: { some: { slug } } }] })

builder.queryFields((t) => ({
  person: t.field({
    type: Person,
    extensions: aStatement,
    nullable: true,
    description: 'The person with this slug, or null.',
    args: {
      slug: t.arg.string({ required: true, description: 'The slug, such as `s-jaishankar`; its id will do as well.' }),
    },
    resolve: (_root, { slug }, context, info) =>
      loadRecord('Person', knownAs(keyOrNone('Person', slug)), context, info),
  }),
  people: t.field({
    type: PersonConnection,
    extensions: aStatement,
    description: 'All people, by name.',
    args: {
      ...t.arg.connectionArgs(),
      filter: t.arg({ type: PersonFilter, description: 'Which of them; all unless told.' }),
      orderBy: t.arg({ type: PersonOrder, description: 'In which order.' }),
    },
    resolve: (_root, args, context, info) => listOf(people, args, context, info),
  }),
}))
