import type { Prisma } from '../generated/prisma/client.ts'
import { countriesInFacts } from '../relations/countries-in-facts.ts'
import { builder } from './builder.ts'
import { connectionOf, listOf } from './lists/connection-of.ts'
import { all, isGiven, someOf } from './lists/filters.ts'
import type { Listing } from './lists/listing.ts'
import { nameOrders, nameOrderValues, orderEnum } from './lists/orders.ts'
import { aStatement } from './lists/weight.ts'
import { loadRecord } from './loading/load-records.ts'

export const Country = builder.prismaNode('Country', {
  id: { field: 'code', description: 'The same for good, on every database.' },
  nullable: true,
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

const CountryFilter = builder.inputType('CountryFilter', {
  description: 'Which countries. Several fields mean all of them.',
  fields: (t) => ({
    codes: t.field({ type: ['CountryCode'], description: 'With any of these codes.' }),
    inFacts: t.boolean({
      description:
        'True for those that some office, visit, meeting, statement or agreement is about; false for the others.',
    }),
  }),
})

const CountryOrder = orderEnum('CountryOrder', 'countries', nameOrderValues)

const countries = {
  model: 'country',
  orders: nameOrders('name', 'code'),
  where: async ({ codes, inFacts }, database) =>
    all<Prisma.CountryWhereInput>(
      codes && { code: { in: someOf(codes, 'codes') } },
      isGiven(inFacts) && { code: { [inFacts ? 'in' : 'notIn']: await countriesInFacts(database) } },
    ),
} as const satisfies Listing<typeof CountryFilter.$inferInput, 'NAME' | 'NAME_DESCENDING'>

builder.queryFields((t) => ({
  country: t.field({
    type: Country,
    extensions: aStatement,
    nullable: true,
    description: 'The country with this code, or null.',
    args: { code: t.arg({ type: 'CountryCode', required: true, description: 'Its ISO 3166 code.' }) },
    resolve: (_root, { code }, context, info) => loadRecord('Country', { code }, context, info),
  }),
  countries: t.field({
    type: CountryConnection,
    extensions: aStatement,
    description: 'All countries of ISO 3166, and those that the facts need besides, by name.',
    args: {
      ...t.arg.connectionArgs(),
      filter: t.arg({ type: CountryFilter, description: 'Which of them; all unless told.' }),
      orderBy: t.arg({ type: CountryOrder, description: 'In which order.' }),
    },
    resolve: (_root, args, context, info) => listOf(countries, args, context, info),
  }),
}))
