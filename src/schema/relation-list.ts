import type { GraphQLResolveInfo } from 'graphql'
import { Prisma } from '../generated/prisma/client.ts'
import { countRelations, type Ranked, readRelations } from '../relations/pairs.ts'
import { builder } from './builder.ts'
import type { Context } from './context.ts'
import { decodeCursor, Edge, type PageArgs, Window } from './lists/connection.ts'
import { connectionOf } from './lists/connection-of.ts'
import { aSurvey } from './lists/weight.ts'
import { asRecord, recordAtKey } from './loading/load-records.ts'
import { Relation } from './relation.ts'

const RelationConnection = connectionOf(Relation, 'Relation', 'relations')

builder.queryField('relations', (t) =>
  t.field({
    type: RelationConnection,
    extensions: aSurvey,
    description:
      'Lists the relations of countries that share facts. Those with the most visits, meetings, statements, agreements and relation events come first.',
    args: t.arg.connectionArgs(),
    resolve: (_root, args, context, info) => relations(args, context, info),
  }),
)

const PLACE = [{ type: 'integer' }, {}, {}] as const

function placeOf(name: 'after' | 'before', cursor: string | null | undefined): Ranked | undefined {
  if (typeof cursor !== 'string') return undefined
  const [count, one, two] = decodeCursor(name, cursor, PLACE)
  return { count, one, two } as Ranked
}

async function relations(page: PageArgs, context: Context, info: GraphQLResolveInfo) {
  const { database, selections } = context
  const window = new Window(page, selections)
  const country = (column: 'one' | 'two') =>
    recordAtKey('Country', Prisma.raw(`page.${column}`), [['nodes', 'countries'], ['edges', 'node', 'countries']], context, info) // biome-ignore format: one line
  // Read in the same statement, as a list of relations without their names is of little use.
  const selected = selections.askFor('countries') ? ([await country('one'), await country('two')] as const) : undefined
  const rows = await readRelations(database, {
    take: window.take,
    after: placeOf('after', page.after),
    before: placeOf('before', page.before),
    backward: window.backward,
    records: selected && [selected[0].json, selected[1].json],
  })
  const edge = ({ one, two, count, records }: (typeof rows)[number]) => {
    const countries = selected && records && ([asRecord('Country', selected[0], records[0]), asRecord('Country', selected[1], records[1])] as const) // biome-ignore format: one line
    return new Edge({ between: [one, two] as const, countries: countries ?? undefined }, () => [count, one, two])
  }
  return window.connection(rows, edge, () => countRelations(database))
}
