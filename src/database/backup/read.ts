import { createHash } from 'node:crypto'
import { pipeline, Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { z } from 'zod'
import { messageOf, UserError } from '../../errors.ts'
import { linesOf } from '../../lines.ts'
import { BACKUP, BACKUP_FORMAT, type Header, header, sequences, tableBegin, tableEnd, trailer } from './format.ts'
import { RowDigest, type Sequence } from './tables.ts'

/** A part of a backup. The rows of a table come between its begin and its end. */
export type Part =
  | { readonly table: string; readonly columns: readonly string[] }
  | { readonly rows: readonly Buffer[] }
  | { readonly count: number; readonly sha256: string }
  | { readonly sequences: readonly Sequence[] }

/** Bytes of rows in one part, approximately, and their maximum number. */
const PART_BYTES = 1_000_000
const PART_ROWS = 5_000

/** Maximum length of a line in bytes. PostgreSQL parses no longer JSON. */
const LONGEST_LINE = 256 * 1024 * 1024
const LONGEST_HEADER = 1024 * 1024

/** What the header of any version has. */
const anyHeader = z.object({ format: z.literal(BACKUP), formatVersion: z.int(), version: z.string() })

/**
 * Reads a backup. `name` is its name in messages. Throws a UserError if it is not a backup, if it was written in a later format or
 * if it is damaged. Whether it is complete is known only after the last part.
 */
export async function readBackup(
  name: string,
  bytes: AsyncIterable<Buffer>,
): Promise<{ header: Header; parts: AsyncGenerator<Part> }> {
  let longest = LONGEST_HEADER
  const lines = linesOf(inflated(name, bytes), (length) => {
    if (length <= longest) return
    throw longest === LONGEST_HEADER ? notBackup(name) : damaged(name, 'a line is too long')
  })
  const first = await lines.next()
  const value = first.done ? undefined : jsonIn(first.value)
  const { data: any } = anyHeader.safeParse(value)
  if (first.done || !any) throw notBackup(name, value)
  if (any.formatVersion > BACKUP_FORMAT)
    throw new UserError(
      `${name} is a backup in format ${any.formatVersion}, written by bilateral ${any.version}; this version reads formats up to ${BACKUP_FORMAT}: upgrade bilateral`,
    )
  const { data } = header.safeParse(value)
  if (!data) throw damaged(name, 'the header is invalid')
  longest = LONGEST_LINE
  return { header: data, parts: partsOf(name, first.value, lines) }
}

async function* partsOf(name: string, first: Buffer, lines: AsyncIterable<Buffer>): AsyncGenerator<Part> {
  const hash = createHash('sha256').update(first).update('\n')
  let isComplete = false
  let digest: RowDigest | undefined
  let rows: Buffer[] = []
  let size = 0
  for await (const line of lines) {
    if (isComplete) throw damaged(name, 'something follows its end')
    if (line[0] === ROW && digest) {
      hash.update(line).update('\n')
      digest.add(line)
      rows.push(line)
      size += line.length
      if (size < PART_BYTES && rows.length < PART_ROWS) continue
      yield { rows }
      rows = []
      size = 0
      continue
    }
    if (rows.length > 0) yield { rows }
    rows = []
    size = 0
    const value = jsonIn(line)
    const end = trailer.safeParse(value).data
    if (end) {
      if (end.end !== hash.digest('hex')) throw damaged(name, 'its checksum differs')
      isComplete = true
      continue
    }
    hash.update(line).update('\n')
    const part = tableBegin.safeParse(value).data ?? tableEnd.safeParse(value).data ?? sequences.safeParse(value).data
    if (!part || 'rows' in part !== (digest !== undefined)) throw damaged(name, 'it has an unexpected line')
    if ('table' in part) digest = new RowDigest()
    if (!('rows' in part)) {
      yield part
      continue
    }
    const read = digest?.end()
    digest = undefined
    if (read?.rows !== part.rows || read.sha256 !== part.sha256) throw damaged(name, 'the checksum of a table differs')
    yield { count: part.rows, sha256: part.sha256 }
  }
  if (!isComplete) throw damaged(name, 'its end is missing')
}

/** The first byte of a row. */
const ROW = '['.charCodeAt(0)

function jsonIn(line: Buffer): unknown {
  try {
    return JSON.parse(line.toString())
  } catch {
    return undefined
  }
}

async function* inflated(name: string, bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let isFirst = true
  async function* checked() {
    try {
      for await (const chunk of bytes) {
        if (isFirst && chunk.length > 0 && chunk[0] !== 0x1f) throw notBackup(name)
        if (chunk.length > 0) isFirst = false
        yield chunk
      }
      if (isFirst) throw notBackup(name)
    } catch (error) {
      if (error instanceof UserError) throw error
      throw new UserError(`cannot read ${name}: ${messageOf(error)}`)
    }
  }
  try {
    // The last stream of a pipeline throws the error of any stream in it.
    yield* pipeline(Readable.from(checked()), createGunzip(), () => {})
  } catch (error) {
    if (error instanceof UserError) throw error
    throw damaged(name, messageOf(error))
  }
}

function notBackup(name: string, value?: unknown): UserError {
  const isBundle = z.object({ format: z.string().startsWith('bilateral') }).safeParse(value).success
  const what = isBundle ? 'a bundle, not a backup; load it with bilateral import' : 'not a backup of bilateral'
  return new UserError(`${name} is ${what}`)
}

export const damaged = (name: string, reason: string): UserError =>
  new UserError(`${name} is incomplete or damaged: ${reason}; nothing was changed`)
