-- Records are found by words of other records too: a person by offices and countries, a meeting by its participants. These words
-- weigh less than those of the record itself.

-- Other processes must finish their loads first.
LOCK TABLE "search_document" IN ACCESS EXCLUSIVE MODE;

-- AlterTable
ALTER TABLE "dataset" ADD COLUMN "folding" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "search_context" (
    "kind" TEXT COLLATE "C" NOT NULL,
    "key" TEXT COLLATE "C" NOT NULL,
    "words" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "search_context_pkey" PRIMARY KEY ("kind", "key")
);

CREATE OR REPLACE FUNCTION index_search_documents() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    DELETE FROM search_index held USING gone WHERE (held.kind, held.key) = (gone.kind, gone.key);
  END IF;
  IF TG_OP <> 'DELETE' THEN
    INSERT INTO search_index (kind, key, vector, names)
    SELECT kind, key,
      setweight(to_tsvector('english', title), 'A') || setweight(to_tsvector('english', body), 'B')
        || setweight(to_tsvector('english', coalesce(context.words, '')), 'C'),
      names
    FROM written LEFT JOIN search_context context USING (kind, key);
  END IF;
  RETURN NULL;
END
$$;

CREATE FUNCTION index_search_contexts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    UPDATE search_index held SET vector = ts_filter(vector, '{a,b}')
    FROM gone WHERE (held.kind, held.key) = (gone.kind, gone.key);
  ELSE
    UPDATE search_index held SET vector = ts_filter(vector, '{a,b}') || setweight(to_tsvector('english', words), 'C')
    FROM written WHERE (held.kind, held.key) = (written.kind, written.key);
  END IF;
  RETURN NULL;
END
$$;

CREATE TRIGGER "search_context_added" AFTER INSERT ON "search_context"
  REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION index_search_contexts();

CREATE TRIGGER "search_context_changed" AFTER UPDATE ON "search_context"
  REFERENCING OLD TABLE AS gone NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION index_search_contexts();

CREATE TRIGGER "search_context_removed" AFTER DELETE ON "search_context"
  REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION index_search_contexts();

-- Words of a context weigh less than a word that is once in a text, so being there more than once does not emphasize them.
CREATE OR REPLACE FUNCTION emphasis(vector tsvector) RETURNS tsvector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT array_to_tsvector(coalesce(array_agg(lexeme), '{}'))
  FROM unnest(vector) WHERE 'A' = ANY (weights) OR ('B' = ANY (weights) AND cardinality(positions) > 1)
$$;

-- What is stored is folded again by the program (src/bundle/refold.ts). A new database has nothing to fold.
UPDATE "dataset" SET "folding" = 1 WHERE NOT EXISTS (SELECT FROM "search_document");
