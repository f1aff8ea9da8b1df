import { codePoints, slice } from '../../evidence/text.ts'

/** Words of a text that citations rest on. Positions are code points. */
export interface Passage<Citation> {
  readonly start: number
  readonly end: number
  readonly citations: readonly Citation[]
  /** The words inside that citations quote, if they do not quote the whole passage. Known only if the text is. */
  readonly excerpts: readonly Placed[]
}

interface Placed {
  readonly start: number
  readonly end: number
}

/** The passages of citations in reading order. Citations of the same words share a passage. */
export function passagesOf<Citation extends Placed & { readonly exact: string }>(
  citations: readonly Citation[],
  text: string | null,
): Passage<Citation>[] {
  const passages = new Map<string, { start: number; end: number; citations: Citation[]; excerpts: Placed[] }>()
  for (const citation of citations) {
    const { start, end } = citation
    const passage = passages.get(nameOf(citation)) ?? { start, end, citations: [], excerpts: [] }
    passages.set(nameOf(citation), passage)
    passage.citations.push(citation)
    if (text !== null) passage.excerpts.push(...excerptOf(citation, slice(text, start, end)))
  }
  return [...passages.values()]
}

/** Where the words of a citation are in its passage. Empty if they are the whole passage, or not there. */
function excerptOf({ start, exact }: { start: number; exact: string }, passage: string): Placed[] {
  const at = passage.indexOf(exact)
  if (at < 0 || exact.length === passage.length) return []
  const from = start + codePoints(passage.slice(0, at))
  return [{ start: from, end: from + codePoints(exact) }]
}

/** Name of a passage in the addresses of its page: `38-304`. */
export const nameOf = ({ start, end }: Placed): string => `${start}-${end}`

/** Words that the same passages cover. */
export interface Segment<P> {
  readonly text: string
  readonly covering: readonly P[]
  /** Those of `covering` that start here. */
  readonly starting: readonly P[]
  /** True if a citation quotes the words, false if they are only around such words. */
  readonly isQuoted: boolean
}

/** Whole lines, and the passages that start in them. No passage reaches from one block into the next. */
export interface Block<P> {
  readonly segments: readonly Segment<P>[]
  readonly passages: readonly P[]
}

/** Cuts a part of a text into blocks. Lines without passages that follow each other are one block. */
export function blocksOf<P extends Passage<unknown>>(text: string, part: Placed, passages: readonly P[]): Block<P>[] {
  const shown = slice(text, part.start, part.end)
  const unitOf = (point: number) => slice(text, part.start, Math.min(point, part.end)).length
  const inUnits = ({ start, end }: Placed) => ({ from: unitOf(start), to: unitOf(end) })
  const placed = passages.map((passage) => ({
    passage,
    ...inUnits(passage),
    quoted: passage.excerpts.map(inUnits),
  }))

  const blocks: Block<P>[] = []
  let next = 0
  let start = 0
  while (start < shown.length) {
    const first = placed[next]
    let end: number
    if (first && first.from < lineEnd(shown, start)) {
      end = lineEnd(shown, start)
      for (let other = placed[next]; other && other.from < end; other = placed[++next]) {
        end = Math.max(end, lineEnd(shown, Math.max(other.from, other.to - 1)))
      }
    } else {
      end = first ? lineStart(shown, first.from) : shown.length
    }
    const own = placed.filter(({ from }) => from >= start && from < end)
    const segments = segmentsOf(shown, start, end, own)
    if (shown.slice(start, end).trim() !== '') blocks.push({ segments, passages: own.map(({ passage }) => passage) })
    start = end
  }
  return blocks
}

/** The position after the line that has this position. */
const lineEnd = (text: string, position: number) => text.indexOf('\n', position) + 1 || text.length

const lineStart = (text: string, position: number) => text.lastIndexOf('\n', position - 1) + 1

/** A range in UTF-16 code units. */
interface Range {
  readonly from: number
  readonly to: number
}

interface InUnits<P> extends Range {
  readonly passage: P
  readonly quoted: readonly Range[]
}

function segmentsOf<P>(text: string, start: number, end: number, placed: readonly InUnits<P>[]): Segment<P>[] {
  const ranges = placed.flatMap((one) => [one, ...one.quoted])
  const cuts = [start, end, ...ranges.flatMap(({ from, to }) => [from, to])]
  const inOrder = [...new Set(cuts)].filter((cut) => cut >= start && cut <= end).sort((one, other) => one - other)
  return inOrder.slice(0, -1).map((from, i) => {
    const covers = (range: Range) => range.from <= from && range.to > from
    const covering = placed.filter(covers)
    return {
      text: text.slice(from, inOrder[i + 1]),
      covering: covering.map(({ passage }) => passage),
      starting: placed.filter((one) => one.from === from).map(({ passage }) => passage),
      isQuoted: covering.some((one) => one.quoted.some(covers) || (one.quoted.length === 0 && !isAround(one, placed))),
    }
  })
}

/** Whether other passages are inside a passage. */
const isAround = (wide: Range, placed: readonly Range[]) =>
  placed.some((other) => other !== wide && other.from >= wide.from && other.to <= wide.to)

/** Rows for passages, so that passages in the same row do not overlap. */
export function lanesOf<P extends Placed>(passages: readonly P[]): P[][] {
  const lanes: P[][] = []
  for (const passage of passages) {
    const free = lanes.find((lane) => (lane.at(-1)?.end ?? 0) <= passage.start)
    if (free) free.push(passage)
    else lanes.push([passage])
  }
  return lanes
}
