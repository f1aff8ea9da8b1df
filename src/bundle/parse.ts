import { z } from 'zod'
import { UserError } from '../errors.ts'
import { kinds } from './concepts.ts'
import { type Bundle, bundle, FORMAT, FORMAT_VERSION } from './format.ts'
import { BundleRefused, pathOf, type RecordCounts } from './problems.ts'

/** Bytes of the largest JSON document, which is read in memory: a bundle, or a line of one. */
export const LARGEST_BUNDLE = 64 * 1024 * 1024

/** Reads the bytes of a JSON document as a bundle. Throws BundleRefused with every place that is not of the format. */
export function parseBundle(bytes: Uint8Array): Bundle {
  expectNotTooLarge(bytes.byteLength, 'one JSON document')
  return validateBundle(parseJson(decode(bytes)))
}

export function expectNotTooLarge(bytes: number, what: string): void {
  if (bytes <= LARGEST_BUNDLE) return
  throw new UserError(
    `${what} has more than ${LARGEST_BUNDLE / 1024 / 1024} MiB; expected less: as JSON Lines, a record a line, a bundle may be of any size`,
  )
}

export function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new BundleRefused([{ path: '', message: 'expected UTF-8, but these bytes are not' }])
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
    throw new BundleRefused([{ path: '', message: `expected JSON, but at ${place}: ${what}` }])
  }
}

/** Where JSON.parse stopped. Of an unexpected token Node 20 does not tell it: there the shortest text ends that has one. */
function positionOf(message: string, text: string): number {
  const told = /at position (\d+)/.exec(message)?.[1]
  if (told !== undefined) return Number(told)
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

/** Checks that a value is of the format. Throws BundleRefused with every place that is not. */
export function validateBundle(value: unknown): Bundle {
  expectHeader(value)
  const { success, data, error } = bundle.safeParse(value)
  if (!success) {
    throw new BundleRefused(
      error.issues.map(({ path, message }) => ({ path: pathOf(path), message })),
      countsOf(value),
    )
  }
  return data
}

/** Throws BundleRefused where a value does not say that it is a bundle, of a version that this program understands. */
export function expectHeader(value: unknown): void {
  const header = z.object({ format: z.literal(FORMAT), version: z.int().min(1) }).safeParse(value)
  if (!header.success) {
    throw new BundleRefused([
      {
        path: '',
        message: `expected an object that begins with "format": "${FORMAT}" and "version": ${FORMAT_VERSION}`,
      },
    ])
  }
  if (header.data.version > FORMAT_VERSION) {
    const message = `version ${header.data.version} is newer than this program understands (${FORMAT_VERSION}): upgrade bilateral`
    throw new BundleRefused([{ path: 'version', message }])
  }
}

/** How many records a value has that is not of the format. */
function countsOf(value: unknown): RecordCounts {
  const lists = kinds.map((kind) => [kind, (value as Record<string, unknown>)[kind]] as const)
  return Object.fromEntries(lists.flatMap(([kind, list]) => (Array.isArray(list) ? [[kind, list.length]] : [])))
}
