import type { Child, FC } from 'hono/jsx'
import type { OfficeFragment, RelationPageQuery } from '../../generated/pages/graphql.ts'
import type { Table } from '../page.ts'
import {
  type Axis,
  along,
  axisOf,
  decadesOf,
  exactAxis,
  type Measure,
  monthAxis,
  type Period,
  percent,
  periodsOf,
} from '../parts/axis.ts'
import { DataTable } from '../parts/data-table.tsx'
import { Downloads } from '../parts/downloads.tsx'
import { daysOfAll, type ExactLane, ExactMarks, exactLane, ROW } from '../parts/exact-lane.tsx'
import {
  AxisLabels,
  Ground,
  LaneMarks,
  type LaneOf,
  LaneRow,
  LEAST_HEIGHT,
  laneHeight,
  SpanBar,
  scaleOf,
} from '../parts/lanes.tsx'
import type { Tone } from '../parts/signs.tsx'
import { dayOf, type Frame, segmentsOf, yearOf } from '../parts/span.ts'
import { capital, counted, withArticle } from '../parts/words.ts'
import { gapsOf, type Series, seriesOf, seriesTable } from './coverage.ts'
import { datedTable, measureOf } from './dated-facts.ts'
import { type OfficeLane, officesOf, officeTable } from './offices.ts'
import { duringOf, type KINDS, shows, type View } from './view.ts'

export type Relation = NonNullable<RelationPageQuery['relation']>

/** A lane of the chart, with its words. */
interface Lane extends LaneOf {
  readonly label: string
  readonly one: string
  readonly many: string
  readonly kind: (typeof KINDS)[number]['kind']
}

/** Facts on one axis. */
export interface Plot {
  readonly axis: Axis
  readonly periods: readonly Period[]
  /** Lanes in which each fact is drawn at its own days. Empty if the lanes count facts by period. */
  readonly exact: ReadonlyMap<Measure, ExactLane>
}

/** Everything that the chart draws. */
export interface Score extends Plot {
  readonly years: readonly Period[]
  readonly chosen: Frame
  readonly lanes: readonly Lane[]
  readonly offices: readonly OfficeLane[]
  readonly series: readonly Series[]
  readonly gaps: readonly (readonly [first: number, last: number])[]
  /** Number of facts without a known day, by lane. They are in no period. */
  readonly undated: ReadonlyMap<Measure, number>
  /** The chosen period in a finer unit. Null if the chart shows it as fine. */
  readonly closeUp: Plot | null
  /** The facts that are drawn at their own days. */
  readonly dated: Relation['marks']['entries']
}

/** Above this number of years, a chosen period is not shown in months. */
const MOST_YEARS_IN_MONTHS = 3
const DAYS_OF_YEAR = 366
/** Above this number of years, a chosen period is not shown in years if the chart shows decades. */
const MOST_YEARS_IN_CLOSE_UP = 100
/** With fewer years between its ends, an axis needs no handles. */
const FEWEST_YEARS_TO_CHOOSE = 3
export const MOST_SERIES = 6

/** Whether a period is short enough to be shown in months: the query then asks for them. */
export function isInMonths(view: View, today: string): boolean {
  if (!/^\d{4}/.test(view.from)) return false
  const from = Number(view.from.slice(0, 4))
  const to = Number((view.to || today).slice(0, 4))
  return to >= from && to - from < MOST_YEARS_IN_MONTHS
}

/** The months that are always asked for: if all facts are in them, the chart shows months. They include those of the next year. */
export const recentOf = (today: string) => {
  const year = Number(today.slice(0, 4))
  return { from: `${year - MOST_YEARS_IN_MONTHS + 1}-01-01`, to: `${year + 1}-12-31` }
}

