import type { GraphQLResolveInfo } from 'graphql'
import {
  LONGEST_QUOTATION,
  MOST_CHARACTERS,
  MOST_QUOTATIONS,
  type QuoteCheck,
  type QuoteGrade,
  type QuotePlace,
  QuotesRefused,
  verifyQuotes,
} from '../evidence/quotes/verify-quotes.ts'
import type { Difference } from '../evidence/quotes/wording.ts'
import { builder } from './builder.ts'
import { Citation } from './citation.ts'
import type { Context } from './context.ts'
import { badUserInput } from './errors.ts'
import { decodeGlobalId } from './ids/global-id.ts'
import { isGiven, keyOf } from './lists/filters.ts'
import { aDraft } from './lists/weight.ts'
import { loadRecords } from './loading/load-records.ts'
import { selectionOf } from './loading/selection.ts'
import { Source } from './source.ts'

const QuoteGradeEnum = builder.enumType('QuoteGrade', {
  description: 'How a quotation compares with the sources.',
  values: {
    EXACT: { description: 'A source has exactly these words.' },
    VARIANT: {
      description:
        'A source has these words with other marks, case, accents or spaces, or the quotation has an ellipsis that leaves nothing out.',
    },
    ALTERED: { description: 'A source has almost these words: some were changed, added or left out.' },
    STITCHED: { description: 'Parts from different places were joined, with or without an ellipsis.' },
    MISATTRIBUTED: {
      description:
        'A source has these words, but they are those of another speaker, of another source or of another day.',
    },
    PARAPHRASE_IN_QUOTES: {
      description: 'A source has these words, but as its own: it reports what somebody said, without quoting.',
    },
    NOT_FOUND: {
      description: 'No source has these words. The texts of all sources that may have them are stored here.',
    },
    TEXT_NOT_HELD: {
      description:
        'Not found, and not every text that may have these words is stored here: only excerpts of the others were compared.',
    },
  } satisfies Record<QuoteGrade, object>,
})

const WordChange = builder.enumType('WordChange', {
  description: 'What a quotation does with words of its source.',
  values: {
    SAME: { description: 'The quotation and the source have these words.' },
    ADDED: { description: 'Only the quotation has these words.' },
    LEFT_OUT: { description: 'Only the source has these words.' },
  } satisfies Record<Difference['change'], object>,
})

const WordDifference = builder.objectRef<Difference>('WordDifference').implement({
  description: 'Words that a quotation has in common with its source, adds to it or leaves out.',
  fields: (t) => ({
    change: t.expose('change', { type: WordChange, description: 'Who has the words.' }),
    words: t.exposeString('words', { description: 'The words, as the quotation or the source writes them.' }),
  }),
})

interface LoadedPlace extends QuotePlace {
  readonly sourceRecord: never
  readonly citationRecords: never[]
}

const QuotePlaceType = builder.objectRef<LoadedPlace>('QuotePlace').implement({
  description: 'A place in a source that has words of a quotation, or the nearest ones.',
  fields: (t) => ({
    source: t.field({
      type: Source,
      description: 'The document that has the words.',
      resolve: ({ sourceRecord }) => sourceRecord,
    }),
    start: t.exposeInt('start', {
      description:
        'Position of the first character in the text, counted in Unicode code points from 0. If the text is not stored, that of the cited passage.',
    }),
    end: t.exposeInt('end', {
      description: 'Position after the last character, counted in Unicode code points.',
    }),
    exact: t.exposeString('exact', { description: 'The words, as the source has them.' }),
    prefix: t.exposeString('prefix', { description: 'The characters directly before the words.' }),
    suffix: t.exposeString('suffix', { description: 'The characters directly after the words.' }),
    isQuoted: t.exposeBoolean('isQuoted', { description: 'Whether the source has the words in quotation marks.' }),
    reference: t.exposeString('reference', {
      description: 'The words as a footnote: publisher, title, date, quoted words and URL.',
    }),
    url: t.expose('url', {
      type: 'URL',
      nullable: true,
      description:
        'Address that opens the source at these words, in browsers that support text fragments. Null if the source has no URL.',
    }),
    citations: t.field({
      type: [Citation],
      extensions: { listSize: () => 3 },
      description: 'The citations of facts that overlap the words, the shortest first. At most 10.',
      resolve: ({ citationRecords }) => citationRecords,
    }),
  }),
})

