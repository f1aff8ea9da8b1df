import type { Certainty } from './certainty.ts'
import type { Day } from './edtf.ts'
import { label } from './label.ts'
import type { Bounds } from './span.ts'

/** A tenure with its bounds, and the appointment if a source dates it. Both dates are in EDTF. */
interface Tenure extends Bounds {
  readonly edtf: string
  readonly appointed: string | null
}

/** Why an office was certainly, possibly or not held on a day: the dates that decide it, in English. */
export function reasonOf(day: Day, certainty: Certainty, tenure: Tenure): string {
  const { endOfTheBegin, beginOfTheEnd } = tenure
  if (certainty === 'NO') return whyNot(day, tenure)
  const hadBegun = endOfTheBegin !== null && day >= endOfTheBegin
  const hadNotEnded = beginOfTheEnd !== null && day <= beginOfTheEnd
  if (hadBegun && hadNotEnded) {
    return `The tenure had begun by ${label(endOfTheBegin)} and had not ended before ${label(beginOfTheEnd)}.`
  }
  return [...(hadBegun ? [] : [whyBegin(tenure)]), ...(hadNotEnded ? [] : [whyEnd(tenure)])].join(' ')
}

function whyNot(day: Day, { appointed, beginOfTheBegin, endOfTheBegin, beginOfTheEnd, endOfTheEnd }: Tenure): string {
  if (beginOfTheBegin !== null && day < beginOfTheBegin) {
    if (appointed) return `Appointed ${at(appointed)}.`
    const atMost = beginOfTheBegin === endOfTheBegin ? '' : ' at the earliest'
    return `The tenure began on ${label(beginOfTheBegin)}${atMost}.`
  }
  const atMost = endOfTheEnd === beginOfTheEnd ? '' : ' at the latest'
  return `The tenure ended on ${label(endOfTheEnd as Day)}${atMost}.`
}

/** Why the begin leaves the day open. */
function whyBegin({ edtf, appointed, beginOfTheBegin: first, endOfTheBegin: last, beginIsDoubtful }: Tenure): string {
  const [written] = sidesOf(edtf)
  if (appointed) {
    const known = last === null ? 'no source dates the entry on duty' : `in office by ${label(last)}`
    return `Appointed ${at(appointed)}; ${written ? `entry on duty ${at(written)}` : known}.`
  }
  if (beginIsDoubtful) return `The source dates the begin only as “${label(written)}”.`
  if (first === null)
    return last ? `No source says how long before ${label(last)} it began.` : 'No source dates the begin.'
  return last === null
    ? `The tenure began on ${label(first)} or later.`
    : `The tenure began between ${label(first)} and ${label(last)}.`
}

/** Why the end leaves the day open. */
function whyEnd({ edtf, beginOfTheEnd: first, endOfTheEnd: last, endIsDoubtful }: Tenure): string {
  const [, written] = sidesOf(edtf)
  if (endIsDoubtful) return `The source dates the end only as “${label(written)}”.`
  if (last === null)
    return first ? `No source says how long after ${label(first)} it ended.` : 'No source dates the end.'
  return first === null
    ? `The tenure ended on ${label(last)} or earlier.`
    : `The tenure ended between ${label(first)} and ${label(last)}.`
}

/** The EDTF of the begin and of the end. Empty if no date is written. */
function sidesOf(edtf: string): [begin: string, end: string] {
  const [begin = '', end = begin] = edtf.includes('[') ? [edtf] : edtf.split('/')
  const dated = (side: string) => (/\d/.test(side) ? side : '')
  return [dated(begin), dated(end)]
}

/** A date after a participle: `on 1 May 1933`, `in May 1933`, `about 1933`. */
function at(edtf: string): string {
  const said = label(edtf)
  if (/^\d{4}-\d{2}-\d{2}$/.test(edtf)) return `on ${said}`
  return /^\d{4}(-\d{2})?$/.test(edtf) ? `in ${said}` : said
}
