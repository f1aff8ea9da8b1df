import type { ClientBase } from 'pg'
import { type TimeSpan, timeSpan } from '../time/span.ts'
import { tenureOf } from './tenure.ts'

/** A tenure that had not ended when its sources were published. */
interface OpenTenure {
  readonly slug: string
  readonly appointed: string | null
  readonly tenure: string
  readonly attested: { when: string }[]
  readonly citations: { source: string; published: string }[]
}

/** Updates the tenures that had not ended when their sources were published, after the dates of these sources may have changed. */
export async function refreshTenures(client: ClientBase, sourceSlugs: readonly string[]): Promise<void> {
  const { rows } = await client.query<OpenTenure>(
    `SELECT position.slug, position.appointed, position.edtf AS tenure,
       coalesce((
         SELECT json_agg(json_build_object('when', edtf)) FROM attestation WHERE position_slug = position.slug
       ), '[]') AS attested,
       (
         SELECT json_agg(json_build_object('source', source.slug, 'published', source.edtf))
         FROM citation JOIN source ON source.slug = source_slug
         WHERE position_slug = position.slug AND stance = 'SUPPORTS'
       ) AS citations
     FROM position WHERE edtf LIKE '%/..' AND slug IN (SELECT position_slug FROM citation WHERE source_slug = ANY ($1))`,
    [sourceSlugs],
  )
  const fresh = rows.map(({ slug, ...position }) => {
    const published = new Map<string, TimeSpan>(
      position.citations.map(({ source, published }) => [source, timeSpan(published)]),
    )
    const { beginOfTheBegin, beginOfTheEnd } = tenureOf(position, (source) => published.get(source))
    return { slug, begin_of_the_begin: beginOfTheBegin, begin_of_the_end: beginOfTheEnd }
  })
  await client.query(
    `UPDATE position stored
     SET begin_of_the_begin = fresh.begin_of_the_begin, begin_of_the_end = fresh.begin_of_the_end
     FROM json_populate_recordset(NULL::"position", $1) fresh
     WHERE stored.slug = fresh.slug AND (stored.begin_of_the_begin, stored.begin_of_the_end)
       IS DISTINCT FROM (fresh.begin_of_the_begin, fresh.begin_of_the_end)`,
    [JSON.stringify(fresh)],
  )
}
