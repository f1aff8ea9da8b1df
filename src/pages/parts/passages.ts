import { slice } from '../../evidence/text.ts'

/** Words of a text that citations rest on. Positions are code points. */
export interface Passage<Citation> {
  readonly start: number
  readonly end: number
  readonly citations: readonly Citation[]
}

interface Placed {
  readonly start: number
  readonly end: number
}

/** The passages of citations in reading order. Citations of the same words share a passage. */
export function passagesOf<Citation extends Placed>(citations: readonly Citation[]): Passage<Citation>[] {
  const passages = new Map<string, { start: number; end: number; citations: Citation[] }>()
  for (const citation of citations) {
    const { start, end } = citation
    const passage = passages.get(nameOf(citation))
    if (passage) passage.citations.push(citation)
    else passages.set(nameOf(citation), { start, end, citations: [citation] })
  }
  return [...passages.values()]
}

/** Name of a passage in the addresses of its page: `38-304`. */
export const nameOf = ({ start, end }: Placed): string => `${start}-${end}`

/** Words that the same passages cover. */
export interface Segment<P> {
  readonly text: string
  readonly covering: readonly P[]
  /** Those of `covering` that start here. */
  readonly starting: readonly P[]
}

/** Whole lines, and the passages that start in them. No passage reaches from one block into the next. */
export interface Block<P> {
  readonly segments: readonly Segment<P>[]
  readonly passages: readonly P[]
}

/** Cuts a part of a text into blocks. Lines without passages that follow each other are one block. */
export function blocksOf<P extends Placed>(text: string, part: Placed, passages: readonly P[]): Block<P>[] {
  const shown = slice(text, part.start, part.end)
  const unitOf = (point: number) => slice(text, part.start, Math.min(point, part.end)).length
  const placed = passages.map((passage) => ({ passage, from: unitOf(passage.start), to: unitOf(passage.end) }))

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

interface InUnits<P> {
  readonly passage: P
  readonly from: number
  readonly to: number
}

function segmentsOf<P>(text: string, start: number, end: number, placed: readonly InUnits<P>[]): Segment<P>[] {
  const cuts = [start, end, ...placed.flatMap(({ from, to }) => [from, to])]
  const inOrder = [...new Set(cuts)].filter((cut) => cut >= start && cut <= end).sort((one, other) => one - other)
  return inOrder.slice(0, -1).map((from, i) => ({
    text: text.slice(from, inOrder[i + 1]),
    covering: placed.filter((one) => one.from <= from && one.to > from).map(({ passage }) => passage),
    starting: placed.filter((one) => one.from === from).map(({ passage }) => passage),
  }))
}

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
