import type { Database } from '../database/open.ts'

/** A part of a text, in code points, and the number of citations whose passages start in it. */
export interface Density {
  readonly start: number
  readonly end: number
  readonly citations: number
}

/** Counts the citations of a source in parts of equal length. Empty if the source has neither text nor citations. */
export async function densityOf({ pool }: Database, source: string, parts: number): Promise<Density[]> {
  const { rows } = await pool.query<{ length: number | null; starts: number[] }>(
    `SELECT CASE WHEN text IS NULL THEN cited.length ELSE source.length END AS length, starts
     FROM source, LATERAL (
       SELECT max("end") AS length, coalesce(array_agg(start), '{}') AS starts
       FROM citation WHERE source_slug = slug AND edition IS NULL
     ) cited
     WHERE slug = $1`,
    [source],
  )
  const { length, starts = [] } = rows[0] ?? {}
  if (!length) return []
  const size = Math.min(length, parts)
  const citations = new Array<number>(size).fill(0)
  for (const start of starts) {
    const part = Math.ceil(((start + 1) * size) / length) - 1
    if (part < size) citations[part] = (citations[part] ?? 0) + 1
  }
  const startOf = (part: number) => Math.floor((length * part) / size)
  return citations.map((citations, part) => ({ start: startOf(part), end: startOf(part + 1), citations }))
}
