import type { Span } from './span.ts'

/** White space that is not a plain space. Replacing it does not move anything. */
const SPACES = /[\t\v\f\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g

/** A line of this length may be a heading or an address. */
const SHORT_LINE = 40

/** A sentence, or a quotation, ends here. */
const ENDS = /[.!?:;…”"’'»)\]]\s*$/

/**
 * The text as it is read: of the same length, with all spaces alike, and without the line breaks within paragraphs. Line breaks are
 * within a paragraph if blank lines separate paragraphs and most lines do not end a sentence.
 */
export function readable(text: string): string {
  const plain = text.replaceAll(SPACES, ' ')
  const lines = plain.split('\n').map((line) => line.trim())
  const inner = lines.filter((line, i) => line !== '' && (lines[i + 1] ?? '') !== '')
  const wrapped = inner.filter((line) => line.length > SHORT_LINE && !ENDS.test(line.slice(-10)))
  const hasBlankLine = lines.some((line, i) => line === '' && i > 0 && i < lines.length - 1)
  if (inner.length < 2 || wrapped.length * 2 < inner.length || !hasBlankLine) return plain
  // A line break between two lines that are not blank.
  const breaks = [...plain.matchAll(/\n/g)].filter((_, i) => lines[i] !== '' && lines[i + 1] !== '')
  const characters = plain.split('')
  for (const { index } of breaks) characters[index] = ' '
  return characters.join('')
}

/** The paragraphs of a readable text, without the spaces around them. */
export function paragraphsOf(text: string): Span[] {
  return [...text.matchAll(/[^\n]+/g)].flatMap(({ index, 0: line }) => {
    const words = line.trim()
    if (words === '') return []
    const start = index + line.length - line.trimStart().length
    return [{ start, end: start + words.length }]
  })
}
