import type { Database } from '../database/open.ts'
import { ask } from '../database/read/statement.ts'
import { Prisma } from '../generated/prisma/client.ts'

type Sql = Prisma.Sql
const { sql, raw, join, empty } = Prisma

/** The position of a source by import: milliseconds since 1970, or -1 if the import is not recorded. */
export interface Imported {
  readonly at: number
  readonly slug: string
}

interface Page {
  readonly take: number
  readonly after?: Imported | undefined
  readonly before?: Imported | undefined
  readonly backward: boolean
  /** An SQL expression for the record of the source with the key `page.slug`. */
  readonly record: Sql
}

/** One page of the sources, the latest import of a present text first. */
export async function readLatestSources(
  { pool }: Database,
  { take, after, before, backward, record }: Page,
): Promise<(Imported & { readonly record: unknown })[]> {
  const place = ({ at, slug }: Imported) => sql`(${at}::float8, ${slug}::text)`
  const limits = [
    ...(after ? [sql`(at, slug) < ${place(after)}`] : []),
    ...(before ? [sql`(at, slug) > ${place(before)}`] : []),
  ]
  const way = raw(backward ? 'ASC' : 'DESC')
  return await ask(
    pool,
    sql`
      SELECT at, slug, ${record} AS record
      FROM (
        SELECT * FROM (
          SELECT slug, coalesce(extract(epoch FROM imported_at) * 1000, -1)::float8 AS at
          FROM source LEFT JOIN edition ON (source_slug, edition.sha256) = (slug, source.sha256)
        ) imported
        ${limits.length > 0 ? sql`WHERE ${join(limits, ' AND ')}` : empty} ORDER BY at ${way}, slug ${way} LIMIT ${take}
      ) page
      ORDER BY at ${way}, slug ${way}`,
  )
}
