import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { records } from '../../bundle/format.ts'
import { BundleRefused, type Problem } from '../../bundle/problems.ts'
import { readAs } from '../../bundle/reading/messages.ts'
import { decode, parseDocument } from '../../bundle/reading/parse.ts'
import { messageOf, UserError } from '../../errors.ts'
import { SLUG } from '../../keys.ts'
import { NameMap } from './name-map.ts'
import { clean } from './text.ts'

const { meetings, statements, sources, topics, visits, agreements, organizations, relationEvents } = records
const country = meetings.shape.host.unwrap()
const { role } = meetings.shape.participations.unwrap().element.shape

const text = topics.shape.name
const column = text.transform(clean)
const named = column.transform((column) => ({ column }))
const constant = <T extends z.ZodType>(value: T) => z.strictObject({ value })
const separator = text.max(10).optional()
const slug = z.string().max(200).regex(SLUG, 'expected a slug of a-z, 0-9 and -')
const prefix = slug.max(60, 'expected at most 60 characters').default('')

/** A regular expression. Its first group, or else the whole match, is the value. */
const pattern = text
  .max(500)
  .transform((source, context) => {
    try {
      return new RegExp(source, 'u')
    } catch (error) {
      context.addIssue({ code: 'custom', message: messageOf(error) })
      return z.NEVER
    }
  })
  .optional()

/** The origin of a value: a column, or a constant for all rows. `values` has other words for some of the column’s. */
const cell = z.union([named, constant(text), z.strictObject({ column, pattern, values: mapOf(text).optional() })], {
  error: 'expected the name of a column, { "value": … } or { "column": …, "pattern": …, "values": { … } }',
})

/** An enum value: directly from the column, or translated by `values`. */
const wordCell = <T extends Record<string, string>>(words: z.ZodEnum<T>) =>
  z.union([named, constant(words), z.strictObject({ column, pattern, values: mapOf(words).optional() })], {
    error: `expected the name of a column, or { "value": … } or { "column": …, "values": { … } } with the values ${words.options.join(', ')}`,
  })

/** Several values in one cell. */
const listCell = z.union([named, constant(text), z.strictObject({ column, pattern, separator })], {
  error: 'expected the name of a column, { "value": … } or { "column": …, "separator": … }',
})

/** A reference to a record: its slug, or with the `prefix` of another mapping the text from which that mapping makes slugs. */
const slugCell = z.union([named, z.strictObject({ column, prefix })], {
  error: 'expected the name of a column, or { "column": …, "prefix": … }',
})

const oneDate = z.union([cell, z.strictObject({ year: cell, month: cell.optional(), day: cell.optional() })])

/** A date: from one column, from a column for each of its parts, or from two columns with its first and last day. */
const dateCell = z.union([oneDate, z.strictObject({ begin: oneDate, end: oneDate })], {
  error: 'expected the name of a column, { "year": …, "month": …, "day": … } or { "begin": …, "end": … }',
})

/** The sheet’s names for records, with their slugs or codes. */
function mapOf<T extends z.ZodType>(known: T) {
  return z.record(text, known).transform((names, context) => {
    const map = new NameMap<z.output<T>>(Object.entries(names) as [string, z.output<T>][])
    if (map.contradiction === undefined) return map
    context.addIssue({
      code: 'custom',
      message: `expected one value for ${JSON.stringify(map.contradiction)}, which another name looks like`,
    })
    return z.NEVER
  })
}
const knownAs = <T extends z.ZodType>(known: T) => mapOf(known).default(() => new NameMap<z.output<T>>())

const columns = z.union([column.transform((column) => [column]), z.array(column).min(1)], {
  error: 'expected the name of a column, or a list of them',
})

const source = z.strictObject({
  slug: sources.shape.slug,
  title: sources.shape.title,
  publisher: sources.shape.publisher,
  url: sources.shape.url,
  language: sources.shape.language,
  published: sources.shape.published,
  license: sources.shape.license,
  note: sources.shape.note,
  keepText: z
    .boolean()
    .default(false)
    .describe('True if the text of the sheet may be stored, so that its citations can be verified'),
})

