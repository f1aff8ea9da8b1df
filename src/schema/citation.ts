import { reference, textFragmentUrl } from '../evidence/reference.ts'
import { verify } from '../evidence/verify.ts'
import type { Prisma } from '../generated/prisma/client.ts'
import { builder } from './builder.ts'
import { Cited } from './cited.ts'
import { branded } from './ids/branded.ts'
import { idDescription, type NodeType } from './ids/global-id.ts'
import { inReadingOrder } from './lists/connection.ts'
import { connectionOf } from './lists/connection-of.ts'
import type { Listing } from './lists/listing.ts'
import { aComparison } from './lists/weight.ts'
import { merged } from './loading/merged.ts'
import { whenSettled } from './loading/when-settled.ts'

export const Verification = builder.enumType('Verification', {
  description: 'Result of comparing a citation with the text of its source.',
  values: {
    VERIFIED: { description: 'The text has the cited words at the cited place.' },
    MISMATCH: { description: 'The text does not have the cited words at the cited place.' },
    TEXT_NOT_HELD: { description: 'Not checked, because the text of the source is not stored here.' },
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

const Citation = builder.prismaNode('Citation', {
  id: { field: 'id', description: idDescription },
  nullable: true,
  description: 'The exact passage of a source that supports one fact.',
  select: { id: true },
  fields: (t) => ({
    fact: t.field({
      type: Cited,
      description: 'The fact that the passage supports.',
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
    supports: t.exposeStringList('supports', {
      description:
        'Names of the fields of the fact that the passage supports. Empty if it supports the fact as a whole. Example: `["when", "place"]`.',
    }),
    source: t.relation('source', { description: 'The document that is cited.' }),
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
      select: { sourceSlug: true, start: true, end: true, exact: true, prefix: true, suffix: true },
      resolve: async (citation, _args, { sourceTexts }) =>
        verify(citation, await sourceTexts.load(citation.sourceSlug)),
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

export const citationsInReadingOrder = {
  model: 'citation',
  orders: { READING: inReadingOrder },
  where: () => ({}),
} as const satisfies Listing<object, 'READING'>

Cited.implement({
  description: 'A fact. Every fact has at least one citation.',
  interfaces: [builder.nodeInterfaceRef()],
  fields: (t) => ({
    citations: t.field({
      type: [Citation],
      description: 'The passages of sources that support this fact, in reading order.',
    } as never),
    note: t.string({
      nullable: true,
      description:
        'Remark by the editors about this fact, for example how they read an unclear source. Null if there is none.',
    } as never),
  }),
})
