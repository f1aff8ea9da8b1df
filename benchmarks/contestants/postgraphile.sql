-- What PostGraphile has no idiom for. The benchmark makes this schema before it starts PostGraphile, and drops it in the end.

CREATE SCHEMA bench_peer;

-- The meetings between two states that may have lasted on some of these days, newest first, as an index has them. The join is
-- an outer one, so that counting them needs no meetings.
CREATE FUNCTION bench_peer.meetings_between("between" text[], "from" date, "to" date) RETURNS SETOF meeting
LANGUAGE sql STABLE AS $$
  SELECT meeting.*
  FROM meeting_pair pair LEFT JOIN meeting ON meeting.slug = pair.meeting_slug
  WHERE pair.one = least("between"[1] COLLATE "C", "between"[2]) AND pair.two = greatest("between"[1] COLLATE "C", "between"[2])
    AND coalesce(pair.end_of_the_end, 'infinity') >= coalesce("from", '-infinity')
    AND coalesce(pair.begin_of_the_begin, '-infinity') <= coalesce("to", 'infinity')
  ORDER BY coalesce(pair.begin_of_the_begin, '-infinity') DESC, coalesce(pair.end_of_the_end, '-infinity') DESC, pair.meeting_slug DESC
$$;

-- The meetings of somebody, newest first, as an index has them.
CREATE FUNCTION bench_peer.person_newest_meetings(person person) RETURNS SETOF meeting
LANGUAGE sql STABLE AS $$
  SELECT meeting.*
  FROM participation own JOIN meeting ON meeting.slug = own.meeting_slug
  WHERE own.person_slug = person.slug
  ORDER BY coalesce(own.begin_of_the_begin, '-infinity') DESC, coalesce(own.end_of_the_end, '-infinity') DESC, own.meeting_slug DESC
$$;

-- The statements that hold some words, so many, best first: found and ranked as src/search/search.ts does. How many is an
-- argument, as a limit from without would come after all that match are joined.
CREATE FUNCTION bench_peer.search_statements(query text, most integer) RETURNS SETOF statement
LANGUAGE sql STABLE AS $$
  WITH best AS (
    SELECT key, round(ts_rank(vector, words)::float8 * 1000000) / 1000000 AS score
    FROM search_index, websearch_to_tsquery('english', (SELECT query)) words
    WHERE numnode(words) = 1 AND emphasis(vector) @@ words AND kind = 'STATEMENT' ORDER BY score DESC, key LIMIT most
  )
  SELECT statement.*
  FROM (
    SELECT * FROM best WHERE (SELECT count(*) FROM best) = most
    UNION ALL
    SELECT * FROM (
      SELECT key, round(ts_rank(vector, words)::float8 * 1000000) / 1000000 AS score
      FROM search_index, websearch_to_tsquery('english', (SELECT query)) words
      WHERE vector @@ words AND kind = 'STATEMENT' ORDER BY score DESC, key LIMIT most
    ) every WHERE (SELECT count(*) FROM best) < most
  ) hit JOIN statement ON statement.slug = hit.key
  ORDER BY hit.score DESC, hit.key
$$;

CREATE TYPE bench_peer.meetings_of_year AS (period text, meetings integer);

-- How many meetings between two states began in each year in which any did.
CREATE FUNCTION bench_peer.activity_between("between" text[]) RETURNS SETOF bench_peer.meetings_of_year
LANGUAGE sql STABLE AS $$
  SELECT year::text, count
  FROM pair_year
  WHERE one = least("between"[1] COLLATE "C", "between"[2]) AND two = greatest("between"[1] COLLATE "C", "between"[2])
    AND kind = 'MEETING'
  ORDER BY year
$$;
