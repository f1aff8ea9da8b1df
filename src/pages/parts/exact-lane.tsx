import type { FC } from 'hono/jsx'
import type { BoundsFragment } from '../../generated/pages/graphql.ts'
import { type Axis, along, percent } from './axis.ts'
import { type LaneStyle, Mark } from './lanes.tsx'
import { dayOf, type Frame, type Segment, segmentsOf } from './span.ts'

/*
 * Lanes of a short range, in which each fact is drawn at its own days: a known day as a point, a range as a bar from its first to its
 * last day, “one of these days” hatched; an end that is not known fades.
 */

interface DatedFact {
  readonly when: BoundsFragment
}

/** One mark: a fact, or several with the same days. */
interface ExactMark {
  readonly segments: readonly Segment[]
  readonly count: number
  /** Rows are counted from the ground of the lane. */
  readonly row: number
}

export interface ExactLane {
  readonly marks: readonly ExactMark[]
  readonly rows: number
  /** Number of facts, and of those without any day. */
  readonly facts: number
}

/** With more rows, a lane counts facts by period. */
const MOST_ROWS = 8
/** With more rows, facts of the same days share one mark with their number. */
const MOST_SINGLE_ROWS = 6
/** What a mark takes up at least, and the number beside it, in percent of the axis. */
const LEAST_WIDTH = 1.6
const NUMBER_WIDTH = 4

/** Height of a row in pixels. */
export const ROW = 11

/** The facts of a lane in as few rows as have room for them. Null if these would be too many. */
export function exactLane(facts: readonly DatedFact[], axis: Axis): ExactLane | null {
  for (const isGrouped of [false, true]) {
    const marks = packed(grouped(facts, isGrouped), axis)
    const rows = Math.max(0, ...marks.map(({ row }) => row + 1))
    if (rows <= (isGrouped ? MOST_ROWS : MOST_SINGLE_ROWS)) return { marks, rows, facts: facts.length }
  }
  return null
}

const boundsOf = ({ beginOfTheBegin, endOfTheBegin, beginOfTheEnd, endOfTheEnd, likely }: BoundsFragment) => [
  beginOfTheBegin,
  endOfTheBegin,
  beginOfTheEnd,
  endOfTheEnd,
  likely?.from,
  likely?.to,
]

const knownDays = (when: BoundsFragment) => boundsOf(when).flatMap((day) => day ?? [])

/** The facts with the same days as one, or each by itself. */
function grouped(facts: readonly DatedFact[], isGrouped: boolean): readonly (readonly DatedFact[])[] {
  if (!isGrouped) return facts.map((fact) => [fact])
  const groups = new Map<string, DatedFact[]>()
  for (const fact of facts) {
    const days = boundsOf(fact.when).join()
    groups.set(days, [...(groups.get(days) ?? []), fact])
  }
  return [...groups.values()]
}

/** Puts each group into the lowest row that has room for it: points first, then the shorter before the longer. */
function packed(groups: readonly (readonly DatedFact[])[], axis: Axis): readonly ExactMark[] {
  const ends: { from: number; to: number }[][] = []
  return groups
    .flatMap((group) => {
      const segments = group[0] ? drawnIn(segmentsOf(group[0].when, axis), axis) : []
      return segments.length > 0 ? [{ segments, count: group.length, ...roomOf(segments, group.length, axis) }] : []
    })
    .sort((one, other) => one.to - one.from - (other.to - other.from) || one.from - other.from)
    .map(({ segments, count, from, to }) => {
      let row = ends.findIndex((taken) => taken.every((one) => one.to <= from || one.from >= to))
      if (row < 0) row = ends.push([]) - 1
      ends[row]?.push({ from, to })
      return { segments, count, row }
    })
}

/** The parts that the axis shows. */
const drawnIn = (segments: readonly Segment[], axis: Frame) =>
  segments.filter(({ from, to }) => to >= axis.from && from <= axis.to)

