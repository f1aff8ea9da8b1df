import { type CsvError, parse } from 'csv-parse/sync'
import { UserError } from '../../errors.ts'
import { fold } from '../../search/fold.ts'
import { clean, show } from './text.ts'
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
  /** The names of the columns. One without a name is called by its number: `column 6`. */
  readonly header: readonly string[]
  readonly delimiter: string
  /** The rows that are not empty. */
  readonly rows: readonly Row[]
  /** Lines that are no rows: notes after the table, repetitions of the header, and rows that say that there is nothing to report. */
  readonly others: readonly { readonly line: number; readonly reason: string; readonly message: string }[]
}

const BOM = '\ufeff'
const NEWLINE = 0x0a
const DELIMITERS = [',', ';', '\t', '|']
/** A cell of a row that says that there is nothing to report. */
const NIL = /^nil( returns?)?\.?$/i
/** The header is among the first rows. */
const MOST_BEFORE_HEADER = 50

/**
 * Reads a table. Without `delimiter`, it uses the one that `sep=` names in the first line, or with which a row has the most of
 * `columns`. That row is the header; what stands before it is no part of the table. Throws a UserError if there is no such row.
 */
export function readTable(file: string, text: string, columns: ReadonlySet<string>, delimiter?: string): Table {
  const begin = text.startsWith(BOM) ? 1 : 0
  const bytes = Buffer.from(text.slice(begin))
  const separator = /^"?sep=(.)"?[,;\t|]*(?:\n|$)/i.exec(text.slice(begin))?.[1]
  const chosen = delimiter ?? separator
  const candidates = (chosen === undefined ? DELIMITERS : [chosen]).flatMap((delimiter) => {
    const first = [...readRows(bytes, delimiter, begin, MOST_BEFORE_HEADER)]
    return first.flatMap((row, i) => {
      if (row.cells instanceof Unreadable || (separator !== undefined && row.line === 1)) return []
      const names = row.cells.map(clean)
      const found =
        columns.size > 0
          ? [...columns].filter((name) => indexOf(names, name) !== undefined).length
          : likeHeader(names, first, i)
      return [{ delimiter, row, names, found }]
    })
  })
  expectReadable(
    file,
    bytes,
    begin,
    candidates.some(({ found }) => found > 0),
  )
  candidates.sort((a, b) => b.found - a.found || a.row.line - b.row.line || b.names.length - a.names.length)
  const [best] = candidates as [(typeof candidates)[number]]
  if (best.row.raw.includes('\0')) throw new UserError(`${file}: found NUL characters in the header; expected a text`)
  const rows: Row[] = []
  let isAfterGap = false
  let lastBlock = 0
  let lastLine = 0
  for (const row of readRows(bytes, best.delimiter, begin)) {
    if (row.line > best.row.line) {
      isAfterGap = rows.length > 0 && row.line > lastLine + 1
      if (isAfterGap) lastBlock = rows.length
      rows.push(row)
    }
    lastLine = row.line + newlinesOf(row.raw)
  }
  const header = withNames(best.names, rows)
  const names = best.names.join('\n')
  const repeated = rows.filter(({ cells }) => !(cells instanceof Unreadable) && cells.map(clean).join('\n') === names)
  const nil = rows.filter(({ cells }) => !(cells instanceof Unreadable) && cells.some((cell) => NIL.test(clean(cell))))
  const notes = notesAfter(rows, lastBlock, header.length)
  const others = [
    ...repeated.map(({ line }) => ({ line, reason: 'header-again', message: 'found the header again; ignored' })),
    ...nil.map(({ line, raw }) => ({
      line,
      reason: 'nil-return',
      message: `found a row without a fact; ignored: ${show(raw)}`,
    })),
    ...notes.map(({ line, raw }) => ({
      line,
      reason: 'note',
      message: `found a note after the table; ignored: ${show(raw)}`,
    })),
  ]
  const ignored = new Set([...repeated, ...nil, ...notes])
  const needed = Math.max(-1, ...[...columns].map((name) => indexOf(header, name) ?? -1))
  return {
    text,
    header,
    delimiter: best.delimiter,
    rows: rows.filter((row) => !ignored.has(row)).map((row) => fitted(row, header.length, needed)),
    others,
  }
}

