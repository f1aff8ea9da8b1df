import type { ClientBase } from 'pg'
import { type TimeSpan, timeSpan } from '../../time/span.ts'
import { tenureOf } from './tenure.ts'

const BOUNDS = ['begin_of_the_begin', 'end_of_the_begin', 'begin_of_the_end', 'end_of_the_end']

const boundsOf = (row: string) => BOUNDS.map((bound) => `${row}.${bound}`).join(', ')

interface Tenure {
  readonly slug: string
  readonly appointed: string | null
  readonly tenure: string
  readonly attested: { when: string }[]
  readonly citations: { source: string; published: string }[]
}

/**
 * Updates the tenures of the given positions, and those that had not ended when the given sources were published: the dates of the
 * sources may have changed.
 */
export async function refreshTenures(
  client: ClientBase,
  sourceSlugs: readonly string[],
  positionSlugs: readonly string[],
): Promise<void> {
  if (sourceSlugs.length + positionSlugs.length === 0) return
  const { rows } = await client.query<Tenure>(
    `SELECT position.slug, position.appointed, position.edtf AS tenure,
       coalesce((
         SELECT json_agg(json_build_object('when', edtf)) FROM attestation WHERE position_slug = position.slug
       ), '[]') AS attested,
       (
         SELECT json_agg(json_build_object('source', source.slug, 'published', source.edtf))
         FROM citation JOIN source ON source.slug = source_slug
         WHERE position_slug = position.slug AND stance = 'SUPPORTS'
       ) AS citations
     FROM position
     WHERE edtf LIKE '%/..' AND slug IN (SELECT position_slug FROM citation WHERE source_slug = ANY ($1)) OR slug = ANY ($2)`,
    [sourceSlugs, positionSlugs],
  )
  const fresh = rows.map(({ slug, ...position }) => {
    const published = new Map<string, TimeSpan>(
      position.citations.map(({ source, published }) => [source, timeSpan(published)]),
    )
    const bounds = tenureOf(position, (source) => published.get(source))
    return {
      slug,
      begin_of_the_begin: bounds.beginOfTheBegin,
      end_of_the_begin: bounds.endOfTheBegin,
      begin_of_the_end: bounds.beginOfTheEnd,
      end_of_the_end: bounds.endOfTheEnd,
    }
  })
  await client.query(
    `UPDATE position stored
     SET ${BOUNDS.map((bound) => `${bound} = fresh.${bound}`).join(', ')}
     FROM json_populate_recordset(NULL::"position", $1) fresh
     WHERE stored.slug = fresh.slug AND (${boundsOf('stored')}) IS DISTINCT FROM (${boundsOf('fresh')})`,
    [JSON.stringify(fresh)],
  )
}
