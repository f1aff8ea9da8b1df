import type { Database } from '../database/open.ts'
import { ask } from '../database/read/statement.ts'
import { Prisma } from '../generated/prisma/client.ts'
import { ofPairs } from './coverage.ts'
import type { Entries, EntryKind, Pair } from './entries.ts'
import type { Granularity } from './periods.ts'
import type { Counted, PeriodKind } from './tallies.ts'

const { sql } = Prisma

/** Which numbers of a relation are wanted. Of the other kinds only the first and the last year are read. */
export interface YearsWanted {
  readonly between: Pair
  readonly kinds: readonly PeriodKind[]
}

/** The numbers of entries of a kind by year, as stored (`bundle/derived/derive.ts`). */
export interface StoredYears {
  readonly kind: EntryKind
  readonly first: number
  readonly last: number
  /** The years and their numbers of entries; null if the kind was not wanted. */
  readonly years: readonly number[] | null
  readonly counts: readonly number[] | null
  /** The visits of these entries that led to the first of the two countries. */
  readonly toFirst: readonly number[] | null
}

/** Reads the stored years of relations, in one statement. All relations get the kinds that any of them wants. */
export async function readYears({ pool }: Database, wanted: readonly YearsWanted[]): Promise<StoredYears[][]> {
  const kinds = new Set<string>(wanted.flatMap(({ kinds }) => kinds))
  if (kinds.has('VISIT_TO_FIRST')) kinds.add('VISIT')
  const isWanted = sql`FILTER (WHERE kind = ANY (${[...kinds]}))`
  const rows = await ask<StoredYears & { one: string; two: string }>(
    pool,
    sql`
      SELECT one, two, kind, min(year) AS first, max(year) AS last, json_agg(year) ${isWanted} AS years,
        json_agg(count) ${isWanted} AS counts,
        json_agg(to_first) FILTER (WHERE kind = 'VISIT' AND ${kinds.has('VISIT_TO_FIRST')}) AS "toFirst"
      FROM pair_year WHERE ${ofPairs(wanted.map(({ between }) => between))} GROUP BY one, two, kind`,
  )
  const found = new Map<string, StoredYears[]>()
  for (const { one, two, ...years } of rows) {
    const key = `${one}-${two}`
    const some = found.get(key)
    if (some) some.push(years)
    else found.set(key, [years])
  }
  return wanted.map(({ between }) => found.get(between.join('-')) ?? [])
}

/**
 * The first and last year of a range of whole years. Undefined if the entries of a relation must be counted: an entry that started
 * in a whole year was in it, but in a part of a year nobody knows.
 */
export function wholeYears({ during, topics }: Entries, by: Granularity): { from: number; to: number } | undefined {
  const { from, to, certain = false } = during ?? {}
  if (by === 'MONTH' || topics || (certain && (from || to))) return undefined
  if ((from && !from.endsWith('-01-01')) || (to && !to.endsWith('-12-31'))) return undefined
  return { from: from ? Number(from.slice(0, 4)) : 0, to: to ? Number(to.slice(0, 4)) : 9_999 }
}

/** The stored years of a relation within a range, as numbers by period. */
export function inPeriods(
  stored: readonly StoredYears[],
  by: Granularity,
  { from, to }: { from: number; to: number },
): Counted[] {
  const periodOf = (year: number) => (by === 'DECADE' ? Math.floor(year / 10) : year)
  const counted = (
    kind: PeriodKind,
    { first, last, years }: StoredYears,
    counts: readonly number[] | null,
  ): Counted => {
    const sums = new Map<number, number>()
    years?.forEach((year, i) => {
      if (year < from || year > to) return
      const period = periodOf(year)
      sums.set(period, (sums.get(period) ?? 0) + (counts?.[i] ?? 0))
    })
    return { kind, first: periodOf(first), last: periodOf(last), periods: [...sums.keys()], counts: [...sums.values()] }
  }
  return stored.flatMap((years) => [
    counted(years.kind, years, years.counts),
    ...(years.toFirst ? [counted('VISIT_TO_FIRST', years, years.toFirst)] : []),
  ])
}
