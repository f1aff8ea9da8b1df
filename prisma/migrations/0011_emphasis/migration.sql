-- The words that a title holds, or that are there more than once: where a word is one of these, it ranks above wherever it is
-- not. So the best hits of a single word are found by an index of their own, without ranking the thousands that say it once.

CREATE FUNCTION emphasis(vector tsvector) RETURNS tsvector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT array_to_tsvector(coalesce(array_agg(lexeme), '{}'))
  FROM unnest(vector) WHERE 'A' = ANY (weights) OR cardinality(positions) > 1
$$;

-- CreateIndex
CREATE INDEX "search_index_emphasis_idx" ON "search_index" USING GIN (emphasis("vector"));

-- What has names is found by them and by words at once: few records beside all the texts.

-- CreateIndex
CREATE INDEX "search_index_named_idx" ON "search_index" USING GIN ("vector") WHERE "names" IS NOT NULL;

ANALYZE "search_index";
