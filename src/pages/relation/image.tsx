import type { FC } from 'hono/jsx'
import { ChartFile, type ChartRow } from '../parts/chart-file.tsx'
import { AxisLabels, Ground } from '../parts/lanes.tsx'
import { drawnLane, Holders, MOST_SERIES, type Plot, type Score, SourceRuns } from './score.tsx'

/** The chart of a relation as an SVG file. */
export const ScoreImage: FC<{ score: Score; title: string; caption: string; address: string }> = ({
  score,
  title,
  caption,
  address,
}) => {
  const { axis, offices, series, chosen, closeUp } = score
  const rows: readonly ChartRow[] = [
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
      name,
      isPlain: true,
      height: 15,
      above: i === 0 ? 14 : 0,
      content: <SourceRuns runs={runs} axis={axis} />,
    })),
  ]
  const closer = closeUp ? [{ heading: 'The chosen period, closer', rows: plotRows(closeUp, score) }] : []
  return <ChartFile title={title} caption={caption} address={address} charts={[{ rows }, ...closer]} />
}

/** The lanes of facts, and their axis. */
const plotRows = (plot: Plot, score: Score): readonly ChartRow[] => [
  ...score.lanes.map((lane) => ({ name: lane.label, tone: lane.tone, ...drawnLane(lane, plot, score) })),
  { name: '', height: 34, content: <AxisLabels axis={plot.axis} /> },
]
