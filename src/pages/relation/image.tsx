import type { Child, FC } from 'hono/jsx'
import { ImageFile } from '../parts/image-file.tsx'
import { AxisLabels, Ground } from '../parts/lanes.tsx'
import type { Tone } from '../parts/signs.tsx'
import { shortened } from '../parts/words.ts'
import { drawnLane, Holders, MOST_SERIES, type Plot, type Score, SourceRuns } from './score.tsx'

const WIDTH = 1200
/** Where the lanes start: their names stand left of them. */
const LEFT = 220
const RIGHT = 30
const TOP = 84

interface Row {
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

/** The lanes of facts, and their axis. */
const plotRows = (plot: Plot, score: Score): readonly Row[] => [
  ...score.lanes.map((lane) => ({ name: lane.label, tone: lane.tone, ...drawnLane(lane, plot, score) })),
  { name: '', height: 34, content: <AxisLabels axis={plot.axis} /> },
]

/** The chart of a relation as an SVG file. */
export const ScoreImage: FC<{ score: Score; title: string; caption: string; address: string }> = ({
  score,
  title,
  caption,
  address,
}) => {
  const { axis, offices, series, chosen, closeUp } = score
  const rows: readonly Row[] = [
    ...plotRows(score, score),
    ...offices.map(({ label, tone, holders }) => ({
      name: label,
      tone,
      height: 26,
      content: (
        <>
          <Ground axis={axis} height={26} chosen={chosen} />
          <Holders holders={holders} axis={axis} tone={tone} />
        </>
      ),
    })),
    ...series.slice(0, MOST_SERIES).map(({ name, runs }, i) => ({
      name: shortened(name, 32),
      isPlain: true,
      height: 15,
      above: i === 0 ? 14 : 0,
      content: <SourceRuns runs={runs} axis={axis} />,
    })),
    ...(closeUp
      ? [{ name: 'The chosen period, closer', height: 24, above: 20, content: null }, ...plotRows(closeUp, score)]
      : []),
  ]
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
              {name}
            </text>
            {note && (
              <text x={LEFT - 14} y={top + height / 2 + 12} text-anchor="end">
                {note}
              </text>
            )}
            <svg x={LEFT} y={top} width={WIDTH - LEFT - RIGHT} height={height} aria-hidden="true">
              {content}
            </svg>
          </>
        )
      })}
      <text x="30" y={end + 26}>
        Filled: certain. Hatched: possible. Dotted: not known, or no source. {address}
      </text>
    </ImageFile>
  )
}