const common = {
  $schema: z.string().optional(),
  source,
  delimiter: z.enum([',', ';', '\t', '|'], { error: 'expected ",", ";", "|" or "\\t"' }).optional(),
  encoding: text
    .max(40)
    .optional()
    .describe('The encoding of the file, if it is neither UTF-8 nor UTF-16 nor Windows-1252'),
  sheet: text.max(100).optional().describe('The name of a sheet of a workbook'),
  slug: z
    .strictObject({ prefix, column: columns, group: z.boolean().default(false) })
    .describe(
      'How a row gets its slug: the prefix and the values of these columns. With group, rows with the same slug are one fact',
    ),
  skip: z
    .strictObject({ column, values: z.array(text).min(1) })
    .optional()
    .describe('Rows that are no facts: those with one of these values in this column'),
  ditto: columns.default([]).describe('Columns in which an empty cell means the value above'),
  dates: z
    .enum(['EDTF', 'DMY', 'MDY', 'EXCEL'])
    .default('EDTF')
    .describe('How to read dates such as 5/2/2026, or numbers of days'),
  century: z
    .literal([1700, 1800, 1900, 2000], { error: 'expected 1700, 1800, 1900 or 2000' })
    .optional()
    .describe('The first year of the century of years with two digits'),
  people: knownAs(slug),
  organizations: knownAs(slug),
  topics: knownAs(slug),
  countries: knownAs(country),
}

const attendee = { separator, pattern, country: cell.optional(), role: role.default('PARTICIPANT') }
const participations = z
  .array(
    z.union(
      [
        z.strictObject({ person: column, ...attendee }),
        z.strictObject({ organization: column, ...attendee }),
        z.strictObject({ unnamed: column, ...attendee }),
      ],
      {
        error: `expected one of "person", "organization" and "unnamed" with the name of a column, and optionally "separator", "pattern", "country" and "role" (${role.options.join(', ')})`,
      },
    ),
  )
  .default([])

const note = cell.optional()

const mappings = {
  meetings: z.strictObject({
    kind: z.literal('meetings'),
    ...common,
    fields: z.strictObject({
      title: cell.optional(),
      kind: wordCell(meetings.shape.kind),
      when: dateCell,
      place: cell.optional(),
      host: cell.optional(),
      visit: slugCell.optional(),
      note,
    }),
    participations,
  }),
  visits: z.strictObject({
    kind: z.literal('visits'),
    ...common,
    fields: z.strictObject({
      title: cell.optional(),
      kind: wordCell(visits.shape.kind.unwrap()).optional(),
      from: cell.optional(),
      to: cell,
      when: dateCell,
      official: dateCell.optional(),
      places: listCell.optional(),
      description: cell.optional(),
      note,
    }),
    participations,
  }),
  statements: z.strictObject({
    kind: z.literal('statements'),
    ...common,
    fields: z.strictObject({
      text: cell,
      quotation: wordCell(statements.shape.quotation),
      quoted: listCell.optional(),
      speakers: listCell.optional(),
      attribution: cell.optional(),
      addressees: listCell.optional(),
      mentions: listCell.optional(),
      said: dateCell,
      channel: cell.optional(),
      topics: listCell.optional(),
      countries: listCell.optional(),
      meeting: slugCell.optional(),
      note,
    }),
  }),
  positions: z.strictObject({
    kind: z.literal('positions'),
    ...common,
    fields: z.strictObject({
      person: cell,
      wikidata: cell.optional(),
      title: cell,
      post: cell.optional(),
      country: cell.optional(),
      organization: cell.optional(),
      accreditedTo: cell.optional(),
      appointed: dateCell.optional(),
      tenure: dateCell.optional(),
      attested: dateCell.optional(),
      note,
    }),
  }),
  agreements: z.strictObject({
    kind: z.literal('agreements'),
    ...common,
    fields: z.strictObject({
      title: cell,
      kind: wordCell(agreements.shape.kind),
      description: cell.optional(),
      parties: z.union([listCell, z.array(listCell).min(1)]),
      topics: listCell.optional(),
      announced: dateCell.optional(),
      signed: dateCell.optional(),
      inForce: dateCell.optional(),
      ended: dateCell.optional(),
      note,
    }),
  }),
  relationEvents: z.strictObject({
    kind: z.literal('relationEvents'),
    ...common,
    fields: z.strictObject({
      title: cell,
      kind: wordCell(relationEvents.shape.kind),
      countries: z.tuple([cell, cell]),
      by: cell.optional(),
      when: dateCell,
      description: cell.optional(),
      note,
    }),
  }),
  people: z.strictObject({
    kind: z.literal('people'),
    ...common,
    fields: z.strictObject({
      name: cell,
      names: listCell.optional(),
      wikidata: cell.optional(),
      born: dateCell.optional(),
      died: dateCell.optional(),
    }),
  }),
  organizations: z.strictObject({
    kind: z.literal('organizations'),
    ...common,
    fields: z.strictObject({
      name: cell,
      names: listCell.optional(),
      kind: wordCell(organizations.shape.kind),
      country: cell.optional(),
      members: listCell.optional(),
    }),
  }),
}

