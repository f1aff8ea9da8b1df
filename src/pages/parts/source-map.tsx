import type { FC } from 'hono/jsx'
import { lanesOf, nameOf, type Passage } from './passages.ts'
import { counted } from './words.ts'

/** Units of the drawing from left to right. The page stretches it. */
const WIDTH = 1_000
const LANE = 18
const HEIGHT = 64

interface Part {
  readonly start: number
  readonly end: number
  readonly citations: number
}

interface SourceMapProps {
  readonly parts: readonly Part[]
  /** All passages, if the page has all of them. They are then drawn one by one. */
  readonly passages?: readonly Passage<unknown>[]
  /** The part of the text that the page shows. */
  readonly shown: { readonly start: number; readonly end: number }
  /** What the right end of the drawing is. */
  readonly endsWith: string
}

/** The whole text from left to right, with the places that are cited. */
export const SourceMap: FC<SourceMapProps> = ({ parts, passages, shown, endsWith }) => {
  const length = parts.at(-1)?.end ?? 0
  const xOf = (position: number) => Math.round((position / length) * WIDTH * 10) / 10
  const ticks = ticksOf(length)
  return (
    <figure class="source-map">
      {passages ? <Lanes passages={passages} xOf={xOf} /> : <Bars parts={parts} xOf={xOf} shown={shown} />}
      <figcaption class="source-scale">
        <svg height="18" aria-hidden="true">
          {ticks.map((position) => (
            <text x={`${(position / length) * 100}%`} y="13">
              {position.toLocaleString('en-US')}
            </text>
          ))}
        </svg>
        <span>{endsWith}</span>
      </figcaption>
    </figure>
  )
}

const Lanes: FC<{ passages: readonly Passage<unknown>[]; xOf: (position: number) => number }> = ({ passages, xOf }) => {
  const lanes = lanesOf(passages)
  return (
    <svg viewBox={`0 0 ${WIDTH} ${lanes.length * LANE}`} preserveAspectRatio="none" height={lanes.length * LANE}>
      <title>Cited passages</title>
      {lanes.map((lane, row) =>
        lane.map((passage) => {
          const { start, end, citations } = passage
          const x = xOf(start)
          const label = `Characters ${start} to ${end}: ${counted(citations.length, 'citation')}`
          return (
            <a href={`#p${nameOf(passage)}`} aria-label={label}>
              <rect
                x={x}
                y={row * LANE}
                width={Math.max(2, xOf(end) - x - 1)}
                height={LANE - 3}
                class={`shade-${shadeOf(citations.length)}`}
              />
            </a>
          )
        }),
      )}
    </svg>
  )
}

/** Bars are links for pointers. With the keyboard, the form below the map does the same in fewer steps. */
const Bars: FC<Pick<SourceMapProps, 'parts' | 'shown'> & { xOf: (position: number) => number }> = ({
  parts,
  shown,
  xOf,
}) => {
  const most = Math.max(...parts.map(({ citations }) => citations))
  const from = xOf(shown.start)
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT + 8}`} preserveAspectRatio="none" height={HEIGHT + 8} aria-hidden="true">
      {parts.map(({ start, end, citations }) => {
        const height = Math.max(2, Math.round((citations / most) * HEIGHT))
        return citations === 0 ? null : (
          <a href={`?from=${start}`} tabindex={-1}>
            <rect x={xOf(start)} y="0" width={xOf(end) - xOf(start)} height={HEIGHT} class="catches" />
            <rect
              x={xOf(start)}
              y={HEIGHT - height}
              width={Math.max(1, xOf(end) - xOf(start) - 1)}
              height={height}
              class="shade-3"
            />
          </a>
        )
      })}
      <rect x={from} y={HEIGHT + 3} width={Math.max(4, xOf(shown.end) - from)} height="5" class="here" />
    </svg>
  )
}

/** The darker, the more citations: 1 to 2, 3 to 7, 8 and more. */
const shadeOf = (citations: number): 1 | 2 | 3 => (citations < 3 ? 1 : citations < 8 ? 2 : 3)

/** Round numbers from 0, about four of them. */
function ticksOf(length: number): number[] {
  const rough = length / 4
  const power = 10 ** Math.floor(Math.log10(Math.max(1, rough)))
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= rough) ?? rough
  const ticks: number[] = []
  // The last ones would run into the words for the end.
  for (let position = 0; position < length * 0.8; position += step) ticks.push(position)
  return ticks
}
