import { stringify } from 'csv-stringify/sync'
import { unzipSync, zipSync } from 'fflate'
import readWorkbook, { type CellValue } from 'read-excel-file/node'
import { messageOf, UserError } from '../../errors.ts'

/** Maximum size in bytes of the unpacked parts of a workbook, and maximum numbers of its rows and columns. */
const MAX_UNPACKED = 256 * 1024 * 1024
const MAX_ROWS = 1_000_000
const MAX_COLUMNS = 1_000
const MAX_CELLS = 20_000_000

/**
 * Converts a sheet of an Excel workbook to CSV. This CSV is the text that its facts cite: one line for each row, so that the number
 * of a line is that of the row. Without `sheet`, the workbook must have one sheet that is not empty.
 */
export async function sheetAsCsv(
  file: string,
  bytes: Uint8Array,
  sheet: string | undefined,
): Promise<{ readonly text: string; readonly remarks: readonly string[] }> {
  const sheets = await readSheets(file, unpacked(file, bytes))
  const filled = sheets.filter(({ data }) => data.some((row) => row.some((cell) => cell !== null)))
  const names = sheets.map(({ sheet }) => JSON.stringify(sheet)).join(', ')
  const chosen = sheet === undefined ? filled[0] : sheets.find((one) => one.sheet === sheet)
  if (!chosen) {
    const wanted = sheet === undefined ? 'a sheet that is not empty' : `the sheet ${JSON.stringify(sheet)}`
    throw new UserError(`${file}: expected ${wanted}; found ${names}`)
  }
  if (sheet === undefined && filled.length > 1) {
    throw new UserError(`${file}: found the sheets ${names}; expected "sheet" in the mapping with the name of one`)
  }
  const text = stringify(chosen.data.map((row) => row.map(textOf)))
  return { text, remarks: [`read the sheet ${JSON.stringify(chosen.sheet)} of the workbook; its facts cite it as CSV`] }
}

/** The parts of the workbook that are needed, without compression. The reader has no limits of its own. */
function unpacked(file: string, bytes: Uint8Array): Uint8Array {
  let size = 0
  let parts: Record<string, Uint8Array>
  try {
    parts = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        if (!/\.(xml|rels)$/.test(name)) return false
        size += originalSize
        if (size > MAX_UNPACKED)
          throw new UserError(`${file}: expected at most ${MAX_UNPACKED / 1024 / 1024} MiB of unpacked data`)
        return true
      },
    })
  } catch (error) {
    if (error instanceof UserError) throw error
    throw new UserError(`${file}: expected an Excel workbook: ${messageOf(error)}`)
  }
  if (!('xl/workbook.xml' in parts))
    throw new UserError(`${file}: expected CSV or an Excel workbook, but found another zip file`)
  for (const [name, xml] of Object.entries(parts)) if (name.startsWith('xl/worksheets/')) expectSmall(file, xml)
  return zipSync(parts, { level: 0 })
}

/** The reader makes an array of all cells up to the last one. */
function expectSmall(file: string, xml: Uint8Array): void {
  let [rows, columns] = [0, 0]
  for (const [, letters = '', digits = ''] of Buffer.from(xml)
    .toString('latin1')
    .matchAll(/\br="([A-Z]{0,3})(\d{1,7})"/g)) {
    rows = Math.max(rows, Number(digits))
    columns = Math.max(
      columns,
      [...letters].reduce((number, letter) => number * 26 + letter.charCodeAt(0) - 64, 0),
    )
  }
  if (rows <= MAX_ROWS && columns <= MAX_COLUMNS && rows * columns <= MAX_CELLS) return
  throw new UserError(
    `${file}: found ${rows} rows and ${columns} columns; expected at most ${MAX_ROWS} rows, ${MAX_COLUMNS} columns and ${MAX_CELLS} cells`,
  )
}

async function readSheets(file: string, bytes: Uint8Array) {
  try {
    return await readWorkbook(Buffer.from(bytes))
  } catch (error) {
    throw new UserError(`${file}: cannot read the workbook: ${messageOf(error)}`)
  }
}

/** A cell as text. A date has a time of day only if that is not midnight. */
function textOf(cell: CellValue | Date | null): string {
  if (cell === null) return ''
  if (cell instanceof Date)
    return cell
      .toISOString()
      .replace('T', ' ')
      .replace(/( 00:00)?:\d\d\.\d{3}Z$/, '')
  return String(cell).replaceAll(/\s*[\r\n]+\s*/g, ' ')
}