const QuoteCheckType = builder
  .objectRef<Omit<QuoteCheck, 'places'> & { readonly places: LoadedPlace[] }>('QuoteCheck')
  .implement({
    description: 'How a quotation compares with the sources.',
    fields: (t) => ({
      text: t.exposeString('text', { description: 'The quotation, as given.' }),
      grade: t.expose('grade', { type: QuoteGradeEnum, description: 'The result of the comparison.' }),
      explanation: t.exposeString('explanation', { description: 'The reason for the grade, in a sentence.' }),
      places: t.field({
        type: [QuotePlaceType],
        extensions: { listSize: () => 2 },
        description:
          'Where sources have the words; the parts if they were joined; otherwise the nearest words, if there are any. At most 4.',
        resolve: ({ places }) => places,
      }),
      differences: t.field({
        type: [WordDifference],
        extensions: { listSize: () => 5 },
        description: 'The quotation word by word, if the grade is `ALTERED`. Empty otherwise.',
        resolve: ({ differences }) => differences,
      }),
    }),
  })

const QuoteInput = builder.inputType('QuoteInput', {
  description: 'A quotation to check, and where it is said to be from.',
  fields: (t) => ({
    text: t.string({
      required: true,
      description: `The quoted words, with or without quotation marks. At least 3 letters or digits, at most ${LONGEST_QUOTATION} characters. Example: \`strong momentum\`.`,
    }),
    speaker: t.string({
      description:
        'Slug, ID or name of the person or organization that is said to have said it. Without it, no quotation is `MISATTRIBUTED` to a speaker. Example: `S. Jaishankar`.',
    }),
    source: t.id({ description: 'Slug or ID of the source that is said to have it. Default: all sources.' }),
    on: t.field({ type: 'Date', description: 'Day on which it is said to have been said, as `YYYY-MM-DD`.' }),
  }),
})

builder.queryField('verifyQuotes', (t) =>
  t.field({
    type: [QuoteCheckType],
    extensions: {
      ...aDraft,
      listSize: ({ items }: Readonly<Record<string, unknown>>) => (Array.isArray(items) ? items.length : 1),
    },
    description: `Checks whether quotations are real: compares them with the stored texts of all sources, and with the cited excerpts of sources whose texts are not stored. Each gets a grade, the place in the source with a footnote, and the nearest words if the source does not have it. The results are in the order of the quotations. At most ${MOST_QUOTATIONS} quotations, with ${MOST_CHARACTERS} characters together.`,
    args: {
      items: t.arg({
        type: [QuoteInput],
        required: true,
        description: 'The quotations. Example: `[{ text: "strong momentum", speaker: "s-jaishankar" }]`.',
      }),
    },
    async resolve(_root, { items }, context, info) {
      try {
        const checks = await verifyQuotes(
          context.database,
          items.map(({ text, speaker, source, on }) => ({
            text,
            speaker: isGiven(speaker) ? slugIn(speaker) : undefined,
            source: isGiven(source) ? keyOf('Source', source, 'source') : undefined,
            on: on ?? undefined,
          })),
        )
        return await loaded(checks, context, info)
      } catch (error) {
        throw error instanceof QuotesRefused ? badUserInput(`\`items\`: ${error.message}`) : error
      }
    },
  }),
)

/** The slug in the ID of a person or an organization. Any other text is a slug or a name. */
function slugIn(speaker: string): string {
  const { typename, id } = decodeGlobalId(speaker)
  return id !== '' && (typename === 'Person' || typename === 'Organization') ? id : speaker
}

/** The checks with the fields that the document selects of their sources and citations. */
async function loaded(checks: readonly QuoteCheck[], context: Context, info: GraphQLResolveInfo) {
  const places = checks.flatMap((check) => check.places)
  const slugs = [...new Set(places.map(({ source }) => source))]
  const sources = await loadRecords('Source', slugs, [['places', 'source']], context, info)
  const ids = context.selections.askFor('citations') ? [...new Set(places.flatMap(({ citations }) => citations))] : []
  const citations = await loadCitations(ids, context, info)
  return checks.map((check) => ({
    ...check,
    places: check.places.map((place) => ({
      ...place,
      sourceRecord: sources.get(place.source) as never,
      citationRecords: place.citations.flatMap((id) => citations.get(id) ?? []) as never[],
    })),
  }))
}

async function loadCitations(ids: readonly string[], context: Context, info: GraphQLResolveInfo) {
  if (ids.length === 0) return new Map<string, object>()
  const { select } = await selectionOf(context, info, {
    typeName: 'Citation',
    paths: [['places', 'citations']],
    select: { id: true },
  })
  const rows = await context.database.prisma.citation.findMany({
    where: { id: { in: [...ids] } },
    select: select as { id: true },
  })
  return new Map(rows.map((row) => [row.id, row as object]))
}
