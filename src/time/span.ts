import { type Day, type End, isDate, readEdtf, type Written } from './edtf.ts'

/**
 * The days between which something began, and those between which it ended, both inclusive: the four bounds of CIDOC CRM. A bound
 * is null if nobody wrote it down. The bounds are as tight as the text allows, so `beginOfTheBegin <= endOfTheBegin`,
 * `beginOfTheEnd <= endOfTheEnd`, `beginOfTheBegin <= beginOfTheEnd` and `endOfTheBegin <= endOfTheEnd`. But the begin may be
 * later than the earliest day of the end.
 */
export interface Bounds {
  readonly beginOfTheBegin: Day | null
  readonly endOfTheBegin: Day | null
  readonly beginOfTheEnd: Day | null
  readonly endOfTheEnd: Day | null
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

function boundsOf(written: Written): Bounds {
  switch (written.kind) {
    case 'date': {
      const { earliest, latest } = written.date
      return tightest(earliest, latest, earliest, latest)
    }
    case 'interval': {
      const [begin, end] = [daysOf(written.begin), daysOf(written.end)]
      return tightest(begin.earliest, begin.latest, end.earliest, end.latest)
    }
    case 'oneOf': {
      const first = written.earlier ? null : earlier(...written.choices.map(({ from }) => from.earliest))
      const last = written.later ? null : later(...written.choices.map(({ to }) => to.latest))
      return tightest(first, last, first, last)
    }
  }
}

const daysOf = (end: End) => (isDate(end) ? end : { earliest: null, latest: null })

/** Nothing ends before it begins, so each bound limits another one. */
function tightest(bb: Day | null, eb: Day | null, be: Day | null, ee: Day | null): Bounds {
  return { beginOfTheBegin: bb, endOfTheBegin: earlier(eb, ee), beginOfTheEnd: later(be, bb), endOfTheEnd: ee }
}

/**
 * Tightens bounds by days on which something is attested: it had begun by each of these days and had not ended before.
 */
export function tighten(bounds: Bounds, attested: readonly Bounds[]): Bounds {
  return {
    ...bounds,
    endOfTheBegin: earlier(bounds.endOfTheBegin, ...attested.map(({ endOfTheBegin }) => endOfTheBegin)),
    beginOfTheEnd: later(bounds.beginOfTheEnd, ...attested.map(({ beginOfTheEnd }) => beginOfTheEnd)),
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
