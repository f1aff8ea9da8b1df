import type { Prisma } from '../generated/prisma/client.ts'
import { metEachOther } from '../relations/counterparts.ts'
import { builder } from './builder.ts'
import { idDescription } from './ids/global-id.ts'
import { byDateInPrisma } from './lists/connection.ts'
import { connectionOf, listOf, nestedList } from './lists/connection-of.ts'
import {
  all,
  conditionsOn,
  DateMatch,
  keyOrNone,
  keysOf,
  OfficeFilter,
  officesOfCountries,
  positionsOf,
  someOf,
} from './lists/filters.ts'
import type { Listing } from './lists/listing.ts'
import { nameOrders, nameOrderValues, orderEnum, relevanceValue } from './lists/orders.ts'
import { aStatement } from './lists/weight.ts'
import { loadRecord } from './loading/load-records.ts'
import { MeetingConnection, MeetingFilter, MeetingOrder, meetings } from './meeting.ts'
import { heldOn, Position } from './position.ts'
import { StatementConnection, StatementFilter, StatementOrder, statements } from './statement.ts'
import { TimeSpan, writtenSpan } from './time-span.ts'
import { VisitConnection, VisitFilter, VisitOrder, visits } from './visit.ts'

export const Person = builder.prismaNode('Person', {
  id: { field: 'slug', description: idDescription },
  nullable: true,
  description: 'A person, with all names that the sources use.',
  select: { slug: true },
  fields: (t) => ({
    slug: t.exposeString('slug', {
      description: 'Stable identifier for URLs and bundles. It never changes. Example: `s-jaishankar`.',
    }),
    name: t.exposeString('name', { description: 'Preferred name. Example: `S. Jaishankar`.' }),
    names: t.stringList({
      description: 'All names that the sources use, the preferred one first.',
      select: { name: true, names: true },
      resolve: ({ name, names }) => [name, ...names],
    }),
    wikidataId: t.exposeString('wikidataId', {
      nullable: true,
      description: 'Identifier of the person in Wikidata, for example `Q42`. Null if not recorded.',
    }),
    born: t.field({
      type: TimeSpan,
      nullable: true,
      description: 'When the person was born. Often only a year. Null if not recorded.',
      select: { born: true },
      resolve: ({ born }) => (born === null ? null : writtenSpan(born)),
    }),
    died: t.field({
      type: TimeSpan,
      nullable: true,
      description:
        'When the person died. Often only a year. Null if not recorded, which does not mean that the person is alive.',
      select: { died: true },
      resolve: ({ died }) => (died === null ? null : writtenSpan(died)),
    }),
    positions: t.relation('positions', {
      type: Position,
      description: 'Offices that the person held, the earliest first, or the latest first if `on` is given.',
      args: {
        on: t.arg({
          type: 'Date',
          description:
            'Day as `YYYY-MM-DD`. Only offices that the person held or may have held on this day are returned: `Position.heldOn` is not `NO`.',
        }),
        match: t.arg({
          type: DateMatch,
          description:
            'How certain it must be that the office was held on the day `on`: with `CERTAIN`, `Position.heldOn` is `CERTAIN`. Default `POSSIBLE`. It is an error without `on`.',
        }),
      },
      query: ({ on, match }) => {
        const held = heldOn({ on, match })
        return { ...(held && { where: held }), orderBy: byDateInPrisma('slug', Boolean(on)) }
      },
    }),
  }),
})

