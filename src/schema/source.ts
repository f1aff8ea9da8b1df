import type { GraphQLResolveInfo } from 'graphql'
import { type Density, densityOf } from '../evidence/density.ts'
import { type Imported, readLatestSources } from '../evidence/latest-sources.ts'
import { Prisma } from '../generated/prisma/client.ts'
import { builder } from './builder.ts'
import { CitationConnection, CitationFilter, citationsInReadingOrder } from './citation.ts'
import type { Context } from './context.ts'
import { Edition } from './edition.ts'
import { badUserInput } from './errors.ts'
import { idDescription } from './ids/global-id.ts'
import { decodeCursor, Edge, type PageArgs, Window } from './lists/connection.ts'
import { connectionOf, listOf, nestedList } from './lists/connection-of.ts'
import { all, conditionsOn, DateRange, isGiven, keyOrNone, keysOf, lasting } from './lists/filters.ts'
import type { Listing } from './lists/listing.ts'
import { dateOrders, dateOrderValues, orderEnum, relevanceValue } from './lists/orders.ts'
import { aStatement, aText } from './lists/weight.ts'
import { asRecord, loadRecord, recordAtKey } from './loading/load-records.ts'
import { shownSpan, TimeSpan } from './time-span.ts'

export const Source = builder.prismaNode('Source', {
  id: { field: 'slug', description: idDescription },
  nullable: true,
  description: 'A document that facts are taken from, such as a news article or a data set.',
  select: { slug: true },
  fields: (t) => ({
    slug: t.exposeString('slug', {
      description: 'Stable identifier for URLs and bundles. It never changes. Example: `daijiworld-2026-02-05`.',
    }),
    title: t.exposeString('title', {
      description: 'Title of the document. Square brackets mark a title that the editors supplied.',
    }),
    publisher: t.relation('publisher', {
      nullable: true,
      description: 'The organization that published it. Null if not recorded.',
    }),
    url: t.expose('url', {
      type: 'URL',
      nullable: true,
      description: 'Address at which the document can be read. Null if there is none.',
    }),
    language: t.exposeString('language', {
      nullable: true,
      description: 'Language of the document, as a BCP 47 tag. Example: `en`.',
    }),
    published: t.field({
      type: TimeSpan,
      description: 'Date of publication.',
      select: shownSpan,
      resolve: (span) => span,
    }),
    license: t.exposeString('license', {
      nullable: true,
      description: 'Terms under which the text may be used. Null if not recorded.',
    }),
    note: t.exposeString('note', {
      nullable: true,
      description: 'Remark by the editors about this document. Null if there is none.',
    }),
    sha256: t.exposeString('sha256', {
      description:
        'SHA-256 of the text as 64 hexadecimal digits. The text is encoded as UTF-8 with LF line ends, otherwise unchanged. It is given even if the text is not stored here.',
    }),
    importedAt: t.field({
      type: 'DateTime',
      nullable: true,
      extensions: aStatement,
      description: 'When the present text of the source was imported for the first time. Null if it is not recorded.',
      select: { slug: true },
      resolve: async ({ slug }, _args, { loaders }) =>
        (await loaders.editions.load(slug)).find(({ isPresent }) => isPresent)?.importedAt ?? null,
    }),
    editions: t.field({
      type: [Edition],
      extensions: aStatement,
      description: 'The texts that the source has or had, the present one first, then the latest import first.',
      select: { slug: true },
      resolve: ({ slug }, _args, { loaders }) => loaders.editions.load(slug),
    }),
    fullText: t.exposeString('text', {
      nullable: true,
      extensions: aText,
      description:
        'Full text of the document. Null if it is not stored here, for example because its license does not allow it.',
    }),
  }),
})

/** Maximum number of parts of `density`: more than a screen has room for. */
const MOST_PARTS = 1_000

const CitedPart = builder.objectRef<Density>('CitedPart').implement({
  description: 'A part of the text of a source, and how many citations it has.',
  fields: (t) => ({
    start: t.exposeInt('start', {
      description: 'Position of the first character of the part, counted in Unicode code points from 0.',
    }),
    end: t.exposeInt('end', { description: 'Position after the last character of the part.' }),
    citations: t.exposeInt('citations', { description: 'Number of citations whose passages start in the part.' }),
  }),
})

