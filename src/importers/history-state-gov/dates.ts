import { timeSpan } from '../../time/span.ts'
import type { Anomalies } from './anomalies.ts'

/** A date in a row: `1956`, `1956-05` or `1956-05-03`. Undefined if there is no valid date. */
export const readDate = (written: string): string | undefined =>
  /^\d{4}(-\d{2}(-\d{2})?)?$/.test(written) && canBe(written) ? written : undefined

/** The interval between two dates, which can end in `~` (approximate). Undefined if the second is before the first. */
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

/** The date of a visit or trip, as precise as the row. Impossible dates are reported as anomalies. */
export function visitDates(start: string, end: string, anomalies: Anomalies): { edtf: string; note?: string } {
  const [from, to] = [readDate(start), readDate(end)]
  for (const [written, date] of [
    [start, from],
    [end, to],
  ]) {
    if (written && !date)
      anomalies.dropPart('no-such-date', `“${written}” is not a date; expected YYYY-MM-DD, YYYY-MM or YYYY`)
  }
  if (from && to) {
    const edtf = interval(from, to)
    if (edtf) return { edtf }
    anomalies.dropPart(
      'end-before-start',
      `ends on ${to}, before it starts on ${from}; imported only what both dates share`,
    )
    const shared = [7, 4].map((length) => from.slice(0, length)).find((part) => to.startsWith(part))
    return {
      edtf: shared ?? 'XXXX',
      note: `The source says that it lasted from ${from} to ${to}, which is impossible.`,
    }
  }
  if (from) return { edtf: `${from}/` }
  if (to) return { edtf: `/${to}` }
  anomalies.dropPart('no-date', 'has no date; expected a start-date')
  return { edtf: 'XXXX' }
}

/** An event of a tenure: its date and the note in the row ("Left post about"). */
export interface TenureEvent {
  readonly date: string
  readonly note: string
}

/** Words before a date that make it approximate. */
const ABOUT =
  /\b(about|approximately|shortly|soon|on or before|on or after|before|between|circa|probably|early|late|or$)/i

const bound = ({ date, note }: TenureEvent): string | undefined => {
  const read = readDate(date)
  return read && (ABOUT.test(note) ? `${read}~` : read)
}

interface Tenure {
  readonly tenure: string
  readonly appointed?: string
}

/**
 * The tenure of an office, from the dated events of a row.
 *
 * It starts when the holder took office: with `started` (a chief of mission presented credentials, a principal entered on duty),
 * otherwise with `arrived` (a chief assumed charge of the post). If neither has a date, the start is unknown: the appointment (the
 * commission) is a date of its own. It ends with `ended`. A missing end is unknown, never open: the holder may have left long ago.
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
      anomalies.dropPart('no-such-date', `“${date}” (${name}) is not a date; expected YYYY-MM-DD, YYYY-MM or YYYY`)
  }
  const entered = bound(events.started) ?? (events.arrived && bound(events.arrived))
  const appointed = bound(events.appointed)
  const end = bound(events.ended)
  const begin = entered ?? appointed
  const lasted = begin && end ? interval(begin, end) : undefined
  if (begin && end && !lasted) {
    anomalies.dropPart(
      'end-before-start',
      `ends on ${end}, before it starts on ${begin}; one of them must be wrong, so neither is imported`,
    )
    return { tenure: 'XXXX' }
  }
  if (!entered) return appointed ? { tenure: `/${end ?? ''}`, appointed } : { tenure: end ? `/${end}` : 'XXXX' }
  const tenure = lasted ?? `${entered}/`
  if (!appointed) return { tenure }
  if (interval(appointed, entered)) return { tenure, appointed }
  anomalies.dropPart(
    'appointed-after-entry',
    `was appointed on ${appointed}, after the entry on duty on ${entered}; the appointment is left out`,
  )
  return { tenure }
}