/** The index of a column: the one with this name, otherwise one that differs in case or accents. Undefined if there is none. */
export function indexOf(header: readonly string[], name: string): number | undefined {
  const exact = header.indexOf(name)
  if (exact !== -1) return exact
  const folded = fold(name)
  const similar = header.findIndex((column) => fold(column) === folded)
  return similar === -1 ? undefined : similar
}

/** How much a row looks like a header: the number of its names, if most columns of the rows below have one. */
function likeHeader(names: readonly string[], rows: readonly Row[], index: number): number {
  const named = names.filter((name) => /\p{L}/u.test(name) && name.length <= 80)
  const widest = Math.max(
    ...rows.slice(index).map(({ cells }) => (cells instanceof Unreadable ? 0 : filled(cells).length)),
  )
  const isWhole = named.length === filled(names).length && named.length > 1 && named.length >= widest / 2
  return isWhole && new Set(named).size === named.length ? Math.min(named.length, widest) : named.length / 1_000
}

const filled = (cells: readonly string[]) => cells.filter((cell) => cell.trim() !== '')

function expectReadable(file: string, bytes: Buffer, begin: number, isFound: boolean): void {
  const [row] = readRows(bytes, ',', begin, 1)
  if (!row) throw new UserError(`${file}: expected a header line with the names of the columns, but the file is empty`)
  if (isFound || !(row.cells instanceof Unreadable)) return
  throw new UserError(`${file}: cannot read the header in line ${row.line}: ${row.cells.message}`)
}

const lengthOf = ({ cells }: Row) =>
  cells instanceof Unreadable ? 0 : cells.findLastIndex((cell) => cell.trim() !== '') + 1

/** The names of the columns, with a number for those without one. Most rows may have more cells than the header. */
function withNames(names: readonly string[], rows: readonly Row[]): string[] {
  const widths = new Map<number, number>()
  for (const row of rows) widths.set(lengthOf(row), (widths.get(lengthOf(row)) ?? 0) + 1)
  const [usual = 0, count = 0] = [...widths].sort(([, a], [, b]) => b - a)[0] ?? []
  const last = names.findLastIndex((name) => name !== '') + 1
  const width = count * 2 > rows.length ? Math.max(last, usual) : last
  return Array.from({ length: width }, (_, i) => names[i] || `column ${i + 1}`)
}

/** The rows at the end that are notes: one text alone, or after an empty line a row that fills less than half of the columns. */
function notesAfter(rows: readonly Row[], lastBlock: number, width: number): Row[] {
  const isNote = ({ cells }: Row, i: number) => {
    if (cells instanceof Unreadable) return false
    const texts = filled(cells)
    const isAlone = texts.length === 1 && width > 2 && /\p{L}/u.test(texts[0] as string)
    return isAlone || (lastBlock > 0 && i >= lastBlock && texts.length * 2 < width)
  }
  const last = rows.findLastIndex((row, i) => !isNote(row, i))
  return last === -1 ? [] : rows.slice(last + 1)
}

/**
 * Accepts additional empty cells at the end, and missing ones that no field needs, as spreadsheets write them. Any other number of
 * cells would put values in the wrong columns.
 */
function fitted(row: Row, columns: number, needed: number): Row {
  if (row.cells instanceof Unreadable) return row
  const found = row.cells.length
  if (found > needed && lengthOf(row) <= columns) return row
  const last = row.line + newlinesOf(row.raw)
  const place = last === row.line ? '' : ` in one row from line ${row.line} to line ${last}`
  const message = `found ${found} cells${place}; expected ${columns} as in the header`
  return { ...row, cells: new Unreadable('ragged-row', message) }
}

const newlinesOf = (text: string) => text.split('\n').length - 1

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