/** The kinds of records that a row can be. */
export const SHEET_KINDS = Object.keys(mappings) as SheetKind[]
export type SheetKind = keyof typeof mappings

/** The meaning of the columns of a sheet. docs/spreadsheets.md documents each part. */
export type MappingOf<K extends SheetKind> = z.output<(typeof mappings)[K]>
export type Mapping = { [K in SheetKind]: MappingOf<K> }[SheetKind]

/** The origin of a value of a row. */
export type Cell =
  | { readonly value: string }
  | {
      readonly column: string
      readonly pattern?: RegExp | undefined
      readonly separator?: string | undefined
      readonly values?: NameMap<string> | undefined
    }
export type SlugCell = z.output<typeof slugCell>
export type OneDate = z.output<typeof oneDate>
export type DateCell = z.output<typeof dateCell>
export type Attending = MappingOf<'meetings'>['participations'][number]

/** Reads a mapping. Throws a UserError that names the file and every mistake in it. */
export async function readMapping(file: string): Promise<Mapping> {
  const value = parse(file, await readBytes(file))
  const { kind } = (value ?? {}) as { kind?: SheetKind }
  const format = kind !== undefined && Object.hasOwn(mappings, kind) ? mappings[kind] : undefined
  if (!format) return refuse(file, [{ path: 'kind', message: `expected one of ${SHEET_KINDS.join(', ')}` }])
  const result = readAs(format, value)
  if ('problems' in result) return refuse(file, result.problems)
  return result.data as Mapping
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

export function refuse(file: string, problems: readonly Problem[]): never {
  const lines = problems.map(({ path, message }) => `  ${path ? `${path}: ` : ''}${message}`)
  throw new UserError(`${file}: expected a mapping for a spreadsheet, but:\n${lines.join('\n')}`)
}

/** The columns of a part of a mapping. */
export function columnsIn(part: unknown): string[] {
  if (part === null || typeof part !== 'object' || part instanceof NameMap || part instanceof RegExp) return []
  if ('column' in part && typeof part.column === 'string') return [part.column]
  return Object.values(part).flatMap(columnsIn)
}

/** All columns that a mapping uses. */
export function columnsOf({ slug, fields, ditto, skip, ...mapping }: Mapping): Set<string> {
  const participations = 'participations' in mapping ? mapping.participations : []
  const names = participations.map((one) => attendeeColumn(one).column)
  return new Set([
    ...slug.column,
    ...ditto,
    ...columnsIn(skip),
    ...columnsIn(fields),
    ...columnsIn(participations),
    ...names,
  ])
}

/** What attends, and the column with its name. */
export function attendeeColumn(attending: Attending): {
  readonly what: 'person' | 'organization' | 'unnamed'
  readonly column: string
} {
  if ('person' in attending) return { what: 'person', column: attending.person }
  if ('organization' in attending) return { what: 'organization', column: attending.organization }
  return { what: 'unnamed', column: attending.unnamed }
}