/** Null if there is nothing to draw. */
export function scoreOf(data: RelationPageQuery, view: View, today: string): Score | null {
  const { relation } = data
  if (!relation) return null
  const years = periodsOf(relation.activity)
  const { first, last, sources } = relation.coverage
  const known = [first, last, years.at(0)?.label, years.at(-1)?.label].flatMap((day) =>
    day ? [Number(day.slice(0, 4))] : [],
  )
  if (known.length === 0) return null
  const span = { first: Math.min(...known), last: Math.max(...known) }
  const undated = undatedOf(relation, view, years)
  const hasFacts = (measure: Measure) => years.some((year) => year[measure] > 0) || (undated.get(measure) ?? 0) > 0
  const lanes = lanesOf(relation).filter(
    ({ kind, measure }) => shows(view, kind) && (kind === 'VISIT' || kind === 'MEETING' || hasFacts(measure)),
  )
  const isRecent = span.first >= Number(recentOf(today).from.slice(0, 4))
  const main = isRecent
    ? inMonths(relation, lanes, periodsOf(relation.recent), {})
    : byYear(axisOf(span.first, span.last, Number(today.slice(0, 4))), years)
  const during = duringOf(view)
  const days = { ...(during?.from && { from: dayOf(during.from) }), ...(during?.to && { to: dayOf(during.to) }) }
  return {
    ...main,
    years,
    chosen: { from: main.axis.from, to: main.axis.to, ...days },
    lanes,
    offices: officesOf(data),
    series: seriesOf(sources),
    gaps: gapsOf(sources, span, years),
    undated,
    dated: relation.marks.entries,
    closeUp: isRecent ? null : closeUpOf(relation, view, lanes, main.axis, years, days),
  }
}

const byYear = (axis: Axis, years: readonly Period[]): Plot => ({
  axis,
  periods: axis.unit === 'decade' ? decadesOf(years) : years,
  exact: new Map(),
})

/**
 * A short range: the chosen days, and where the reader chose no limit, those with facts. Facts are drawn at their own days, unless they
 * are too many: then they are counted by month.
 */
function inMonths(
  { marks, countries }: Relation,
  lanes: readonly Lane[],
  periods: readonly Period[],
  chosen: Partial<Frame>,
): Plot {
  const axisFor = (first?: number, last?: number) => {
    const from = chosen.from ?? Math.min(first ?? Number.POSITIVE_INFINITY, chosen.to ?? Number.POSITIVE_INFINITY)
    const to = Math.max(chosen.to ?? last ?? from, from)
    return monthAxis({ from, to: Math.min(to, from + MOST_YEARS_IN_MONTHS * DAYS_OF_YEAR) })
  }
  const known = marks.pageInfo.hasNextPage ? null : daysOfAll(marks.entries)
  if (known) {
    const axis = axisFor(known.from, known.to)
    const exact = new Map<Measure, ExactLane>()
    for (const { measure } of lanes) {
      const facts = marks.entries.filter((fact) => measureOf(fact, countries[0]?.code ?? '') === measure)
      const drawn = exactLane(facts, axis)
      if (drawn) exact.set(measure, drawn)
    }
    if (exact.size === lanes.length) return { axis, periods, exact }
  }
  return { axis: axisFor(periods.at(0)?.from, periods.at(-1)?.to), periods, exact: new Map() }
}

function closeUpOf(
  relation: Relation,
  view: View,
  lanes: readonly Lane[],
  axis: Axis,
  years: readonly Period[],
  chosen: Partial<Frame>,
): Plot | null {
  if (!view.from && !view.to) return null
  if (relation.months) return inMonths(relation, lanes, periodsOf(relation.months), chosen)
  const [from, to] = [yearOf(chosen.from ?? axis.from), yearOf(chosen.to ?? axis.to)]
  if (axis.unit !== 'decade' || to < from || to - from + 1 > MOST_YEARS_IN_CLOSE_UP) return null
  return byYear(
    exactAxis(from, to, 'year'),
    years.filter((year) => yearOf(year.from) >= from && yearOf(year.from) <= to),
  )
}

/** Facts of the whole relation that are in no period, as their day is not known. With a topic, their number is not known. */
function undatedOf({ coverage }: Relation, view: View, years: readonly Period[]): ReadonlyMap<Measure, number> {
  if (view.topics.length > 0) return new Map()
  const measures = ['meetings', 'statements', 'agreementEvents', 'relationEvents'] as const
  return new Map(measures.map((measure) => [measure, coverage[measure] - sumOf(years, measure)]))
}

