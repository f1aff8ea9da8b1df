import { quotedWords, verifyQuotation } from '../evidence/quotation.ts'
import type { Prisma } from '../generated/prisma/client.ts'
import { builder } from './builder.ts'
import { citationOrder, citations, contradictedBy, Verification } from './citation.ts'
import { Cited, note, withdrawn } from './cited.ts'
import { Country } from './country.ts'
import { Entry } from './entry.ts'
import { idDescription } from './ids/global-id.ts'
import { connectionOf, listOf } from './lists/connection-of.ts'
import {
  all,
  betweenPairs,
  conditionsOn,
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
import { aComparison, aStatement } from './lists/weight.ts'
import { loadRecord } from './loading/load-records.ts'
import { whenSettled } from './loading/when-settled.ts'
import { Speaker, speakerColumns, speakerOf } from './speaker.ts'
import { shownSpan, TimeSpan } from './time-span.ts'
import { Topic } from './topic.ts'

const Quotation = builder.enumType('Quotation', {
  description: 'How a statement reports the speaker’s words.',
  values: {
    DIRECT: { description: 'The words of the speaker, quoted word for word.' },
    MIXED: { description: 'A paraphrase that contains quoted words of the speaker.' },
    REPORTED: { description: 'A paraphrase without quoted words.' },
    OWN: { description: 'An assertion by the source itself. Its publisher is the speaker.' },
  },
})

/** The three lists of speakers read the same rows, so the SQL joins them only once. */
const voices = { orderBy: [{ role: 'asc' }, { ordinal: 'asc' }] } as const

/** Maximum number of characters of a text in a title. */
const LONGEST_TITLE = 80

interface Titled {
  quotation: string
  text: string
  attribution: string | null
  voices: { role: string; person: { name: string } | null; organization: { name: string } | null }[]
}

function titleOf({ quotation, text, attribution, voices }: Titled): string {
  const speakers = voices.flatMap(({ role, person, organization }) =>
    role === 'SPEAKER' ? ((person ?? organization)?.name ?? []) : [],
  )
  const [beginning = ''] = new RegExp(`^.{1,${LONGEST_TITLE}}(?=\\s|$)`, 'su').exec(text) ?? [
    [...text].slice(0, LONGEST_TITLE).join(''),
  ]
  const shown = beginning === text ? text : `${beginning}…`
  return `${speakers.join(', ') || attribution}: ${quotation === 'DIRECT' ? `“${shown}”` : shown}`
}

export const Statement = builder.prismaNode('Statement', {
  id: { field: 'slug', description: idDescription },
  nullable: true,
  description: 'Something that a person or an organization said, as reported by a source.',
  interfaces: [Cited, Entry],
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
      citations: t.field(citations),
      contradictedBy: t.field(contradictedBy),
      note: t.exposeString('note', note),
      withdrawn: t.field(withdrawn),
      slug: t.exposeString('slug', {
        description: 'Stable identifier for URLs and bundles. It never changes. Example: `jaishankar-strong-momentum`.',
      }),
      title: t.string({
        description:
          'Who said it, and how it begins. Example: `S. Jaishankar: The meeting was constructive.` A direct quotation is in quotation marks.',
        select: {
          quotation: true,
          text: true,
          attribution: true,
          voices: {
            ...voices,
            select: { role: true, person: { select: { name: true } }, organization: { select: { name: true } } },
          },
        },
        resolve: titleOf,
      }),
      quotation: t.expose('quotation', {
        type: Quotation,
        description: 'Whether `text` is a quotation, a paraphrase or an assertion by the source.',
      }),
      text: t.exposeString('text', {
        description: 'What was said. Verbatim if `quotation` is `DIRECT`; otherwise in the words of the editors.',
      }),
      quoted: t.exposeStringList('quoted', {
        description: 'The words that the source puts in quotation marks. Example: `["strong momentum"]`.',
      }),
      quotationVerification: t.field({
        type: Verification,
        extensions: aComparison,
        nullable: true,
        description:
          'Whether the cited passages have the quoted words: those in `quoted`, and `text` if `quotation` is `DIRECT`. `TEXT_NOT_HELD` if this cannot be checked. Null if nothing is quoted.',
        select: {
          quotation: true,
          text: true,
          quoted: true,
          citations: {
            orderBy: citationOrder,
            select: { stance: true, sourceSlug: true, edition: true, start: true, end: true },
          },
        },
        resolve: async ({ citations: all, ...statement }, _args, { loaders }) => {
          const words = quotedWords(statement)
          if (words.length === 0) return null
          const cited = all.filter(({ stance }) => stance === 'SUPPORTS')
          const texts = await Promise.all(cited.map((citation) => loaders.sourceTexts.load(citation)))
          return verifyQuotation(
            words,
            cited.map((citation, i) => ({ ...citation, text: texts[i] })),
          )
        },
      }),
      speakers: speakers(
        'SPEAKER',
        'The people and organizations who said it. Empty if the source names nobody; then see `attribution`.',
      ),
      attribution: t.exposeString('attribution', {
        nullable: true,
        description:
          'How the source describes the speaker if it names nobody. Example: `Officials from both sides`. Null if not recorded.',
      }),
      addressees: speakers('ADDRESSEE', 'The people and organizations to whom it was said.'),
      mentions: speakers('MENTION', 'The people and organizations that the statement mentions.'),
      said: t.field({
        type: TimeSpan,
        description: 'Date on which it was said.',
        select: shownSpan,
        resolve: (span) => span,
      }),
      when: t.field({
        type: TimeSpan,
        description: 'Date on which it was said, the same as `said`.',
        select: shownSpan,
        resolve: (span) => span,
      }),
      channel: t.exposeString('channel', {
        nullable: true,
        description: 'Medium through which it was said. Example: `post on X`. Null if the source names none.',
      }),
      topics: t.field({
        type: [Topic],
        description: 'What the statement is about.',
        select: (_args, _context, nested) =>
          whenSettled([nested()], (topic) => ({
            topics: { where: { stated: true }, orderBy: { topicSlug: 'asc' }, select: { topic } },
          })),
        resolve: ({ topics }) => topics.map(({ topic }) => topic),
      }),
      countries: t.field({
        type: [Country],
        description:
          'The states that the statement is “between”: the states of its speakers and addressees, and the states that it is about.',
        select: (_args, _context, nested) =>
          whenSettled([nested()], (country) => ({
            countries: { orderBy: { countryCode: 'asc' }, select: { country } },
          })),
        resolve: ({ countries }) => countries.map(({ country }) => country),
      }),
      meeting: t.relation('meeting', {
        nullable: true,
        description: 'The meeting that the statement is about. Null if there is none.',
      }),
      agreement: t.relation('agreement', {
        nullable: true,
        description: 'The agreement that the statement is about. Null if there is none.',
      }),
    }
  },
})

