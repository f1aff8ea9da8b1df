import type { GraphQLResolveInfo } from 'graphql'
import { codesOf } from '../countries/names.ts'
import type { DataVersion } from '../database/data-version.ts'
import type { Database } from '../database/open.ts'
import type { Selected } from '../database/read/select.ts'
import { Prisma } from '../generated/prisma/client.ts'
import {
  type MatchingCountry,
  type Suggested,
  type SuggestedKind,
  suggest,
  suggestedKinds,
  typed,
} from '../search/suggest.ts'
import { builder } from './builder.ts'
import type { Context } from './context.ts'
import { Country } from './country.ts'
import { badUserInput } from './errors.ts'
import { pageSize } from './lists/connection.ts'
import { someOf } from './lists/filters.ts'
import { aTally } from './lists/weight.ts'
import { asRecord, type LoadedType, recordAtKey } from './loading/load-records.ts'
import { Organization } from './organization.ts'
import { Person } from './person.ts'
import { Topic } from './topic.ts'

const SuggestionKind = builder.enumType('SuggestionKind', {
  description: 'A type of record that can be suggested while a person types.',
  values: {
    PERSON: { description: 'People.' },
    COUNTRY: { description: 'Countries.' },
    ORGANIZATION: { description: 'Organizations.' },
    TOPIC: { description: 'Topics.' },
  } satisfies Record<SuggestedKind, object>,
})

const suggested = { PERSON: Person, COUNTRY: Country, ORGANIZATION: Organization, TOPIC: Topic } satisfies Record<SuggestedKind, object> // biome-ignore format: one line
const typeOf = (kind: SuggestedKind) => suggested[kind].name as LoadedType

const SuggestedRecord = builder.unionType('SuggestedRecord', {
  description: 'A record that can be suggested while a person types.',
  types: Object.values(suggested),
})

const Suggestion = builder.objectRef<Suggested & { node: never }>('Suggestion').implement({
  description: 'A record with a name that a text may be the start of.',
  fields: (t) => ({
    kind: t.expose('kind', { type: SuggestionKind, description: 'Type of the record.' }),
    node: t.expose('node', { type: SuggestedRecord, description: 'The record.' }),
    name: t.exposeString('name', {
      description: 'The recorded name that matches. It can differ from the preferred name of the record.',
    }),
  }),
})

/** Maximum length of a text. */
const LONGEST = 100

builder.queryField('suggest', (t) =>
  t.field({
    type: [Suggestion],
    extensions: aTally,
    description:
      'Suggests people, countries, organizations and topics while a person types: those with a recorded name of which a word starts with the text. Case, accents and signs are ignored, and other scripts are compared by their Latin transliteration. Names that start with the text come first, then names of which a later word does, and in each group the records with the most facts. A code of a country also finds it. Use `search` for words that are misspelt.',
    args: {
      text: t.arg.string({
        required: true,
        description: `The start of a name or of a word in it. 1 to ${LONGEST} characters. Example: \`jaish\`.`,
      }),
      first: t.arg.int({ defaultValue: 8, description: 'Number of suggestions to return. Default 8, maximum 100.' }),
      kinds: t.arg({
        type: [SuggestionKind],
        description: 'Types of records to suggest. Default: all types. An empty list is an error.',
      }),
    },
    resolve: async (_root, { text, first, kinds }, context, info) => {
      if (text.length === 0 || text.length > LONGEST) {
        throw badUserInput(`\`text\`: expected 1 to ${LONGEST} characters, got ${text.length}`)
      }
      const size = pageSize('first', first ?? 8)
      const wanted = kinds ? someOf(kinds, 'kinds') : suggestedKinds
      const start = typed(text)
      if (start === '') return []
      const countries = wanted.includes('COUNTRY') ? await countriesMatching(context.database, text) : []
      const records = await recordsOf(wanted, context, info)
      const json = new Map([...records].map(([kind, { json }]) => [kind, json]))
      const found = await suggest(context.database, start, wanted, countries, size, json)
      return found.map((one) => ({
        ...one,
        node: asRecord(typeOf(one.kind), records.get(one.kind) as Selected, one.record),
      }))
    },
  }),
)

async function recordsOf(kinds: readonly SuggestedKind[], context: Context, info: GraphQLResolveInfo) {
  const records = new Map<SuggestedKind, Selected>()
  for (const kind of new Set(kinds)) {
    records.set(kind, await recordAtKey(typeOf(kind), Prisma.raw('page.key'), [['node']], context, info))
  }
  return records
}

/** A name of a country, as it is recorded and as it is compared. */
interface Name {
  readonly code: string
  readonly name: string
  readonly compared: string
}

/** The names of all countries by version of the data, so that they are not read for each letter that a person types. */
const namesByVersion = new WeakMap<DataVersion, readonly Name[]>()

async function countryNames(database: Database): Promise<readonly Name[]> {
  const version = database.dataVersion()
  const known = version && namesByVersion.get(version)
  if (known) return known
  const rows = await database.prisma.country.findMany({ select: { code: true, name: true, names: true } })
  const names = rows.flatMap(({ code, name, names }) =>
    [name, ...names].map((one) => ({ code, name: one, compared: typed(one) })),
  )
  if (version) namesByVersion.set(version, names)
  return names
}

/** The countries with a name that matches, and those of which the text is a code or another name. */
async function countriesMatching(database: Database, text: string): Promise<MatchingCountry[]> {
  const start = typed(text)
  const codes = new Set([...codesOf(text), ...codesOf(text.toUpperCase())])
  const found = new Map<string, MatchingCountry>()
  // The preferred name of a country is the first one.
  for (const { code, name, compared } of await countryNames(database)) {
    const isWhole = compared.startsWith(start)
    const known = found.get(code)
    const matches = isWhole || codes.has(code) || compared.includes(` ${start}`)
    if (matches && (!known || (isWhole && !known.isWhole)))
      found.set(code, { code, name, isWhole: isWhole || codes.has(code) })
  }
  return [...found.values()]
}
