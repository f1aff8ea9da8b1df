import { createHash } from 'node:crypto'

/** The text of a source as its SHA-256 and its citations' offsets mean it: UTF-8 with newlines as LF, nothing else changed. */
export function sourceText(bytes: Uint8Array): string {
  const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  return text.replaceAll(/\r\n?/g, '\n')
}

/** 64 hexadecimal digits. */
export const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex')

/** How many Unicode code points a text has. */
export function codePoints(text: string): number {
  let length = text.length
  for (let i = 0; i < text.length; i++) if (isHighSurrogate(text, i)) length--
  return length
}

/** The code points from `start` to `end`, exclusive. */
export function slice(text: string, start: number, end: number): string {
  const from = unitOffset(text, 0, 0, start)
  return text.slice(from, unitOffset(text, from, start, end))
}

/** The UTF-16 offset of code point `to`, counted on from the known offset of an earlier one. */
function unitOffset(text: string, unit: number, from: number, to: number): number {
  for (let point = from; point < to && unit < text.length; point++) unit += isHighSurrogate(text, unit) ? 2 : 1
  return unit
}

const isHighSurrogate = (text: string, i: number) => (text.codePointAt(i) as number) > 0xffff
