import type { ExecutionResult } from 'graphql'
import { type Encoding, encode } from './encoding.ts'
import { etagOf } from './etag.ts'

/** Minimum size of responses to compress, in bytes. Shorter ones fit into one packet without compression. */
const MIN_COMPRESSED = 1_024

/** A result without errors, as the text of its response. It is stringified, hashed and compressed once, however often it is sent. */
export class WholeResult {
  readonly text: string
  readonly #encoded = new Map<Encoding, Promise<Buffer<ArrayBuffer>>>()
  #etag: string | undefined

  constructor(text: string) {
    this.text = text
  }

  get etag(): string {
    this.#etag ??= etagOf(this.text)
    return this.#etag
  }

  /** Estimated memory in bytes: the text, and half as much again for its compressed forms. */
  get size(): number {
    return 2 * this.text.length + this.text.length + 1_024
  }

  /** The body in an encoding. Undefined if compression is not worthwhile: the text is then sent as it is. */
  encoded(encoding: Encoding): Promise<Buffer<ArrayBuffer>> | undefined {
    if (encoding === 'identity' || this.text.length < MIN_COMPRESSED) return undefined
    const found = this.#encoded.get(encoding)
    if (found) return found
    const made = encode(Buffer.from(this.text), encoding)
    this.#encoded.set(encoding, made)
    return made
  }

  /**
   * The result for one request. Plugins may read it and add to it like any other result. `onSent` is called if nothing was
   * added, so that the response consists of this text.
   */
  forRequest(onSent: () => void): ExecutionResult {
    return new ResultOfText(this.text, onSent) as ExecutionResult
  }
}

/** A result whose `data` is parsed only if a plugin reads it. Yoga calls `stringify` to get the text of the response. */
class ResultOfText {
  readonly #text: string
  readonly #onSent: () => void
  #data: unknown

  constructor(text: string, onSent: () => void) {
    this.#text = text
    this.#onSent = onSent
    // Plugins copy a result by `{ ...result }`, which takes properties of its own only.
    Object.defineProperty(this, 'data', {
      enumerable: true,
      configurable: true,
      get: () => {
        if (this.#data === undefined) this.#data = (JSON.parse(this.#text) as ExecutionResult).data
        return this.#data
      },
      set: (data: unknown) => {
        this.#data = data
      },
    })
  }

  /** Yoga calls it without `this`. */
  get stringify() {
    return (result: object): string => {
      const isAsMade = result === this && this.#data === undefined && Object.keys(this).length === 1
      if (!isAsMade) return JSON.stringify(result)
      this.#onSent()
      return this.#text
    }
  }
}
