import type { Database } from '../database/open.ts'
import type { Prisma } from '../generated/prisma/client.ts'
import { countriesInFacts } from '../relations/countries-in-facts.ts'
import { builder } from './builder.ts'
import { badUserInput } from './errors.ts'
import { idDescription } from './ids/global-id.ts'
import { connectionOf, listOf } from './lists/connection-of.ts'
import { codeOf, countriesNamed } from './lists/country-names.ts'
import { all, conditionsOn, isGiven, someOf } from './lists/filters.ts'
import type { Listing } from './lists/listing.ts'
import { nameOrders, nameOrderValues, orderEnum } from './lists/orders.ts'
import { aStatement } from './lists/weight.ts'
import { loadRecord } from './loading/load-records.ts'

export const Country = builder.prismaNode('Country', {
  id: { field: 'code', description: idDescription },
  nullable: true,
  description: 'A state that exists or existed.',
  select: { code: true },
  fields: (t) => ({
    code: t.expose('code', { type: 'CountryCode', description: 'Country code. Example: `IN`.' }),
    name: t.exposeString('name', { description: 'Preferred name in English. Example: `India`.' }),
    names: t.stringList({
      description: 'All names that the sources use, the preferred one first.',
      select: { name: true, names: true },
      resolve: ({ name, names }) => [name, ...names],
    }),
  }),
})

const CountryConnection = connectionOf(Country, 'Country', 'countries')

const CountryFilter = builder.inputType('CountryFilter', {
  description: conditionsOn('countries'),
  fields: (t) => ({
    codes: t.field({ type: ['CountryCode'], description: 'Country codes. Example: `["IN", "US"]`.' }),
    search: t.string({
      description:
        'A name, a former name or a code: alpha-2, alpha-3, or of a state that no longer exists. If no country has this name or code, those are found in whose names a word starts with the text. Case and accents are ignored. Examples: `Burma`, `UK`, `IND`, `korea`. At most 100 characters.',
    }),
    inFacts: t.boolean({
      description:
        'True: only countries that occur in an office, a visit, a meeting, a statement, an agreement or a relation event. False: only countries that do not.',
    }),
  }),
})

const CountryOrder = orderEnum('CountryOrder', 'countries', nameOrderValues)

/** Maximum length of a text that is compared with names of countries. */
const LONGEST = 100

async function countriesFound(database: Database, search: string): Promise<string[]> {
  if (search.length > LONGEST) {
    throw badUserInput(`\`search\`: expected at most ${LONGEST} characters, got ${search.length}`)
  }
  return await countriesNamed(database, search)
}

const countries = {
  model: 'country',
  orders: nameOrders('name', 'code'),
  where: async ({ codes, search, inFacts }, database) =>
    all<Prisma.CountryWhereInput>(
      codes && { code: { in: someOf(codes, 'codes') } },
      isGiven(search) && { code: { in: await countriesFound(database, search) } },
      isGiven(inFacts) && { code: { [inFacts ? 'in' : 'notIn']: await countriesInFacts(database) } },
    ),
} as const satisfies Listing<typeof CountryFilter.$inferInput, 'NAME' | 'NAME_DESCENDING'>

builder.queryFields((t) => ({
  country: t.field({
    type: Country,
    extensions: aStatement,
    nullable: true,
    description: 'Returns the country with this code. Null if there is none.',
    args: { code: t.arg({ type: 'CountryCode', required: true, description: 'Country code. Example: `IN`.' }) },
    resolve: async (_root, { code: name }, context, info) => {
      const code = await codeOf('code', name, context.database)
      return await loadRecord('Country', { code }, context, info)
    },
  }),
  countries: t.field({
    type: CountryConnection,
    extensions: aStatement,
    description:
      'Lists countries, by default sorted by name. The list has all countries of ISO 3166 and the others that occur in facts.',
    args: {
      ...t.arg.connectionArgs(),
      filter: t.arg({ type: CountryFilter, description: 'Conditions that the countries must meet. Default: none.' }),
      orderBy: t.arg({ type: CountryOrder, description: 'Sort order. Default `NAME`.' }),
    },
    resolve: (_root, args, context, info) => listOf(countries, args, context, info),
  }),
}))
