import { createHash } from 'node:crypto'

/** Decodes the text of a source: UTF-8, with line ends as LF, nothing else changed. Its SHA-256 and the offsets of citations refer to this. */
export function sourceText(bytes: Uint8Array): string {
  const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  return text.replaceAll(/\r\n?/g, '\n')
}

/** 64 hexadecimal digits. */
export const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex')

/** Number of Unicode code points of a text. */
export function codePoints(text: string): number {
  let length = text.length
  for (let i = 0; i < text.length; i++) if (isHighSurrogate(text, i)) length--
  return length
}

/** The code points from `start` to `end`, exclusive. */
export function slice(text: string, start: number, end: number): string {
  const wide = widePoints(text)
  return text.slice(start + countBelow(wide, start), end + countBelow(wide, end))
}

/** The text of the last call, and where its code points of two UTF-16 units are. Calls for one text usually follow each other. */
let last: { readonly text: string; readonly wide: readonly number[] } = { text: '', wide: [] }

function widePoints(text: string): readonly number[] {
  if (text !== last.text) {
    const pairs = text.matchAll(/[\ud800-\udbff][\udc00-\udfff]/g)
    last = { text, wide: Array.from(pairs, ({ index }, i) => index - i) }
  }
  return last.wide
}

/** Number of entries below a limit in an ascending list. */
function countBelow(numbers: readonly number[], limit: number): number {
  let [low, high] = [0, numbers.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((numbers[middle] as number) < limit) low = middle + 1
    else high = middle
  }
  return low
}

const isHighSurrogate = (text: string, i: number) => (text.codePointAt(i) as number) > 0xffff
