-- What of a document is searched has a table of its own, without its texts: a search that finds thousands reads half as much.

-- What another process is loading is waited for, so that nothing of it is missed.
LOCK TABLE "search_document" IN ACCESS EXCLUSIVE MODE;

-- CreateTable
CREATE TABLE "search_index" (
    "kind" TEXT COLLATE "C" NOT NULL,
    "key" TEXT COLLATE "C" NOT NULL,
    "vector" tsvector NOT NULL,
    "names" TEXT COLLATE "C",

    CONSTRAINT "search_index_pkey" PRIMARY KEY ("kind", "key")
);

INSERT INTO "search_index" SELECT "kind", "key", "vector", "names" FROM "search_document";

-- CreateIndex
CREATE INDEX "search_index_vector_idx" ON "search_index" USING GIN ("vector");

-- CreateIndex
CREATE INDEX "search_index_names_idx" ON "search_index" USING GIN ("names" gin_trgm_ops);

DROP INDEX "search_document_names_idx";

ALTER TABLE "search_document" DROP COLUMN "vector";

-- Whoever writes documents need not know of it.
CREATE FUNCTION index_search_documents() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    DELETE FROM search_index held USING gone WHERE (held.kind, held.key) = (gone.kind, gone.key);
  END IF;
  IF TG_OP <> 'DELETE' THEN
    INSERT INTO search_index (kind, key, vector, names)
    SELECT kind, key, setweight(to_tsvector('english', title), 'A') || setweight(to_tsvector('english', body), 'B'), names
    FROM written;
  END IF;
  RETURN NULL;
END
$$;

CREATE TRIGGER "search_document_added" AFTER INSERT ON "search_document"
  REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION index_search_documents();

CREATE TRIGGER "search_document_changed" AFTER UPDATE ON "search_document"
  REFERENCING OLD TABLE AS gone NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION index_search_documents();

CREATE TRIGGER "search_document_removed" AFTER DELETE ON "search_document"
  REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION index_search_documents();

ANALYZE "search_document", "search_index";
