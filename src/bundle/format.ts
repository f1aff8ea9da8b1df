import { z } from 'zod'
import { codesOf } from '../countries/names.ts'
import { COUNTRY_CODE, SLUG } from '../keys.ts'
import { InvalidEdtf } from '../time/edtf.ts'
import { timeSpan } from '../time/span.ts'
import { type Kind, kinds } from './concepts.ts'

/**
 * The bundle is the one format of import and export: JSON with a list of records for each concept. Each record has a slug, which
 * never changes, and refers to other records by their slugs. Every fact has at least one citation.
 *
 * The types of the loader, the published JSON Schema and the messages of errors are derived from this file.
 */
export const FORMAT = 'bilateral-bundle'
export const FORMAT_VERSION = 1

/** The strings of a bundle that refer to a record, with the kind of that record. */
export const references = z.registry<{ kind: Kind }>()

const text = z
  .string()
  .min(1)
  .regex(/^[^\0\p{Cs}]*$/u, 'expected Unicode text without NUL characters')
const list = <T extends z.ZodType>(element: T) => z.array(element).default([])

const COUNTRY_CODES = 'an ISO 3166-1 alpha-2 code such as IN, an ISO 3166-3 code such as SUHH, or X- and a slug'

function expectedCode(input: unknown): string {
  const codes = typeof input === 'string' ? codesOf(input) : []
  return `expected ${COUNTRY_CODES}${codes.length > 0 ? `; did you mean ${codes.join(' or ')}?` : ''}`
}

const slug = z
  .string()
  .max(200)
  .regex(SLUG, 'expected a slug of a-z, 0-9 and -')
  .describe('Identifier of this record: a-z, 0-9 and -. It never changes')
const reference = (kind: Exclude<Kind, 'countries'>) =>
  z
    .string()
    .max(200)
    .regex(SLUG, 'expected a slug of a-z, 0-9 and -')
    .describe(`Slug of one of the ${kind} of this bundle or of an earlier one`)
    .register(references, { kind })
const country = z
  .string()
  .max(200)
  .regex(COUNTRY_CODE, { error: ({ input }) => expectedCode(input) })
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

/** People, topics, organizations and countries are sorted by name; an index limits the length. */
const name = () => text.max(500)
const names = list(text).describe('Other spellings that sources use')
const note = text.describe('Remark for readers of this fact').optional()

/** In place of a number that the loader computes from the text of the source, as the bundle does not have it. */
export const COMPUTED = -1

/** Maximum number of code points of an excerpt: about a page. */
const LONGEST_EXCERPT = 5_000

const computed = (number: z.ZodInt32) => number.default(COMPUTED)

const hash = () => z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 hexadecimal digits')

/** The exact passage of a source. */
const passage = {
  source: reference('sources'),
  edition: hash().describe('SHA-256 of the earlier text that has the words. Default: the present one').optional(),
  start: computed(z.int32().min(0)).describe(
    'Where the words begin: number of Unicode code points before them. Computed from the text, if it is given',
  ),
  end: computed(z.int32().min(1)).describe('Where the words end, exclusive. Computed from the text, if it is given'),
  exact: text.max(LONGEST_EXCERPT).describe('The words, or a shorter excerpt if they may not be stored'),
  prefix: text.max(200).describe('The words directly before').optional(),
  suffix: text.max(200).describe('The words directly after').optional(),
}

const citation = (supported: readonly string[]) =>
  z
    .strictObject({
      ...passage,
      stance: z
        .enum(['SUPPORTS', 'CONTRADICTS'])
        .describe('Whether the words support the fact or contradict it. Default: SUPPORTS')
        .optional(),
      supports: list(z.enum(supported as [string, ...string[]])).describe(
        'The fields of the fact that the words support or contradict. Empty: the fact as a whole',
      ),
    })
    .describe('The exact passage of a source that supports or contradicts the fact')

/** A fact: its fields, a note, and the citations that support the fields. */
const fact = <const Fields extends z.ZodRawShape>(fields: Fields) =>
  z.strictObject({
    ...fields,
    note,
    citations: z
      .array(citation(Object.keys(fields).filter((field) => field !== 'slug')))
      .min(1, 'expected at least one citation: every fact cites the words of a source')
      .refine(
        (list) => list.length === 0 || list.some(({ stance }) => stance !== 'CONTRADICTS'),
        'expected at least one citation that supports the fact',
      ),
  })

const countGiven = (...values: readonly unknown[]) => values.filter((value) => value !== undefined).length

const voice = z
  .union(
    [z.strictObject({ person: reference('people') }), z.strictObject({ organization: reference('organizations') })],
    {
      error: 'expected { "person": slug } or { "organization": slug }',
    },
  )
  .describe('A person or an organization')

const time = z
  .string()
  .regex(
    /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?(Z|[+-](0\d|1[0-4]):[0-5]\d)?$/,
    'expected a time such as 09:30, 09:30:15 or 09:30-05:00, with an offset only if the source gives one',
  )
  .describe('Time of day, as HH:MM, HH:MM:SS, or with an offset if the source gives one')

