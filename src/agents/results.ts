import { type LinkedType, permalinkOf } from '../formats/permalinks.ts'
import type { AgentCitationFragment } from '../generated/pages/graphql.ts'

/** Maximum number of characters of a result, and of a text in it. */
export const LONGEST_RESULT = 24_000
const LONGEST_TEXT = 1_500

/** Number of citations of a fact in a result. */
const MOST_CITATIONS = 3

const OPEN = '<source-text>'
const CLOSE = '</source-text>'

/**
 * Words of a source, between marks: a model must read them as data, whatever they say. The words cannot contain the marks
 * themselves.
 */
export const sourceText = (text: string, longest = LONGEST_TEXT): string =>
  OPEN + cut(text, longest).replaceAll(/<(?=\s*\/?\s*source-text)/gi, '‹') + CLOSE

/** A text that is not longer than allowed, and says so if it was cut. */
export function cut(text: string, longest: number): string {
  if (text.length <= longest) return text
  return `${text.slice(0, longest).replace(/[\ud800-\udbff]$/, '')}… [cut: ${text.length} characters in all]`
}

/** The address of a record. */
export const addressOf = (site: string, type: string, key: string): string =>
  site + permalinkOf(type as LinkedType, key)

/** Citations as a model should give them: a footnote, the words, and where to read them. */
export function citationsOf(citations: readonly AgentCitationFragment[], site: string): object[] {
  return citations.slice(0, MOST_CITATIONS).map(({ start, exact, reference, verification, stance, source }) => ({
    words: sourceText(exact, 500),
    footnote: sourceText(reference, 700),
    address: `${addressOf(site, 'Source', source.slug)}?from=${start}`,
    verification,
    ...(stance === 'CONTRADICTS' && { contradicts: true }),
  }))
}

/** What a tool returns: JSON, never longer than allowed. */
export function resultOf(result: Readonly<Record<string, unknown>>) {
  const text = JSON.stringify(result, null, 1)
  if (text.length > LONGEST_RESULT) {
    return failureOf(
      `The result has ${text.length} characters, more than ${LONGEST_RESULT}. Ask for less: pass a smaller \`first\`, or narrow the question.`,
    )
  }
  return { content: [{ type: 'text' as const, text }], structuredContent: result }
}

/** A failure that the model can read and act upon. */
export const failureOf = (message: string) => ({ content: [{ type: 'text' as const, text: message }], isError: true })

/** How to go on in a list. */
export const nextOf = ({ hasNextPage, endCursor }: { hasNextPage: boolean; endCursor: string | null }) =>
  hasNextPage ? { next: `There are more. Call again with after: ${JSON.stringify(endCursor)}` } : {}

/** What to say if there is nothing. */
export const NOT_KNOWN =
  'Nothing is recorded here about this. Say that it is not known here: it may still be so. Do not guess.'
