import type { GraphQLResolveInfo } from 'graphql'
import type { Database } from '../../database/open.ts'
import { type Rank, ranksFound } from '../../search/search.ts'
import type { Context } from '../context.ts'
import { badUserInput } from '../errors.ts'
import { selectionOf } from '../loading/selection.ts'
import { decodeCursor, Edge, Window } from './connection.ts'
import { expectKnown } from './known-names.ts'
import {
  fewEnough,
  type ListArgs,
  type Listing,
  MAX_FOUND,
  modelOf,
  ofKeys,
  type Searching,
  unsearched,
} from './listing.ts'

/** The position of a record among the results of a search. */
type Place = Pick<Rank, 'score' | 'key'>
const PLACE = [{ type: 'number' }, {}] as const

/** Most relevant first, then by key. This agrees with the order of the database, because keys are ASCII. */
const comparePlaces = (a: Place, b: Place) => b.score - a.score || (a.key < b.key ? -1 : Number(a.key > b.key))

function placeOf(name: 'after' | 'before', cursor: string | null | undefined): Place | undefined {
  if (typeof cursor !== 'string') return undefined
  const [score, key] = decodeCursor(name, cursor, PLACE)
  return { score: score as number, key: key as string }
}

/** The positions of the records that the search finds and that meet all other conditions, the most relevant first. */
async function placesFound<Filter, OrderName extends string>(
  listing: Listing<Filter, OrderName>,
  filter: Filter | null | undefined,
  database: Database,
  scope: object | undefined,
): Promise<Place[]> {
  const { model, searched } = listing
  const { search, ...others } = (filter ?? {}) as Searching
  if (!searched || typeof search !== 'string')
    throw badUserInput('`orderBy`: RELEVANCE needs a search; add `search` to `filter`, or use another order')
  const [rest, ranks] = await Promise.all([
    unsearched(listing, filter as Filter, database),
    ranksFound(database, search, searched, MAX_FOUND + 1),
  ])
  const places = fewEnough(ranks)
  if (!scope && Object.values(others).every((other) => other === null || other === undefined)) return places
  const rows = await modelOf(database.prisma, model).findMany({
    where: { AND: [scope ?? {}, rest, ofKeys(places.map(({ key }) => key))] },
    select: { slug: true },
  })
  const keys = new Set(rows.map((row) => (row as { slug: string }).slug))
  return places.filter(({ key }) => keys.has(key))
}

/** Resolves a root list by relevance. Prisma cannot sort by a score, so the order is computed here. */
export async function listByRelevance<Filter, OrderName extends string>(
  listing: Listing<Filter, OrderName>,
  args: ListArgs<Filter, OrderName>,
  context: Context,
  info: GraphQLResolveInfo,
  scope: object | undefined,
) {
  const window = new Window(args, context.selections)
  const [after, before] = [placeOf('after', args.after), placeOf('before', args.before)]
  const places = await placesFound(listing, args.filter, context.database, scope)
  await expectKnown(args.filter as object, places.length === 0, context)
  const within = places.filter(
    (place) => (!after || comparePlaces(place, after) > 0) && (!before || comparePlaces(place, before) < 0),
  )
  const read = (window.backward ? within.toReversed() : within).slice(0, window.take)
  const { select } = await selectionOf(context, info, { select: { slug: true } })
  const rows = await modelOf(context.database.prisma, listing.model).findMany({
    where: ofKeys(window.cut(read).map(({ key }) => key)),
    select,
  })
  const records = new Map(rows.map((row) => [(row as { slug: string }).slug, row as never]))
  const edge = ({ score, key }: Place) => new Edge(records.get(key) as never, () => [score, key])
  const { edges, ...connection } = window.connection(read, edge, async () => places.length)
  // A record may have been deleted since it was found.
  return { ...connection, edges: edges.filter(({ node }) => node !== undefined) }
}
