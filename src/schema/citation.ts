import { reference, textFragmentUrl } from '../evidence/reference.ts'
import { verify } from '../evidence/verify.ts'
import type { Prisma } from '../generated/prisma/client.ts'
import { builder } from './builder.ts'
import { Cited } from './cited.ts'
import type { Context } from './context.ts'
import { Edition } from './edition.ts'
import { branded } from './ids/branded.ts'
import { idDescription, type NodeType } from './ids/global-id.ts'
import { inReadingOrder } from './lists/connection.ts'
import { connectionOf } from './lists/connection-of.ts'
import { isGiven } from './lists/filters.ts'
import type { Listing } from './lists/listing.ts'
import { aComparison, aStatement } from './lists/weight.ts'
import { merged } from './loading/merged.ts'
import { selectionOf } from './loading/selection.ts'
import type { EditionRow } from './loading/source-texts.ts'
import { whenSettled } from './loading/when-settled.ts'
import { Withdrawal } from './withdrawal.ts'

export const Verification = builder.enumType('Verification', {
  description: 'Result of comparing a citation with the text of its source.',
  values: {
    VERIFIED: { description: 'The text has the cited words at the cited place.' },
    MISMATCH: { description: 'The text does not have the cited words at the cited place.' },
    TEXT_NOT_HELD: { description: 'Not checked, because the text of the source is not stored here.' },
  },
})

const Stance = builder.enumType('Stance', {
  description: 'What a passage of a source says about a fact.',
  values: {
    SUPPORTS: { description: 'It supports the fact.' },
    CONTRADICTS: { description: 'It contradicts the fact.' },
  },
})

/** The type of the fact behind each relation of a citation, except its source. People in `participation` are shown as `Participation`. */
const facts = {
  position: 'Position',
  attestation: 'Attestation',
  visit: 'Visit',
  participation: 'Attendee',
  meeting: 'Meeting',
  statement: 'Statement',
  agreement: 'Agreement',
  agreementEvent: 'AgreementEvent',
  relationEvent: 'RelationEvent',
} as const satisfies Record<Exclude<keyof Prisma.$CitationPayload['objects'], 'source'>, NodeType>

export const Citation = builder.prismaNode('Citation', {
  id: { field: 'id', description: idDescription },
  nullable: true,
  description: 'The exact passage of a source that supports or contradicts one fact.',
  select: { id: true },
  fields: (t) => ({
    fact: t.field({
      type: Cited,
      description: 'The fact that the passage supports or contradicts.',
      select: (_args, _context, nested) =>
        whenSettled(
          ['Participation', ...Object.values(facts)].map((type) => nested(true, [], type)),
          (person, ...selections) => {
            const own = Object.fromEntries(Object.keys(facts).map((relation, i) => [relation, selections[i]]))
            return { ...own, participation: merged(own['participation'] as never, person as never) } as never
          },
        ),
      resolve: (citation: Record<string, unknown>) => {
        const person = (citation['participation'] as { personSlug: string | null } | null)?.personSlug
        const own = Object.entries(facts).map(([relation, type]) => [type, citation[relation]])
        return branded(person ? { Participation: citation['participation'] } : Object.fromEntries(own))
      },
    }),
    stance: t.expose('stance', {
      type: Stance,
      description: 'Whether the passage supports the fact or contradicts it.',
    }),
    supports: t.exposeStringList('supports', {
      description:
        'Names of the fields of the fact that the passage supports or contradicts. Empty if it is about the fact as a whole. Example: `["when", "place"]`.',
    }),
    source: t.relation('source', { description: 'The document that is cited.' }),
    edition: t.field({
      type: Edition,
      description: 'The text of the document that has the passage.',
      select: { sourceSlug: true, edition: true },
      resolve: async ({ sourceSlug, edition }, _args, { loaders }) =>
        (await loaders.editions.load(sourceSlug)).find(({ sha256, isPresent }) =>
          edition === null ? isPresent : sha256 === edition,
        ) as EditionRow,
    }),
    start: t.exposeInt('start', {
      description: 'Position of the first character of the passage in the text, counted in Unicode code points from 0.',
    }),
    end: t.exposeInt('end', {
      description: 'Position after the last character of the passage, counted in Unicode code points.',
    }),
    exact: t.exposeString('exact', {
      description:
        'The words of the passage from `start` to `end`. If the license does not allow storing them, a shorter excerpt.',
    }),
    prefix: t.exposeString('prefix', {
      nullable: true,
      description: 'The words directly before `exact`. Null if not recorded.',
    }),
    suffix: t.exposeString('suffix', {
      nullable: true,
      description: 'The words directly after `exact`. Null if not recorded.',
    }),
    verification: t.field({
      type: Verification,
      extensions: aComparison,
      description: 'Whether the text of the source has these words at this place. It is checked on each request.',
      select: {
        sourceSlug: true,
        edition: true,
        start: true,
        end: true,
        exact: true,
        prefix: true,
        suffix: true,
      },
      resolve: async (citation, _args, { loaders }) => verify(citation, await loaders.sourceTexts.load(citation)),
    }),
    url: t.field({
      type: 'URL',
      nullable: true,
      description:
        'Address that opens the source at these words, in browsers that support text fragments. Null if the source has no URL.',
      select: { exact: true, prefix: true, suffix: true, source: { select: { url: true } } },
      resolve: ({ source, ...words }) => source.url && textFragmentUrl(source.url, words),
    }),
    reference: t.string({
      description: 'The citation as a footnote: publisher, title, date, quoted words and URL.',
      select: {
        exact: true,
        source: { select: { title: true, url: true, edtf: true, publisher: { select: { name: true } } } },
      },
      resolve: ({ exact, source }) =>
        reference({
          exact,
          title: source.title,
          url: source.url,
          published: source.edtf,
          publisher: source.publisher?.name,
        }),
    }),
  }),
})