export const StatementConnection = connectionOf(Statement, 'Statement', 'statements')

export const StatementFilter = builder.inputType('StatementFilter', {
  description: conditionsOn('statements', { between: true }),
  fields: (t) => ({
    speakers: t.idList({
      description: 'Slugs or IDs of people or organizations. One of them is a speaker. Example: `["s-jaishankar"]`.',
    }),
    between: t.field({
      type: ['CountryCode'],
      description: 'Country codes, maximum 10. `Statement.countries` has all of these states. Example: `["IN", "US"]`.',
    }),
    topics: t.idList({
      description:
        'Slugs or IDs of topics. The statement is about one of them or about a narrower topic. Example: `["trade"]`.',
    }),
    quotation: t.field({ type: [Quotation], description: 'Forms of quotation. Example: `[DIRECT, MIXED]`.' }),
    during: t.field({ type: DateRange, description: 'It was said in this range of days.' }),
    meeting: t.id({ description: 'Slug or ID of the meeting that the statement is about.' }),
    agreement: t.id({ description: 'Slug or ID of the agreement that the statement is about.' }),
    source: t.id({ description: 'Slug or ID of a source that reports the statement.' }),
    search: t.string({ description: 'Words in the statement. The syntax is that of `Query.search`.' }),
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
    description: 'Returns the statement with this slug. Null if there is none.',
    args: {
      slug: t.arg.string({
        required: true,
        description: 'Slug or ID of the statement. Example: `jaishankar-strong-momentum`.',
      }),
    },
    resolve: (_root, { slug }, context, info) =>
      loadRecord('Statement', { slug: keyOrNone('Statement', slug) }, context, info),
  }),
  statements: t.field({
    type: StatementConnection,
    extensions: aStatement,
    description: 'Lists statements, by default the oldest first.',
    args: {
      ...t.arg.connectionArgs(),
      filter: t.arg({ type: StatementFilter, description: 'Conditions that the statements must meet. Default: none.' }),
      orderBy: t.arg({ type: StatementOrder, description: 'Sort order. Default `OLDEST_FIRST`.' }),
    },
    resolve: (_root, args, context, info) => listOf(statements, args, context, info),
  }),
}))
