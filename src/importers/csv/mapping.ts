import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { records } from '../../bundle/format.ts'
import { decode, parseDocument } from '../../bundle/parse.ts'
import { BundleRefused, type Problem, pathOf } from '../../bundle/problems.ts'
import { messageOf, UserError } from '../../errors.ts'
import { SLUG } from '../../keys.ts'
import { squeeze } from './names.ts'

const { meetings, statements, sources, topics } = records
const { kind } = meetings.shape
const { quotation } = statements.shape
const country = meetings.shape.host.unwrap()
const { role } = meetings.shape.participations.unwrap().element.shape

const text = topics.shape.name
const column = text.transform(squeeze)
const named = column.transform((column) => ({ column }))
const constant = <T extends z.ZodType>(value: T) => z.strictObject({ value })
const separator = text.max(10).optional()
const slug = z.string().max(200).regex(SLUG, 'expected a slug of a-z, 0-9 and -')
const prefix = slug.max(60, 'expected at most 60 characters')

/** The origin of a value: a column, or a constant for all rows. */
const cell = z.union([named, constant(text)], { error: 'expected the name of a column, or { "value": … }' })

/** An enum value: directly from the column, or translated by `values`. */
const wordCell = <T extends Record<string, string>>(words: z.ZodEnum<T>) =>
  z.union([named, constant(words), z.strictObject({ column, values: mapOf(words).optional() })], {
    error: `expected the name of a column, or { "value": … } or { "column": …, "values": { … } } with the values ${words.options.join(', ')}`,
  })

/** Several values in one cell. */
const listCell = z.union([named, constant(text), z.strictObject({ column, separator })], {
  error: 'expected the name of a column, { "value": … } or { "column": …, "separator": … }',
})

/** A reference to a record: its slug, or with the `prefix` of another mapping the text from which that mapping makes slugs. */
const slugCell = z.union([named, z.strictObject({ column, prefix })], {
  error: 'expected the name of a column, or { "column": …, "prefix": … }',
})

/** The sheet’s names for records, with their slugs or codes. A Map, so that no name collides with a property of objects. */
function mapOf<T extends z.ZodType>(known: T) {
  return z.record(text, known).transform((names) => {
    return new Map(Object.entries(names).map(([name, value]) => [squeeze(name), value as z.output<T>]))
  })
}
const knownAs = <T extends z.ZodType>(known: T) => mapOf(known).default(() => new Map())

const source = z.strictObject({
  slug: sources.shape.slug,
  title: sources.shape.title,
  publisher: sources.shape.publisher,
  url: sources.shape.url,
  language: sources.shape.language,
  published: sources.shape.published,
  license: sources.shape.license,
  note: sources.shape.note,
  /** True if the text of the sheet may be stored, so that its citations can be verified. */
  keepText: z.boolean().default(false),
})

const common = {
  source,
  delimiter: z.enum([',', ';', '\t'], { error: 'expected ",", ";" or "\\t"' }).optional(),
  /** How a row gets its slug: the prefix and the values of these columns. It must stay the same in later versions of the sheet. */
  slug: z.strictObject({
    prefix,
    column: z.union([column.transform((column) => [column]), z.array(column).min(1)], {
      error: 'expected the name of a column, or a list of them',
    }),
  }),
  /** The order of dates such as 5/2/2026. EDTF is always accepted. */
  dates: z.enum(['EDTF', 'DMY', 'MDY']).default('EDTF'),
  people: knownAs(slug),
  organizations: knownAs(slug),
  topics: knownAs(slug),
  countries: knownAs(country),
}

const meetingsMapping = z.strictObject({
  kind: z.literal('meetings'),
  ...common,
  fields: z.strictObject({
    title: cell,
    kind: wordCell(kind),
    when: cell,
    place: cell.optional(),
    host: cell.optional(),
    visit: slugCell.optional(),
    note: cell.optional(),
  }),
  participations: z
    .array(
      z.strictObject({
        person: column,
        separator,
        country: cell.optional(),
        role: role.default('PARTICIPANT'),
      }),
    )
    .default([]),
})

const statementsMapping = z.strictObject({
  kind: z.literal('statements'),
  ...common,
  fields: z.strictObject({
    text: cell,
    quotation: wordCell(quotation),
    quoted: listCell.optional(),
    speakers: listCell.optional(),
    attribution: cell.optional(),
    addressees: listCell.optional(),
    mentions: listCell.optional(),
    said: cell,
    channel: cell.optional(),
    topics: listCell.optional(),
    countries: listCell.optional(),
    meeting: slugCell.optional(),
    note: cell.optional(),
  }),
})

const mapping = z.discriminatedUnion('kind', [meetingsMapping, statementsMapping], {
  error: (issue) => (issue.code === 'invalid_union' ? 'expected "meetings" or "statements"' : undefined),
})

/** The meaning of the columns of a sheet. docs/spreadsheets.md documents each part. */
export type Mapping = z.output<typeof mapping>
export type MeetingsMapping = z.output<typeof meetingsMapping>
export type StatementsMapping = z.output<typeof statementsMapping>

/** The origin of a value of a row. */
export type Cell =
  | { readonly value: string }
  | {
      readonly column: string
      readonly separator?: string | undefined
      readonly values?: ReadonlyMap<string, string> | undefined
    }
export type SlugCell = z.output<typeof slugCell>

/** Reads a mapping. Throws a UserError that names the file and every mistake in it. */
export async function readMapping(file: string): Promise<Mapping> {
  const value = parse(file, await readBytes(file))
  const { success, data, error } = mapping.safeParse(value)
  if (success) return data
  return refuse(
    file,
    error.issues.map(({ path, message }) => ({ path: pathOf(path), message })),
  )
}

/** Reads a file. Throws a UserError if that fails. */
export async function readBytes(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file)
  } catch (error) {
    throw new UserError(`cannot read ${file}: ${messageOf(error)}`)
  }
}

function parse(file: string, bytes: Uint8Array): unknown {
  try {
    return parseDocument(decode(bytes))
  } catch (error) {
    if (error instanceof BundleRefused) return refuse(file, error.problems)
    throw error
  }
}

function refuse(file: string, problems: readonly Problem[]): never {
  const lines = problems.map(({ path, message }) => `  ${path ? `${path}: ` : ''}${message}`)
  throw new UserError(`${file}: expected a mapping for a CSV file, but:\n${lines.join('\n')}`)
}

/** All columns that a mapping uses. */
export function columnsOf({ slug, fields, ...mapping }: Mapping): Set<string> {
  const cells = Object.values(fields)
  const participations = 'participations' in mapping ? mapping.participations : []
  return new Set([
    ...slug.column,
    ...[...cells, ...participations.map(({ country }) => country)].flatMap((cell) =>
      cell && 'column' in cell ? [cell.column] : [],
    ),
    ...participations.map(({ person }) => person),
  ])
}
