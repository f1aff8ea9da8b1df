import type { Prisma } from '../generated/prisma/client.ts'
import { builder } from './builder.ts'
import { Cited, citations, note } from './cited.ts'
import { Country } from './country.ts'
import { connectionOf, listOf } from './lists/connection-of.ts'
import {
  all,
  betweenPairs,
  DateRange,
  eachOf,
  isGiven,
  keyOf,
  keyOrNone,
  keysOf,
  lasting,
  someOf,
  voicesOf,
} from './lists/filters.ts'
import type { Listing } from './lists/listing.ts'
import { dateOrders, dateOrderValues, orderEnum, relevanceValue } from './lists/orders.ts'
import { aStatement } from './lists/weight.ts'
import { loadRecord } from './loading/load-records.ts'
import { Speaker, speakerColumns, speakerOf } from './speaker.ts'
import { shownSpan, TimeSpan } from './time-span.ts'
import { Topic } from './topic.ts'
import { whenSettled } from './when-settled.ts'

export const Quotation = builder.enumType('Quotation', {
  description: 'Whose words a statement is in.',
  values: {
    DIRECT: { description: 'Quoted: the words of the speaker.' },
    MIXED: { description: 'A paraphrase with quoted fragments.' },
    REPORTED: { description: 'A paraphrase.' },
    OWN: { description: 'The source’s own assertion; its publisher is the speaker.' },
  },
})

/** All three lists of speakers read the same rows, so that a statement joins them once. */
const voices = { orderBy: [{ role: 'asc' }, { ordinal: 'asc' }] } as const

export const Statement = builder.prismaNode('Statement', {
  id: { field: 'slug', description: 'The same for good, on every database.' },
  nullable: true,
  description: 'What someone said, as a source tells it.',
  interfaces: [Cited],
  select: { slug: true },
  fields: (t) => {
    const speakers = (role: 'SPEAKER' | 'ADDRESSEE' | 'MENTION', description: string) =>
      t.field({
        type: [Speaker],
        description,
        select: (_args, _context, nested) =>
          whenSettled([speakerColumns(nested)], (columns) => ({
            voices: { ...voices, select: { role: true, ...columns } },
          })),
        resolve: ({ voices }) => voices.filter((voice) => voice.role === role).map(speakerOf),
      })
    return {
      citations: t.relation('citations', citations),
      note: t.exposeString('note', note),
      slug: t.exposeString('slug', { description: 'Its name in URLs and bundles, the same for good.' }),
      quotation: t.expose('quotation', { type: Quotation, description: 'Whose words `text` is in.' }),
      text: t.exposeString('text', { description: 'What was said: verbatim where `DIRECT`, otherwise in our words.' }),
      quoted: t.exposeStringList('quoted', { description: 'The words that the source puts between quotation marks.' }),
      speakers: speakers('SPEAKER', 'Who said it. Empty where the source names nobody: see `attribution`.'),
      attribution: t.exposeString('attribution', {
        nullable: true,
        description: 'The source’s words for who said it, where it names nobody.',
      }),
      addressees: speakers('ADDRESSEE', 'To whom it was said.'),
      mentions: speakers('MENTION', 'Who is mentioned.'),
      said: t.field({ type: TimeSpan, description: 'When.', select: shownSpan, resolve: (span) => span }),
      channel: t.exposeString('channel', { nullable: true, description: 'By what means, such as a post on X.' }),
      topics: t.field({
        type: [Topic],
        description: 'What it is about.',
        select: (_args, _context, nested) =>
          whenSettled([nested()], (topic) => ({
            topics: { where: { stated: true }, orderBy: { topicSlug: 'asc' }, select: { topic } },
          })),
        resolve: ({ topics }) => topics.map(({ topic }) => topic),
      }),
      countries: t.field({
        type: [Country],
        description:
          'The states that it is between: of its speakers and addressees, and those its source names as the subject.',
        select: (_args, _context, nested) =>
          whenSettled([nested()], (country) => ({
            countries: { orderBy: { countryCode: 'asc' }, select: { country } },
          })),
        resolve: ({ countries }) => countries.map(({ country }) => country),
      }),
      meeting: t.relation('meeting', { nullable: true, description: 'The meeting that it is about.' }),
      agreement: t.relation('agreement', { nullable: true, description: 'The agreement that it is about.' }),
    }
  },
})

export const StatementConnection = connectionOf(Statement, 'Statement', 'statements')

export const StatementFilter = builder.inputType('StatementFilter', {
  description:
    'Which statements. Several fields mean all of them; several entries in a list any of them, but for `between`.',
  fields: (t) => ({
    speakers: t.idList({ description: 'By any of these people or organizations: slugs or ids.' }),
    between: t.field({ type: ['CountryCode'], description: 'Between all of these states: see `Statement.countries`.' }),
    topics: t.idList({ description: 'About any of these topics, or their narrower ones: slugs or ids.' }),
    quotation: t.field({ type: [Quotation], description: 'In any of these forms.' }),
    during: t.field({ type: DateRange, description: 'Said on some of these days.' }),
    meeting: t.id({ description: 'About this meeting: slug or id.' }),
    agreement: t.id({ description: 'About this agreement: slug or id.' }),
    source: t.id({ description: 'That this source tells of: slug or id.' }),
    search: t.string({ description: 'Words of the statement.' }),
  }),
})

export const StatementOrder = orderEnum('StatementOrder', 'statements', { ...dateOrderValues, ...relevanceValue })

const betweenStates = (codes: string[]): Prisma.StatementWhereInput[] =>
  codes.length > 1 ? betweenPairs(codes) : [{ countries: { some: { countryCode: { in: codes } } } }]

export const statements = {
  model: 'statement',
  pairs: 'statementPair',
  people: ['speakers'],
  searched: 'STATEMENT',
  orders: dateOrders,
  where: ({ speakers, between, topics, quotation, during, meeting, agreement, source }) =>
    all<Prisma.StatementWhereInput>(
      speakers && { voices: { some: { role: 'SPEAKER', ...voicesOf(speakers, 'speakers') } } },
      between && { AND: betweenStates(eachOf(between)) },
      topics && { topics: { some: { topicSlug: { in: keysOf('Topic', topics, 'topics') } } } },
      quotation && { quotation: { in: someOf(quotation, 'quotation') } },
      during && lasting(during),
      isGiven(meeting) && { meetingSlug: keyOf('Meeting', meeting, 'meeting') },
      isGiven(agreement) && { agreementSlug: keyOf('Agreement', agreement, 'agreement') },
      isGiven(source) && { citations: { some: { sourceSlug: keyOf('Source', source, 'source') } } },
    ),
} as const satisfies Listing<typeof StatementFilter.$inferInput, keyof typeof dateOrders>

builder.queryFields((t) => ({
  statement: t.field({
    type: Statement,
    extensions: aStatement,
    nullable: true,
    description: 'The statement with this slug, or null.',
    args: { slug: t.arg.string({ required: true, description: 'Its slug; its id will do as well.' }) },
    resolve: (_root, { slug }, context, info) =>
      loadRecord('Statement', { slug: keyOrNone('Statement', slug) }, context, info),
  }),
  statements: t.field({
    type: StatementConnection,
    extensions: aStatement,
    description: 'All statements, by date.',
    args: {
      ...t.arg.connectionArgs(),
      filter: t.arg({ type: StatementFilter, description: 'Which of them; all unless told.' }),
      orderBy: t.arg({ type: StatementOrder, description: 'In which order.' }),
    },
    resolve: (_root, args, context, info) => listOf(statements, args, context, info),
  }),
}))
