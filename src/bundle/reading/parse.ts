import { z } from 'zod'
import { UserError } from '../../errors.ts'
import { InvalidJson, parseJson } from '../../json.ts'
import { kinds } from '../concepts.ts'
import { type Bundle, bundle, FORMAT, FORMAT_VERSION } from '../format.ts'
import { BundleRefused, NOT_YET_CHECKED, type RecordCounts } from '../problems.ts'
import { readAs } from './messages.ts'
import { LARGEST_YAML, parseYaml } from './yaml.ts'

/** Maximum number of bytes of a JSON document, which is read into memory: a bundle, or a line of one. */
export const LARGEST_BUNDLE = 64 * 1024 * 1024

/** Reads the bytes of a JSON document as a bundle. Throws BundleRefused with every place that does not match the format. */
export function parseBundle(bytes: Uint8Array): Bundle {
  expectNotTooLarge(bytes.byteLength, 'one JSON document')
  return validateBundle(parseDocument(decode(bytes)))
}

/** Reads the bytes of a YAML document as a bundle, as `parseBundle` does. */
export function parseYamlBundle(bytes: Uint8Array): Bundle {
  expectNotTooLarge(bytes.byteLength, 'one YAML document', LARGEST_YAML)
  return validateBundle(parseYaml(decode(bytes)))
}

export function expectNotTooLarge(bytes: number, what: string, most = LARGEST_BUNDLE): void {
  if (bytes <= most) return
  throw new UserError(
    `${what} has more than ${most / 1024 / 1024} MiB; expected less. As JSON Lines, with one record per line, a bundle can have any size`,
  )
}

export function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new BundleRefused([{ path: '', message: 'expected UTF-8' }])
  }
}

export function parseDocument(text: string): unknown {
  try {
    return parseJson(text)
  } catch (error) {
    if (!(error instanceof InvalidJson)) throw error
    const { line, column, message } = error
    throw new BundleRefused([{ path: `line ${line}, column ${column}`, message }])
  }
}

/** Checks a value against the format. Throws BundleRefused with every place that does not match. */
export function validateBundle(value: unknown): Bundle {
  expectHeader(value)
  const { $schema: _, ...content } = value as Record<string, unknown>
  const result = readAs(bundle, content)
  if ('problems' in result) {
    throw new BundleRefused(result.problems, countsOf(content), result.problems.length, NOT_YET_CHECKED)
  }
  return result.data
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