function lanesOf({ countries }: Relation): readonly Lane[] {
  const [one = '', other = ''] = countries.map(({ name }) => withArticle(name))
  return [
    {
      measure: 'visitsToSecond',
      label: `To ${other}`,
      one: 'visit',
      many: 'visits',
      tone: 'a',
      shape: 'square',
      kind: 'VISIT',
    },
    {
      measure: 'meetings',
      label: 'Meetings',
      one: 'meeting',
      many: 'meetings',
      tone: 'n',
      shape: 'dot',
      kind: 'MEETING',
    },
    {
      measure: 'visitsToFirst',
      label: `To ${one}`,
      one: 'visit',
      many: 'visits',
      tone: 'b',
      shape: 'square',
      hangs: true,
      kind: 'VISIT',
    },
    {
      measure: 'statements',
      label: 'Statements',
      one: 'statement',
      many: 'statements',
      tone: 'n',
      shape: 'dot',
      kind: 'STATEMENT',
    },
    {
      measure: 'agreementEvents',
      label: 'Agreements',
      one: 'step',
      many: 'steps',
      tone: 'n',
      shape: 'step',
      kind: 'AGREEMENT_EVENT',
    },
    {
      measure: 'relationEvents',
      label: 'Diplomatic relations',
      one: 'event',
      many: 'events',
      tone: 'n',
      shape: 'diamond',
      kind: 'RELATION_EVENT',
    },
  ]
}

/** The chart with all its lanes on one axis, and the data behind it. */
export const ScoreChart: FC<{ score: Score; between: readonly { code: string; name: string }[] }> = ({
  score,
  between,
}) => {
  const { axis, periods, chosen, lanes, offices, series, gaps, closeUp } = score
  const isExact = (closeUp ?? score).exact.size > 0
  return (
    <figure class={`score by-${axis.unit}`}>
      <div class="lanes">
        <Lanes plot={score} score={score} />
        {axis.last - axis.first >= FEWEST_YEARS_TO_CHOOSE && <Brush axis={axis} chosen={chosen} />}
      </div>
      <div class="lanes">
        {offices.length > 0 && (
          <p class="lanes-head">
            <strong>Offices</strong>{' '}
            <span class="soft">Filled: held for certain. Hatched: possible. Dotted: not known.</span>
          </p>
        )}
        {offices.map(({ label, tone, holders }) => (
          <LaneRow label={label} tone={tone} height={26} kind="office">
            <Ground axis={axis} height={26} chosen={chosen} />
            <Holders holders={holders} axis={axis} tone={tone} />
          </LaneRow>
        ))}
        {series.length > 0 && (
          <p class="lanes-head">
            <strong>What the sources cover</strong>{' '}
            <span class="soft">
              From the first to the last fact of each source. An empty year is not a quiet year: where the ground is
              dotted, no source has a fact.
            </span>
          </p>
        )}
        {series.slice(0, MOST_SERIES).map(({ name, facts, runs }) => (
          <LaneRow label={<bdi>{name}</bdi>} note={counted(facts, 'fact')} height={14} kind="source">
            <SourceRuns runs={runs} axis={axis} />
          </LaneRow>
        ))}
      </div>
      <Legend lanes={lanes} between={between} hasGaps={gaps.length > 0} isExact={isExact} />
      {closeUp && (
        <div class={`lanes close-up by-${closeUp.axis.unit}`}>
          <p class="lanes-head">
            <strong>{closeUp.axis.unit === 'month' ? 'Month by month' : 'Year by year'}</strong>{' '}
            <span class="soft">The chosen period, closer.</span>
          </p>
          <Lanes plot={closeUp} score={score} />
        </div>
      )}
      <DataTable
        table={activityTable(
          closeUp?.axis.unit === 'month' ? closeUp.periods : axis.unit === 'month' ? periods : score.years,
          score,
        )}
        caption="Number of facts by period"
        summary="Data table: facts by period"
      />
      {isExact && (
        <DataTable table={datedTable(score.dated)} caption="Days of facts" summary="Data table: days of facts" />
      )}
      {series.length > 0 && (
        <DataTable table={seriesTable(series)} caption="What the sources cover" summary="Data table: sources" />
      )}
      {offices.length > 0 && (
        <DataTable table={officeTable(offices)} caption="Holders of offices" summary="Data table: offices" />
      )}
      <Downloads />
    </figure>
  )
}

