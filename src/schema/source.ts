import type { Prisma } from '../generated/prisma/client.ts'
import { builder } from './builder.ts'
import { CitationConnection, citationsInReadingOrder } from './citation.ts'
import { connectionOf, listOf, nestedList } from './lists/connection-of.ts'
import { all, DateRange, keyOrNone, keysOf, lasting } from './lists/filters.ts'
import type { Listing } from './lists/listing.ts'
import { dateOrders, dateOrderValues, orderEnum, relevanceValue } from './lists/orders.ts'
import { aStatement, aText } from './lists/weight.ts'
import { loadRecord } from './loading/load-records.ts'
import { shownSpan, TimeSpan } from './time-span.ts'

export const Source = builder.prismaNode('Source', {
  id: { field: 'slug', description: 'The same for good, on every database.' },
  nullable: true,
  description: 'The document that facts come from.',
  select: { slug: true },
  fields: (t) => ({
    slug: t.exposeString('slug', { description: 'Its name in URLs and bundles, the same for good.' }),
    title: t.exposeString('title', { description: 'Its title; in square brackets where we supplied one.' }),
    publisher: t.relation('publisher', { nullable: true, description: 'Who published it.' }),
    url: t.expose('url', { type: 'URL', nullable: true, description: 'Where it can be read.' }),
    language: t.exposeString('language', { nullable: true, description: 'Its language, as a BCP 47 tag.' }),
    published: t.field({
      type: TimeSpan,
      description: 'When it was published.',
      select: shownSpan,
      resolve: (span) => span,
    }),
    license: t.exposeString('license', { nullable: true, description: 'Under which terms its text may be used.' }),
    note: t.exposeString('note', { nullable: true, description: 'What a reader must know about it.' }),
    sha256: t.exposeString('sha256', {
      description:
        'SHA-256 of its text (UTF-8, newlines as LF, nothing else changed), whether or not the text is held.',
    }),
    fullText: t.exposeString('text', {
      nullable: true,
      extensions: aText,
      description: 'Its text, where the operator may keep it.',
    }),
  }),
})

builder.prismaObjectFields(Source, (t) => ({
  citations: t.field({
    type: CitationConnection,
    description: 'What it is cited for, in reading order.',
    args: t.arg.connectionArgs(),
    ...nestedList(citationsInReadingOrder, {
      relation: 'citations',
      scope: (slug) => ({ sourceSlug: slug }),
    }),
  }),
}))

const SourceConnection = connectionOf(Source, 'Source', 'sources')

const SourceFilter = builder.inputType('SourceFilter', {
  description: 'Which sources. Several fields mean all of them.',
  fields: (t) => ({
    publisher: t.idList({ description: 'Published by any of these organizations: slugs or ids.' }),
    during: t.field({ type: DateRange, description: 'Published on one of these days.' }),
    search: t.string({ description: 'Words of the title, or of the text where it is held.' }),
  }),
})

const SourceOrder = orderEnum('SourceOrder', 'sources', { ...dateOrderValues, ...relevanceValue })

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

builder.queryFields((t) => ({
  source: t.field({
    type: Source,
    extensions: aStatement,
    nullable: true,
    description: 'The source with this slug, or null.',
    args: { slug: t.arg.string({ required: true, description: 'Its slug; its id will do as well.' }) },
    resolve: (_root, { slug }, context, info) =>
      loadRecord('Source', { slug: keyOrNone('Source', slug) }, context, info),
  }),
  sources: t.field({
    type: SourceConnection,
    extensions: aStatement,
    description: 'All sources, by date of publication.',
    args: {
      ...t.arg.connectionArgs(),
      filter: t.arg({ type: SourceFilter, description: 'Which of them; all unless told.' }),
      orderBy: t.arg({ type: SourceOrder, description: 'In which order.' }),
    },
    resolve: (_root, args, context, info) => listOf(sources, args, context, info),
  }),
}))
