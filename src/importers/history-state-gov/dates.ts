import { timeSpan } from '../../time/span.ts'
import type { Anomalies } from './anomalies.ts'

/** `1956`, `1956-05` or `1956-05-03`, as a row has it; undefined where it has none, or what is no date. */
export const readDate = (written: string): string | undefined =>
  /^\d{4}(-\d{2}(-\d{2})?)?$/.test(written) && canBe(written) ? written : undefined

/** From one date to another, each perhaps with a `~` of doubt. Undefined where the second is before the first. */
function interval(from: string, to: string): string | undefined {
  if (from === to) return from
  return canBe(`${from}/${to}`) ? `${from}/${to}` : undefined
}

function canBe(edtf: string): boolean {
  try {
    timeSpan(edtf)
    return true
  } catch {
    return false
  }
}

/** When a visit or trip was: as precise as the row. What the row has and cannot be so is told. */
export function visitDates(start: string, end: string, anomalies: Anomalies): { edtf: string; note?: string } {
  const [from, to] = [readDate(start), readDate(end)]
  for (const [written, date] of [
    [start, from],
    [end, to],
  ]) {
    if (written && !date)
      anomalies.keptInPart('no-such-date', `“${written}” is no date; expected YYYY-MM-DD, YYYY-MM or YYYY`)
  }
  if (from && to) {
    const edtf = interval(from, to)
    if (edtf) return { edtf }
    anomalies.keptInPart('end-before-start', `ends on ${to}, before it starts on ${from}; kept what both dates share`)
    const shared = [7, 4].map((length) => from.slice(0, length)).find((part) => to.startsWith(part))
    return { edtf: shared ?? 'XXXX', note: `The source says that it lasted from ${from} to ${to}, which cannot be.` }
  }
  if (from) return { edtf: `${from}/` }
  if (to) return { edtf: `/${to}` }
  anomalies.keptInPart('no-date', 'has no date; expected a start-date')
  return { edtf: 'XXXX' }
}

/** An event of a tenure: its date, and what the row says of it ("Left post about"). */
export interface TenureEvent {
  readonly date: string
  readonly note: string
}

/** Words before a date by which it is not to be taken to the day. */
const ABOUT =
  /\b(about|approximately|shortly|soon|on or before|on or after|before|between|circa|probably|early|late|or$)/i

const bound = ({ date, note }: TenureEvent): string | undefined => {
  const read = readDate(date)
  return read && (ABOUT.test(note) ? `${read}~` : read)
}

export interface Tenure {
  readonly edtf: string
  /** Whether an event begins it that is no entry on duty: the holder was appointed, and nobody wrote down when he began. */
  readonly fromAppointment: boolean
}

/**
 * The tenure of an office, of the events that a row dates.
 *
 * It begins when the holder took it up: with `started` (a chief of mission presented credentials, a principal entered on
 * duty), else with `arrived` (a chief assumed charge of the post). Only where neither is dated, it begins with `appointed`
 * (the commission), for that is the day from which the source has somebody in the office; the fact's note says so. It ends
 * with `ended`. An end that is not written down is unknown, never open: holders without one may have left long ago.
 */
export function tenureOf(
  events: {
    readonly appointed: TenureEvent
    readonly arrived?: TenureEvent
    readonly started: TenureEvent
    readonly ended: TenureEvent
  },
  anomalies: Anomalies,
): Tenure {
  for (const [name, { date }] of Object.entries(events)) {
    if (date && !readDate(date))
      anomalies.keptInPart('no-such-date', `“${date}” (${name}) is no date; expected YYYY-MM-DD, YYYY-MM or YYYY`)
  }
  const entered = bound(events.started) ?? (events.arrived && bound(events.arrived))
  const begin = entered ?? bound(events.appointed)
  const end = bound(events.ended)
  const fromAppointment = entered === undefined && begin !== undefined
  if (begin && end) {
    const edtf = interval(begin, end)
    if (edtf) return { edtf, fromAppointment }
    anomalies.keptInPart(
      'end-before-start',
      `ends on ${end}, before it starts on ${begin}; one of them must be wrong, so neither is kept`,
    )
    return { edtf: 'XXXX', fromAppointment: false }
  }
  if (begin) return { edtf: `${begin}/`, fromAppointment }
  if (end) return { edtf: `/${end}`, fromAppointment }
  return { edtf: 'XXXX', fromAppointment: false }
}
