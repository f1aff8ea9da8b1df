import type { FC } from 'hono/jsx'
import { ImageFile } from './image-file.tsx'
import { lanesOf, nameOf, type Passage } from './passages.ts'
import { counted, grouped } from './words.ts'

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
  const xOf = scale(length)
  const ticks = ticksOf(length)
  return (
    <figure class="source-map">
      {passages ? <Lanes passages={passages} xOf={xOf} /> : <Bars parts={parts} xOf={xOf} shown={shown} />}
      <figcaption class="source-scale">
        <svg height="18" aria-hidden="true">
          {ticks.map((position, i) => (
            <text class={i % 2 === 1 ? 'minor' : undefined} x={`${(position / length) * 100}%`} y="13">
              {grouped(position)}
            </text>
          ))}
        </svg>
        <span>{endsWith}</span>
      </figcaption>
    </figure>
  )
}

/** A rectangle of the drawing. */
interface Drawn {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

type XOf = (position: number) => number

/** Passages in rows, so that they do not cover each other. */
const drawnPassages = (passages: readonly Passage<unknown>[], xOf: XOf): (Drawn & { passage: Passage<unknown> })[] =>
  lanesOf(passages).flatMap((lane, row) =>
    lane.map((passage) => {
      const x = xOf(passage.start)
      return { passage, x, y: row * LANE, width: Math.max(2, xOf(passage.end) - x - 1), height: LANE - 3 }
    }),
  )

/** The parts that are cited, as bars. */
function drawnParts(parts: readonly Part[], xOf: XOf): (Drawn & { part: Part })[] {
  const most = Math.max(...parts.map(({ citations }) => citations))
  return parts
    .filter(({ citations }) => citations > 0)
    .map((part) => {
      const x = xOf(part.start)
      const height = Math.max(2, Math.round((part.citations / most) * HEIGHT))
      return { part, x, y: HEIGHT - height, width: Math.max(1, xOf(part.end) - x - 1), height }
    })
}

const Lanes: FC<{ passages: readonly Passage<unknown>[]; xOf: XOf }> = ({ passages, xOf }) => {
  const height = lanesOf(passages).length * LANE
  return (
    <svg viewBox={`0 0 ${WIDTH} ${height}`} preserveAspectRatio="none" height={height}>
      <title>Cited passages</title>
      {drawnPassages(passages, xOf).map(({ passage, ...drawn }) => {
        const { start, end, citations } = passage
        const label = `Characters ${start} to ${end}: ${counted(citations.length, 'citation')}`
        return (
          <a href={`#p${nameOf(passage)}`} aria-label={label}>
            <rect {...drawn} class={`shade-${shadeOf(citations.length)}`} />
          </a>
        )
      })}
    </svg>
  )
}

/** Bars are links for pointers. With the keyboard, the form below the map does the same in fewer steps. */
const Bars: FC<Pick<SourceMapProps, 'parts' | 'shown'> & { xOf: XOf }> = ({ parts, shown, xOf }) => {
  const from = xOf(shown.start)
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT + 8}`} preserveAspectRatio="none" height={HEIGHT + 8} aria-hidden="true">
      {drawnParts(parts, xOf).map(({ part, ...drawn }) => (
        <a href={`?from=${part.start}`} tabindex={-1}>
          <rect x={drawn.x} y="0" width={drawn.width + 1} height={HEIGHT} class="catches" />
          <rect {...drawn} class="shade-3" />
        </a>
      ))}
      <rect x={from} y={HEIGHT + 3} width={Math.max(4, xOf(shown.end) - from)} height="5" class="here" />
    </svg>
  )
}

/** The shades of passages in a file, which has other styles than the page. */
const FILE_SHADES = { 1: 'fill-faint is-out', 2: 'fill-faint', 3: 'fill-n' } as const

const MARGIN = 24
const TITLE = 64

/** The same drawing as a file. */
export const SourceMapFile: FC<Omit<SourceMapProps, 'shown'> & { title: string }> = ({
  title,
  parts,
  passages,
  endsWith,
}) => {
  const length = parts.at(-1)?.end ?? 0
  const xOf = scale(length)
  const height = passages ? lanesOf(passages).length * LANE : HEIGHT
  return (
    <ImageFile title={title} width={WIDTH + 2 * MARGIN} height={TITLE + height + 2 * MARGIN}>
      <text x={MARGIN} y="36" class="name">
        {title}
      </text>
      <g transform={`translate(${MARGIN} ${TITLE})`}>
        {passages
          ? drawnPassages(passages, xOf).map(({ passage, ...drawn }) => (
              <rect {...drawn} class={FILE_SHADES[shadeOf(passage.citations.length)]} />
            ))
          : drawnParts(parts, xOf).map(({ part: _, ...drawn }) => <rect {...drawn} class="fill-n" />)}
        <path class="base" d={`M0 ${height + 4}h${WIDTH}`} />
        {/* The words for the end can be a quarter of the width. */}
        {ticksOf(length)
          .filter((position) => position < length * 0.7)
          .map((position) => (
            <text x={xOf(position)} y={height + 20}>
              {grouped(position)}
            </text>
          ))}
        <text x={WIDTH} y={height + 20} text-anchor="end">
          {endsWith}
        </text>
      </g>
    </ImageFile>
  )
}

const scale =
  (length: number): XOf =>
  (position) =>
    Math.round((position / length) * WIDTH * 10) / 10

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
