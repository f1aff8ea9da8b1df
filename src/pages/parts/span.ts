import type { BoundsFragment, SpanFragment } from '../../generated/pages/graphql.ts'

/** The days that a drawing covers, both inclusive, counted from 1970-01-01. */
export interface Frame {
  readonly from: number
  readonly to: number
}

/** A part of the drawing of a time span. Days are inclusive. */
export interface Segment {
  /**
   * `point`: on this day. `sure`: on all of these days. `maybe`: on some of these days, or on one of them. `fade-in`: not after the
   * last of these days. `fade-out`: it goes on, no source says how long. `unknown`: no date.
   */
  readonly kind: 'point' | 'sure' | 'maybe' | 'fade-in' | 'fade-out' | 'unknown'
  readonly from: number
  readonly to: number
}

const MS_PER_DAY = 86_400_000

/** The number of a day written as `YYYY-MM-DD`. */
export const dayOf = (date: string): number => Math.round(Date.parse(`${date}T00:00:00Z`) / MS_PER_DAY)

export const dateOf = (day: number): Date => new Date(day * MS_PER_DAY)

export const yearOf = (day: number): number => dateOf(day).getUTCFullYear()

/** The day on which a month starts. The month 13 is that after December. */
export function monthStart(year: number, month: number): number {
  // `Date.UTC` takes years before 100 for years of the 20th century; 400 years are 146,097 days.
  return Date.UTC(year + 400, month - 1, 1) / MS_PER_DAY - 146_097
}

/** Short names of the months. */
export const MONTHS: readonly string[] = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')

const dayOrNull = (date: string | null | undefined) => (date ? dayOf(date) : null)

/** How far a fade reaches, as a part of what is known, at least three days. */
const fadeLength = (from: number, to: number) => Math.max(3, Math.round((to - from + 1) * 0.4))

/** The parts of the drawing of a time span, from left to right. `frame` limits parts whose ends are not known. */
export function segmentsOf(when: BoundsFragment, frame?: Frame): readonly Segment[] {
  const likely = when.likely
  const begin = dayOrNull(when.beginOfTheBegin ?? likely?.from)
  const begun = dayOrNull(when.endOfTheBegin)
  const lasted = dayOrNull(when.beginOfTheEnd)
  const end = dayOrNull(when.endOfTheEnd ?? likely?.to)
  const known = [begin, begun, lasted, end].filter((day) => day !== null)
  const first = Math.min(...known)
  const last = Math.max(...known)
  if (known.length === 0) return [{ kind: 'unknown', from: frame?.from ?? 0, to: frame?.to ?? 0 }]
  const left = frame?.from ?? first - fadeLength(first, last)
  const right = frame?.to ?? last + fadeLength(first, last)
  if (known.length === 4 && first === last) return [{ kind: 'point', from: first, to: last }]

  const segments: Segment[] = []
  // Once begun, it lasted at least until `lasted`; a beginning of which the end is not known lasted at least that day.
  const sureTo = lasted ?? (end === null ? begun : null)
  const isSure = begun !== null && sureTo !== null && begun <= sureTo
  if (isSure) {
    if (begin === null) segments.push({ kind: 'fade-in', from: left, to: begun - 1 })
    else if (begin < begun) segments.push({ kind: 'maybe', from: begin, to: begun - 1 })
    segments.push({ kind: 'sure', from: begun, to: sureTo })
    if (end === null) segments.push({ kind: 'fade-out', from: sureTo + 1, to: right })
    else if (end > sureTo) segments.push({ kind: 'maybe', from: sureTo + 1, to: end })
  } else {
    if (begin === null) segments.push({ kind: 'fade-in', from: left, to: end ?? last })
    else segments.push({ kind: 'maybe', from: begin, to: end ?? last })
    if (end === null) segments.push({ kind: 'fade-out', from: last + 1, to: right })
  }
  return segments.filter(({ from, to }) => from <= to)
}

/** The days that drawings of a time span need, or null if it has no date. */
export function extentOf(when: SpanFragment): Frame | null {
  const segments = segmentsOf(when)
  if (segments.some(({ kind }) => kind === 'unknown')) return null
  return { from: Math.min(...segments.map(({ from }) => from)), to: Math.max(...segments.map(({ to }) => to)) }
}

/** A frame around days, with at least a week, so that a single day is not as wide as a month. */
export function framed({ from, to }: Frame): Frame {
  const missing = 7 - (to - from + 1)
  if (missing > 0) return { from: from - Math.ceil(missing / 2), to: to + Math.floor(missing / 2) }
  return { from, to }
}

/** Maximum number of days of a frame that several facts share. */
const SHARED_DAYS = 10

/** Frames for a list of facts in its order. Neighbours share a frame if all their days fit into ten days. */
export function framesFor(spans: readonly SpanFragment[]): readonly (Frame | null)[] {
  const extents = spans.map(extentOf)
  const frames: (Frame | null)[] = []
  for (let start = 0; start < extents.length; ) {
    let shared = extents[start] ?? null
    let end = start + 1
    while (shared && end < extents.length) {
      const next = extents[end]
      if (!next) break
      const both: Frame = { from: Math.min(shared.from, next.from), to: Math.max(shared.to, next.to) }
      if (both.to - both.from >= SHARED_DAYS) break
      shared = both
      end++
    }
    const frame = shared && framed(shared)
    for (let i = start; i < end; i++) frames.push(frame)
    start = end
  }
  return frames
}
