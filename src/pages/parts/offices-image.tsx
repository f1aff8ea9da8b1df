import type { FC } from 'hono/jsx'
import type { Axis } from './axis.ts'
import { BAND, Band } from './bands.tsx'
import { ImageFile } from './image-file.tsx'
import { AxisLabels } from './lanes.tsx'
import { drawn, type Office, whenHeld } from './offices.tsx'
import { shortened } from './words.ts'

const WIDTH = 1200
/** Where the bands start: their names stand left of them. */
const LEFT = 470
const RIGHT = 30
const TOP = 84
const ROW = 44
/** Characters of a name that fit left of the bands. */
const LONGEST_NAME = 62

/** The offices of a person as an SVG file. */
export const OfficesImage: FC<{ offices: readonly Office[]; axis: Axis; title: string; address: string }> = ({
  offices,
  axis,
  title,
  address,
}) => {
  const end = TOP + offices.length * ROW
  const plot = { x: LEFT, width: WIDTH - LEFT - RIGHT }
  return (
    <ImageFile title={`Offices of ${title}`} width={WIDTH} height={end + 64}>
      <text x="30" y="42" class="title">
        {title}
      </text>
      <text x="30" y="64">
        Offices. Filled: certain. Hatched: possible. Dotted: not known. Upright lines: a source names the office on this
        day.
      </text>
      {offices.map((office, i) => {
        const y = TOP + i * ROW
        return (
          <>
            <text x="30" y={y + 16} class="name fill-n">
              {shortened(office.shown.title, LONGEST_NAME)}
            </text>
            <text x="30" y={y + 32}>
              {shortened([office.shown.country?.name, whenHeld(office)].filter(Boolean).join(', '), LONGEST_NAME + 8)}
            </text>
            <svg {...plot} y={y + 8} height={BAND} aria-hidden="true">
              <Band axis={axis} {...drawn(office, axis)} tone="a" />
            </svg>
          </>
        )
      })}
      <svg {...plot} y={end} height="20" aria-hidden="true">
        <AxisLabels axis={axis} />
      </svg>
      <text x="30" y={end + 48}>
        {address}
      </text>
    </ImageFile>
  )
}
