import type { GraphQLResolveInfo } from 'graphql'
import { countLocated, type Located, locate, type Needle, needleOf, type Place } from '../evidence/locate.ts'
import { builder } from './builder.ts'
import { CitationConnection } from './citation.ts'
import type { Context } from './context.ts'
import { badUserInput } from './errors.ts'
import { decodeCursor, Edge, type OrderColumn, type PageArgs, Window } from './lists/connection.ts'
import { aStatement } from './lists/weight.ts'
import { selectionOf } from './loading/selection.ts'

/** Letters and digits of the shortest words that an index finds. */
const SHORTEST = 3

/** Characters of the longest text: some pages. */
const LONGEST = 10_000

builder.queryField('locate', (t) =>
  t.field({
    type: CitationConnection,
    extensions: aStatement,
    description:
      'Finds the facts that given words support, by their citations: those whose passage has the words, in the source’s text where that is held, else in its excerpts; those whose excerpt stands whole within longer words, such as a pasted paragraph; and, where the text is held, those whose passage the words run into. Case, accents, quotation marks, dashes and white space do not matter, but the very words come first; then come older sources, and each in reading order.',
    args: {
      text: t.arg.string({
        required: true,
        description: `The words: at least ${SHORTEST} letters or digits, a few pages at most.`,
      }),
      ...t.arg.connectionArgs(),
    },
    async resolve(_root, { text, ...args }, context, info) {
      const needle = checked(text)
      const window = new Window(args, context.selections)
      const hits = await locate(context.database, needle, {
        take: window.take,
        backward: window.backward,
        after: placeOf('after', args),
        before: placeOf('before', args),
      })
      const citations = await load(window.cut(hits), context, info)
      const edge = (hit: Located) =>
        new Edge(citations.get(hit.id) as never, () => columns.map(({ field }) => hit[field]))
      const connection = window.connection(hits, edge, () => countLocated(context.database, needle))
      // One that went since it was located is left out.
      return { ...connection, edges: connection.edges.filter(({ node }) => node) }
    },
  }),
)

function checked(text: string): Needle {
  if (text.length > LONGEST) throw badUserInput(`\`text\` has ${text.length} characters; expected at most ${LONGEST}`)
  const needle = needleOf(text)
  const letters = needle.folded.match(/[\p{L}\p{N}]/gu)?.length ?? 0
  if (letters < SHORTEST) {
    throw badUserInput(`\`text\` is ${JSON.stringify(text)}; expected words, of at least ${SHORTEST} letters or digits`)
  }
  return needle
}

/** What a cursor is made of, in the order of the list. */
const columns: readonly (OrderColumn & { readonly field: keyof Located })[] = [
  { field: 'nearness', type: 'integer' },
  { field: 'published' },
  { field: 'source' },
  { field: 'start', type: 'integer' },
  { field: 'end', type: 'integer' },
  { field: 'id' },
]

function placeOf(name: 'after' | 'before', args: PageArgs): Place | undefined {
  const cursor = args[name]
  return typeof cursor === 'string' ? (decodeCursor(name, cursor, columns) as Place) : undefined
}

/** The citations by id, with what the document asks of them, in one statement. */
async function load(
  hits: readonly Located[],
  context: Context,
  info: GraphQLResolveInfo,
): Promise<Map<string, object>> {
  if (hits.length === 0) return new Map()
  const { select } = await selectionOf(context, info, { select: { id: true } })
  const ids = hits.map(({ id }) => id)
  const rows = await context.database.prisma.citation.findMany({
    where: { id: { in: ids } },
    select: select as { id: true },
  })
  return new Map(rows.map((row) => [row.id, row]))
}
