import type { DateRange, TimelineKind, TimelineOrder } from '../../generated/pages/graphql.ts'
import { BadParameter } from '../page.ts'

/** What the reader chose: the query of the URL. Empty values, as forms send them, count as not chosen. */
export interface View {
  /** First year, month or day. Empty: from the start. */
  readonly from: string
  /** Last year, month or day. Empty: to the end. */
  readonly to: string
  /** Slugs of topics. Empty: all. */
  readonly topics: readonly string[]
  /** Types of entries. Empty: all. */
  readonly kinds: readonly TimelineKind[]
  readonly order: TimelineOrder
  readonly peopleOrder: 'presence' | 'first'
  /** Cursor in the timeline. */
  readonly after: string | null
}

/** The types of entries, with their names in URLs and in the page. */
export const KINDS = [
  { kind: 'VISIT', value: 'visit', words: 'visits' },
  { kind: 'MEETING', value: 'meeting', words: 'meetings' },
  { kind: 'STATEMENT', value: 'statement', words: 'statements' },
  { kind: 'AGREEMENT_EVENT', value: 'agreement', words: 'agreement steps' },
  { kind: 'RELATION_EVENT', value: 'relation', words: 'relation events' },
] as const satisfies readonly { kind: TimelineKind; value: string; words: string }[]

/** Reads the URL. It throws for an unknown type or day. The API refuses an unknown topic. */
export function viewOf(query: URLSearchParams): View {
  const given = (name: string) => query.getAll(name).filter((value) => value !== '')
  const kinds = given('kind').map((value): TimelineKind => {
    const known = KINDS.find((kind) => kind.value === value)
    if (!known) throw new BadParameter('kind', `one of ${KINDS.map((kind) => kind.value).join(', ')}`, value)
    return known.kind
  })
  for (const name of ['from', 'to']) {
    const [value] = given(name)
    if (value !== undefined && !isPeriod(value))
      throw new BadParameter(name, 'a year, a month or a day, such as 2026, 2026-02 or 2026-02-05', value)
  }
  return {
    from: given('from')[0] ?? '',
    to: given('to')[0] ?? '',
    topics: given('topic'),
    kinds: KINDS.every(({ kind }) => kinds.includes(kind)) ? [] : kinds,
    order: query.get('order') === 'oldest' ? 'OLDEST_FIRST' : 'NEWEST_FIRST',
    peopleOrder: query.get('people') === 'first' ? 'first' : 'presence',
    after: given('after')[0] ?? null,
  }
}

/** Whether a text is a year, a month or a day of the calendar. */
function isPeriod(text: string): boolean {
  const day = firstDayOf(text)
  const time = Date.parse(`${day}T00:00:00Z`)
  return /^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(time) && new Date(time).toISOString().startsWith(day)
}

/** The days of the period. Null if the reader chose none. */
export function duringOf({ from, to }: View): DateRange | null {
  if (!from && !to) return null
  return { ...(from && { from: firstDayOf(from) }), ...(to && { to: lastDayOf(to) }) }
}

/** Whether the reader narrowed anything. */
export const hasChoice = ({ from, to, topics, kinds }: View): boolean =>
  from !== '' || to !== '' || topics.length > 0 || kinds.length > 0

/** Whether a lane or a part for this type is shown. */
export const shows = ({ kinds }: View, kind: TimelineKind): boolean => kinds.length === 0 || kinds.includes(kind)

/** The first day of a year or month. Other texts stay as they are. */
function firstDayOf(text: string): string {
  if (/^\d{4}$/.test(text)) return `${text}-01-01`
  return /^\d{4}-\d\d$/.test(text) ? `${text}-01` : text
}

function lastDayOf(text: string): string {
  if (/^\d{4}$/.test(text)) return `${text}-12-31`
  const [, year, month] = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(text) ?? []
  if (!year || !month) return text
  // Day 0 of the next month. Not `Date.UTC`, which takes years before 100 for those of the 20th century.
  const last = new Date(0)
  last.setUTCFullYear(Number(year), Number(month), 0)
  return last.toISOString().slice(0, 10)
}