const Lanes: FC<{ plot: Plot; score: Score }> = ({ plot, score }) => (
  <>
    {score.lanes.map((lane) => {
      const { note, height, content } = drawnLane(lane, plot, score)
      return (
        <LaneRow label={lane.label} {...(lane.tone !== 'n' && { tone: lane.tone })} note={note} height={height}>
          {content}
        </LaneRow>
      )
    })}
    <LaneRow label="" height={22} kind="axis">
      <AxisLabels axis={plot.axis} />
    </LaneRow>
  </>
)

/** How high a lane is, what it shows, and the number of its facts in words. */
export function drawnLane(lane: Lane, plot: Plot, { axis: whole, chosen, gaps, undated }: Score) {
  const { measure, one, many } = lane
  const { axis, periods } = plot
  const exact = plot.exact.get(measure)
  if (exact) {
    const height = Math.max(LEAST_HEIGHT, exact.rows * ROW + 9)
    return {
      note: counted(exact.facts, one, many),
      height,
      content: (
        <>
          <Ground axis={axis} height={height} chosen={chosen} gaps={gaps} />
          <ExactMarks lane={lane} drawn={exact} axis={axis} height={height} chosen={chosen} />
        </>
      ),
    }
  }
  const scale = scaleFor(measure, periods)
  const missing = axis === whole ? (undated.get(measure) ?? 0) : 0
  const sum = sumOf(periods, measure)
  return {
    note:
      missing > 0 ? `${counted(sum + missing, one, many)}, ${missing} without a known day` : counted(sum, one, many),
    height: laneHeight(periods, lane, scale),
    content: <LaneMarks lane={lane} periods={periods} axis={axis} scale={scale} chosen={chosen} gaps={gaps} />,
  }
}

const OCCASIONS: readonly Measure[] = ['visitsToFirst', 'visitsToSecond', 'meetings']

/** Visits and meetings can be compared with each other, the others have a scale of their own. */
const scaleFor = (measure: Measure, periods: readonly Period[]) =>
  scaleOf(periods, OCCASIONS.includes(measure) ? OCCASIONS : [measure])

const sumOf = (periods: readonly Period[], measure: Measure) =>
  periods.reduce((sum, period) => sum + period[measure], 0)

/** The bars of an office, each with the name of its holder if there is room for it. */
export const Holders: FC<{ holders: readonly OfficeFragment[]; axis: Axis; tone: Tone }> = ({
  holders,
  axis,
  tone,
}) => {
  let free = 0
  let freeIfNarrow = 0
  let previous = ''
  const isKnown = holders.every(({ tenure }) =>
    segmentsOf(tenure, axis).every(({ kind }) => kind !== 'unknown' && kind !== 'fade-in'),
  )
  return (
    <>
      {!isKnown && <line x2="100%" y1="18.5" y2="18.5" class={`dots-${tone}`} />}
      {holders.map(({ tenure }) => (
        <SpanBar when={tenure} axis={axis} tone={tone} y={15} height={7} />
      ))}
      {holders.map(({ country, person, tenure }) => {
        const start = tenure.beginOfTheBegin ?? tenure.endOfTheBegin ?? tenure.beginOfTheEnd
        const end = tenure.endOfTheEnd ?? tenure.beginOfTheEnd ?? start
        if (!start || !end || dayOf(end) < axis.from || dayOf(start) > axis.to) return null
        const name = FAMILY_NAME_FIRST.includes(country?.code ?? '') ? person.name : shortName(person.name)
        const at = along(dayOf(start), axis)
        // 0.75% of a wide chart is about one letter of the name, and twice as much of a narrow one.
        const width = name.length * 0.75 + 0.5
        if (at < free || name === previous || at + width > 101) return null
        free = at + width
        previous = name
        const isRoomy = at < freeIfNarrow
        if (!isRoomy) freeIfNarrow = at + 2 * width
        return (
          <text x={percent(at)} y="10" class={isRoomy ? 'holder roomy' : 'holder'}>
            {name}
          </text>
        )
      })}
    </>
  )
}

/** States whose sources here write the family name first: the last word of a name would be the given name. */
const FAMILY_NAME_FIRST: readonly string[] = ['CN', 'KH', 'KP', 'KR', 'SG', 'TW', 'VN']

