import { basename } from 'node:path'
import type { BundleInput } from '../../bundle/format.ts'
import { UserError } from '../../errors.ts'
import { codePoints, sha256 } from '../../evidence/text.ts'
import type { Anomaly, Imported } from '../importer.ts'
import { dateReader } from './dates.ts'
import { columnsOf, type Mapping, readBytes, readMapping } from './mapping.ts'
import { meetingOf } from './meetings.ts'
import { NamedRecords, slugOf } from './names.ts'
import { RowReading, type Sheet } from './reading.ts'
import { statementOf } from './statements.ts'
import { type Row, readTable, type Table } from './table.ts'
import { Unreadable } from './unreadable.ts'

type Meetings = NonNullable<BundleInput['meetings']>
type Statements = NonNullable<BundleInput['statements']>
type Citation = Meetings[number]['citations'][number]

/** Maximum length of the excerpt in a citation, in UTF-16 units. */
const MAX_EXCERPT = 5_000

/**
 * Converts a CSV file of meetings or statements to a bundle, with a mapping of its columns (docs/spreadsheets.md). Each row becomes a
 * fact that cites the row, or a refused anomaly. The file itself is the source.
 *
 * Throws a UserError if the mapping is wrong or does not fit the file, or if the file is not CSV in UTF-8.
 *
 * @example
 * const { bundle, anomalies } = await importCsv('embassy-log.csv', 'embassy-log.json')
 */
export async function importCsv(file: string, mappingFile: string): Promise<Imported> {
  const mapping = await readMapping(mappingFile)
  const columns = columnsOf(mapping)
  const table = readTable(file, await readBytes(file), columns, mapping.delimiter)
  expectColumns(columns, table.header, file, mappingFile)

  const anomalies: Anomaly[] = []
  const report = (id: string, { reason, message }: Unreadable, refused: boolean) =>
    anomalies.push({ file: basename(file), id, reason, message, refused })
  const text = storedText(mapping, table)
  if (text instanceof Unreadable) report(mapping.source.slug, text, false)

  const sheet: Sheet = {
    mapping,
    columns: new Map(table.header.map((name, i) => [name, i])),
    people: new NamedRecords(mapping.people),
    topics: new NamedRecords(mapping.topics),
    dateOf: dateReader(mapping.dates),
  }
  const meetings: Meetings = []
  const statements: Statements = []
  const lines = new Map<string, number>()
  for (const row of table.rows) {
    const place = `line ${row.line}`
    try {
      const reading = new RowReading(row, sheet)
      const slug = slugOfRow(mapping, reading)
      const first = lines.get(slug)
      if (first !== undefined) {
        throw new Unreadable(
          'duplicate-slug',
          `found the slug ${slug}, which line ${first} has too; expected a different slug`,
        )
      }
      const citations = [citationOf(mapping, row)]
      if (mapping.kind === 'meetings') meetings.push(meetingOf(mapping, reading, slug, citations))
      else statements.push(statementOf(mapping, reading, slug, citations))
      lines.set(slug, row.line)
      for (const { among, name } of reading.named) among.add(name)
      for (const anomaly of reading.anomalies) report(place, anomaly, false)
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error
      report(place, error, true)
    }
  }

  const facts = meetings.length + statements.length
  return {
    bundle: {
      format: 'bilateral-bundle',
      version: 1,
      people: [...sheet.people.records],
      topics: [...sheet.topics.records],
      sources: [sourceOf(mapping, table, text instanceof Unreadable ? undefined : text)],
      meetings,
      statements,
    },
    rows: { [mapping.kind]: { read: table.rows.length, facts, refused: table.rows.length - facts } },
    anomalies,
    decisions: sheet.people.decisions,
  }
}

function expectColumns(columns: ReadonlySet<string>, header: readonly string[], file: string, mapping: string): void {
  const quote = (names: readonly string[]) => names.map((name) => JSON.stringify(name)).join(', ')
  const missing = [...columns].filter((name) => !header.includes(name))
  if (missing.length > 0) {
    throw new UserError(`${mapping}: ${file} has no column ${quote(missing)}; expected one of ${quote(header)}`)
  }
  const twice = [...columns].filter((name) => header.indexOf(name) !== header.lastIndexOf(name))
  if (twice.length > 0) {
    throw new UserError(
      `${mapping}: ${file} has more than one column ${quote(twice)}; expected columns with different names`,
    )
  }
}

/** The text of the file, if it may be stored. Unreadable if it cannot be. */
function storedText({ source }: Mapping, { text }: Table): string | undefined | Unreadable {
  if (!source.keepText) return undefined
  if (!text.includes('\0')) return text
  return new Unreadable('text-not-kept', 'found NUL characters in the file; its text is not stored')
}

function sourceOf({ source }: Mapping, table: Table, text: string | undefined) {
  const { keepText: _, ...fields } = source
  return { ...fields, sha256: sha256(table.text), length: codePoints(table.text), text }
}

/** The slug of a row: the prefix and the values of its columns. */
function slugOfRow({ slug: { prefix, column } }: Mapping, reading: RowReading): string {
  const own = slugOf(column.map((column) => reading.text({ column }) ?? '').join(' '))
  if (own !== '') return `${prefix}${own}`
  const columns = column.map((name) => JSON.stringify(name)).join(', ')
  throw new Unreadable(
    'no-slug',
    `found neither letters nor digits in ${columns}; expected a value that identifies the row`,
  )
}

function citationOf({ source }: Mapping, { start, end, raw }: Row): Citation {
  // A cut between the two halves of a surrogate pair would leave an invalid character.
  const exact = raw.slice(0, MAX_EXCERPT).replace(/[\ud800-\udbff]$/, '')
  return { source: source.slug, start, end, exact }
}
