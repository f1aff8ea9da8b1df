import type { Child, FC } from 'hono/jsx'
import type { BoundsFragment } from '../../generated/pages/graphql.ts'
import { type Axis, along, type Measure, type Period, percent, startOf, ticksOf } from './axis.ts'
import type { Tone } from './signs.tsx'
import { dateOf, type Frame, MONTHS, monthStart, segmentsOf } from './span.ts'

/*
 * Lanes of a chart, each an SVG as wide as its place: positions along the axis are percentages, heights are pixels, so that text and
 * marks keep their size on every screen. SVG files nest the same lanes.
 */

/** Above this number in one period, lanes have bars instead of single marks. */
const MOST_MARKS = 6
/** Pixels from one mark to the next. */
const STEP = 11
const BAR_HEIGHT = 64
/** Percentage of the length of the axis. */
export const WIDEST_BAR = 3
/** Two lines of text stand beside each lane. */
export const LEAST_HEIGHT = 34

/** How the marks of a lane look. */
export interface LaneStyle {
  readonly tone: Tone
  readonly shape: 'square' | 'dot' | 'step' | 'diamond'
  /** Whether marks grow from the top of the lane to its bottom. */
  readonly hangs?: boolean
}

export interface LaneOf extends LaneStyle {
  readonly measure: Measure
}

/** How many pixels stand for one record, in all lanes of a chart. */
export interface Scale {
  readonly isBars: boolean
  readonly perRecord: number
}

export function scaleOf(periods: readonly Period[], measures: readonly Measure[]): Scale {
  const most = Math.max(1, ...periods.flatMap((period) => measures.map((measure) => period[measure])))
  return most <= MOST_MARKS ? { isBars: false, perRecord: STEP } : { isBars: true, perRecord: BAR_HEIGHT / most }
}

const mostIn = (periods: readonly Period[], measure: Measure) =>
  Math.max(0, ...periods.map((period) => period[measure]))

export const laneHeight = (periods: readonly Period[], { measure }: LaneOf, { isBars, perRecord }: Scale): number =>
  Math.max(LEAST_HEIGHT, Math.ceil(mostIn(periods, measure) * perRecord) + (isBars ? 18 : 9))

interface LaneProps {
  readonly lane: LaneOf
  readonly periods: readonly Period[]
  readonly axis: Axis
  readonly scale: Scale
  /** The chosen days. What is outside is drawn fainter. */
  readonly chosen: Frame
  /** Runs of years for which no source has anything. */
  readonly gaps: readonly (readonly [first: number, last: number])[]
}

/** The contents of a lane: one mark for each record, or one bar for each period with records. */
export const LaneMarks: FC<LaneProps> = ({ lane, periods, axis, scale, chosen, gaps }) => {
  const { measure, tone, hangs } = lane
  const height = laneHeight(periods, lane, scale)
  const most = mostIn(periods, measure)
  const peak = scale.isBars && most > 0 ? periods.find((period) => period[measure] === most) : undefined
  return (
    <>
      <Ground axis={axis} height={height} chosen={chosen} gaps={gaps} />
      {periods.map((period) => {
        const count = period[measure]
        if (count === 0) return null
        const isOut = period.to < chosen.from || period.from > chosen.to
        const x = along(period.from, axis)
        const width = along(period.to + 1, axis) - x
        const bar = Math.min(width * 0.8, WIDEST_BAR)
        return (
          <g class={isOut ? 'is-out' : undefined}>
            {scale.isBars ? (
              <rect
                x={percent(x + (width - bar) / 2)}
                width={percent(bar)}
                y={hangs ? 4 : height - 4 - count * scale.perRecord}
                height={count * scale.perRecord}
                class={`fill-${tone}`}
              />
            ) : (
              Array.from({ length: count }, (_, i) => (
                <Mark lane={lane} x={x} width={width} y={hangs ? 4 + i * STEP : height - 4 - (i + 1) * STEP + 2} />
              ))
            )}
          </g>
        )
      })}
      {peak && (
        <text
          x={percent(along((peak.from + peak.to) / 2, axis))}
          y={hangs ? most * scale.perRecord + 16 : height - 8 - most * scale.perRecord}
          text-anchor="middle"
          class="strong"
        >
          {most}
        </text>
      )}
    </>
  )
}

/** A mark of 9 pixels, or less where its period is narrower: the style sheet sets that. */
export const Mark: FC<{ lane: LaneStyle; x: number; width: number; y: number }> = ({
  lane: { shape, tone },
  x,
  width,
  y,
}) => {
  const middle = percent(x + width / 2)
  if (shape === 'square') {
    return (
      <svg x={middle} y={y} width="1" height="9" class="at" aria-hidden="true">
        <rect x="-4.5" width="9" height="9" class={`fill-${tone} narrowing`} />
      </svg>
    )
  }
  if (shape === 'dot') return <circle cx={middle} cy={y + 4.5} r="4" class={`fill-${tone} narrowing`} />
  return (
    <svg x={middle} y={y} width="1" height="9" class="at" aria-hidden="true">
      <path d={shape === 'step' ? 'M-5 9V5h5V1h5v8z' : 'M0-1l5.5 5.5L0 10l-5.5-5.5z'} class={`fill-${tone}`} />
    </svg>
  )
}

/** What lies under the marks of a lane: years without sources, lines of the axis, the chosen days. */
export const Ground: FC<{ axis: Axis; height: number; chosen?: Frame; gaps?: LaneProps['gaps'] }> = ({
  axis,
  height,
  chosen,
  gaps = [],
}) => {
  const from = chosen ? along(chosen.from, axis) : 0
  const to = chosen ? along(chosen.to + 1, axis) : 100
  return (
    <>
      {(from > 0 || to < 100) && <rect x={percent(from)} width={percent(to - from)} height={height} class="chosen" />}
      {gaps.map(([first, last]) => {
        const start = along(startOf(first), axis)
        return (
          <rect
            x={percent(start)}
            width={percent(along(startOf(last + 1), axis) - start)}
            height={height}
            fill="url(#uncovered)"
          />
        )
      })}
      <Lines axis={axis} height={height} />
    </>
  )
}

