import { z } from 'zod'
import { COUNTRY_CODE, SLUG } from '../keys.ts'
import { InvalidEdtf } from '../time/edtf.ts'
import { timeSpan } from '../time/span.ts'
import { type Kind, kinds } from './concepts.ts'

/**
 * The bundle: the one format in which facts come in and go out. JSON; records by concept; each record has a slug that stays
 * the same for good, and names others by theirs; every fact carries its citations, at least one.
 *
 * All else derives from this file: the loader's types, the published JSON Schema, and what an error says was expected.
 */
export const FORMAT = 'bilateral-bundle'
export const FORMAT_VERSION = 1

/** Which strings of a bundle name a record of which kind. */
export const references = z.registry<{ kind: Kind }>()

const text = z
  .string()
  .min(1)
  .regex(/^[^\0\p{Cs}]*$/u, 'expected Unicode text without NUL characters')
const list = <T extends z.ZodType>(element: T) => z.array(element).default([])

const COUNTRY_CODES = 'an ISO 3166-1 alpha-2 code such as IN, an ISO 3166-3 code such as SUHH, or X- and a slug'

const slug = z
  .string()
  .max(200)
  .regex(SLUG, 'expected a slug of a-z, 0-9 and -')
  .describe('The name of this record, the same for good: a-z, 0-9 and -')
const reference = (kind: Exclude<Kind, 'countries'>) =>
  z
    .string()
    .regex(SLUG, 'expected a slug of a-z, 0-9 and -')
    .describe(`The slug of one of the ${kind}, of this bundle or of an earlier one`)
    .register(references, { kind })
const country = z
  .string()
  .regex(COUNTRY_CODE, `expected ${COUNTRY_CODES}`)
  .describe(`A country: ${COUNTRY_CODES}`)
  .register(references, { kind: 'countries' })

const when = z
  .string()
  .describe('A date in EDTF (ISO 8601-2), exactly as precise as the source')
  .superRefine((edtf, context) => {
    try {
      timeSpan(edtf)
    } catch (error) {
      if (!(error instanceof InvalidEdtf)) throw error
      context.addIssue({ code: 'custom', message: error.message })
    }
  })

/** Names are what people, topics, organizations and countries are sorted by. */
const name = () => text.max(500)
const names = list(text).describe('Other spellings that sources use')
const note = text.describe('What a reader must know about this fact').optional()

/** Code points of the longest excerpt: about a page. */
const LONGEST_EXCERPT = 5_000

const citation = (supported: readonly string[]) =>
  z
    .strictObject({
      source: reference('sources'),
      start: z.int32().min(0).describe('Where the words begin: Unicode code points from the begin of the text'),
      end: z.int32().min(1).describe('Where they end, exclusive'),
      exact: text.max(LONGEST_EXCERPT).describe('The words, or, where they may not be kept, a shorter excerpt of them'),
      prefix: text.max(200).describe('The words right before').optional(),
      suffix: text.max(200).describe('The words right after').optional(),
      supports: list(z.enum(supported as [string, ...string[]])).describe(
        'Fields of the fact; none for the fact as a whole',
      ),
    })
    .describe('The exact place in a source that supports the fact')

/** A fact: its fields, a note, and the citations that support the fields. */
const fact = <const Fields extends z.ZodRawShape>(fields: Fields) =>
  z.strictObject({
    ...fields,
    note,
    citations: z
      .array(citation(Object.keys(fields).filter((field) => field !== 'slug')))
      .min(1, 'expected at least one citation: every fact says which words of which source support it'),
  })

const voice = z
  .union(
    [z.strictObject({ person: reference('people') }), z.strictObject({ organization: reference('organizations') })],
    {
      error: 'expected { "person": slug } or { "organization": slug }',
    },
  )
  .describe('A person or an organization')

const participation = fact({
  person: reference('people'),
  role: z.enum(['PARTICIPANT', 'CONVENER', 'HOST', 'VISITOR', 'DELEGATE']),
  representing: country.optional(),
  position: reference('positions').describe('The office in which the person took part').optional(),
})

