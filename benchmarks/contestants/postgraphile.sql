-- What PostGraphile has no idiom for. The benchmark makes this schema before it starts PostGraphile, and drops it in the end.

CREATE SCHEMA bench_peer;

-- The meetings between two states that may have lasted on some of these days, newest first.
CREATE FUNCTION bench_peer.meetings_between("between" text[], "from" date, "to" date) RETURNS SETOF meeting
LANGUAGE sql STABLE AS $$
  SELECT meeting.*
  FROM meeting_pair pair JOIN meeting ON meeting.slug = pair.meeting_slug
  WHERE pair.one = least("between"[1] COLLATE "C", "between"[2]) AND pair.two = greatest("between"[1] COLLATE "C", "between"[2])
    AND coalesce(pair.end_of_the_end, 'infinity') >= coalesce("from", '-infinity')
    AND coalesce(pair.begin_of_the_begin, '-infinity') <= coalesce("to", 'infinity')
  ORDER BY coalesce(pair.begin_of_the_begin, '-infinity') DESC, coalesce(pair.end_of_the_end, '-infinity') DESC, pair.meeting_slug DESC
$$;

-- The statements that hold some words, best first: ranked as src/search/search.ts does.
CREATE FUNCTION bench_peer.search_statements(query text) RETURNS SETOF statement
LANGUAGE sql STABLE AS $$
  SELECT statement.*
  FROM search_document document
  JOIN statement ON statement.slug = document.key
  WHERE document.vector @@ websearch_to_tsquery('english', query) AND document.kind = 'STATEMENT'
  ORDER BY round(ts_rank_cd(document.vector, websearch_to_tsquery('english', query), 4)::numeric, 4) DESC, document.key
$$;

CREATE TYPE bench_peer.meetings_of_year AS (period text, meetings integer);

-- How many meetings between two states began in each year in which any did.
CREATE FUNCTION bench_peer.activity_between("between" text[]) RETURNS SETOF bench_peer.meetings_of_year
LANGUAGE sql STABLE AS $$
  SELECT date_part('year', begin_of_the_begin)::text, count(*)::integer
  FROM meeting_pair
  WHERE one = least("between"[1] COLLATE "C", "between"[2]) AND two = greatest("between"[1] COLLATE "C", "between"[2])
    AND begin_of_the_begin IS NOT NULL
  GROUP BY 1 ORDER BY 1
$$;
