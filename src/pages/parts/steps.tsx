import type { FC } from 'hono/jsx'
import type { FactFragment } from '../../generated/pages/graphql.ts'
import { type Axis, axisAround, monthAxis } from './axis.ts'
import type { ChartRow } from './chart-file.tsx'
import { daysOfAll, ExactMarks, exactLane } from './exact-lane.tsx'
import { AxisLabels, Ground, LaneRow } from './lanes.tsx'
import { capital, datedWords, worded } from './words.ts'

type Step = Extract<FactFragment, { __typename: 'AgreementEvent' }>

const ROW_HEIGHT = 34
/** Above this number of days, the axis has years. */
const MOST_DAYS = 3 * 366

/** The steps of an agreement on one axis, each in its row. */
export const Steps: FC<{ steps: readonly Step[] }> = ({ steps }) => {
  const axis = axisFor(steps)
  return (
    axis && (
      <div class="score">
        <div class="lanes">
          {steps.map((step) => (
            <LaneRow label={capital(worded(step.status))} note={datedWords(step.when.label)} height={ROW_HEIGHT}>
              <Drawn step={step} axis={axis} />
            </LaneRow>
          ))}
          <LaneRow label="" height={22} kind="axis">
            <AxisLabels axis={axis} />
          </LaneRow>
        </div>
      </div>
    )
  )
}

/** The same as rows of an SVG file. Null if no day is known. */
export function stepRows(steps: readonly Step[]): readonly ChartRow[] | null {
  const axis = axisFor(steps)
  if (!axis) return null
  return [
    ...steps.map((step) => ({
      name: capital(worded(step.status)),
      note: datedWords(step.when.label),
      height: ROW_HEIGHT,
      content: <Drawn step={step} axis={axis} />,
    })),
    { name: '', height: 24, content: <AxisLabels axis={axis} /> },
  ]
}

function axisFor(steps: readonly Step[]): Axis | null {
  const days = daysOfAll(steps)
  if (!days) return null
  return days.to - days.from < MOST_DAYS ? monthAxis(days) : axisAround([days.from, days.to])
}

const Drawn: FC<{ step: Step; axis: Axis }> = ({ step, axis }) => {
  const drawn = exactLane([step], axis)
  return (
    <>
      <Ground axis={axis} height={ROW_HEIGHT} />
      {drawn && (
        <ExactMarks lane={{ tone: 'n', shape: 'step' }} drawn={drawn} axis={axis} height={ROW_HEIGHT} chosen={axis} />
      )}
    </>
  )
}