const Lines: FC<{ axis: Axis; height: number }> = ({ axis, height }) => (
  <>
    {axisMarks(axis).map(({ at }) => (
      <line x1={percent(at)} x2={percent(at)} y2={height} class="cells" />
    ))}
  </>
)

/** Where the axis has lines, and their names. Minor ones can be left out where there is little room. */
function axisMarks(axis: Axis): readonly { at: number; label: string; isMinor: boolean }[] {
  if (axis.unit === 'month') return axis.to - axis.from < MOST_DAYS ? dayMarks(axis) : monthMarks(axis)
  return ticksOf(axis).map((year, i) => ({ at: along(startOf(year), axis), label: String(year), isMinor: i % 2 === 1 }))
}

/** With at most this number of days, the axis names each day. */
const MOST_DAYS = 24

function dayMarks(axis: Axis): ReturnType<typeof axisMarks> {
  return Array.from({ length: axis.to - axis.from + 1 }, (_, i) => {
    const date = dateOf(axis.from + i)
    const [day, month, year] = [date.getUTCDate(), MONTHS[date.getUTCMonth()] ?? '', date.getUTCFullYear()]
    const isNamed = i === 0 || (day === 1 && i > 1)
    return {
      at: along(axis.from + i, axis),
      // The name of the month needs the room of two days.
      label: isNamed ? `${day} ${month}${i === 0 ? ` ${year}` : ''}` : i === 1 || day === 2 ? '' : String(day),
      isMinor: i % 5 !== 0,
    }
  })
}

/** With at most this number of months, the axis names days. */
const MOST_MONTHS_IN_DAYS = 2

function monthMarks(axis: Axis): ReturnType<typeof axisMarks> {
  const start = dateOf(axis.from)
  const [first, firstMonth] = [start.getUTCFullYear(), start.getUTCMonth()]
  const count = (axis.last - first) * 12 + dateOf(axis.to).getUTCMonth() - firstMonth + 1
  const step = count <= 12 ? 1 : count <= 24 ? 2 : 3
  return Array.from({ length: Math.ceil(count / step) }, (_, i) => {
    const [year, month] = [first + Math.floor((firstMonth + i * step) / 12), (firstMonth + i * step) % 12]
    const day = monthStart(year, month + 1)
    const name = MONTHS[month] ?? ''
    return [
      {
        at: along(day, axis),
        label: month === 0 && count > MOST_MONTHS_IN_DAYS ? String(year) : i === 0 ? `${name} ${year}` : name,
        isMinor: i > 0 && month % 6 !== 0 && count > 6,
      },
      ...(count > MOST_MONTHS_IN_DAYS ? [] : DAYS).map((date) => ({
        at: along(day + date - 1, axis),
        label: String(date),
        isMinor: date !== 20 && (date !== 10 || count > 1),
      })),
    ]
  }).flat()
}

/** Days of a month that an axis names. */
const DAYS = [5, 10, 15, 20, 25]

/** The names of the years, of the months, or of days. */
export const AxisLabels: FC<{ axis: Axis }> = ({ axis }) => (
  <>
    <line x2="100%" y1="0.5" y2="0.5" class="base" />
    {axisMarks(axis).map(({ at, label, isMinor }) => (
      <svg x={percent(at)} width="1" height="20" aria-hidden="true" class={isMinor ? 'at minor' : 'at'}>
        <path d="M0 0v5" class="base" />
        {at < 97 && (
          <text x="3" y="16">
            {label}
          </text>
        )}
      </svg>
    ))}
  </>
)

/** The known part of a time span as a bar: sure and possible look different, and an end that is not known fades. */
export const SpanBar: FC<{ when: BoundsFragment; axis: Axis; tone: Tone; y: number; height: number }> = ({
  when,
  axis,
  tone,
  y,
  height,
}) => (
  <>
    {segmentsOf(when, axis).map(({ kind, from, to }) => {
      if (to < axis.from || from > axis.to) return null
      const start = along(from, axis)
      const width = along(to + 1, axis) - start
      const bar = { x: percent(start), y, width: percent(width), height }
      // Narrower marks would not be seen.
      const tick = kind === 'point' || (kind === 'sure' && width < 0.35)
      if (tick) return <rect {...bar} width="3" class={`fill-${tone}`} />
      if (kind === 'sure') return <rect {...bar} class={`fill-${tone} parted`} />
      if (kind === 'maybe')
        return (
          <rect
            {...bar}
            width={width < 0.7 ? '6' : percent(width)}
            fill={`url(#hatch-${tone})`}
            class={`outline-${tone}`}
          />
        )
      if (kind !== 'fade-out') return null
      return <rect {...bar} width={percent(Math.min(width, 1.2))} fill={`url(#fade-out-${tone})`} />
    })}
  </>
)

/** A lane in the page: its name and its drawing. */
export const LaneRow: FC<{
  label: Child
  tone?: Tone
  note?: Child
  height: number
  kind?: string
  children?: Child
}> = ({ label, tone, note, height, kind = '', children }) => (
  <div class={`lane ${kind}`}>
    <p class="lane-label">
      <span class={tone ? `lane-name ink-${tone}` : 'lane-name'}>{label}</span>{' '}
      {note && <span class="soft">{note}</span>}
    </p>
    <svg class="plot" width="100%" height={height} aria-hidden="true" focusable="false">
      {children}
    </svg>
  </div>
)
