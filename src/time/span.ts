import { type Day, type End, isDate, readEdtf, type Written } from './edtf.ts'

/**
 * Between which days something began, and between which it ended, both inclusive (the four bounds are those of CIDOC CRM).
 * Null is a bound that nobody wrote down. They are the tightest that the text allows, so
 * `beginOfTheBegin <= endOfTheBegin`, `beginOfTheEnd <= endOfTheEnd`, `beginOfTheBegin <= beginOfTheEnd` and
 * `endOfTheBegin <= endOfTheEnd`; but the begin may turn out later than the end's earliest day.
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

/** Whether the text says that it had not ended when its source was published (`1993-01-20/..`). */
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

/** Nothing ends before it begins, and it lasts at least the day on which it began or ended. */
function tightest(bb: Day | null, eb: Day | null, be: Day | null, ee: Day | null): Bounds {
  return { beginOfTheBegin: bb, endOfTheBegin: earlier(eb, ee), beginOfTheEnd: later(be, bb), endOfTheEnd: ee }
}

/**
 * The bounds of something that is also known to have lasted on certain days: it had begun by each, and ended on none before.
 */
export function tighten(bounds: Bounds, attested: readonly Bounds[]): Bounds {
  return {
    ...bounds,
    endOfTheBegin: earlier(bounds.endOfTheBegin, ...attested.map(({ endOfTheBegin }) => endOfTheBegin)),
    beginOfTheEnd: later(bounds.beginOfTheEnd, ...attested.map(({ beginOfTheEnd }) => beginOfTheEnd)),
  }
}

/** Whether bounds contradict each other, as when somebody is attested in office before the office's written begin. */
export function contradict({ beginOfTheBegin, endOfTheBegin, beginOfTheEnd, endOfTheEnd }: Bounds): boolean {
  const reversed = (a: Day | null, b: Day | null) => a !== null && b !== null && a > b
  return (
    reversed(beginOfTheBegin, endOfTheBegin) ||
    reversed(beginOfTheEnd, endOfTheEnd) ||
    reversed(beginOfTheBegin, beginOfTheEnd) ||
    reversed(endOfTheBegin, endOfTheEnd)
  )
}

/** The earlier of the days that are known, if any is. */
export function earlier(...days: (Day | null)[]): Day | null {
  return days.reduce((a, b) => (a === null || (b !== null && b < a) ? b : a), null)
}

/** The later of the days that are known, if any is. */
export function later(...days: (Day | null)[]): Day | null {
  return days.reduce((a, b) => (a === null || (b !== null && b > a) ? b : a), null)
}
