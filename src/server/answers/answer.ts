import { type Encoding, encode } from './encoding.ts'
import { etagOf, matches } from './etag.ts'

type Headers = Readonly<Record<string, string>>
type Fetch = Pick<typeof globalThis, 'Response'>

/** Smaller ones fit into a packet as they are. */
const WORTH_COMPRESSING = 1_024

/** A whole answer, ready to be sent any number of times. */
export class Answer {
  /** The name of its operation, for the log. */
  readonly operation: string | undefined
  readonly #body: Buffer<ArrayBuffer>
  readonly #headers: Headers
  readonly #validators: Headers

  constructor(body: Buffer<ArrayBuffer>, headers: Headers, validators: Headers, operation: string | undefined) {
    this.#body = body
    this.#headers = { ...headers, 'content-length': String(body.byteLength), ...validators }
    this.#validators = validators
    this.operation = operation
  }

  /** About how many bytes of memory it takes. */
  get size(): number {
    return this.#body.byteLength + 1_024
  }

  respond(ifNoneMatch: string | null, { Response }: Fetch): Response {
    const { etag } = this.#validators
    if (etag && matches(ifNoneMatch, etag)) return new Response(null, { status: 304, headers: { ...this.#validators } })
    return new Response(this.#body, { headers: { ...this.#headers } })
  }
}

export interface AnswerOptions {
  readonly contentType: string
  readonly encoding: Encoding
  /** What caches between here and the asker may do with it; undefined where they keep none, as of a POST. */
  readonly cacheControl: string | undefined
  readonly operation: string | undefined
}

/** Makes an answer of its text, compressed where that is worth it. */
export async function makeAnswer(text: string, options: AnswerOptions): Promise<Answer> {
  const { contentType, encoding, cacheControl, operation } = options
  const bytes = Buffer.from(text)
  const isEncoded = encoding !== 'identity' && bytes.byteLength >= WORTH_COMPRESSING
  return new Answer(
    isEncoded ? await encode(bytes, encoding) : bytes,
    { 'content-type': contentType, ...(isEncoded && { 'content-encoding': encoding }) },
    cacheControl ? { 'cache-control': cacheControl, etag: etagOf(text), vary: 'accept, accept-encoding' } : {},
    operation,
  )
}
