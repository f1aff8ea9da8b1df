import type { Prisma } from '../generated/prisma/client.ts'
import { builder } from './builder.ts'
import { Country } from './country.ts'
import { connectionOf, listOf } from './lists/connection-of.ts'
import { all, keyOrNone, someOf } from './lists/filters.ts'
import type { Listing } from './lists/listing.ts'
import { nameOrders, nameOrderValues, orderEnum, relevanceValue } from './lists/orders.ts'
import { aStatement } from './lists/weight.ts'
import { loadRecord } from './loading/load-records.ts'
import { whenSettled } from './when-settled.ts'

export const OrganizationKind = builder.enumType('OrganizationKind', {
  description: 'What an organization is.',
  values: {
    MINISTRY: { description: 'A ministry or department of a government.' },
    ALLIANCE: { description: 'A group of states.' },
    PUBLISHER: { description: 'It publishes sources.' },
    PLATFORM: { description: 'A place where people publish themselves.' },
    OTHER: { description: 'None of these.' },
  },
})

export const Organization = builder.prismaNode('Organization', {
  id: { field: 'slug', description: 'The same for good, on every database.' },
  nullable: true,
  description: 'A ministry, an alliance, a publisher, a platform.',
  select: { slug: true },
  fields: (t) => ({
    slug: t.exposeString('slug', { description: 'Its name in URLs and bundles, the same for good.' }),
    name: t.exposeString('name', { description: 'Its preferred name.' }),
    names: t.stringList({
      description: 'All recorded names, the preferred one first.',
      select: { name: true, names: true },
      resolve: ({ name, names }) => [name, ...names],
    }),
    kind: t.expose('kind', { type: OrganizationKind, description: 'What it is.' }),
    country: t.relation('country', { nullable: true, description: 'The state that it is of, where a source says so.' }),
    members: t.field({
      type: [Country],
      description: 'The states that are its members, as far as sources say.',
      select: (_args, _context, nested) =>
        whenSettled([nested()], (country) => ({ members: { orderBy: { countryCode: 'asc' }, select: { country } } })),
      resolve: ({ members }) => members.map(({ country }) => country),
    }),
  }),
})

const OrganizationConnection = connectionOf(Organization, 'Organization', 'organizations')

const OrganizationFilter = builder.inputType('OrganizationFilter', {
  description: 'Which organizations. Several fields mean all of them.',
  fields: (t) => ({
    kinds: t.field({ type: [OrganizationKind], description: 'Of any of these kinds.' }),
    country: t.field({ type: ['CountryCode'], description: 'Of any of these states.' }),
    member: t.field({ type: ['CountryCode'], description: 'Of which any of these states is a member.' }),
    search: t.string({ description: 'Words of a name, or nearly.' }),
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
    description: 'The organization with this slug, or null.',
    args: { slug: t.arg.string({ required: true, description: 'Its slug; its id will do as well.' }) },
    resolve: (_root, { slug }, context, info) =>
      loadRecord('Organization', { slug: keyOrNone('Organization', slug) }, context, info),
  }),
  organizations: t.field({
    type: OrganizationConnection,
    extensions: aStatement,
    description: 'All organizations, by name.',
    args: {
      ...t.arg.connectionArgs(),
      filter: t.arg({ type: OrganizationFilter, description: 'Which of them; all unless told.' }),
      orderBy: t.arg({ type: OrganizationOrder, description: 'In which order.' }),
    },
    resolve: (_root, args, context, info) => listOf(organizations, args, context, info),
  }),
}))