/** The last word of a name in Latin letters, with `de` and the like, without `Jr.`. Other names stay whole. */
function shortName(name: string): string {
  const words = name.split(' ').filter((word) => !/^(Jr\.?|Sr\.?|I{2,3}|IV)$/.test(word))
  const particle = words.findIndex((word, i) => i > 0 && i < words.length - 1 && /^\p{Ll}+$/u.test(word))
  if (particle > 0) return words.slice(particle).join(' ')
  return /^[\p{Script=Latin}\s.,’'-]+$/u.test(name) ? (words.at(-1)?.replace(/,$/, '') ?? name) : name
}

/** A few days would be invisible on an axis of decades. In percent of the axis. */
const LEAST_WIDTH = 0.5

export const SourceRuns: FC<{ runs: Series['runs']; axis: Axis }> = ({ runs, axis }) => (
  <>
    <rect width="100%" y="4" height="6" fill="url(#uncovered)" />
    {runs.map(({ from, to }) => {
      const start = along(from, axis)
      const width = Math.max(LEAST_WIDTH, along(to + 1, axis) - start)
      return <rect x={percent(start)} y="5" width={percent(width)} height="4" class="fill-n" />
    })}
  </>
)

/** Where the script puts the handles that choose the period. */
const Brush: FC<{ axis: Axis; chosen: Frame }> = ({ axis, chosen }) => {
  return (
    <div
      class="brush"
      hidden
      data-first={axis.first}
      data-last={axis.last}
      data-from={yearOf(chosen.from)}
      data-to={yearOf(chosen.to)}
    />
  )
}

const Legend: FC<{
  lanes: readonly Lane[]
  between: readonly { name: string }[]
  hasGaps: boolean
  isExact: boolean
}> = ({ lanes, between, hasGaps, isExact }) => {
  const [one = '', other = ''] = between.map(({ name }) => withArticle(name))
  return (
    <figcaption class="legend">
      {lanes.some(({ kind }) => kind === 'VISIT') && (
        <>
          <Key shape={<rect y="2" width="10" height="10" class="fill-a" />}>visit from {one}</Key>
          <Key shape={<rect y="2" width="10" height="10" class="fill-b" />}>visit from {other}</Key>
        </>
      )}
      {lanes.some(({ shape }) => shape === 'dot') && (
        <Key shape={<circle cx="5" cy="7" r="4" class="fill-n" />}>meeting, statement</Key>
      )}
      {lanes.some(({ shape }) => shape === 'step') && (
        <Key shape={<path d="M0 11V7h5V3h5v8z" class="fill-n" />}>step of an agreement</Key>
      )}
      {lanes.some(({ shape }) => shape === 'diamond') && (
        <Key shape={<path d="M5 1.5l5.5 5.5L5 12.500-.5 7z" class="fill-n" />}>event in diplomatic relations</Key>
      )}
      {isExact && (
        <>
          <Key shape={<rect y="3" width="24" height="8" class="fill-n" />} width={24}>
            on all of these days
          </Key>
          <Key shape={<rect x=".5" y="3" width="23" height="8" fill="url(#hatch-n)" class="outline-n" />} width={24}>
            on one of these days
          </Key>
          <Key shape={<rect y="3" width="24" height="8" fill="url(#fade-out-n)" />} width={24}>
            no source has the end
          </Key>
        </>
      )}
      {hasGaps && (
        <Key shape={<rect y="1" width="24" height="12" fill="url(#uncovered)" />} width={24}>
          no source has a fact
        </Key>
      )}
    </figcaption>
  )
}

const Key: FC<{ shape: Child; width?: number; children?: Child }> = ({ shape, width = 11, children }) => (
  <span class="key">
    <svg width={width} height="14" aria-hidden="true" focusable="false">
      {shape}
    </svg>
    <span>{children}</span>
  </span>
)

/** The counts behind the chart. Periods without facts are left out. */
function activityTable(periods: readonly Period[], { lanes }: Pick<Score, 'lanes'>): Table {
  return {
    columns: [
      'period',
      ...lanes.map(({ label, many }) =>
        label === capital(many) ? many : `${label.charAt(0).toLowerCase()}${label.slice(1)}: ${many}`,
      ),
    ],
    rows: periods
      .map((period) => [period.label, ...lanes.map(({ measure }) => period[measure])])
      .filter((row) => row.slice(1).some((count) => count !== 0)),
  }
}
