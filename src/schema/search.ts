import type { GraphQLResolveInfo } from 'graphql'
import type { Selected } from '../database/read/select.ts'
import { Prisma } from '../generated/prisma/client.ts'
import { type SearchKind, searchKinds } from '../search/document.ts'
import { LONGEST, MOST_TERMS } from '../search/query.ts'
import { type Hit, search } from '../search/search.ts'
import { Agreement } from './agreement.ts'
import { builder } from './builder.ts'
import type { Context } from './context.ts'
import { decodeCursor, Edge, Window } from './lists/connection.ts'
import { totalIn } from './lists/connection-of.ts'
import { isGiven, someOf } from './lists/filters.ts'
import { aSurvey } from './lists/weight.ts'
import { asRecord, type LoadedType, recordAtKey } from './loading/load-records.ts'
import { Meeting } from './meeting.ts'
import { Organization } from './organization.ts'
import { Person } from './person.ts'
import { RelationEvent } from './relation-event.ts'
import { Source } from './source.ts'
import { Statement } from './statement.ts'
import { Topic } from './topic.ts'
import { Visit } from './visit.ts'

const SearchKindEnum = builder.enumType('SearchKind', {
  description: 'A type of record that can be searched.',
  values: {
    PERSON: {
      description:
        'People, searched by all recorded names, and by their offices with countries and years. Small spelling mistakes are allowed in names.',
    },
    MEETING: {
      description:
        'Meetings, searched by title, place, kind and year, and by their participants with offices and countries.',
    },
    VISIT: {
      description:
        'Visits, searched by title, description, places, kind, countries and years, and by their participants with offices.',
    },
    TOPIC: { description: 'Topics, searched by all labels. Small spelling mistakes are allowed.' },
    STATEMENT: { description: 'Statements, searched by their words.' },
    AGREEMENT: {
      description:
        'Agreements, searched by title and description, and by kind, parties and the status and year of their events.',
    },
    RELATION_EVENT: { description: 'Relation events, searched by title, description, kind, countries and year.' },
    ORGANIZATION: {
      description: 'Organizations, searched by all recorded names. Small spelling mistakes are allowed.',
    },
    SOURCE: { description: 'Sources, searched by title, and by their text if it is stored here.' },
  } satisfies Record<SearchKind, object>,
})

const results = {
  PERSON: Person,
  MEETING: Meeting,
  VISIT: Visit,
  TOPIC: Topic,
  STATEMENT: Statement,
  AGREEMENT: Agreement,
  RELATION_EVENT: RelationEvent,
  ORGANIZATION: Organization,
  SOURCE: Source,
} satisfies Record<SearchKind, object>
const typeOf = (kind: SearchKind) => results[kind].name as LoadedType

const SearchResult = builder.unionType('SearchResult', {
  description: 'A record that a search can find.',
  types: Object.values(results),
})

const SearchHit = builder.objectRef<Hit & { node: never }>('SearchHit').implement({
  description: 'A record found by a search, with an excerpt and a score.',
  fields: (t) => ({
    node: t.expose('node', { type: SearchResult, description: 'The record.' }),
    excerpt: t.exposeString('excerpt', {
      description:
        'Excerpt of the record as HTML. The words found are in `<mark>` elements; everything else is escaped.',
    }),
    score: t.exposeFloat('score', {
      description: 'Relevance of the record; higher is better. Scores can be compared only within one search.',
    }),
  }),
})

const SearchConnection = builder.connectionObject(
  { type: SearchHit, name: 'SearchConnection', description: 'A page of search results, the most relevant first.' },
  { name: 'SearchEdge', description: 'An edge in a page of search results: one result and its cursor.' },
)

builder.queryField('search', (t) =>
  t.field({
    type: SearchConnection,
    extensions: aSurvey,
    description:
      'Searches records by their words and returns the most relevant first. The syntax is that of web searches:\n\n- `trade minerals`: both words\n- `"strong momentum"`: an exact phrase\n- `trade or minerals`: at least one of the words\n- `trade -minerals`: the first word but not the second\n\nEnglish words are found in all their forms (`meet` finds `meetings`). Names are found in every recorded spelling, even with small spelling mistakes, and by other transliterations (`Gorbatschow`). A decade is written `1960s`. Signs separate words: `Kestrel-16` and `Kestrel 16` are the same query. Chinese, Japanese, Thai and Korean texts are found by any characters within them.\n\nIf fewer than five records have all words of a query without operators, records with most of the words follow. So a sentence can be a query: rare words count most. Sources come last, after the facts, people and organizations.',
    args: {
      query: t.arg.string({
        required: true,
        description: `Search words. Any text is accepted. An empty query, or one that only excludes words, returns nothing. Only the first ${LONGEST} characters and the first ${MOST_TERMS} words and phrases are used.`,
      }),
      kinds: t.arg({
        type: [SearchKindEnum],
        description: 'Types of records to search. Default: all types. An empty list is an error.',
      }),
      first: t.arg.int({ description: 'Number of results to return. Default 20, maximum 100.' }),
      after: t.arg.string({ description: 'Cursor of a search result. Only results after it are returned.' }),
    },
    async resolve(_root, { query, kinds, first, after }, context, info) {
      const window = new Window({ first, after }, context.selections)
      const wanted = kinds ? someOf(kinds, 'kinds') : searchKinds
      const [score, kind, key] = isGiven(after) ? decodeCursor('after', after, [{ type: 'number' }, {}, {}]) : []
      const total = () => context.loaders.found.load({ text: query, kinds: wanted })
      if (totalIn(context, info) === 'only')
        return window.connection([], () => new Edge(undefined as never, () => []), total)
      // Counted at the same time, so that the searches of a document share a statement.
      const counting = totalIn(context, info) === 'also' ? total() : undefined
      counting?.catch(() => {})
      const records = await recordsOf(wanted, context, info)
      const hits = await search(context.database, query, wanted, {
        take: window.take,
        after: isGiven(after) ? { score: score as number, kind: kind as SearchKind, key: key as string } : undefined,
        excerpts: context.selections.askFor('excerpt'),
        records: Object.fromEntries([...records].map(([kind, { json }]) => [kind, json])),
      })
      const edge = (hit: Hit) => {
        const node = asRecord(typeOf(hit.kind), records.get(hit.kind) as Selected, hit.record)
        return new Edge({ ...hit, node }, () => [hit.score, hit.kind, hit.key])
      }
      return window.connection(hits, edge, () => counting ?? total())
    },
  }),
)

const paths = [
  ['nodes', 'node'],
  ['edges', 'node', 'node'],
]

/** For each kind, the fields that the document selects from its records, as an SQL expression. */
async function recordsOf(kinds: readonly SearchKind[], context: Context, info: GraphQLResolveInfo) {
  const records = new Map<SearchKind, Selected>()
  for (const kind of new Set(kinds)) {
    records.set(kind, await recordAtKey(typeOf(kind), Prisma.raw('page.key'), paths, context, info))
  }
  return records
}
