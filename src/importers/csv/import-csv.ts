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

/** UTF-16 units of the longest excerpt that a citation may hold. */
const LONGEST_EXCERPT = 5_000

/**
 * Makes a bundle of a CSV file of meetings or statements, by a mapping that says which columns mean what (docs/spreadsheets.md). Each
 * row becomes a fact that cites it, or a refused anomaly. The source is the file itself.
 *
 * Throws a UserError where the mapping is wrong or does not fit the file, or the file is no CSV in UTF-8.
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
  const tell = (id: string, { reason, message }: Unreadable, refused: boolean) =>
    anomalies.push({ file: basename(file), id, reason, message, refused })
  const text = keptText(mapping, table)
  if (text instanceof Unreadable) tell(mapping.source.slug, text, false)

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
          `found the slug ${slug} again, which line ${first} has; expected another`,
        )
      }
      const citations = [citationOf(mapping, row)]
      if (mapping.kind === 'meetings') meetings.push(meetingOf(mapping, reading, slug, citations))
      else statements.push(statementOf(mapping, reading, slug, citations))
      lines.set(slug, row.line)
      for (const { among, name } of reading.named) among.add(name)
      for (const anomaly of reading.anomalies) tell(place, anomaly, false)
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error
      tell(place, error, true)
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
    throw new UserError(`${mapping} names columns that ${file} lacks: ${quote(missing)}; it has ${quote(header)}`)
  }
  const twice = [...columns].filter((name) => header.indexOf(name) !== header.lastIndexOf(name))
  if (twice.length > 0) {
    throw new UserError(
      `${mapping} names columns that ${file} has more than once: ${quote(twice)}; expected columns with names of their own`,
    )
  }
}

/** The text, where it may and can be kept. */
function keptText({ source }: Mapping, { text }: Table): string | undefined | Unreadable {
  if (!source.keepText) return undefined
  if (!text.includes('\0')) return text
  return new Unreadable('text-not-kept', 'found NUL characters; expected text without, so the text is not kept')
}

function sourceOf({ source }: Mapping, table: Table, text: string | undefined) {
  const { keepText: _, ...fields } = source
  return { ...fields, sha256: sha256(table.text), length: codePoints(table.text), text }
}

/** What the row's columns have, after the prefix. */
function slugOfRow({ slug: { prefix, column } }: Mapping, reading: RowReading): string {
  const own = slugOf(column.map((column) => reading.text({ column }) ?? '').join(' '))
  if (own !== '') return `${prefix}${own}`
  const columns = column.map((name) => JSON.stringify(name)).join(', ')
  throw new Unreadable(
    'no-slug',
    `found neither letter nor digit in ${columns}; expected what tells the row from others`,
  )
}

function citationOf({ source }: Mapping, { start, end, raw }: Row): Citation {
  // Not half of a character that takes two units.
  const exact = raw.slice(0, LONGEST_EXCERPT).replace(/[\ud800-\udbff]$/, '')
  return { source: source.slug, start, end, exact }
}
