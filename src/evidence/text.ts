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
  const wide = widePoints(text)
  return text.slice(start + countBelow(wide, start), end + countBelow(wide, end))
}

/** The text that was cut last, and which of its code points take two UTF-16 units: citations of one text come together. */
let last: { readonly text: string; readonly wide: readonly number[] } = { text: '', wide: [] }

function widePoints(text: string): readonly number[] {
  if (text !== last.text) {
    const pairs = text.matchAll(/[\ud800-\udbff][\udc00-\udfff]/g)
    last = { text, wide: Array.from(pairs, ({ index }, i) => index - i) }
  }
  return last.wide
}

/** How many of the ascending numbers are below a limit. */
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
