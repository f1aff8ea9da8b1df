import { type CsvError, parse } from 'csv-parse/sync'
import { UserError } from '../../errors.ts'
import { sourceText } from '../../evidence/text.ts'
import { squeeze } from './names.ts'
import { Unreadable } from './unreadable.ts'

/** A row of a table and its position in the text. */
export interface Row {
  /** The line on which the row starts, from 1. */
  readonly line: number
  /** Half-open range of Unicode code points, without the newline at the end. */
  readonly start: number
  readonly end: number
  /** The row as written. */
  readonly raw: string
  /** The cells by column, or the reason why the row cannot be read. */
  readonly cells: readonly string[] | Unreadable
}

export interface Table {
  /** The whole text. The SHA-256 and the positions of the rows refer to it. */
  readonly text: string
  /** The headings with normalized white space. */
  readonly header: readonly string[]
  /** The rows that are not empty. */
  readonly rows: readonly Row[]
}

const BOM = '\ufeff'
const NEWLINE = 0x0a
/** Maximum size of a file in bytes. Files are read into memory. */
const MAX_BYTES = 256 * 1024 * 1024

/**
 * Reads a CSV file with a header row. Without `delimiter`, it uses the delimiter with which the header has the most of `columns`.
 * Throws a UserError if the file is not such a table.
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
  if (bytes.byteLength > MAX_BYTES) {
    throw new UserError(
      `${file}: expected at most ${MAX_BYTES / 1024 / 1024} MiB; split the file and import each part as its own source`,
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
  if (!row) throw new UserError(`${file}: expected a header line with the names of the columns, but the file is empty`)
  if (row.cells instanceof Unreadable) {
    throw new UserError(`${file}: cannot read the header in line ${row.line}: ${row.cells.message}`)
  }
  if (row.raw.includes('\0')) {
    throw new UserError(`${file}: expected UTF-8, but the header has NUL characters; the file may be UTF-16`)
  }
}

/** Accepts additional empty cells at the end, which spreadsheets write. Any other number of cells would put values in the wrong columns. */
function fitted(row: Row, columns: number): Row {
  if (row.cells instanceof Unreadable) return row
  const found = row.cells.length
  const isFitted =
    found === columns || (found > columns && row.cells.slice(columns).every((cell) => cell.trim() === ''))
  if (isFitted) return row
  const last = row.line + row.raw.split('\n').length - 1
  const place = last === row.line ? '' : ` in one row from line ${row.line} to line ${last}`
  const message = `found ${found} cells${place}; expected ${columns} as in the header`
  return { ...row, cells: new Unreadable('ragged-row', message) }
}

/** The rows before the first one with invalid quotes, each with the position of the byte after it. */
interface Parsed {
  readonly rows: readonly { readonly cells: readonly string[]; readonly end: number }[]
  readonly error: CsvError | undefined
}

/**
 * Reads up to `limit` rows that are not empty. If the quotes of a row are invalid, its first line is an unreadable row and the next
 * line starts a new row. So a bad quote does not swallow the rest of the file.
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

  /** The row from the end of the previous one to `next`. */
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
  if (code === 'CSV_QUOTE_NOT_CLOSED') return 'found a cell without a closing quotation mark; expected "…"'
  return 'found a quotation mark inside a cell; write such a cell as "… ""quoted"" …"'
}

/** Number of code points: all bytes of UTF-8 except continuation bytes. */
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
