import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { rename, rm, stat } from 'node:fs/promises'
import { PassThrough, type Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { messageOf, UserError } from '../errors.ts'

interface OutputOptions {
  /** Compress by gzip. Default: if the name of the file ends in `.gz`. */
  readonly gzip?: boolean
  /** Permissions of a new file. Default: 0o666, without those that the umask removes. */
  readonly mode?: number
  /** Whether the reading program may close the pipe early, as `head` does. Default: it may. */
  readonly mayEndEarly?: boolean
}

/** Writes a text or bytes, and waits while the output is full. Throws if the output has failed. */
export async function write(out: Writable, text: string | Uint8Array): Promise<void> {
  if (out.destroyed) throw new Error('the output was closed')
  if (!out.write(text)) await once(out, 'drain')
}

/**
 * Lets `work` write to a file. The file has a temporary name until it is complete and on the disk. A device, a pipe and standard
 * output are written directly.
 */
export async function written(
  place: string | Writable,
  work: (out: Writable) => Promise<void>,
  { gzip, mode = 0o666, mayEndEarly = true }: OutputOptions = {},
): Promise<void> {
  const out = new PassThrough()
  const file = typeof place === 'string' ? place : undefined
  const there = file === undefined ? undefined : await stat(file).catch(() => undefined)
  if (file && there?.isDirectory()) cannotWrite(file, 'it is a folder; give the name of a file')
  const unfinished = there && !there.isFile() ? undefined : `${file}.unfinished`
  const target =
    typeof place === 'string'
      ? createWriteStream(unfinished ?? place, { mode, flush: unfinished !== undefined })
      : place
  const end = { end: file !== undefined }
  const piped = (gzip ?? file?.endsWith('.gz')) ? pipeline(out, createGzip(), target, end) : pipeline(out, target, end)
  const failed = piped.catch((error) => {
    // Ends the wait of `write`.
    out.destroy(error)
    if ((error as NodeJS.ErrnoException).code !== 'EPIPE' || !mayEndEarly) cannotWrite(file ?? 'standard output', error)
  })
  const working = work(out).then(() => void out.end())
  try {
    await Promise.race([working, failed])
    await failed
    if (file && unfinished) await rename(unfinished, file).catch((error) => cannotWrite(file, error))
  } catch (error) {
    if (file && unfinished) await rm(unfinished, { force: true }).catch(() => {})
    throw error
  } finally {
    out.destroy()
    await working.catch(() => {})
  }
}

export function cannotWrite(file: string, error: unknown): never {
  throw new UserError(`cannot write ${file}: ${messageOf(error)}`)
}