const after = list(
  z.union(
    [z.strictObject({ meeting: reference('meetings') }), z.strictObject({ statement: reference('statements') })],
    {
      error: 'expected { "meeting": slug } or { "statement": slug }',
    },
  ),
).describe('Facts of the same day that this one came after')

/** Maximum number of characters of an unnamed attendee, whose words are part of a key. */
const LONGEST_UNNAMED = 300

const participation = fact({
  person: reference('people').optional(),
  organization: reference('organizations').optional(),
  unnamed: text
    .max(LONGEST_UNNAMED)
    .describe(
      'Words for somebody whom the source does not name, such as "Foreign Minister of France" or "Israeli officials". They identify the attendee',
    )
    .optional(),
  role: z.enum(['PARTICIPANT', 'CONVENER', 'HOST', 'VISITOR', 'DELEGATE', 'INTERPRETER', 'NOTETAKER', 'MEDIATOR']),
  representing: country.describe('The country represented').optional(),
  representingOrganization: reference('organizations').describe('The organization represented').optional(),
  position: reference('positions').describe('The office that the person had when taking part').optional(),
})
  .refine(({ person, organization, unnamed }) => countGiven(person, organization, unnamed) === 1, {
    error: 'expected exactly one of `person`, `organization` and `unnamed`',
  })
  .refine(({ representing, representingOrganization }) => countGiven(representing, representingOrganization) < 2, {
    error: 'expected `representing` or `representingOrganization`, not both',
  })
  .refine(({ person, position }) => person !== undefined || position === undefined, {
    error: 'expected `position` only with `person`: an office belongs to a person',
  })

const TWO_COUNTRIES = 'expected two different countries'

const wholeText = () =>
  z
    .string()
    .min(1)
    .regex(/^[^\0\r\p{Cs}]*$/u, 'expected Unicode text with newlines as LF, and no NUL characters')
    .describe('The whole text, only if it may be stored')

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
    formerly: list(slug).describe('Slugs of records that were merged into this one. They always lead to it'),
    wikidataId: z
      .string()
      .regex(/^Q[1-9]\d{0,17}$/, 'expected a Wikidata item such as Q42')
      .optional(),
    born: when.describe('When the person was born, in EDTF, as precise as the source').optional(),
    died: when.describe('When the person died, in EDTF, as precise as the source').optional(),
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
    sha256: hash()
      .describe(
        'SHA-256 of the text as UTF-8 with LF line ends, nothing else changed. Computed from the text, if it is given',
      )
      .default(''),
    length: computed(z.int32().min(1)).describe(
      'Length of the text in Unicode code points. Computed from the text, if it is given',
    ),
    text: wholeText().optional(),
    editions: list(
      z.strictObject({
        sha256: hash().describe('SHA-256 of the text'),
        length: z.int32().min(1).describe('Length of the text in Unicode code points'),
        published: when,
        text: wholeText().optional(),
      }),
    ).describe('Earlier texts of the source, which citations with `edition` refer to'),
  }),
  positions: fact({
    slug,
    person: reference('people'),
    post: z
      .string()
      .max(200)
      .regex(SLUG, 'expected a slug')
      .describe('Slug of the office, the same for all who have it one after another'),
    title: text,
    country: country.optional(),
    organization: reference('organizations').optional(),
    accreditedTo: country.describe('Of a head of mission: the state to which the person is accredited').optional(),
    accreditedToOrganization: reference('organizations')
      .describe('Of a head of mission: the organization to which the person is accredited')
      .optional(),
    appointed: when
      .describe('When the person was appointed, if that was before the tenure began. EDTF, as precise as the source')
      .optional(),
    tenure: when
      .default('/')
      .describe('From the entry on duty to the end, in EDTF, as precise as the source. Default /: neither is known'),
    attested: list(fact({ when })).describe('Days on which a source says that the person had the office'),
  }).refine((position) => position.country ?? position.organization, {
    error: 'expected `country` or `organization`: an office belongs to one',
  }),
  visits: fact({
    slug,
    title: text,
    kind: z
      .enum(['STATE', 'OFFICIAL', 'WORKING', 'PRIVATE', 'TRANSIT', 'OTHER'])
      .describe('The kind of visit, only if the source names it')
      .optional(),
    from: country.optional(),
    to: country,
    when: when.describe('The days of stay, in EDTF, exactly as precise as the source'),
    official: when.describe('The days of the official visit, if the source gives them and the days of stay').optional(),
    accompanying: list(reference('visits')).describe(
      'The visits of others on which the visitors went along, for example those of their president',
    ),
    places: list(text),
    description: text.optional(),
    participations: list(participation),
  }),
  meetings: fact({
    slug,
    title: text,
    kind: z.enum(['BILATERAL', 'MULTILATERAL', 'MINISTERIAL', 'SUMMIT', 'CALL', 'OTHER']),
    when,
    time: time.optional(),
    after,
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
      .min(1, 'expected at least one event: the status of an agreement is that of its latest event'),
  }),
  relationEvents: fact({
    slug,
    kind: z
      .enum([
        'RECOGNIZED',
        'RELATIONS_ESTABLISHED',
        'RELATIONS_INTERRUPTED',
        'RELATIONS_SEVERED',
        'RELATIONS_RESUMED',
        'RELATIONS_ENDED',
        'LEGATION_OPENED',
        'EMBASSY_OPENED',
        'RAISED_TO_EMBASSY',
        'MISSION_CLOSED',
        'CONSULAR_RELATIONS_ESTABLISHED',
        'CONSULAR_RELATIONS_ENDED',
        'OTHER',
      ])
      .describe("What happened. OTHER: none of the others; the title has the source's words"),
    title: text,
    countries: z
      .array(country)
      .length(2, TWO_COUNTRIES)
      .refine(([one, two]) => one !== two, TWO_COUNTRIES)
      .describe('The two countries, in any order'),
    by: country.describe('The one of the two countries that acted, if the source says so').optional(),
    when,
    description: text.optional(),
  }).refine(({ by, countries }) => by === undefined || countries.includes(by), {
    path: ['by'],
    error: 'expected one of the two `countries`',
  }),
  statements: fact({
    slug,
    quotation: z.enum(['DIRECT', 'MIXED', 'REPORTED', 'OWN']),
    text,
    quoted: list(text).describe('The words in quotation marks'),
    speakers: list(voice),
    attribution: text.describe("The source's words for the speaker, if it names nobody").optional(),
    addressees: list(voice),
    mentions: list(voice),
    said: when,
    time: time.optional(),
    after,
    channel: text.optional(),
    topics: list(reference('topics')),
    countries: list(country).describe(
      'Countries that the source names as the subject. Those of the speakers are added automatically',
    ),
    meeting: reference('meetings').optional(),
    agreement: reference('agreements').optional(),
  }).refine((statement) => statement.speakers.length > 0 || statement.attribution, {
    error: 'expected `speakers`, or `attribution` with the words of the source for the speaker',
  }),
} as const satisfies Record<Kind, z.ZodType>

