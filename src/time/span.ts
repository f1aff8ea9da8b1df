import { type Day, type End, isDate, isDoubtful, readEdtf, type Written } from './edtf.ts'

/**
 * The days between which something began, and those between which it ended, both inclusive: the four bounds of CIDOC CRM. A bound
 * is null if nobody wrote it down. The bounds are as tight as the text allows, so `beginOfTheBegin <= endOfTheBegin`,
 * `beginOfTheEnd <= endOfTheEnd`, `beginOfTheBegin <= beginOfTheEnd` and `endOfTheBegin <= endOfTheEnd`. But the begin may be
 * later than the earliest day of the end.
 *
 * If the begin is doubtful, because it is marked as approximate or uncertain, its earliest day is a guess (`width.ts`), and there is
 * no latest one. The same is true of the end.
 */
export interface Bounds {
  readonly beginOfTheBegin: Day | null
  readonly endOfTheBegin: Day | null
  readonly beginOfTheEnd: Day | null
  readonly endOfTheEnd: Day | null
  readonly beginIsDoubtful: boolean
  readonly endIsDoubtful: boolean
}

/** A date exactly as precise as its source: the EDTF text as given, and its bounds. */
export interface TimeSpan extends Bounds {
  readonly edtf: string
}

/** Reads an EDTF text as a time span. Throws InvalidEdtf. */
export function timeSpan(edtf: string): TimeSpan {
  return { edtf, ...boundsOf(readEdtf(edtf)) }
}

/** Whether the end is open: the span had not ended when its source was published (`1993-01-20/..`). */
export function isOpenEnded(edtf: string): boolean {
  const written = readEdtf(edtf)
  return written.kind === 'interval' && written.end === 'open'
}

/** Which sides of a time span are marked as approximate or uncertain. */
export function doubtsOf(edtf: string): Pick<Bounds, 'beginIsDoubtful' | 'endIsDoubtful'> {
  const { beginIsDoubtful, endIsDoubtful } = boundsOf(readEdtf(edtf))
  return { beginIsDoubtful, endIsDoubtful }
}

function boundsOf(written: Written): Bounds {
  switch (written.kind) {
    case 'date': {
      const side = sideOf(written.date)
      return tightest(side, side)
    }
    case 'interval':
      return tightest(sideOf(written.begin), sideOf(written.end))
    case 'oneOf': {
      const earliest = written.earlier ? null : earlier(...written.choices.map(({ from }) => from.earliest))
      const latest = written.later ? null : later(...written.choices.map(({ to }) => to.latest))
      const doubtful = written.choices.some(({ from, to }) => isDoubtful(from) || isDoubtful(to))
      const side = { earliest, latest, doubtful }
      return tightest(side, side)
    }
  }
}

/** The days on which something may have begun or ended. */
interface Side {
  readonly earliest: Day | null
  readonly latest: Day | null
  readonly doubtful: boolean
}

function sideOf(end: End): Side {
  if (!isDate(end)) return { earliest: null, latest: null, doubtful: false }
  return { earliest: end.earliest, latest: end.latest, doubtful: isDoubtful(end) }
}

/** Nothing ends before it begins, so each bound limits another one, unless it is a guess. */
function tightest(begin: Side, end: Side): Bounds {
  const latestBegin = begin.doubtful ? null : begin.latest
  const earliestEnd = end.doubtful ? null : end.earliest
  return {
    beginOfTheBegin: begin.earliest,
    endOfTheBegin: end.doubtful ? latestBegin : earlier(latestBegin, end.latest),
    beginOfTheEnd: begin.doubtful ? earliestEnd : later(earliestEnd, begin.earliest),
    endOfTheEnd: end.latest,
    beginIsDoubtful: begin.doubtful && begin.earliest !== null,
    endIsDoubtful: end.doubtful && end.latest !== null,
  }
}

/**
 * Tightens bounds by days on which something is attested: it had begun by each of these days and had not ended before. A guess
 * gives way to them.
 */
export function tighten(bounds: Bounds, attested: readonly Pick<Bounds, 'endOfTheBegin' | 'beginOfTheEnd'>[]): Bounds {
  const { beginOfTheBegin, endOfTheEnd, beginIsDoubtful, endIsDoubtful } = bounds
  const endOfTheBegin = earlier(bounds.endOfTheBegin, ...attested.map(({ endOfTheBegin }) => endOfTheBegin))
  const beginOfTheEnd = later(bounds.beginOfTheEnd, ...attested.map(({ beginOfTheEnd }) => beginOfTheEnd))
  return {
    ...bounds,
    beginOfTheBegin: beginIsDoubtful ? earlier(beginOfTheBegin, endOfTheBegin, beginOfTheEnd) : beginOfTheBegin,
    endOfTheBegin,
    beginOfTheEnd,
    endOfTheEnd: endIsDoubtful ? later(endOfTheEnd, endOfTheBegin, beginOfTheEnd) : endOfTheEnd,
  }
}

/** Whether bounds contradict each other, as when a person is attested in an office before the written begin of the tenure. */
export function contradict({ beginOfTheBegin, endOfTheBegin, beginOfTheEnd, endOfTheEnd }: Bounds): boolean {
  const reversed = (a: Day | null, b: Day | null) => a !== null && b !== null && a > b
  return (
    reversed(beginOfTheBegin, endOfTheBegin) ||
    reversed(beginOfTheEnd, endOfTheEnd) ||
    reversed(beginOfTheBegin, beginOfTheEnd) ||
    reversed(endOfTheBegin, endOfTheEnd)
  )
}

/** The earliest of the known days; null if none is known. */
export function earlier(...days: (Day | null)[]): Day | null {
  return days.reduce((a, b) => (a === null || (b !== null && b < a) ? b : a), null)
}

/** The latest of the known days; null if none is known. */
export function later(...days: (Day | null)[]): Day | null {
  return days.reduce((a, b) => (a === null || (b !== null && b > a) ? b : a), null)
}
