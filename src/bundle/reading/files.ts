import { createReadStream } from 'node:fs'
import { pipeline, Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { messageOf, UserError } from '../../errors.ts'
import { InvalidJson, parseJson } from '../../json.ts'
import { linesOf } from '../../lines.ts'
import { type Kind, kinds } from '../concepts.ts'
import { records, withdrawal } from '../format.ts'
import { BundleRefused } from '../problems.ts'
import { type Read, recordsOf } from '../records.ts'
import { readAs } from './messages.ts'
import { decode, expectHeader, expectNotTooLarge, parseBundle, parseYamlBundle } from './parse.ts'

/**
 * Reads the records of a bundle from a file or from standard input. The bundle is one JSON or YAML document, or JSON Lines, plain
 * or compressed by gzip. The first of the JSON Lines is the header, each further line is `{ "meetings": { … } }` or another
 * kind. Throws a UserError if the file cannot be read, and a BundleRefused if it is not a bundle.
 */
export async function* readRecords(file: string | Readable): AsyncGenerator<Read> {
  const lines = linesOf(inflated(bytesOf(file)), (bytes) => expectNotTooLarge(bytes, 'one line'))
  const { value: first = Buffer.alloc(0) } = await lines.next()
  if (isYaml(file, first)) return yield* recordsOf(parseYamlBundle(await whole(first, lines)))
  const header = headerAlone(first)
  if (header === undefined) return yield* recordsOf(parseBundle(await whole(first, lines)))

  expectHeader(header)
  let number = 1
  for await (const line of lines) {
    number++
    if (line.some((byte) => !BLANK.has(byte))) yield* recordIn(line, `line ${number}`)
  }
}

/** A file is YAML by its name. What comes from standard input is YAML if it begins with a key, a comment or a marker. */
const isYaml = (file: string | Readable, first: Buffer) =>
  typeof file === 'string' ? /\.ya?ml(\.gz)?$/i.test(file) : /^(\ufeff?(#|---|%YAML|\$?[a-z]+:))/i.test(String(first))

const BLANK = new Set(Buffer.from(' \t\r'))

const HEADER = ['$schema', 'format', 'version']

/** The value of a line if it is the header of JSON Lines: an object with a format and a version only. */
function headerAlone(line: Uint8Array): unknown {
  try {
    const value = JSON.parse(decode(line))
    return Object.keys(value).every((key) => HEADER.includes(key)) ? value : undefined
  } catch {
    return undefined
  }
}

/** The record of a line, or its problems. */
function* recordIn(line: Uint8Array, place: string): Generator<Read> {
  try {
    const entries = Object.entries(parseJson(decode(line)) ?? {})
    const [kind, value] = entries[0] ?? []
    if (entries.length !== 1 || !(isKind(kind) || kind === 'withdraw')) return yield { path: place, message: EXPECTED }
    const path = `${place}: ${kind}`
    const result = readAs(kind === 'withdraw' ? withdrawal : records[kind], value, path)
    if ('problems' in result) yield* result.problems
    else yield (kind === 'withdraw' ? { withdraw: result.data, path } : { kind, record: result.data, path }) as Read
  } catch (error) {
    if (error instanceof InvalidJson) yield { path: `${place}, column ${error.column}`, message: error.message }
    else if (error instanceof BundleRefused) yield* error.problems.map(({ message }) => ({ path: place, message }))
    else throw error
  }
}

const isKind = (name: string | undefined): name is Kind => (kinds as readonly (string | undefined)[]).includes(name)

const EXPECTED = `expected one record under the name of its kind, such as { "meetings": { … } }; the kinds are ${kinds.join(', ')}, and withdraw`

async function* bytesOf(file: string | Readable): AsyncGenerator<Buffer> {
  try {
    yield* typeof file === 'string' ? createReadStream(file) : file
  } catch (error) {
    throw new UserError(`cannot read ${typeof file === 'string' ? file : 'standard input'}: ${messageOf(error)}`)
  }
}

/** Decompresses bytes that begin like gzip, and passes on all others. */
async function* inflated(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const iterator = chunks[Symbol.asyncIterator]()
  let head = Buffer.alloc(0)
  while (head.length < 2) {
    const { done, value } = await iterator.next()
    if (done) break
    head = Buffer.concat([head, value])
  }
  async function* all() {
    yield head
    yield* { [Symbol.asyncIterator]: () => iterator }
  }
  if (head[0] !== 0x1f || head[1] !== 0x8b) return yield* all()
  try {
    // The last stream of a pipeline throws the error of any stream in it.
    yield* pipeline(Readable.from(all()), createGunzip(), () => {})
  } catch (error) {
    if (error instanceof UserError) throw error
    throw new BundleRefused([{ path: '', message: `expected complete gzip data: ${messageOf(error)}` }])
  }
}

const NEWLINE = 0x0a

/** Joins the lines of a document. */
async function whole(first: Buffer, lines: AsyncIterable<Buffer>): Promise<Buffer> {
  const parts = [first]
  let length = first.length
  for await (const line of lines) {
    parts.push(Buffer.of(NEWLINE), line)
    length += line.length + 1
    expectNotTooLarge(length, 'one JSON document')
  }
  return Buffer.concat(parts)
}
