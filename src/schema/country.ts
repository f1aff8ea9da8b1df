import { codesOf } from '../bundle/country-hint.ts'
import type { Database } from '../database/open.ts'
import type { Prisma } from '../generated/prisma/client.ts'
import { countriesInFacts } from '../relations/countries-in-facts.ts'
import { fold } from '../search/fold.ts'
import { builder } from './builder.ts'
import { badUserInput } from './errors.ts'
import { idDescription } from './ids/global-id.ts'
import { connectionOf, listOf } from './lists/connection-of.ts'
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
        'A name, a former name or a code: alpha-2, alpha-3, or of a state that no longer exists. Countries are also found by a part of a name in the database. Case and accents are ignored. Examples: `Burma`, `UK`, `IND`, `korea`. At most 100 characters.',
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

/** The codes of the countries that a text names, or whose names contain it. Throws BAD_USER_INPUT. */
async function countriesNamed({ prisma }: Database, search: string): Promise<string[]> {
  if (search.length > LONGEST) {
    throw badUserInput(`\`search\`: expected at most ${LONGEST} characters, got ${search.length}`)
  }
  const part = fold(search).trim()
  if (part === '') return []
  const recorded = await prisma.country.findMany({ select: { code: true, name: true, names: true } })
  const containing = recorded.filter(({ name, names }) => [name, ...names].some((one) => fold(one).includes(part)))
  return [...new Set([...codesOf(search), ...codesOf(search.toUpperCase()), ...containing.map(({ code }) => code)])]
}

const countries = {
  model: 'country',
  orders: nameOrders('name', 'code'),
  where: async ({ codes, search, inFacts }, database) =>
    all<Prisma.CountryWhereInput>(
      codes && { code: { in: someOf(codes, 'codes') } },
      isGiven(search) && { code: { in: await countriesNamed(database, search) } },
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
    resolve: (_root, { code }, context, info) => loadRecord('Country', { code }, context, info),
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
