import { hash, randomBytes } from 'node:crypto'
import { crc32 } from 'node:zlib'

/**
 * What secrets begin with: a key, and the cookie of a browser that has signed in with one. Programs that search code and logs
 * for secrets recognise them by it.
 */
const PREFIXES = { key: 'bilateral_', session: 'bilateral_session_' } as const

export type SecretKind = keyof typeof PREFIXES

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** 256 random bits and a checksum, which reveals that a secret was copied incompletely. */
const RANDOM_DIGITS = 43
const CHECKSUM_DIGITS = 6
const ID_DIGITS = 8

const PATTERNS = {
  key: /^bilateral_[0-9A-Za-z]{49}$/,
  session: /^bilateral_session_[0-9A-Za-z]{49}$/,
} as const satisfies Record<SecretKind, RegExp>

/** What the database stores of a secret. */
export interface StoredSecret {
  /** The start of the random part. The rest is 208 random bits. */
  readonly id: string
  /** The SHA-256 of the secret. A slow hash would protect only secrets that can be guessed. */
  readonly hash: Buffer
}

export const createSecret = (kind: SecretKind): string => {
  const random = PREFIXES[kind] + inDigits(BigInt(`0x${randomBytes(32).toString('hex')}`), RANDOM_DIGITS)
  return random + checksumOf(random)
}

/** Whether a text is meant as a key, complete or not. */
export const looksLikeKey = (text: string): boolean => text.startsWith(PREFIXES.key)

/** The id and the hash of a secret. Undefined if the text is not a secret of this kind, or its checksum is wrong. */
export function parseSecret(kind: SecretKind, text: string): StoredSecret | undefined {
  if (!PATTERNS[kind].test(text)) return undefined
  const random = text.slice(0, -CHECKSUM_DIGITS)
  if (checksumOf(random) !== text.slice(-CHECKSUM_DIGITS)) return undefined
  const start = PREFIXES[kind].length
  return { id: text.slice(start, start + ID_DIGITS), hash: hash('sha256', text, 'buffer') }
}

/** A text for the log, without the secrets in it. */
export const withoutSecrets = (text: string): string =>
  text.includes(PREFIXES.key) ? text.replaceAll(/(bilateral_(session_)?)[0-9A-Za-z]{20,}/g, '$1…') : text

const checksumOf = (text: string) => inDigits(BigInt(crc32(text)), CHECKSUM_DIGITS)

function inDigits(number: bigint, length: number): string {
  let digits = ''
  for (let rest = number; digits.length < length; rest /= 62n) digits = DIGITS[Number(rest % 62n)] + digits
  return digits
}
