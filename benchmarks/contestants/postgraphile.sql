-- What PostGraphile has no idiom for. The benchmark makes this schema before it starts PostGraphile, and drops it in the end.

CREATE SCHEMA bench_peer;

-- The meetings between two states that may have lasted on some of these days, newest first.
CREATE FUNCTION bench_peer.meetings_between("between" text[], "from" date, "to" date) RETURNS SETOF meeting
LANGUAGE sql STABLE AS $$
  SELECT meeting.* FROM meeting
  WHERE slug IN (
      SELECT meeting_slug FROM participation WHERE representing_code = "between"[1]
      INTERSECT SELECT meeting_slug FROM participation WHERE representing_code = "between"[2]
    )
    AND ("from" IS NULL OR end_of_the_end IS NULL OR end_of_the_end >= "from")
    AND ("to" IS NULL OR begin_of_the_begin IS NULL OR begin_of_the_begin <= "to")
  ORDER BY begin_of_the_begin DESC NULLS LAST, end_of_the_end DESC NULLS LAST, slug DESC
$$;

-- The statements that hold some words, so many, best first: ranked as src/search/search.ts does. How many is an argument, as
-- a limit from without would come after all that match are joined.
CREATE FUNCTION bench_peer.search_statements(query text, best integer) RETURNS SETOF statement
LANGUAGE sql STABLE AS $$
  SELECT statement.*
  FROM (
    SELECT key, round(ts_rank_cd(vector, words, 4)::numeric, 4) AS score
    FROM search_document, websearch_to_tsquery('english', query) words
    WHERE vector @@ words AND kind = 'STATEMENT' ORDER BY score DESC, key LIMIT best
  ) hit JOIN statement ON statement.slug = hit.key
  ORDER BY hit.score DESC, hit.key
$$;

CREATE TYPE bench_peer.meetings_of_year AS (period text, meetings integer);

-- How many meetings between two states began in each year in which any did.
CREATE FUNCTION bench_peer.activity_between("between" text[]) RETURNS SETOF bench_peer.meetings_of_year
LANGUAGE sql STABLE AS $$
  SELECT extract(year FROM begin_of_the_begin)::text, count(*)::integer
  FROM meeting
  WHERE slug IN (
      SELECT meeting_slug FROM participation WHERE representing_code = "between"[1]
      INTERSECT SELECT meeting_slug FROM participation WHERE representing_code = "between"[2]
    )
    AND begin_of_the_begin IS NOT NULL
  GROUP BY 1 ORDER BY 1
$$;
