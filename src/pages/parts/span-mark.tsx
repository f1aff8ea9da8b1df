import type { FC } from 'hono/jsx'
import { graphql } from '../../generated/pages/gql.ts'
import type { SpanFragment } from '../../generated/pages/graphql.ts'
import type { Tone } from './signs.tsx'
import { dateOf, extentOf, type Frame, framed, MONTHS, type Segment, segmentsOf } from './span.ts'

graphql(`
  fragment Span on TimeSpan {
    edtf
    label
    ...Bounds
  }

  fragment Bounds on TimeSpan {
    beginOfTheBegin
    endOfTheBegin
    beginOfTheEnd
    endOfTheEnd
    likely { from to }
  }
`)

const WIDTH = 168
const MAX_DAY_CELLS = 14

interface SpanMarkProps {
  readonly when: SpanFragment
  readonly tone?: Tone
  /** The days that the mark is drawn on. Default: those of the span, at least a week. */
  readonly frame?: Frame | null
  /** Whether the days are named above the mark. */
  readonly hasScale?: boolean
}

/**
 * A time span drawn as what is known of it: a point, a bar, a hatched bar where the source leaves it open, a fade where no source says
 * how far it reaches. It is an ornament: write `when.label` beside it.
 */
export const SpanMark: FC<SpanMarkProps> = ({ when, tone = 'n', frame: given, hasScale = false }) => {
  const extent = extentOf(when)
  const frame = given ?? (extent && framed(extent))
  const top = hasScale ? 30 : 0
  return (
    <svg
      class={`span-mark tone-${tone}`}
      viewBox={`0 0 ${WIDTH} ${top + 18}`}
      width={WIDTH}
      height={top + 18}
      aria-hidden="true"
      focusable="false"
    >
      {frame && hasScale && <Scale frame={frame} />}
      <g transform={`translate(0 ${top})`}>
        {frame && <Cells frame={frame} />}
        {frame ? (
          segmentsOf(when, frame).map((segment) => <Mark segment={segment} frame={frame} tone={tone} />)
        ) : (
          <path d={`M4 9H${WIDTH - 4}`} class={`dots-${tone}`} />
        )}
      </g>
    </svg>
  )
}

const xOf = (day: number, { from, to }: Frame) => Math.round(((day - from) / (to - from + 1)) * WIDTH * 10) / 10

const Mark: FC<{ segment: Segment; frame: Frame; tone: Tone }> = ({ segment: { kind, from, to }, frame, tone }) => {
  const start = xOf(from, frame)
  const end = xOf(to + 1, frame)
  if (kind === 'point') return <circle cx={(start + end) / 2} cy="9" r="4.5" class={`fill-${tone}`} />
  // Narrower marks would not be seen, and a hatch needs some width to be one.
  const smallest = kind === 'sure' ? 4 : 8
  const width = Math.max(smallest, end - start)
  const x = Math.min(start, WIDTH - width)
  const bar = { x, y: 5, width, height: 8 }
  switch (kind) {
    case 'sure':
      return <rect {...bar} class={`fill-${tone}`} />
    case 'maybe':
      return <rect {...bar} fill={`url(#hatch-${tone})`} class={`outline-${tone}`} />
    case 'fade-in':
      return (
        <>
          <rect {...bar} fill={`url(#hatch-${tone})`} mask="url(#fade-in)" />
          <path d={`M${x + width} 3v12`} class={`line-${tone}`} />
        </>
      )
    case 'fade-out':
      return (
        <>
          <rect {...bar} width={width * 0.6} fill={`url(#fade-out-${tone})`} />
          <path d={`M${x + width * 0.6} 9H${x + width}`} class={`dots-${tone}`} />
        </>
      )
    case 'unknown':
      return <path d={`M4 9H${WIDTH - 4}`} class={`dots-${tone}`} />
  }
}

/** Lines between days, months or years, whichever are few enough. */
const Cells: FC<{ frame: Frame }> = ({ frame }) => {
  const lines = ticksOf(frame).map((day) => `M${xOf(day, frame)} 0v18`)
  return <path d={[...lines, `M0 0v18M${WIDTH} 0v18`].join('')} class="cells" />
}

/** Days before which a line is drawn. */
function ticksOf({ from, to }: Frame): number[] {
  const days = Array.from({ length: Math.min(to - from, 40_000) }, (_, i) => from + 1 + i)
  if (days.length < MAX_DAY_CELLS) return days
  const months = days.filter((day) => dateOf(day).getUTCDate() === 1)
  if (months.length <= 24) return months
  const years = months.filter((day) => dateOf(day).getUTCMonth() === 0)
  return years.length <= 24 ? years : years.filter((day) => dateOf(day).getUTCFullYear() % 10 === 0)
}

/** The names of the days, or of the first and the last one if there are many. */
const Scale: FC<{ frame: Frame }> = ({ frame }) => {
  const count = frame.to - frame.from + 1
  if (count <= MAX_DAY_CELLS) {
    const days = Array.from({ length: count }, (_, i) => frame.from + i)
    return (
      <>
        {days.map((day, i) => {
          const date = dateOf(day)
          const x = (xOf(day, frame) + xOf(day + 1, frame)) / 2
          const isNamed = i === 0 || date.getUTCDate() === 1
          return (
            <>
              {isNamed && (
                <text x={xOf(day, frame)} y="10">
                  {MONTHS[date.getUTCMonth()]}
                </text>
              )}
              <text x={x} y="25" text-anchor="middle" class="strong">
                {date.getUTCDate()}
              </text>
            </>
          )
        })}
      </>
    )
  }
  return (
    <>
      <text x="0" y="25">
        {shortDate(frame.from)}
      </text>
      <text x={WIDTH} y="25" text-anchor="end">
        {shortDate(frame.to)}
      </text>
    </>
  )
}

function shortDate(day: number): string {
  const date = dateOf(day)
  return `${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`
}
