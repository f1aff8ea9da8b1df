import type { Child, FC } from 'hono/jsx'
import { ImageFile } from './image-file.tsx'
import type { Tone } from './signs.tsx'
import { shortened } from './words.ts'

/** A row of a chart: its name at the left, and its drawing on the axis. */
export interface ChartRow {
  readonly name: string
  readonly note?: string
  readonly tone?: Tone
  readonly height: number
  /** Space above the row. */
  readonly above?: number
  /** Whether the name is not bold. */
  readonly isPlain?: boolean
  readonly content: Child
}

export interface Chart {
  /** Not given if the file has one chart. */
  readonly heading?: string
  readonly rows: readonly ChartRow[]
}

const WIDTH = 1200
/** Where the drawings start: names stand left of them. */
const LEFT = 300
const RIGHT = 30
const TOP = 84
/** Characters of a name that fit left of the drawings. */
const LONGEST_NAME = 40

interface ChartFileProps {
  readonly title: string
  /** One sentence about what is drawn. */
  readonly caption: string
  /** Path of the page. */
  readonly address: string
  readonly charts: readonly Chart[]
}

/** The charts of a page as an SVG file. */
export const ChartFile: FC<ChartFileProps> = ({ title, caption, address, charts }) => {
  const rows = charts.flatMap(({ heading, rows }, i): readonly ChartRow[] =>
    heading ? [{ name: heading, height: 28, above: i > 0 ? 20 : 0, content: null }, ...rows] : rows,
  )
  let end = TOP
  const tops = rows.map(({ height, above = 0 }) => {
    end += above + height
    return end - height
  })
  return (
    <ImageFile title={`${title}. ${caption}`} width={WIDTH} height={end + 40}>
      <text x="30" y="42" class="title">
        {title}
      </text>
      <text x="30" y="64">
        {caption}
      </text>
      {rows.map(({ name, note, tone = 'n', height, isPlain, content }, i) => {
        const top = tops[i] ?? 0
        return (
          <>
            <text
              x={LEFT - 14}
              y={top + height / 2 + (note ? -2 : 4)}
              text-anchor="end"
              class={`${isPlain ? 'plain' : 'name'} fill-${tone}`}
            >
              {shortened(name, LONGEST_NAME)}
            </text>
            {note && (
              <text x={LEFT - 14} y={top + height / 2 + 12} text-anchor="end">
                {shortened(note, LONGEST_NAME + 6)}
              </text>
            )}
            <svg x={LEFT} y={top} width={WIDTH - LEFT - RIGHT} height={height} aria-hidden="true">
              {content}
            </svg>
          </>
        )
      })}
      <text x="30" y={end + 26}>
        Filled: certain. Hatched: possible. Dotted: not known, or no source. bilateral, {address}
      </text>
    </ImageFile>
  )
}
