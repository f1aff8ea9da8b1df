/** A quotation in a draft. */
export interface Quotation {
  readonly text: string
  /** Number of its first line, from 1. */
  readonly line: number
}

/** Fewest letters and digits of a quotation. Shorter ones are words that a writer sets apart. */
const FEWEST_LETTERS = 3

/** Quotation marks of the languages that pair them, within a paragraph, and paragraphs that Markdown marks as quotations. */
const QUOTED = [
  '(?<=^|\\n)(?<block>[ \\t]{0,3}>[^\\n]*(?:\\n[ \\t]{0,3}>[^\\n]*)*)',
  '“(?<curly>(?:(?!\\n\\s*\\n)[^“”])+)”',
  '„(?<low>(?:(?!\\n\\s*\\n)[^„“”])+)[“”]',
  '«(?<angled>(?:(?!\\n\\s*\\n)[^«»])+)»',
  '"(?<straight>(?:(?!\\n\\s*\\n)[^"])+)"',
].join('|')

/** The quotations of a draft, in their order. */
export function quotationsIn(draft: string): Quotation[] {
  const found: Quotation[] = []
  let [line, at] = [1, 0]
  for (const { groups = {}, index } of draft.matchAll(new RegExp(QUOTED, 'gu'))) {
    const { block, curly, low, angled, straight } = groups
    const text = (block?.replaceAll(/^[ \t]{0,3}>[ \t]?/gm, '') ?? curly ?? low ?? angled ?? straight ?? '').trim()
    if ((text.match(/[\p{L}\p{N}]/gu)?.length ?? 0) < FEWEST_LETTERS) continue
    line += draft.slice(at, index).split('\n').length - 1
    at = index
    found.push({ text, line })
  }
  return found
}
