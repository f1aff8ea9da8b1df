import type { FC } from 'hono/jsx'
import { type Axis, along, percent, startOf, ticksOf } from './axis.ts'
import type { Tone } from './signs.tsx'
import type { Segment } from './span.ts'

/*
 * Bands on an axis of years. Each is an SVG as wide as its place: positions along the axis are percentages and heights are pixels, so
 * text and marks keep their size on every screen.
 */

/** Height of a band. */
export const BAND = 26

/** How far a fade reaches at most, in percent of the axis. */
const LONGEST_FADE = 5
/** Below this part of the axis, in percent, a mark has its least width in pixels. */
const NARROW = 1.2

interface BandProps {
  readonly axis: Axis
  readonly segments: readonly Segment[]
  /** Days on which a source names an office. */
  readonly ticks?: readonly number[]
  readonly tone: Tone
}

/** What one band has: the lines of the axis, the parts of a time span, and ticks. */
export const Band: FC<BandProps> = ({ axis, segments, ticks = [], tone }) => (
  <>
    {ticksOf(axis).map((year) => {
      const x = percent(along(startOf(year), axis))
      return <line x1={x} x2={x} y2={BAND} class="cells" />
    })}
    <Dots segments={segments} axis={axis} tone={tone} />
    {segments.map((segment) => (
      <Part segment={segment} axis={axis} tone={tone} />
    ))}
    {ticks.map((day) => {
      const x = percent(along(day + 0.5, axis))
      return <line x1={x} x2={x} y1="4" y2={BAND - 4} class={`tick-${tone}`} />
    })}
  </>
)

const Part: FC<{ segment: Segment; axis: Axis; tone: Tone }> = ({ segment: { kind, from, to }, axis, tone }) => {
  const start = along(from, axis)
  const end = along(to + 1, axis)
  const length = end - start
  const bar = { x: percent(start), y: BAND / 2 - 5, height: 10 }
  const fade = Math.min(LONGEST_FADE, length)
  switch (kind) {
    case 'point':
    case 'sure':
      return (
        <>
          <rect {...bar} width={percent(length)} class={`fill-${tone}`} />
          <rect {...bar} width="4" class={`fill-${tone}`} />
        </>
      )
    case 'maybe':
      return (
        <rect
          {...bar}
          width={length < NARROW ? '8' : percent(length)}
          fill={`url(#hatch-${tone})`}
          class={`outline-${tone}`}
        />
      )
    case 'fade-in':
      return <rect {...bar} x={percent(end - fade)} width={percent(fade)} mask="url(#fade-in)" class={`fill-${tone}`} />
    case 'fade-out':
      return <rect {...bar} width={percent(fade)} fill={`url(#fade-out-${tone})`} />
    case 'unknown':
      return null
  }
}

/** One line below everything that fades or is not known. Several would fill the gaps between each other’s dots. */
const Dots: FC<Omit<BandProps, 'ticks'>> = ({ segments, axis, tone }) => {
  const open = segments.filter(({ kind }) => kind === 'fade-in' || kind === 'fade-out' || kind === 'unknown')
  if (open.length === 0) return null
  const start = Math.min(...open.map(({ from }) => from))
  const end = Math.max(...open.map(({ to }) => to))
  return (
    <line
      x1={percent(along(start, axis))}
      x2={percent(along(end + 1, axis))}
      y1={BAND / 2}
      y2={BAND / 2}
      class={`dots-${tone}`}
    />
  )
}
