import type { Child, FC } from 'hono/jsx'
import type { Quotation } from '../../generated/pages/graphql.ts'

interface Said {
  readonly quotation: Quotation
  readonly text: string
  readonly quoted: readonly string[]
}

/** The text of a statement. The typeface says whose words it has: serif for the speaker’s, sans for ours. */
export const StatementWords: FC<{ statement: Said }> = ({ statement: { quotation, text, quoted } }) =>
  quotation === 'DIRECT' ? (
    <blockquote class="says direct" dir="auto">
      <p>“{text}”</p>
    </blockquote>
  ) : (
    <p class="says" dir="auto">
      {quotation === 'MIXED' ? withQuotations(text, quoted) : text}
    </p>
  )

/** The text with each quoted part in a `q` element. The quotation marks of the text become those of the element. */
function withQuotations(text: string, quoted: readonly string[]): Child[] {
  const found = quoted
    .map((part) => ({ part, at: text.indexOf(part) }))
    .filter(({ part, at }) => part !== '' && at >= 0)
    .sort((one, other) => one.at - other.at)
  const pieces: Child[] = []
  let position = 0
  for (const { part, at } of found) {
    if (at < position) continue
    pieces.push(text.slice(position, at).replace(/[“"‘„«]$/, ''), <q>{part}</q>)
    position = at + part.length
    if (/[”"’“»]/.test(text.charAt(position))) position++
  }
  return [...pieces, text.slice(position)]
}
