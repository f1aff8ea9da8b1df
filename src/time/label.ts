import { type End, isDate, readEdtf, type WrittenDate } from './edtf.ts'

const MONTHS = 'January February March April May June July August September October November December'.split(' ')

/** A time span in English, as precise as its EDTF text: `2–4 February 2026`, `about May 1881`, `from 2017, end not known`. */
export function label(edtf: string): string {
  const written = readEdtf(edtf)
  switch (written.kind) {
    case 'date':
      return dateLabel(written.date)
    case 'interval':
      return intervalLabel(written.begin, written.end)
    case 'oneOf': {
      const choices = written.choices.map(({ from, to }) => (from === to ? dateLabel(from) : range(from, to)))
      if (written.earlier) choices.push('earlier')
      if (written.later) choices.push('later')
      const certain = written.choices.length === 1 && written.choices.every(({ from, to }) => from === to)
      return certain ? choices.join(' or ') : `some time: ${choices.join(' or ')}`
    }
  }
}

function intervalLabel(begin: End, end: End): string {
  if (isDate(begin) && isDate(end)) return range(begin, end)
  if (isDate(begin)) return `from ${dateLabel(begin)}, ${end === 'open' ? 'not ended when published' : 'end not known'}`
  if (isDate(end)) return `until ${dateLabel(end)}, begin not known`
  return end === 'open' ? 'begin not known, not ended when published' : 'date not known'
}

/** `2–4 February 2026`, `30 January – 2 February 2026`, `May 1881 – 1885`. */
function range(from: WrittenDate, to: WrittenDate): string {
  const plain = [from, to].every((date) => !date.approximate && !date.uncertain)
  const shared = (n: number) => from.parts.slice(0, n).join() === to.parts.slice(0, n).join()
  const days = from.parts.length === 3 && to.parts.length === 3 && ![...from.parts, ...to.parts].join('').includes('X')
  if (plain && days && shared(3)) return dateLabel(from)
  if (plain && days && shared(2)) return `${Number(from.parts[2])}–${dateLabel(to)}`
  if (plain && days && shared(1)) return `${dateLabel(from).replace(/ \d+$/, '')} – ${dateLabel(to)}`
  return `${dateLabel(from)} – ${dateLabel(to)}`
}

function dateLabel({ parts: [year = 'XXXX', month = 'XX', day = 'XX'], approximate, uncertain }: WrittenDate): string {
  const words: string[] = []
  const monthIsKnown = /^\d\d$/.test(month)
  if (monthIsKnown && /^\d\d$/.test(day)) words.push(String(Number(day)))
  if (monthIsKnown) words.push(MONTHS[Number(month) - 1] as string)
  words.push(yearLabel(year))
  const said = words.join(' ')
  return `${approximate ? 'about ' : ''}${said}${uncertain ? ' (uncertain)' : ''}`
}

function yearLabel(year: string): string {
  if (year === 'XXXX') return 'year not known'
  if (!year.includes('X')) return String(Number(year))
  return /^\d{3}X$/.test(year) ? `${year.slice(0, 3)}0s` : year
}