builder.prismaObjectFields(Person, (t) => ({
  meetings: t.field({
    type: MeetingConnection,
    description: 'Meetings in which the person took part.',
    args: {
      ...t.arg.connectionArgs(),
      filter: t.arg({ type: MeetingFilter, description: 'Conditions that the meetings must meet. Default: none.' }),
      orderBy: t.arg({ type: MeetingOrder, description: 'Sort order. Default `OLDEST_FIRST`.' }),
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
    description: 'Visits in which the person took part.',
    args: {
      ...t.arg.connectionArgs(),
      filter: t.arg({ type: VisitFilter, description: 'Conditions that the visits must meet. Default: none.' }),
      orderBy: t.arg({ type: VisitOrder, description: 'Sort order. Default `OLDEST_FIRST`.' }),
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
    description: 'Statements by the person, alone or with others.',
    args: {
      ...t.arg.connectionArgs(),
      filter: t.arg({ type: StatementFilter, description: 'Conditions that the statements must meet. Default: none.' }),
      orderBy: t.arg({ type: StatementOrder, description: 'Sort order. Default `OLDEST_FIRST`.' }),
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

const PersonFilter = builder.inputType('PersonFilter', {
  description: conditionsOn('people'),
  fields: (t) => ({
    search: t.string({
      description:
        'Words of a name, in any recorded spelling, or of an office with its country and years. Small spelling mistakes are allowed in names. The syntax is that of `Query.search`.',
    }),
    country: t.field({
      type: ['CountryCode'],
      description:
        'Country codes. The person held an office of one of these states or represented it at a meeting or on a visit. Example: `["IN"]`.',
    }),
    met: t.idList({
      description: 'Slugs or IDs of other people. The person met one of them. Example: `["marco-rubio"]`.',
    }),
    holding: t.field({ type: OfficeFilter, description: 'The person held this office at some time.' }),
  }),
})

const PersonOrder = orderEnum('PersonOrder', 'people', { ...nameOrderValues, ...relevanceValue })

/** People whom no fact names since a newer edition can be read by their slugs, but are in no list. */
const LISTED = { isGone: false }

const people = {
  model: 'person',
  always: LISTED,
  people: ['met'],
  searched: 'PERSON',
  orders: nameOrders('name', 'slug'),
  async where({ country, met, holding }, database) {
    const codes = country && someOf(country, 'country')
    const others = met && keysOf('Person', met, 'met')
    return all<Prisma.PersonWhereInput>(
      LISTED,
      codes && {
        OR: [
          { positions: { some: officesOfCountries(codes) } },
          { participations: { some: { representingCode: { in: codes } } } },
        ],
      },
      others && {
        participations: { some: { meeting: { participations: { some: { personSlug: { in: others } } } } } },
        // A person in the list matches only if they met somebody else in the list.
        OR: [{ slug: { notIn: others } }, { slug: { in: await metEachOther(database, others) } }],
      },
      holding && { positions: { some: positionsOf(holding) } },
    )
  },
} as const satisfies Listing<typeof PersonFilter.$inferInput, 'NAME' | 'NAME_DESCENDING'>

/** The person with this slug, or the person that the former owner of the slug was merged into. */
const knownAs = (slug: string): Prisma.PersonWhereInput => ({ OR: [{ slug }, { aliases: { some: { slug } } }] })

builder.queryFields((t) => ({
  person: t.field({
    type: Person,
    extensions: aStatement,
    nullable: true,
    description:
      'Returns the person with this slug. Null if there is none. The slug of a person who was merged into another returns the other.',
    args: {
      slug: t.arg.string({ required: true, description: 'Slug or ID of the person. Example: `s-jaishankar`.' }),
    },
    resolve: (_root, { slug }, context, info) =>
      loadRecord('Person', knownAs(keyOrNone('Person', slug)), context, info),
  }),
  people: t.field({
    type: PersonConnection,
    extensions: aStatement,
    description: 'Lists people, by default sorted by name.',
    args: {
      ...t.arg.connectionArgs(),
      filter: t.arg({ type: PersonFilter, description: 'Conditions that the people must meet. Default: none.' }),
      orderBy: t.arg({ type: PersonOrder, description: 'Sort order. Default `NAME`.' }),
    },
    resolve: (_root, args, context, info) => listOf(people, args, context, info),
  }),
}))
