import { gunzipSync } from 'node:zlib'
import { messageOf, UserError } from '../../errors.ts'
import { sourceText } from '../../evidence/text.ts'
import { sheetAsCsv } from './workbook.ts'

/** The text of a sheet, and what the reader should know of how it was read. */
export interface SheetText {
  readonly text: string
  readonly remarks: readonly string[]
}

/** Maximum size of a file in bytes. Files are read into memory. */
export const MAX_BYTES = 256 * 1024 * 1024

const NEWLINE = 0x0a

/**
 * Decodes a file: CSV or an Excel workbook, also compressed by gzip. Without `encoding`, a text is UTF-8, UTF-16 or else
 * Windows-1252. Throws a UserError if it is none of these.
 */
export async function decodeSheet(
  file: string,
  content: Uint8Array,
  { encoding, sheet }: { readonly encoding?: string | undefined; readonly sheet?: string | undefined },
): Promise<SheetText> {
  const bytes = inflated(file, content)
  if (bytes.byteLength > MAX_BYTES) throw tooLarge(file)
  if (startsWith(bytes, [0x50, 0x4b, 0x03, 0x04])) return await sheetAsCsv(file, bytes, sheet)
  if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0])) {
    throw new UserError(
      `${file}: found a workbook of Excel 97–2003; expected .xlsx or CSV. Save it in one of these formats`,
    )
  }
  if (sheet !== undefined)
    throw new UserError(`${file}: found a text; expected a workbook, because the mapping has "sheet"`)
  return decodeText(file, bytes, encoding)
}

const startsWith = (bytes: Uint8Array, head: readonly number[]) => head.every((byte, i) => bytes[i] === byte)

const tooLarge = (file: string) =>
  new UserError(
    `${file}: expected at most ${MAX_BYTES / 1024 / 1024} MiB; split the file and import each part as its own source`,
  )

function inflated(file: string, bytes: Uint8Array): Uint8Array {
  if (!startsWith(bytes, [0x1f, 0x8b])) return bytes
  try {
    return gunzipSync(bytes, { maxOutputLength: MAX_BYTES })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(file)
    throw new UserError(`${file}: expected complete gzip data: ${messageOf(error)}`)
  }
}

function decodeText(file: string, bytes: Uint8Array, encoding: string | undefined): SheetText {
  if (encoding !== undefined) return { text: decodeAs(file, bytes, encoding), remarks: [] }
  const utf16 = utf16In(bytes)
  if (utf16) return { text: decodeAs(file, bytes, utf16), remarks: [`read as ${utf16.toUpperCase()}`] }
  try {
    return { text: sourceText(bytes), remarks: [] }
  } catch {
    expectNoUtf8(file, bytes)
    const remark = 'read as Windows-1252, because it is not UTF-8; if letters are wrong, set "encoding" in the mapping'
    return { text: decodeAs(file, bytes, 'windows-1252'), remarks: [remark] }
  }
}

function decodeAs(file: string, bytes: Uint8Array, encoding: string): string {
  try {
    const decoder = new TextDecoder(encoding, { fatal: true })
    const text = decoder.decode(bytes).replaceAll(/\r\n?/g, '\n')
    return decoder.encoding === 'windows-1252' ? text.replaceAll(/[\x80-\x9f]/g, letterOf1252) : text
  } catch (error) {
    if (error instanceof RangeError) {
      throw new UserError(
        `${file}: the encoding ${JSON.stringify(encoding)} is not known; expected for example utf-8, utf-16le or windows-1252`,
      )
    }
    throw new UserError(`${file}: expected text in ${encoding}, but some bytes are not; set "encoding" in the mapping`)
  }
}

/** The letters of Windows-1252 from 0x80. Node.js 20 reads them as control characters. */
const FROM_80 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ'
const letterOf1252 = (control: string) => FROM_80[control.charCodeAt(0) - 0x80] as string

/** UTF-16 by its byte order mark, or by the zeros that it has in every second byte of Latin text. */
function utf16In(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (startsWith(bytes, [0xff, 0xfe])) return 'utf-16le'
  if (startsWith(bytes, [0xfe, 0xff])) return 'utf-16be'
  const head = bytes.subarray(0, 1_000)
  if (bytes.length < 4 || bytes.length % 2 === 1) return undefined
  const zeros = [0, 0]
  for (const [i, byte] of head.entries()) if (byte === 0) zeros[i % 2] = (zeros[i % 2] as number) + 1
  const [even = 0, odd = 0] = zeros
  if (odd > head.length / 4 && even === 0) return 'utf-16le'
  return even > head.length / 4 && odd === 0 ? 'utf-16be' : undefined
}

/** Refuses a text that is mostly UTF-8: as Windows-1252, its other letters would be wrong. */
function expectNoUtf8(file: string, bytes: Uint8Array): void {
  const text = new TextDecoder('utf-8').decode(bytes)
  let [right, wrong] = [0, 0]
  for (const { 0: letter } of text.matchAll(/[^\0-\x7f]/gu)) {
    if (letter === '\ufffd') wrong++
    else right++
  }
  if (right <= wrong) return
  throw new UserError(
    `${file}: expected UTF-8, but line ${firstLineNotUtf8(bytes)} is not; save it as "CSV UTF-8", or convert it with iconv`,
  )
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
