import type { ExecutionResult } from 'graphql'
import { type Encoding, encode } from './encoding.ts'
import { etagOf } from './etag.ts'

/** Minimum size of responses to compress, in bytes. Shorter ones fit into one packet without compression. */
const MIN_COMPRESSED = 1_024

/** The text of a response without errors. It is hashed and compressed once, however often it is sent. */
export class WholeResult {
  readonly text: string
  /** The cost of the operation. 0 for pages. */
  readonly cost: number
  readonly #compressed = new Map<Encoding, Promise<Buffer<ArrayBuffer>>>()
  #body: Buffer<ArrayBuffer> | undefined
  #etag: string | undefined

  constructor(text: string, cost = 0) {
    this.text = text
    this.cost = cost
  }

  get body(): Buffer<ArrayBuffer> {
    this.#body ??= Buffer.from(this.text)
    return this.#body
  }

  get etag(): string {
    this.#etag ??= etagOf(this.text)
    return this.#etag
  }

  /** Estimated memory in bytes: the text, its bytes, and compressed forms of half the size. */
  get size(): number {
    return 4 * this.text.length + 1_024
  }

  /** The body in an encoding. Undefined if compression is not worthwhile: the body is then sent as it is. */
  compressed(encoding: Encoding): Promise<Buffer<ArrayBuffer>> | undefined {
    if (encoding === 'identity' || this.text.length < MIN_COMPRESSED) return undefined
    const found = this.#compressed.get(encoding)
    if (found) return found
    const made = encode(this.body, encoding)
    this.#compressed.set(encoding, made)
    return made
  }
}

/** Whether extensions are as the executor made them: plugins may add to them. */
export const isCostOnly = (extensions: Readonly<Record<string, unknown>> | undefined): extensions is { cost: number } =>
  extensions !== undefined && typeof extensions['cost'] === 'number' && Object.keys(extensions).length === 1

/**
 * A result for Yoga and plugins, which may read it and add to it like any other. Yoga calls `stringify`, without `this`, to get the text
 * of the response. `onSent` is called if nothing was added.
 */
export class SentResult implements ExecutionResult {
  data: Record<string, unknown>
  extensions: Record<string, unknown>
  readonly stringify: (result: object) => string

  /** `known` is the result as text, if that was made before. */
  constructor(
    data: Record<string, unknown>,
    cost: number,
    known: WholeResult | undefined,
    onSent: (sent: WholeResult) => void,
  ) {
    this.data = data
    this.extensions = { cost }
    this.stringify = (result) => {
      const isAsMade =
        result === this && this.data === data && isAsPriced(this.extensions, cost) && Object.keys(this).length === 3
      if (!isAsMade) return JSON.stringify(result)
      const sent = known ?? new WholeResult(JSON.stringify(result), cost)
      onSent(sent)
      return sent.text
    }
  }
}

const isAsPriced = (extensions: Readonly<Record<string, unknown>> | undefined, cost: number) =>
  isCostOnly(extensions) && extensions.cost === cost

/** The same for a cached result, whose `data` is parsed only if a plugin reads it. */
export class CachedResult implements ExecutionResult {
  declare data: Record<string, unknown>
  extensions: Record<string, unknown>
  readonly stringify: (result: object) => string

  constructor({ body, cost }: WholeResult, onSent: () => void) {
    let data: Record<string, unknown> | undefined
    // Plugins copy a result by `{ ...result }`, which takes only properties of the object itself.
    Object.defineProperty(this, 'data', {
      enumerable: true,
      configurable: true,
      get: () => {
        if (data === undefined) data = JSON.parse(body.toString()).data
        return data
      },
      set: (other) => {
        data = other
      },
    })
    this.extensions = { cost }
    this.stringify = (result) => {
      const isAsMade =
        result === this && data === undefined && isAsPriced(this.extensions, cost) && Object.keys(this).length === 3
      if (!isAsMade) return JSON.stringify(result)
      onSent()
      // The text is not used: `use-response-headers.ts` puts the body in its place.
      return ''
    }
  }
}
