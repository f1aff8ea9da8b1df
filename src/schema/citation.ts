import { reference, textFragmentUrl } from '../evidence/reference.ts'
import { verify } from '../evidence/verify.ts'
import { builder } from './builder.ts'
import { Cited } from './cited.ts'
import { branded } from './ids/branded.ts'
import { inReadingOrder } from './lists/connection.ts'
import { connectionOf } from './lists/connection-of.ts'
import type { Listing } from './lists/listing.ts'
import { aComparison } from './lists/weight.ts'
import { whenSettled } from './when-settled.ts'

const Verification = builder.enumType('Verification', {
  description: 'Whether a citation’s words stand where it says.',
  values: {
    VERIFIED: { description: 'They do: checked against the text of the source, just now.' },
    MISMATCH: { description: 'They do not.' },
    TEXT_NOT_HELD: { description: 'Not checked, since the text of the source is not held here.' },
  },
})

const facts = {
  position: 'Position',
  attestation: 'Attestation',
  visit: 'Visit',
  participation: 'Participation',
  meeting: 'Meeting',
  statement: 'Statement',
  agreement: 'Agreement',
  agreementEvent: 'AgreementEvent',
} as const

export const Citation = builder.prismaNode('Citation', {
  id: { field: 'id', description: 'The same for good, on every database.' },
  nullable: true,
  description: 'The exact place in a source that supports one fact.',
  select: { id: true },
  fields: (t) => ({
    fact: t.field({
      type: Cited,
      description: 'The fact that it supports.',
      select: (_args, _context, nested) =>
        whenSettled(
          Object.values(facts).map((type) => nested(true, [], type)),
          (...selections) =>
            Object.fromEntries(Object.keys(facts).map((relation, i) => [relation, selections[i]])) as never,
        ),
      resolve: (citation: Record<string, unknown>) =>
        branded(Object.fromEntries(Object.entries(facts).map(([relation, type]) => [type, citation[relation]]))),
    }),
    supports: t.exposeStringList('supports', {
      description: 'The fields of the fact that the words support; none named, the fact as a whole.',
    }),
    source: t.relation('source', { description: 'The document.' }),
    start: t.exposeInt('start', {
      description: 'Where the words begin: Unicode code points from the begin of the text.',
    }),
    end: t.exposeInt('end', { description: 'Where they end, exclusive.' }),
    exact: t.exposeString('exact', {
      description: 'The words from `start` to `end`, or, where they may not be kept, a shorter excerpt of them.',
    }),
    prefix: t.exposeString('prefix', { nullable: true, description: 'The words right before `exact`.' }),
    suffix: t.exposeString('suffix', { nullable: true, description: 'The words right after `exact`.' }),
    verification: t.field({
      type: Verification,
      extensions: aComparison,
      description: 'Whether the words stand there: checked when asked, never stored.',
      select: { sourceSlug: true, start: true, end: true, exact: true, prefix: true, suffix: true },
      resolve: async (citation, _args, { sourceTexts }) =>
        verify(citation, await sourceTexts.load(citation.sourceSlug)),
    }),
    url: t.field({
      type: 'URL',
      nullable: true,
      description: 'Opens the source at the words, in browsers that know text fragments. Null where it has no URL.',
      select: { exact: true, prefix: true, suffix: true, source: { select: { url: true } } },
      resolve: ({ source, ...words }) => source.url && textFragmentUrl(source.url, words),
    }),
    reference: t.string({
      description: 'A footnote, ready to paste.',
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

export const citationsInReadingOrder = {
  model: 'citation',
  orders: { READING: inReadingOrder },
  where: () => ({}),
} as const satisfies Listing<object, 'READING'>

Cited.implement({
  description: 'A fact: it cites the exact words of the sources that support it, at least once.',
  interfaces: [builder.nodeInterfaceRef()],
  fields: (t) => ({
    citations: t.field({
      type: [Citation],
      description: 'The words of sources that support it, in reading order.',
    } as never),
    note: t.string({ nullable: true, description: 'What a reader must know about it.' } as never),
  }),
})
