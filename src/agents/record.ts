import type { AgentRecordQuery } from '../generated/pages/graphql.ts'
import { citationsOf, cut, sourceText } from './results.ts'

/** A record: title, text and address as research assistants expect them, and its citations. */
export function recordOf(node: NonNullable<AgentRecordQuery['node']>, site: string, url: string, from: number) {
  const { __typename, ...fields } = node as Record<string, unknown> & { __typename: string }
  const { label, citations = [], contradictedBy = [], withdrawn, fullText, note, ...rest } = fields as Fields
  const title =
    label ??
    String(
      rest['countries'] ? (rest['countries'] as { name: string }[]).map(({ name }) => name).join(' and ') : __typename,
    )
  const lines = Object.entries(rest).flatMap(([name, value]) => (isEmpty(value) ? [] : `${name}: ${textOf(value)}`))
  const part = fullText?.slice(from, from + LONGEST_PART)
  const end = from + (part?.length ?? 0)
  const cited = [...citations, ...contradictedBy]
  return {
    title: titleOf(__typename, title),
    type: __typename,
    url,
    text: sourceText(lines.join('\n'), 6_000) + (part ? `\n${sourceText(part, LONGEST_PART)}` : ''),
    ...(note && { editorsNote: cut(note, 500) }),
    ...(withdrawn && { withdrawn: `This record does not count any more: ${withdrawn.reason}` }),
    citations: citationsOf(cited, site),
    ...(cited.length > 3 && { moreCitations: `${cited.length - 3} more at ${url}` }),
    ...(fullText && end < fullText.length && { next: `The text goes on. Call again with from: ${end}` }),
    ...(__typename === 'Source' &&
      !fullText && { notKnown: 'The text of this source is not stored here; only excerpts are cited.' }),
  }
}

/** A title. Those of statements and sources have words of sources; others are in the words of the editors. */
export const titleOf = (type: string, title: string) =>
  type === 'Statement' || type === 'Source' ? sourceText(title, 300) : cut(title, 300)

/** Characters of a source’s text in one result. */
const LONGEST_PART = 12_000

interface Fields {
  readonly label?: string
  readonly citations?: never[]
  readonly contradictedBy?: never[]
  readonly withdrawn?: { readonly reason: string } | null
  readonly fullText?: string | null
  readonly note?: string | null
  readonly [field: string]: unknown
}

const isEmpty = (value: unknown) =>
  value === null || value === undefined || (Array.isArray(value) && value.length === 0)

/** A value in a line: objects as their values, without names that say nothing. */
function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(textOf).join('; ')
  if (typeof value !== 'object' || value === null) return String(value)
  return Object.entries(value)
    .filter(([, child]) => !isEmpty(child))
    .map(([name, child]) =>
      ['label', 'name', 'title', 'nodes'].includes(name) ? textOf(child) : `${name} ${textOf(child)}`,
    )
    .join(', ')
}
