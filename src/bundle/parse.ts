import { z } from 'zod'
import { UserError } from '../errors.ts'
import { type Bundle, bundle, FORMAT, FORMAT_VERSION } from './format.ts'
import { BundleRefused, pathOf } from './problems.ts'

/** Bytes of the largest bundle that is read as one JSON document, and so in memory. */
export const LARGEST_BUNDLE = 64 * 1024 * 1024

/** Reads the bytes of a JSON document as a bundle. Throws BundleRefused with every place that is not of the format. */
export function parseBundle(bytes: Uint8Array): Bundle {
  expectNotTooLarge(bytes.byteLength)
  return validateBundle(parseJson(decode(bytes)))
}

export function expectNotTooLarge(bytes: number): void {
  if (bytes <= LARGEST_BUNDLE) return
  const mebibytes = (n: number) => `${Math.ceil(n / 1024 / 1024)} MiB`
  throw new UserError(
    `the bundle has ${mebibytes(bytes)}; expected at most ${mebibytes(LARGEST_BUNDLE)} in one file: split it, sources and people first`,
  )
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new BundleRefused([{ path: '', message: 'expected UTF-8, but these bytes are not' }])
  }
}

function parseJson(text: string): unknown {
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
  const { success, data, error } = bundle.safeParse(value)
  if (!success) {
    throw new BundleRefused(error.issues.map(({ path, message }) => ({ path: pathOf(path), message })))
  }
  return data
}
