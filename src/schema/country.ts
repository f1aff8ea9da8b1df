import { builder } from './builder.ts'
import { byName } from './connection.ts'
import { connectionOf, listOf } from './connection-of.ts'

export const Country = builder.prismaNode('Country', {
  id: { field: 'code', description: 'The same for good, on every database.' },
  description: 'A state, present or past.',
  select: { code: true },
  fields: (t) => ({
    code: t.expose('code', { type: 'CountryCode', description: 'Its ISO 3166 code.' }),
    name: t.exposeString('name', { description: 'Its preferred name, in English.' }),
    names: t.stringList({
      description: 'All recorded names, the preferred one first.',
      select: { name: true, names: true },
      resolve: ({ name, names }) => [name, ...names],
    }),
  }),
})

const CountryConnection = connectionOf(Country, 'Country', 'countries')
const order = byName('name', 'code')

builder.queryFields((t) => ({
  country: t.prismaField({
    type: Country,
    nullable: true,
    description: 'The country with this code, or null.',
    args: { code: t.arg({ type: 'CountryCode', required: true, description: 'Its ISO 3166 code.' }) },
    resolve: (query, _root, { code }, { database }) => database.prisma.country.findUnique({ ...query, where: { code } }),
  }),
  countries: t.field({
    type: CountryConnection,
    description: 'All countries of ISO 3166, and those that the facts need besides, by name.',
    args: t.arg.connectionArgs(),
    resolve: (_root, args, context, info) => listOf(context.database.prisma.country, { order }, args, context, info),
  }),
}))