function roomOf(segments: readonly Segment[], count: number, axis: Axis) {
  const from = along(Math.min(...segments.map((one) => one.from)), axis)
  const to = along(Math.max(...segments.map((one) => one.to)) + 1, axis)
  const missing = Math.max(0, LEAST_WIDTH - (to - from)) / 2
  return { from: from - missing, to: to + missing + (count > 1 ? NUMBER_WIDTH : 0) }
}

/** How far a fade reaches at most, in percent of the axis. */
const LONGEST_FADE = 12
/** Below this part of the axis, in percent, a bar has its least width in pixels. */
const NARROW = 1

export const ExactMarks: FC<{
  lane: LaneStyle
  drawn: ExactLane
  axis: Axis
  height: number
  /** The chosen days. What is outside is drawn fainter. */
  chosen: Frame
}> = ({ lane, drawn, axis, height, chosen }) => (
  <>
    {drawn.marks.map(({ segments, count, row }) => {
      const y = lane.hangs ? 4 + row * ROW : height - 4 - (row + 1) * ROW + 2
      const isOut = segments.every(({ from, to }) => to < chosen.from || from > chosen.to)
      const end = along(Math.max(...segments.map(({ to }) => to)) + 1, axis)
      const isPoint = segments[0]?.kind === 'point'
      return (
        <g class={isOut ? 'is-out' : undefined}>
          {segments.map((segment) => (
            <Part segment={segment} lane={lane} axis={axis} y={y} />
          ))}
          {count > 1 && (
            <svg
              x={percent(isPoint ? along((segments[0]?.from ?? 0) + 0.5, axis) : end)}
              y={y}
              width="1"
              height="9"
              class="at"
              aria-hidden="true"
            >
              <text x={isPoint ? 8 : 3} y="9" class="strong">
                {count}
              </text>
            </svg>
          )}
        </g>
      )
    })}
  </>
)

const Part: FC<{ segment: Segment; lane: LaneStyle; axis: Axis; y: number }> = ({
  segment: { kind, from, to },
  lane,
  axis,
  y,
}) => {
  const { tone } = lane
  if (kind === 'point') return <Mark lane={lane} x={along(from, axis)} width={100 / (axis.to - axis.from + 1)} y={y} />
  const start = along(from, axis)
  const length = along(to + 1, axis) - start
  const bar = { x: percent(start), y: y + 1, height: 7 }
  const width = length < NARROW ? '8' : percent(length)
  const fade = Math.min(length, LONGEST_FADE)
  const middle = y + 4.5
  switch (kind) {
    case 'sure':
      return <rect {...bar} width={width} class={`fill-${tone}`} />
    case 'maybe':
      return <rect {...bar} width={width} fill={`url(#hatch-${tone})`} class={`outline-${tone}`} />
    case 'fade-in':
      return (
        <>
          <rect
            {...bar}
            x={percent(start + length - fade)}
            width={percent(fade)}
            fill={`url(#hatch-${tone})`}
            mask="url(#fade-in)"
          />
          <line
            x1={percent(start + length)}
            x2={percent(start + length)}
            y1={y - 1}
            y2={y + 10}
            class={`line-${tone}`}
          />
        </>
      )
    case 'fade-out':
      return (
        <>
          <rect {...bar} width={percent(fade)} fill={`url(#fade-out-${tone})`} />
          <line
            x1={percent(start + fade)}
            x2={percent(start + length)}
            y1={middle}
            y2={middle}
            class={`dots-${tone}`}
          />
        </>
      )
    case 'unknown':
      return <line x2="100%" y1={middle} y2={middle} class={`dots-${tone}`} />
  }
}

/** The first and the last day that is known of any fact. Null if none is. */
export function daysOfAll(facts: readonly DatedFact[]): Frame | null {
  const days = facts.flatMap(({ when }) => knownDays(when).map(dayOf))
  return days.length > 0 ? { from: Math.min(...days), to: Math.max(...days) } : null
}
