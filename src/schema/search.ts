import type { GraphQLResolveInfo } from 'graphql'
import type { Selected } from '../database/read/select.ts'
import { Prisma } from '../generated/prisma/client.ts'
import { type SearchKind, searchKinds } from '../search/document.ts'
import { LONGEST, MOST_TERMS } from '../search/query.ts'
import { countFound, type Hit, search } from '../search/search.ts'
import { Agreement } from './agreement.ts'
import { builder } from './builder.ts'
import type { Context } from './context.ts'
import { decodeCursor, Edge, Window } from './lists/connection.ts'
import { isGiven, someOf } from './lists/filters.ts'
import { aStatement } from './lists/weight.ts'
import { asRecord, type LoadedType, recordAtKey } from './loading/load-records.ts'
import { Meeting } from './meeting.ts'
import { Organization } from './organization.ts'
import { Person } from './person.ts'
import { Source } from './source.ts'
import { Statement } from './statement.ts'
import { Topic } from './topic.ts'
import { Visit } from './visit.ts'

const SearchKindEnum = builder.enumType('SearchKind', {
  description: 'What kinds of records are searched.',
  values: {
    PERSON: { description: 'People, by all recorded names, also misspelt ones.' },
    MEETING: { description: 'Meetings, by title and place.' },
    VISIT: { description: 'Visits, by title, description and places.' },
    TOPIC: { description: 'Topics, by all labels, also misspelt ones.' },
    STATEMENT: { description: 'Statements, by their words.' },
    AGREEMENT: { description: 'Agreements, by title and description.' },
    ORGANIZATION: { description: 'Organizations, by all recorded names, also misspelt ones.' },
    SOURCE: { description: 'Sources, by title, and by their text where it is held.' },
  },
})

const types = {
  PERSON: 'Person',
  MEETING: 'Meeting',
  VISIT: 'Visit',
  TOPIC: 'Topic',
  STATEMENT: 'Statement',
  AGREEMENT: 'Agreement',
  ORGANIZATION: 'Organization',
  SOURCE: 'Source',
} as const satisfies Record<SearchKind, LoadedType>

const SearchResult = builder.unionType('SearchResult', {
  description: 'What a search finds.',
  types: [Person, Meeting, Visit, Topic, Statement, Agreement, Organization, Source],
})

const SearchHit = builder.objectRef<Hit & { node: never }>('SearchHit').implement({
  description: 'A record that a search found.',
  fields: (t) => ({
    node: t.expose('node', { type: SearchResult, description: 'The record.' }),
    excerpt: t.exposeString('excerpt', {
      description: 'Some of its words. HTML: escaped, with `<mark>` around what was found and no other markup.',
    }),
    score: t.exposeFloat('score', { description: 'How well it fits; to be compared within one search only.' }),
  }),
})

const SearchConnection = builder.connectionObject(
  { type: SearchHit, name: 'SearchConnection', description: 'A page of what a search found, best first.' },
  { name: 'SearchEdge', description: 'One of what a search found, with its cursor.' },
)

builder.queryField('search', (t) =>
  t.field({
    type: SearchConnection,
    extensions: aStatement,
    description:
      'Finds records by words, best first, in the manner of web searches: all words, "exact phrases", or, and -excluded ones: a minus excludes the word that it stands directly before. English words are found in all their forms; names in any recorded spelling, and misspelt.',
    args: {
      query: t.arg.string({
        required: true,
        description: `The words. Anything is safe; nothing finds nothing, and neither do words that are only excluded. Of a longer query only the first ${LONGEST} characters and ${MOST_TERMS} words and phrases count.`,
      }),
      kinds: t.arg({ type: [SearchKindEnum], description: 'Only these kinds of records.' }),
      first: t.arg.int({ description: 'How many records: 20 unless told, at most 100.' }),
      after: t.arg.string({ description: 'Only records after the one with this cursor.' }),
    },
    async resolve(_root, { query, kinds, first, after }, context, info) {
      const window = new Window({ first, after }, context.selections)
      const wanted = kinds ? someOf(kinds, 'kinds') : searchKinds
      const [score, kind, key] = isGiven(after) ? decodeCursor('after', after, [{ type: 'number' }, {}, {}]) : []
      const records = await recordsOf(wanted, context, info)
      const hits = await search(context.database, query, wanted, {
        take: window.take,
        after: isGiven(after) ? { score: score as number, kind: kind as SearchKind, key: key as string } : undefined,
        excerpts: context.selections.askFor('excerpt'),
        records: Object.fromEntries([...records].map(([kind, { json }]) => [kind, json])),
      })
      const edge = (hit: Hit) => {
        const node = asRecord(types[hit.kind], records.get(hit.kind) as Selected, hit.record)
        return new Edge({ ...hit, node }, () => [hit.score, hit.kind, hit.key])
      }
      return window.connection(hits, edge, () => countFound(context.database, query, wanted))
    },
  }),
)

const paths = [
  ['nodes', 'node'],
  ['edges', 'node', 'node'],
]

/** Of each kind, what the document asks of its records, as an expression of SQL. */
async function recordsOf(kinds: readonly SearchKind[], context: Context, info: GraphQLResolveInfo) {
  const records = new Map<SearchKind, Selected>()
  for (const kind of new Set(kinds)) {
    records.set(kind, await recordAtKey(types[kind], Prisma.raw('page.key'), paths, context, info))
  }
  return records
}
