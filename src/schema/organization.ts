import { builder } from './builder.ts'
import { byName } from './connection.ts'
import { connectionOf, listOf } from './connection-of.ts'
import { Country } from './country.ts'

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
      select: (_args, _context, nested) => ({
        members: { orderBy: { countryCode: 'asc' }, select: { country: nested() } },
      }),
      resolve: ({ members }) => members.map(({ country }) => country),
    }),
  }),
})

const OrganizationConnection = connectionOf(Organization, 'Organization', 'organizations')
const order = byName('name', 'slug')

builder.queryFields((t) => ({
  organization: t.prismaField({
    type: Organization,
    nullable: true,
    description: 'The organization with this slug, or null.',
    args: { slug: t.arg.string({ required: true, description: 'Its slug.' }) },
    resolve: (query, _root, { slug }, { database }) =>
      database.prisma.organization.findUnique({ ...query, where: { slug } }),
  }),
  organizations: t.field({
    type: OrganizationConnection,
    description: 'All organizations, by name.',
    args: t.arg.connectionArgs(),
    resolve: (_root, args, context, info) => listOf(context.database.prisma.organization, { order }, args, context, info),
  }),
}))
