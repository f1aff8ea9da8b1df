import type { GraphQLResolveInfo } from 'graphql'
import { countLocated, type Located, locate, type Needle, needleOf, type Place } from '../evidence/locate.ts'
import { builder } from './builder.ts'
import { CitationConnection } from './citation.ts'
import type { Context } from './context.ts'
import { badUserInput, echo } from './errors.ts'
import { decodeCursor, Edge, type OrderColumn, type PageArgs, Window } from './lists/connection.ts'
import { aScan } from './lists/weight.ts'
import { selectionOf } from './loading/selection.ts'

/** Minimum number of letters and digits: the index cannot find shorter text. */
const MIN_LETTERS = 3

/** Maximum length of the text in characters: several pages. */
const MAX_LENGTH = 10_000

builder.queryField('locate', (t) =>
  t.field({
    type: CitationConnection,
    extensions: aScan,
    description:
      'Finds citations by words of their source, for example to check a quotation. It returns a citation if one of these is true:\n\n- The cited passage contains the given words. If the text of the source is not stored here, the excerpt must contain them.\n- The given words contain the whole excerpt, as a pasted paragraph does.\n- The given words overlap the cited passage in the text of the source.\n\nCase, accents, invisible characters, quotation marks, dashes and white space are ignored. Exact matches come first, then older sources. Within a source, citations are in reading order.',
    args: {
      text: t.arg.string({
        required: true,
        description: `Words to find. At least ${MIN_LETTERS} letters or digits, at most ${MAX_LENGTH} characters. Example: \`strong momentum\`.`,
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
      // A citation may have been deleted since it was located.
      return { ...connection, edges: connection.edges.filter(({ node }) => node) }
    },
  }),
)

function checked(text: string): Needle {
  if (text.length > MAX_LENGTH)
    throw badUserInput(`\`text\`: expected at most ${MAX_LENGTH} characters, got ${text.length}`)
  const needle = needleOf(text)
  const letters = needle.folded.match(/[\p{L}\p{N}]/gu)?.length ?? 0
  if (letters < MIN_LETTERS) {
    throw badUserInput(`\`text\`: expected at least ${MIN_LETTERS} letters or digits, got ${echo(text)}`)
  }
  return needle
}

/** The columns of a cursor, in the order of the list. */
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

/** The citations by ID, with the fields that the document selects, in one SQL statement. */
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