/** The lists of a bundle, one for each kind of records. */
const lists = Object.fromEntries(kinds.map((kind) => [kind, list(records[kind])])) as unknown as {
  [K in Kind]: z.ZodDefault<z.ZodArray<(typeof records)[K]>>
}

/** The kinds of records that are facts: they cite their sources, and can be withdrawn. */
export type FactKind = { [K in Kind]: 'citations' extends keyof z.output<(typeof records)[K]> ? K : never }[Kind]
export const factKinds = kinds.filter((kind) => 'citations' in records[kind].shape) as FactKind[]

export const withdrawal = z
  .strictObject({
    kind: z.enum(factKinds as [FactKind, ...FactKind[]]),
    slug,
    part: text
      .max(1_000)
      .regex(
        /^(attestation|participation|agreement_event)\/./,
        'expected a part such as participation/visit/SLUG/PERSON',
      )
      .describe('Only this part of the record is withdrawn, for example participation/visit/SLUG/PERSON')
      .optional(),
    reason: text.max(1_000).describe('Why the fact does not count any more'),
    note: text.describe('Remark of the editors').optional(),
    by: z
      .enum(['EDITOR', 'EDITION'])
      .describe('EDITION: a new edition of the source does not have the fact. Default: EDITOR')
      .optional(),
    at: z.iso.datetime().describe('When it was withdrawn. Default: when it is loaded').optional(),
    citations: list(z.strictObject(passage)).describe('Passages that contradict the fact'),
  })
  .describe('A fact that does not count any more. It can still be read by its slug, with the reason')

export const bundle = z
  .strictObject({
    format: z.literal(FORMAT),
    version: z.literal(FORMAT_VERSION),
    ...lists,
    withdraw: list(withdrawal),
  })
  .describe('Facts of bilateral relations, each with the words of a source that supports it')

export type Bundle = z.output<typeof bundle>
/** A bundle as people write it: empty lists may be left out. */
export type BundleInput = z.input<typeof bundle>
export type BundleRecord<K extends Kind> = Bundle[K][number]

/** The key by which other records refer to a record: its slug, or the code of a country. */
export const keyOfRecord = (record: BundleRecord<Kind>): string => ('code' in record ? record.code : record.slug)

/** The kinds of records that have a field. */
export type KindWith<Field extends string> = { [K in Kind]: Field extends keyof BundleRecord<K> ? K : never }[Kind]

export type Withdrawal = z.output<typeof withdrawal>
export type Citation = BundleRecord<'statements'>['citations'][number]
export type Voice = BundleRecord<'statements'>['speakers'][number]
export type Earlier = BundleRecord<'statements'>['after'][number]
export type Participation = BundleRecord<'meetings'>['participations'][number]
