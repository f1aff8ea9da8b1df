import type { Prisma } from '../generated/prisma/client.ts'
import { builder } from './builder.ts'
import { Country } from './country.ts'
import { idDescription } from './ids/global-id.ts'
import { connectionOf, listOf } from './lists/connection-of.ts'
import { all, conditionsOn, keyOrNone, someOf } from './lists/filters.ts'
import type { Listing } from './lists/listing.ts'
import { nameOrders, nameOrderValues, orderEnum, relevanceValue } from './lists/orders.ts'
import { aStatement } from './lists/weight.ts'
import { loadRecord } from './loading/load-records.ts'
import { whenSettled } from './loading/when-settled.ts'
import { MeetingConnection, MeetingFilter, MeetingOrder, meetings } from './meeting.ts'
import { VisitConnection, VisitFilter, VisitOrder, visits } from './visit.ts'

const OrganizationKind = builder.enumType('OrganizationKind', {
  description: 'Type of an organization.',
  values: {
    MINISTRY: { description: 'A ministry or department of a government.' },
    ALLIANCE: { description: 'A group of states, such as the Quad.' },
    PUBLISHER: { description: 'A publisher of sources, such as a newspaper.' },
    PLATFORM: { description: 'A platform on which people publish their own statements, such as X.' },
    OTHER: { description: 'Any other organization.' },
  },
})

export const Organization = builder.prismaNode('Organization', {
  id: { field: 'slug', description: idDescription },
  nullable: true,
  description: 'An organization: a ministry, an alliance of states, a publisher or a platform.',
  select: { slug: true },
  fields: (t) => ({
    slug: t.exposeString('slug', {
      description: 'Stable identifier for URLs and bundles. It never changes. Example: `us-department-of-state`.',
    }),
    name: t.exposeString('name', { description: 'Preferred name. Example: `US State Department`.' }),
    names: t.stringList({
      description: 'All names that the sources use, the preferred one first.',
      select: { name: true, names: true },
      resolve: ({ name, names }) => [name, ...names],
    }),
    kind: t.expose('kind', { type: OrganizationKind, description: 'Type of the organization.' }),
    country: t.relation('country', {
      nullable: true,
      description: 'The state to which it belongs. Null if no source names one.',
    }),
    members: t.field({
      type: [Country],
      description: 'Member states that the sources name, sorted by code.',
      select: (_args, _context, nested) =>
        whenSettled([nested()], (country) => ({ members: { orderBy: { countryCode: 'asc' }, select: { country } } })),
      resolve: ({ members }) => members.map(({ country }) => country),
    }),
  }),
})

builder.prismaObjectFields(Organization, (t) => ({
  meetings: t.field({
    type: MeetingConnection,
    extensions: aStatement,
    description: 'Meetings in which the organization took part itself, or at which somebody represented it.',
    args: {
      ...t.arg.connectionArgs(),
      filter: t.arg({ type: MeetingFilter, description: 'Conditions that the meetings must meet. Default: none.' }),
      orderBy: t.arg({ type: MeetingOrder, description: 'Sort order. Default `OLDEST_FIRST`.' }),
    },
    select: { slug: true },
    resolve: ({ slug }, args, context, info) => listOf(meetings, args, context, info, { scope: presenceOf(slug) }),
  }),
  visits: t.field({
    type: VisitConnection,
    extensions: aStatement,
    description: 'Visits in which the organization took part itself, or on which somebody represented it.',
    args: {
      ...t.arg.connectionArgs(),
      filter: t.arg({ type: VisitFilter, description: 'Conditions that the visits must meet. Default: none.' }),
      orderBy: t.arg({ type: VisitOrder, description: 'Sort order. Default `OLDEST_FIRST`.' }),
    },
    select: { slug: true },
    resolve: ({ slug }, args, context, info) => listOf(visits, args, context, info, { scope: presenceOf(slug) }),
  }),
}))

/** The meetings or visits where an organization took part or was represented. */
const presenceOf = (slug: string) => ({
  participations: { some: { OR: [{ organizationSlug: slug }, { representingOrganizationSlug: slug }] } },
})

const OrganizationConnection = connectionOf(Organization, 'Organization', 'organizations')

const OrganizationFilter = builder.inputType('OrganizationFilter', {
  description: conditionsOn('organizations'),
  fields: (t) => ({
    kinds: t.field({ type: [OrganizationKind], description: 'Types of organizations. Example: `[MINISTRY]`.' }),
    country: t.field({
      type: ['CountryCode'],
      description: 'Country codes. The organization belongs to one of these states. Example: `["US"]`.',
    }),
    member: t.field({
      type: ['CountryCode'],
      description: 'Country codes. One of these states is a member of the organization. Example: `["IN"]`.',
    }),
    search: t.string({
      description: 'Words of a name. Small spelling mistakes are allowed. The syntax is that of `Query.search`.',
    }),
  }),
})

const OrganizationOrder = orderEnum('OrganizationOrder', 'organizations', { ...nameOrderValues, ...relevanceValue })

const organizations = {
  model: 'organization',
  searched: 'ORGANIZATION',
  orders: nameOrders('name', 'slug'),
  where: ({ kinds, country, member }) =>
    all<Prisma.OrganizationWhereInput>(
      kinds && { kind: { in: someOf(kinds, 'kinds') } },
      country && { countryCode: { in: someOf(country, 'country') } },
      member && { members: { some: { countryCode: { in: someOf(member, 'member') } } } },
    ),
} as const satisfies Listing<typeof OrganizationFilter.$inferInput, 'NAME' | 'NAME_DESCENDING'>

builder.queryFields((t) => ({
  organization: t.field({
    type: Organization,
    extensions: aStatement,
    nullable: true,
    description: 'Returns the organization with this slug. Null if there is none.',
    args: {
      slug: t.arg.string({
        required: true,
        description: 'Slug or ID of the organization. Example: `us-department-of-state`.',
      }),
    },
    resolve: (_root, { slug }, context, info) =>
      loadRecord('Organization', { slug: keyOrNone('Organization', slug) }, context, info),
  }),
  organizations: t.field({
    type: OrganizationConnection,
    extensions: aStatement,
    description: 'Lists organizations, by default sorted by name.',
    args: {
      ...t.arg.connectionArgs(),
      filter: t.arg({
        type: OrganizationFilter,
        description: 'Conditions that the organizations must meet. Default: none.',
      }),
      orderBy: t.arg({ type: OrganizationOrder, description: 'Sort order. Default `NAME`.' }),
    },
    resolve: (_root, args, context, info) => listOf(organizations, args, context, info),
  }),
}))
