import { type CsvError, parse } from 'csv-parse/sync'
import { UserError } from '../../errors.ts'
import { sourceText } from '../../evidence/text.ts'
import { squeeze } from './names.ts'
import { Unreadable } from './unreadable.ts'

/** A row of a table and its place in the table's text. */
export interface Row {
  /** Of its begin, from 1. */
  readonly line: number
  /** A half-open range of Unicode code points, without the newline at its end. */
  readonly start: number
  readonly end: number
  /** The row as written. */
  readonly raw: string
  /** By column; or why the row cannot be read. */
  readonly cells: readonly string[] | Unreadable
}

export interface Table {
  /** The whole text, as its SHA-256 and the places of rows mean it. */
  readonly text: string
  /** The headings, with white space single. */
  readonly header: readonly string[]
  /** All that have anything in a cell. */
  readonly rows: readonly Row[]
}

const BOM = '\ufeff'
const NEWLINE = 0x0a
/** Bytes of the largest file, which is read in memory. */
const LARGEST = 256 * 1024 * 1024

/**
 * Reads a CSV file, the first row being its header. Of the delimiters that are possible it takes the one by which the header
 * has the most of the columns that are looked for. Throws a UserError where the file is no such table at all.
 */
export function readTable(file: string, content: Uint8Array, columns: ReadonlySet<string>, delimiter?: string): Table {
  const text = decodeText(file, content)
  const begin = text.startsWith(BOM) ? 1 : 0
  const bytes = Buffer.from(text.slice(begin))
  const candidates = delimiter === undefined ? [',', ';', '\t'] : [delimiter]
  const headers = candidates.map((delimiter) => {
    const [row] = readRows(bytes, delimiter, begin, 1)
    const names = row && !(row.cells instanceof Unreadable) ? row.cells.map(squeeze) : []
    return { delimiter, row, names, found: names.filter((name) => columns.has(name)).length }
  })
  headers.sort((a, b) => b.found - a.found || b.names.length - a.names.length)
  const [best] = headers as [(typeof headers)[number]]
  expectHeader(file, best.row)
  const [, ...rows] = readRows(bytes, best.delimiter, begin)
  return { text, header: best.names, rows: rows.map((row) => fitted(row, best.names.length)) }
}

function decodeText(file: string, bytes: Uint8Array): string {
  if (bytes.byteLength > LARGEST) {
    throw new UserError(
      `${file} has more than ${LARGEST / 1024 / 1024} MiB; expected less: split it, each part a source`,
    )
  }
  try {
    return sourceText(bytes)
  } catch {
    throw new UserError(
      `${file}: expected UTF-8, but line ${firstLineNotUtf8(bytes)} is not; save it as "CSV UTF-8", or convert it with iconv`,
    )
  }
}

function firstLineNotUtf8(bytes: Uint8Array): number {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  for (let line = 1, start = 0; ; line++) {
    const newline = bytes.indexOf(NEWLINE, start)
    try {
      decoder.decode(bytes.subarray(start, newline === -1 ? undefined : newline))
    } catch {
      return line
    }
    if (newline === -1) return line
    start = newline + 1
  }
}

function expectHeader(file: string, row: Row | undefined): void {
  if (!row) throw new UserError(`${file} is empty; expected a header line with the names of its columns`)
  if (row.cells instanceof Unreadable) {
    throw new UserError(`${file}: the header, at line ${row.line}, cannot be read: ${row.cells.message}`)
  }
  if (row.raw.includes('\0')) {
    throw new UserError(`${file}: expected UTF-8, but the header has NUL characters, as UTF-16 has`)
  }
}

/** Spreadsheets end rows in empty cells; one that has other columns than the header has its values in wrong ones. */
function fitted(row: Row, columns: number): Row {
  if (row.cells instanceof Unreadable) return row
  const found = row.cells.length
  const isFitted =
    found === columns || (found > columns && row.cells.slice(columns).every((cell) => cell.trim() === ''))
  if (isFitted) return row
  const last = row.line + row.raw.split('\n').length - 1
  const place = last === row.line ? '' : ` in one row from line ${row.line} to line ${last}`
  const message = `found ${found} cells${place}; expected ${columns}, as the header has`
  return { ...row, cells: new Unreadable('ragged-row', message) }
}

/** What a parse finds: rows, each with the byte after it, up to the first whose quotes make no sense. */
interface Parsed {
  readonly rows: readonly { readonly cells: readonly string[]; readonly end: number }[]
  readonly error: CsvError | undefined
}

/**
 * The rows that have anything in a cell, at most `limit` of them. A line that begins a row whose quotes make no sense is a
 * row that cannot be read, and the next line begins another: one bad quote does not swallow what follows.
 */
function* readRows(bytes: Buffer, delimiter: string, firstPoint: number, limit = Infinity): Generator<Row> {
  let [start, line, point, found] = [0, 1, firstPoint, 0]
  while (start < bytes.length && found < limit) {
    const offset = start
    const { rows, error } = parseRows(bytes.subarray(start), delimiter, limit)
    for (const { cells, end } of rows) {
      const row = take(offset + end, cells)
      if (cells.every((cell) => cell.trim() === '')) continue
      yield row
      if (++found >= limit) return
    }
    if (!error && rows.length === 0) return
    if (!error) continue
    const newline = bytes.indexOf(NEWLINE, start)
    yield take(newline === -1 ? bytes.length : newline + 1, new Unreadable('bad-quotes', explain(error)))
    found++
  }

  /** The row from where the last one ended to a byte. */
  function take(next: number, cells: Row['cells']): Row {
    const end = bytes[next - 1] === NEWLINE ? next - 1 : next
    const row = {
      line,
      start: point,
      end: point + pointsIn(bytes, start, end),
      raw: bytes.toString('utf8', start, end),
    }
    point = row.end + (next - end)
    line += newlinesIn(bytes, start, next)
    start = next
    return { ...row, cells }
  }
}

function parseRows(bytes: Buffer, delimiter: string, limit: number): Parsed {
  const rows: { cells: string[]; end: number }[] = []
  try {
    parse(bytes, {
      delimiter,
      record_delimiter: '\n',
      relax_column_count: true,
      ...(limit === Infinity ? {} : { to: limit }),
      on_record: (cells: string[], { bytes_records: end }) => {
        rows.push({ cells, end })
        return null
      },
    })
    return { rows, error: undefined }
  } catch (error) {
    return { rows, error: error as CsvError }
  }
}

function explain({ code }: CsvError): string {
  if (code === 'CSV_QUOTE_NOT_CLOSED') return 'found a cell whose quotation mark is never closed; expected "…"'
  return 'found a quotation mark in the midst of a cell; expected a cell that has one to be written as "… ""quoted"" …"'
}

/** Every byte of UTF-8 but those that continue a code point. */
function pointsIn(bytes: Buffer, start: number, end: number): number {
  let count = 0
  for (let i = start; i < end; i++) if (((bytes[i] as number) & 0xc0) !== 0x80) count++
  return count
}

function newlinesIn(bytes: Buffer, start: number, end: number): number {
  let count = 0
  for (let i = start; i < end; i++) if (bytes[i] === NEWLINE) count++
  return count
}
