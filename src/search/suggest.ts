import type { Database } from '../database/open.ts'
import { ask } from '../database/read/statement.ts'
import { Prisma } from '../generated/prisma/client.ts'
import { romanised } from '../people/romanise.ts'
import { fold } from './fold.ts'

type Sql = Prisma.Sql
const { sql, raw, join } = Prisma

export const suggestedKinds = ['PERSON', 'COUNTRY', 'ORGANIZATION', 'TOPIC'] as const
export type SuggestedKind = (typeof suggestedKinds)[number]

/** A text as names are compared: in Latin letters and digits, without case and accents. Empty if it has none. */
export const typed = (text: string): string => romanised(fold(text))

/** A country with a name that matches. Countries are not in the search index. */
export interface MatchingCountry {
  readonly code: string
  readonly name: string
  readonly isWhole: boolean
}

/** A record with a name that matches, the best first. */
export interface Suggested {
  readonly kind: SuggestedKind
  readonly key: string
  readonly name: string
  readonly record: unknown
}

/** For each kind in the search index: its table, and the columns that name its records in facts. */
const FACTS: Readonly<Record<Exclude<SuggestedKind, 'COUNTRY'>, readonly string[]>> = {
  PERSON: ['participation.person_slug', 'statement_voice.person_slug', 'position.person_slug'],
  ORGANIZATION: [
    'participation.organization_slug',
    'participation.representing_organization_slug',
    'statement_voice.organization_slug',
    'position.organization_slug',
  ],
  TOPIC: ['statement_topic.topic_slug', 'meeting_topic.topic_slug', 'agreement_topic.topic_slug'],
}

const factsOf = Object.entries(FACTS).map(([kind, columns]) => {
  const counts = columns.map((column) => `(SELECT count(*) FROM ${column.split('.')[0]} WHERE ${column} = key)`)
  return `WHEN '${kind}' THEN ${counts.join(' + ')}`
})

/** The names of a record, in the order of its lines in the search index. */
const namesOf = Object.keys(FACTS).map(
  (kind) => `WHEN '${kind}' THEN (SELECT array_prepend(name, names) FROM ${kind.toLowerCase()} WHERE slug = page.key)`,
)

/**
 * The records with a name that starts with the text, then those with a name of which a later word does, in each group those with
 * the most facts first. `text` is as `typed` returns it. Each pattern is one that the index of trigrams supports. Counting the facts of
 * hundreds of people takes longest, so they are counted only for records that can be on the page.
 */
export async function suggest(
  { pool }: Database,
  text: string,
  kinds: readonly SuggestedKind[],
  countries: readonly MatchingCountry[],
  first: number,
  records: ReadonlyMap<SuggestedKind, Sql>,
): Promise<Suggested[]> {
  const [starts, startsLine, startsWord] = [`${text}%`, `%\n${text}%`, `% ${text}%`]
  const cases = [...records].map(([kind, record]) => sql`WHEN ${raw(`'${kind}'`)} THEN ${record}`)
  return await ask<Suggested>(
    pool,
    sql`
      WITH matching AS MATERIALIZED (
        SELECT kind, key, names LIKE ${starts} OR names LIKE ${startsLine} AS is_whole FROM search_index
        WHERE kind = ANY (${kinds}) AND (names LIKE ${starts} OR names LIKE ${startsLine} OR names LIKE ${startsWord})
      ), candidate AS (
        SELECT kind, key, is_whole, NULL AS name, CASE kind ${raw(factsOf.join(' '))} END AS facts FROM matching
        WHERE is_whole OR (SELECT count(*) FROM matching WHERE is_whole) < ${first}
        UNION ALL
        SELECT 'COUNTRY', country.code, is_whole, name, coalesce(sum(count), 0)
        FROM unnest(${countries.map(({ code }) => code)}::text[], ${countries.map(({ isWhole }) => isWhole)}::boolean[],
          ${countries.map(({ name }) => name)}::text[]) country (code, is_whole, name)
        LEFT JOIN (SELECT one AS code, count FROM pair_year UNION ALL SELECT two, count FROM pair_year) shared
          ON shared.code = country.code
        GROUP BY 1, 2, 3, 4
      ), page AS (
        SELECT * FROM candidate ORDER BY is_whole DESC, facts DESC, key, kind LIMIT ${first}
      )
      SELECT kind, key, coalesce(name, (CASE kind ${raw(namesOf.join(' '))} END)[nth]) AS name, CASE kind ${join(cases, ' ')} END AS record
      FROM page LEFT JOIN LATERAL (
        SELECT nth FROM search_index entry, string_to_table(entry.names, E'\n') WITH ORDINALITY line (name, nth)
        WHERE (entry.kind, entry.key) = (page.kind, page.key) AND (line.name LIKE ${starts} OR line.name LIKE ${startsWord})
        ORDER BY line.name LIKE ${starts} DESC, nth LIMIT 1
      ) line ON true
      ORDER BY is_whole DESC, facts DESC, key, kind`,
  )
}
