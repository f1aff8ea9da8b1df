import type { Span } from './span.ts'

/** White space that is not a plain space. Replacing it does not move anything. */
const SPACES = /[\t\v\f\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g

/** A sentence, or a quotation, ends here. */
const ENDS = /[.!?:;…”"’'»)\]]\s*$/

/**
 * The text as it is read: of the same length, with all spaces alike, and without the line breaks within paragraphs. Line breaks are
 * within a paragraph if blank lines separate paragraphs and most lines do not end a sentence.
 */
export function readable(text: string): string {
  const plain = text.replaceAll(SPACES, ' ')
  const inner = [...plain.matchAll(/([^\n]+)\n(?=[^\n]*\S)/g)].filter(([, line = '']) => line.trim() !== '')
  const wrapped = inner.filter(([, line = '']) => line.length > 40 && !ENDS.test(line))
  if (inner.length < 3 || wrapped.length * 2 < inner.length || !/\n *\n/.test(plain)) return plain
  return plain.replaceAll(/(\S) *\n(?= *\S)/g, (found) => found.replace('\n', ' '))
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
