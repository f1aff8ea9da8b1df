import { Prisma } from '../generated/prisma/client.ts'
import type { Office } from './office.ts'

const { sql } = Prisma

/** Number of years around the known days of a holder in which the same person may have held the office. */
const NEAR = 15

/** Words of titles that do not count. “Under” does: an under secretary is another office. */
const SMALL = ['', 'a', 'and', 'for', 'in', 'of', 'on', 'the', 'to']

/**
 * SQL for the keys of the people who held an office in a year, or near it where the end or the begin is not known, with scores between
 * 3 and 4: the fewer other words a title has, and the nearer the year, the higher.
 */
export const holders = ({ year, words, title }: Office) => sql`
  SELECT entry.key, round(max(3 + share / (1 + greatest(0, first - ${year}, ${year} - last)))::numeric, 6)::float8 AS score
  FROM search_index entry JOIN position ON person_slug = entry.key,
  LATERAL (
    SELECT date_part('year', coalesce(begin_of_the_begin, end_of_the_begin, begin_of_the_end)) AS first,
      date_part('year', coalesce(end_of_the_end, begin_of_the_end, end_of_the_begin)) AS last
  ) known,
  LATERAL (
    SELECT count(*) FILTER (WHERE lexeme = ANY ((SELECT tsvector_to_array(to_tsvector('english', ${title})))::text[]))::float8
      / (SELECT count(*) FROM regexp_split_to_table(title_folded, '[ ,.()/''-]+') word WHERE word <> ALL (${SMALL}))
      AS share
    FROM unnest(tsvector_to_array(to_tsvector('english', title_folded))) lexeme
    HAVING count(*) > 0
  ) shared
  WHERE entry.kind = 'PERSON' AND entry.vector @@ to_tsquery('english', ${words}) AND share > 0
    AND ${year} BETWEEN first - CASE WHEN begin_of_the_begin IS NULL THEN ${NEAR} ELSE 0 END
      AND last + CASE WHEN end_of_the_end IS NULL THEN ${NEAR} ELSE 0 END
  GROUP BY entry.key`
