import type { Written, WrittenDate } from '../../time/edtf.ts'
import { label, labelOf as labelOfWritten } from '../../time/label.ts'
import { type Bounds, timeSpan } from '../../time/span.ts'

const spans = new Map<string, Bounds>()
const labels = new Map<string, string>()

/** The bounds of a plain date, an interval of two, or one day of a range: what journeys and tenures mostly are. */
const PLAIN = /^(\[?)(\d{4}(?:-\d\d){0,2})(?:(?:\/|\.\.)(\d{4}(?:-\d\d){0,2}))?\]?$/

/**
 * The bounds of a date in EDTF. Those of plain dates are read here: the archive has some ten thousand, and a parser for all
 * of EDTF takes a hundred times as long.
 */
export function boundsOf(edtf: string): Bounds {
  const known = spans.get(edtf)
  if (known) return known
  const [, oneOf, from = '', to = from] = PLAIN.exec(edtf) ?? []
  const bounds = from ? plainBounds(from, to, oneOf === '[') : timeSpan(edtf)
  spans.set(edtf, bounds)
  return bounds
}

function plainBounds(from: string, to: string, oneOf: boolean): Bounds {
  const [first, last] = [earliest(from), latest(to)]
  if (oneOf || from === to)
    return { beginOfTheBegin: first, endOfTheBegin: last, beginOfTheEnd: first, endOfTheEnd: last }
  const [endOfFrom, beginOfTo] = [latest(from), earliest(to)]
  return {
    beginOfTheBegin: first,
    endOfTheBegin: endOfFrom < last ? endOfFrom : last,
    beginOfTheEnd: beginOfTo > first ? beginOfTo : first,
    endOfTheEnd: last,
  }
}

/** The first day that `1956`, `1956-05` or `1956-05-03` can mean. */
export const earliest = (date: string): string => `${date}-01-01`.slice(0, 10)

/** The last one. */
export function latest(date: string): string {
  if (date.length === 10) return date
  const [year, month] = [Number(date.slice(0, 4)), Number(date.slice(5, 7) || 12)]
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10)
}

/** A date in words; plain dates again without the parser. */
export function labelOf(edtf: string): string {
  const known = labels.get(edtf)
  if (known !== undefined) return known
  const [, oneOf, from = '', to = from] = PLAIN.exec(edtf) ?? []
  const said = from ? labelOfWritten(written(from, to, oneOf === '[')) : label(edtf)
  labels.set(edtf, said)
  return said
}

function written(from: string, to: string, oneOf: boolean): Written {
  const date = (text: string): WrittenDate => ({
    parts: text.split('-'),
    approximate: false,
    uncertain: false,
    earliest: earliest(text),
    latest: latest(text),
  })
  if (oneOf) return { kind: 'oneOf', choices: [{ from: date(from), to: date(to) }], earlier: false, later: false }
  return from === to ? { kind: 'date', date: date(from) } : { kind: 'interval', begin: date(from), end: date(to) }
}