export const CitationConnection = connectionOf(Citation, 'Citation', 'citations')

export const CitationFilter = builder.inputType('CitationFilter', {
  description: 'Conditions on the citations of a source.',
  fields: (t) => ({
    startsFrom: t.int({
      description: 'The passage starts at this position or after it, counted in Unicode code points from 0.',
    }),
  }),
})

export const citationsInReadingOrder = {
  model: 'citation',
  orders: { READING: inReadingOrder },
  where: ({ startsFrom }) => (isGiven(startsFrom) ? { start: { gte: startsFrom } } : {}),
} as const satisfies Listing<typeof CitationFilter.$inferInput, 'READING'>

builder.objectField(Withdrawal, 'citations', (t) =>
  t.field({
    type: [Citation],
    extensions: aStatement,
    description: 'The passages of sources that contradict the fact, in the order of their IDs.',
    resolve: async ({ contradictions }, _args, context, info) => {
      if (contradictions.length === 0) return []
      const { select } = await selectionOf(context, info, { select: { id: true } })
      const { citation } = context.database.prisma
      return await Promise.all(
        contradictions.map((id) => citation.findUniqueOrThrow({ where: { id }, select: select as { id: true } })),
      )
    },
  }),
)

/** The order of the citations of a fact. What selects them must use it, and no condition: then one statement reads them all. */
export const citationOrder = [
  { sourceSlug: 'asc' },
  { start: 'asc' },
  { id: 'asc' },
] satisfies Prisma.CitationOrderByWithRelationInput[]

/**
 * The citations of a fact with one stance. Lists of both stances select the same rows, so that a document with both reads them with
 * the fact, in one SQL statement.
 */
const ofStance = (stance: 'SUPPORTS' | 'CONTRADICTS') => ({
  type: [Citation] as [typeof Citation],
  select: (_args: object, _context: Context, nested: (query: never) => object | Promise<object>): never =>
    whenSettled([nested({ select: { stance: true }, orderBy: citationOrder } as never)], (citations) => ({
      citations,
    })) as never,
  resolve: (fact: object) =>
    (fact as { citations: { stance: string }[] }).citations.filter((one) => one.stance === stance) as never[],
})

const ofCitations = {
  description: 'The passages of sources that support this fact, in reading order.',
  // The assumed length, for the cost of a query: a fact of the archives has 2.3 citations.
  extensions: { listSize: () => 3 },
}

const ofContradictions = {
  description: 'The passages of sources that contradict this fact, in reading order.',
  // Few facts are contradicted.
  extensions: { listSize: () => 1 },
}

/** Options of the field `citations`, the same for every type that implements `Cited`. */
export const citations = { ...ofCitations, ...ofStance('SUPPORTS') } as const

/** Options of the field `contradictedBy`, the same for every type that implements `Cited`. */
export const contradictedBy = { ...ofContradictions, ...ofStance('CONTRADICTS') } as const

Cited.implement({
  description: 'A fact. Every fact has at least one citation that supports it.',
  interfaces: [builder.nodeInterfaceRef()],
  fields: (t) => ({
    citations: t.field({ type: [Citation], ...ofCitations } as never),
    contradictedBy: t.field({ type: [Citation], ...ofContradictions } as never),
    note: t.string({
      nullable: true,
      description:
        'Remark by the editors about this fact, for example how they read an unclear source. Null if there is none.',
    } as never),
    withdrawn: t.field({
      type: Withdrawal,
      nullable: true,
      description: 'Why this fact does not count any more. Null for a fact that counts.',
    } as never),
  }),
})
