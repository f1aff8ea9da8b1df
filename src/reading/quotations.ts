import type { Span } from './span.ts'

/** Words in quotation marks, with the marks. */
export interface Quotation extends Span {
  /** No closing mark: the quotation may go on in the next paragraph. */
  readonly isOpen: boolean
  /** Continues the open quotation of the paragraph before. */
  readonly continues: boolean
}

/** What may stand before an opening mark. */
const BEFORE = /[\s([{—–\-/:“‘]/

/** Longest quotation in single marks. Further away, an apostrophe is more likely than a closing mark. */
const LONGEST_SINGLE = 1_500

/**
 * The outermost quotations of a paragraph, in marks of any style: “…”, "…", ‘…’, '…', ``…'', «…», „…“. A quotation that is not closed
 * ends with the paragraph.
 */
export function quotationsOf(text: string, paragraph: Span, previous: Quotation | undefined): Quotation[] {
  const found: Span[] = []
  let start = -1
  let depth = 0
  let closing = ''
  for (let i = paragraph.start; i < paragraph.end; i++) {
    const mark = markAt(text, i, paragraph, start)
    if (!mark) continue
    if (start < 0) {
      if (mark.kind === 'single') {
        const end = endOfSingle(text, i, paragraph.end)
        if (end === undefined) continue
        found.push({ start: i, end })
        i = end - 1
      } else if (mark.kind === 'opens') {
        start = i
        depth = 1
        closing = mark.closing
      }
    } else if (mark.kind === 'opens' && mark.closing === closing && closing !== '"') depth++
    else if (mark.kind === 'closes' && mark.closing === closing) {
      depth--
      if (depth <= 0) {
        found.push({ start, end: i + mark.length })
        start = -1
      }
    }
    i += mark.length - 1
  }
  const open = start >= 0 ? unclosed(text, start, paragraph.end, depth, closing) : undefined
  return [...found.map((span) => ({ ...span, isOpen: false })), ...(open ? [open] : [])].map((quotation) => ({
    ...quotation,
    continues: previous?.isOpen === true && quotation.start === paragraph.start,
  }))
}

/** A quotation without a closing mark. If an inner one was not closed, the last mark closes the outer one. */
function unclosed(text: string, start: number, end: number, depth: number, closing: string) {
  const last = depth > 1 ? text.slice(start, end).lastIndexOf(closing) : -1
  return last > 0 ? { start, end: start + last + closing.length, isOpen: false } : { start, end, isOpen: true }
}

interface Mark {
  readonly kind: 'opens' | 'closes' | 'single'
  /** The mark that closes what this one opens or closes. */
  readonly closing: string
  readonly length: number
}

const PAIRS: Readonly<Record<string, string>> = { '“': '”', '„': '“', '«': '»' }

/** The quotation mark at an offset. `start` is that of the quotation around it, or negative. */
function markAt(text: string, at: number, paragraph: Span, start: number): Mark | undefined {
  const mark = text[at] as string
  const before = at > paragraph.start ? (text[at - 1] as string) : ' '
  const after = at + 1 < paragraph.end ? (text[at + 1] as string) : ' '
  if ((mark === "'" || mark === '`') && after === mark) {
    const opens = start < 0 && (BEFORE.test(before) || !/[\s.,;:!?)]/.test(text[at + 2] ?? ' '))
    return { kind: opens ? 'opens' : 'closes', closing: "''", length: 2 }
  }
  if (start >= 0 && text[start] === '„' && mark === '“') return { kind: 'closes', closing: '“', length: 1 }
  const closing = PAIRS[mark]
  if (closing) return { kind: 'opens', closing, length: 1 }
  if (mark === '”' || mark === '»') return { kind: 'closes', closing: mark, length: 1 }
  if (mark === '"') {
    const opens = start < 0 && (BEFORE.test(before) || !/[\s.,;:!?)]/.test(after))
    return { kind: opens ? 'opens' : 'closes', closing: '"', length: 1 }
  }
  const single = (mark === '‘' || mark === "'" || mark === '`') && start < 0 && BEFORE.test(before) && /\S/.test(after)
  return single ? { kind: 'single', closing: '’', length: 1 } : undefined
}

/** Where a quotation in single marks ends: before no letter, and before other quotation marks. */
function endOfSingle(text: string, start: number, limit: number): number | undefined {
  const words = text.slice(start + 1, Math.min(limit, start + LONGEST_SINGLE))
  const close = words.search(/[\p{L}.,?!…%\d][’'](?![\p{L}\d])/u)
  if (close < 1 || /[“”"]/.test(words.slice(0, close))) return undefined
  return start + 1 + close + 2
}
