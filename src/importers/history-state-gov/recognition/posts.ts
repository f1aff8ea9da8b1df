import type { Line } from './article.ts'
import { datesSaid } from './dates-said.ts'

/** A consular post in a list, and how long it existed. */
export interface Post {
  /** Empty if the entry's head names the place. */
  readonly place: string
  readonly edtf: string
  readonly line: Line
}

const FORMS = [
  // “Glasgow (1801-1965)”, “Florence (1823-current)”, “Ostia (1864-?)”
  /^(?<place>[^.;:()]{2,60}?)\s*\((?<from>\d{4})\s*[–-]\s*(?<to>\d{4}|\?|current|present)\)\.?$/i,
  // “Sabine: Earliest Date: March 21, 1843. Latest date: December 29, 1845”
  /^(?<place>[^.;]{0,60}?)[:\s–-]*\bEarliest date:(?<from>.{1,80}?)(?:Latest date:(?<to>.*)|No extant latest date\.?)$/is,
]

/** The post in a line, if the line is an item of a list of posts. */
export function postIn(line: Line): Post | undefined {
  const { place = '', from = '', to = '' } = FORMS.map((form) => form.exec(line.text)?.groups).find(Boolean) ?? {}
  const [first] = datesSaid(from)
  const [last] = datesSaid(to)
  if (!first?.date || (last?.date && last.date < first.date)) return undefined
  const end = /^(?:current|present)$/i.test(to) ? '..' : (last?.date ?? '')
  return { place, line, edtf: first.date === end ? end : `${first.date}/${end}` }
}