export const records = {
  countries: z.strictObject({
    code: z.string().max(200).regex(COUNTRY_CODE, `expected ${COUNTRY_CODES}`),
    name: name(),
    names,
  }),
  organizations: z.strictObject({
    slug,
    name: name(),
    names,
    kind: z.enum(['MINISTRY', 'ALLIANCE', 'PUBLISHER', 'PLATFORM', 'OTHER']),
    country: country.optional(),
    members: list(country),
  }),
  people: z.strictObject({
    slug,
    name: name().describe('The preferred name'),
    names,
    formerly: list(slug).describe('Slugs of records that were merged into this one: they lead to it for good'),
    wikidataId: z
      .string()
      .regex(/^Q[1-9]\d{0,17}$/, 'expected a Wikidata item such as Q42')
      .optional(),
  }),
  topics: z.strictObject({ slug, name: name(), names, broader: list(reference('topics')) }),
  sources: z.strictObject({
    slug,
    title: text,
    publisher: reference('organizations').optional(),
    url: z
      .url({ protocol: /^https?$/, error: 'expected an http or https URL' })
      .regex(/^[^\s\p{Cc}\p{Cs}]*$/u, 'expected an http or https URL')
      .optional(),
    language: z
      .string()
      .regex(/^[a-z]{2,3}(-[A-Za-z0-9]+)*$/, 'expected a BCP 47 tag such as en')
      .optional(),
    published: when,
    license: text.optional(),
    note: text.optional(),
    sha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/, 'expected 64 hexadecimal digits')
      .describe('Of the text as UTF-8, newlines as LF, nothing else changed'),
    length: z.int32().min(1).describe('Of the text, in Unicode code points'),
    text: z
      .string()
      .min(1)
      .regex(/^[^\0\r\p{Cs}]*$/u, 'expected Unicode text with newlines as LF, and no NUL characters')
      .describe('The whole text, only where it may be kept')
      .optional(),
  }),
  positions: fact({
    slug,
    person: reference('people'),
    post: z
      .string()
      .max(200)
      .regex(SLUG, 'expected a slug')
      .describe('The office, a slug that its successive holders share'),
    title: text,
    country: country.optional(),
    organization: reference('organizations').optional(),
    tenure: when,
    attested: list(fact({ when })).describe('Days on which a source says that the office was held'),
  }).refine((position) => position.country ?? position.organization, {
    error: 'expected a country or an organization that the office is of',
  }),
  visits: fact({
    slug,
    title: text,
    from: country.optional(),
    to: country,
    when,
    places: list(text),
    description: text.optional(),
    participations: list(participation),
  }),
  meetings: fact({
    slug,
    title: text,
    kind: z.enum(['BILATERAL', 'MULTILATERAL', 'MINISTERIAL', 'SUMMIT', 'CALL', 'OTHER']),
    when,
    place: text.optional(),
    host: country.optional(),
    visit: reference('visits').optional(),
    participations: list(participation),
  }),
  agreements: fact({
    slug,
    title: text,
    kind: z.enum(['DEAL', 'TREATY', 'MEMORANDUM', 'OTHER']),
    description: text.optional(),
    parties: z.array(country).min(1),
    topics: list(reference('topics')),
    events: z
      .array(
        fact({
          status: z.enum(['ANNOUNCED', 'IN_NEGOTIATION', 'SIGNED', 'IN_FORCE', 'ENDED']),
          when,
          by: list(voice),
        }),
      )
      .min(1, 'expected at least one event, since an agreement has a status'),
  }),
  statements: fact({
    slug,
    quotation: z.enum(['DIRECT', 'MIXED', 'REPORTED', 'OWN']),
    text,
    quoted: list(text).describe('The words between quotation marks'),
    speakers: list(voice),
    attribution: text.describe("The source's words for who spoke, where it names nobody").optional(),
    addressees: list(voice),
    mentions: list(voice),
    said: when,
    channel: text.optional(),
    topics: list(reference('topics')),
    countries: list(country).describe(
      'Those that the source names as the subject; the speakers’ own need not be named',
    ),
    meeting: reference('meetings').optional(),
    agreement: reference('agreements').optional(),
  }).refine((statement) => statement.speakers.length > 0 || statement.attribution, {
    error: 'expected speakers, or the words by which the source attributes it',
  }),
} as const satisfies Record<Kind, z.ZodType>

/** The lists of a bundle, one for each kind of records. */
const lists = Object.fromEntries(kinds.map((kind) => [kind, list(records[kind])])) as unknown as {
  [K in Kind]: z.ZodDefault<z.ZodArray<(typeof records)[K]>>
}

export const bundle = z
  .strictObject({ format: z.literal(FORMAT), version: z.literal(FORMAT_VERSION), ...lists })
  .describe('Facts of bilateral relations, each with the words of a source that support it')

export type Bundle = z.output<typeof bundle>
/** A bundle as people write it: what is empty may be left out. */
export type BundleInput = z.input<typeof bundle>
export type BundleRecord<K extends Kind> = Bundle[K][number]

/** What other records name a record by: its slug, or a country's code. */
export const keyOfRecord = (record: BundleRecord<Kind>): string => ('code' in record ? record.code : record.slug)

/** The kinds of records that have a field. */
export type KindWith<Field extends string> = { [K in Kind]: Field extends keyof BundleRecord<K> ? K : never }[Kind]

/** The kinds of records that are facts: they cite their sources. */
export type FactKind = KindWith<'citations'>

export type Citation = BundleRecord<'statements'>['citations'][number]
export type Voice = BundleRecord<'statements'>['speakers'][number]
export type Participation = BundleRecord<'meetings'>['participations'][number]
