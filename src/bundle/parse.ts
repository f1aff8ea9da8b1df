import { z } from 'zod'
import { UserError } from '../errors.ts'
import { kinds } from './concepts.ts'
import { type Bundle, bundle, FORMAT, FORMAT_VERSION } from './format.ts'
import { BundleRefused, messageOfIssue, pathOf, type RecordCounts } from './problems.ts'

/** Maximum number of bytes of a JSON document, which is read into memory: a bundle, or a line of one. */
export const LARGEST_BUNDLE = 64 * 1024 * 1024

/** Reads the bytes of a JSON document as a bundle. Throws BundleRefused with every place that does not match the format. */
export function parseBundle(bytes: Uint8Array): Bundle {
  expectNotTooLarge(bytes.byteLength, 'one JSON document')
  return validateBundle(parseJson(decode(bytes)))
}

export function expectNotTooLarge(bytes: number, what: string): void {
  if (bytes <= LARGEST_BUNDLE) return
  throw new UserError(
    `${what} has more than ${LARGEST_BUNDLE / 1024 / 1024} MiB; expected less. As JSON Lines, with one record per line, a bundle can have any size`,
  )
}

export function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new BundleRefused([{ path: '', message: 'expected UTF-8' }])
  }
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    const { message } = error as SyntaxError
    const lines = text.slice(0, positionOf(message, text)).split('\n')
    const place = `line ${lines.length}, column ${(lines.at(-1) as string).length + 1}`
    const what = message.replace(/ in JSON at.*|, (\.\.\.)?".*/s, '')
    throw new BundleRefused([{ path: '', message: `expected JSON, got at ${place}: ${what}` }])
  }
}

/** Where JSON.parse stopped. Node 20 does not report this for an unexpected token, so search for the shortest text that has one. */
function positionOf(message: string, text: string): number {
  const position = /at position (\d+)/.exec(message)?.[1]
  if (position !== undefined) return Number(position)
  if (!message.startsWith('Unexpected token')) return text.length
  let [without, withIt] = [0, text.length]
  while (withIt - without > 1) {
    const middle = (without + withIt) >> 1
    if (hasUnexpectedToken(text.slice(0, middle))) withIt = middle
    else without = middle
  }
  return without
}

function hasUnexpectedToken(text: string): boolean {
  try {
    JSON.parse(text)
    return false
  } catch (error) {
    return (error as SyntaxError).message.startsWith('Unexpected token')
  }
}

/** Checks a value against the format. Throws BundleRefused with every place that does not match. */
export function validateBundle(value: unknown): Bundle {
  expectHeader(value)
  const { success, data, error } = bundle.safeParse(value)
  if (!success) {
    throw new BundleRefused(
      error.issues.map((issue) => ({ path: pathOf(issue.path), message: messageOfIssue(issue) })),
      countsOf(value),
    )
  }
  return data
}

/** Throws BundleRefused unless a value has the header of a bundle, in a version that this program can read. */
export function expectHeader(value: unknown): void {
  const header = z.object({ format: z.literal(FORMAT), version: z.int().min(1) }).safeParse(value)
  if (!header.success) {
    throw new BundleRefused([
      {
        path: '',
        message: `expected an object with "format": "${FORMAT}" and "version": ${FORMAT_VERSION}`,
      },
    ])
  }
  if (header.data.version > FORMAT_VERSION) {
    const message = `expected at most ${FORMAT_VERSION}, got ${header.data.version}: upgrade bilateral to read this bundle`
    throw new BundleRefused([{ path: 'version', message }])
  }
}

/** Number of records of each kind in a value that does not match the format. */
function countsOf(value: unknown): RecordCounts {
  const lists = kinds.map((kind) => [kind, (value as Record<string, unknown>)[kind]] as const)
  return Object.fromEntries(lists.flatMap(([kind, list]) => (Array.isArray(list) ? [[kind, list.length]] : [])))
}