builder.prismaObjectFields(Source, (t) => ({
  citations: t.field({
    type: CitationConnection,
    description: 'Citations of this document, in reading order.',
    args: {
      ...t.arg.connectionArgs(),
      filter: t.arg({ type: CitationFilter, description: 'Conditions that the citations must meet. Default: none.' }),
    },
    ...nestedList(citationsInReadingOrder, {
      relation: 'citations',
      scope: (slug) => ({ sourceSlug: slug }),
    }),
  }),
  density: t.field({
    type: [CitedPart],
    extensions: aStatement,
    description:
      'How many citations each part of the present text has. All parts have the same length. If the text is not stored here, the last one ends with the last citation.',
    args: {
      parts: t.arg.int({
        required: true,
        description: `Number of parts, at most ${MOST_PARTS}. A shorter text has one part for each character.`,
      }),
    },
    select: { slug: true },
    resolve: ({ slug }, { parts }, { database }) => {
      if (parts >= 1 && parts <= MOST_PARTS) return densityOf(database, slug, parts)
      throw badUserInput(`\`parts\`: expected 1 to ${MOST_PARTS}, got ${parts}`)
    },
  }),
}))

const SourceConnection = connectionOf(Source, 'Source', 'sources')

const SourceFilter = builder.inputType('SourceFilter', {
  description: conditionsOn('sources'),
  fields: (t) => ({
    publisher: t.idList({
      description: 'Slugs or IDs of organizations. One of them published the source. Example: `["daijiworld"]`.',
    }),
    during: t.field({ type: DateRange, description: 'The source was published in this range of days.' }),
    search: t.string({
      description: 'Words in the title, or in the text if it is stored here. The syntax is that of `Query.search`.',
    }),
  }),
})

const SourceOrder = orderEnum('SourceOrder', 'sources', {
  ...dateOrderValues,
  LATEST_IMPORT_FIRST: {
    description: 'By `importedAt`, the latest first. It is not available with a filter.',
  },
  ...relevanceValue,
})

const sources = {
  model: 'source',
  searched: 'SOURCE',
  orders: dateOrders,
  where: ({ publisher, during }) =>
    all<Prisma.SourceWhereInput>(
      publisher && { publisherSlug: { in: keysOf('Organization', publisher, 'publisher') } },
      during && lasting(during),
    ),
} as const satisfies Listing<typeof SourceFilter.$inferInput, keyof typeof dateOrders>

const PLACE = [{ type: 'number' }, {}] as const

function placeOf(name: 'after' | 'before', cursor: string | null | undefined): Imported | undefined {
  if (typeof cursor !== 'string') return undefined
  const [at, slug] = decodeCursor(name, cursor, PLACE)
  return { at, slug } as Imported
}

/** The latest imports. Prisma cannot sort by a column of an edition, and hand-written SQL has no filters. */
async function latestSources(
  { filter, ...page }: PageArgs & { filter?: object | null | undefined },
  context: Context,
  info: GraphQLResolveInfo,
) {
  if (Object.values(filter ?? {}).some(isGiven)) {
    throw badUserInput(
      '`orderBy`: LATEST_IMPORT_FIRST is not available with a filter; leave `filter` out, or use another order',
    )
  }
  const { database, selections } = context
  const window = new Window(page, selections)
  const source = await recordAtKey('Source', Prisma.raw('page.slug'), [['nodes'], ['edges', 'node']], context, info)
  const rows = await readLatestSources(database, {
    take: window.take,
    after: placeOf('after', page.after),
    before: placeOf('before', page.before),
    backward: window.backward,
    record: source.json,
  })
  const edge = ({ at, slug, record }: (typeof rows)[number]) =>
    new Edge(asRecord('Source', source, record), () => [at, slug])
  return window.connection(rows, edge, () => database.prisma.source.count())
}

builder.queryFields((t) => ({
  source: t.field({
    type: Source,
    extensions: aStatement,
    nullable: true,
    description: 'Returns the source with this slug. Null if there is none.',
    args: {
      slug: t.arg.string({
        required: true,
        description: 'Slug or ID of the source. Example: `daijiworld-2026-02-05`.',
      }),
    },
    resolve: (_root, { slug }, context, info) =>
      loadRecord('Source', { slug: keyOrNone('Source', slug) }, context, info),
  }),
  sources: t.field({
    type: SourceConnection,
    extensions: aStatement,
    description: 'Lists sources, by default the oldest publication first.',
    args: {
      ...t.arg.connectionArgs(),
      filter: t.arg({ type: SourceFilter, description: 'Conditions that the sources must meet. Default: none.' }),
      orderBy: t.arg({ type: SourceOrder, description: 'Sort order. Default `OLDEST_FIRST`.' }),
    },
    resolve: (_root, { orderBy, ...args }, context, info) =>
      orderBy === 'LATEST_IMPORT_FIRST'
        ? latestSources(args, context, info)
        : listOf(sources, { ...args, orderBy }, context, info),
  }),
}))
