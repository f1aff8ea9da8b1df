-- What a citation is located by. The loader writes it, folded by the program, so that every database finds the same.

-- AlterTable
ALTER TABLE "citation"
  ADD COLUMN "passage" TEXT COLLATE "C",
  ADD COLUMN "words" TEXT COLLATE "C",
  ADD COLUMN "words_begin" TEXT COLLATE "C",
  ADD COLUMN "passage_begin" TEXT COLLATE "C",
  ADD COLUMN "passage_end" TEXT COLLATE "C";

-- What is there already is located nearly as well at once, and quite as well once its bundle is loaded again.
UPDATE "citation" SET
  "passage" = lower(regexp_replace(coalesce("prefix", '') || "exact" || coalesce("suffix", ''), '\s+', ' ', 'g')),
  "words" = lower(regexp_replace("exact", '\s+', ' ', 'g'));

ALTER TABLE "citation" ALTER COLUMN "passage" SET NOT NULL, ALTER COLUMN "words" SET NOT NULL;

-- CreateIndex
CREATE INDEX "citation_passage_idx" ON "citation" USING GIN ("passage" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "citation_words_begin_idx" ON "citation"("words_begin");

-- CreateIndex
CREATE INDEX "citation_passage_begin_idx" ON "citation"("passage_begin");

-- CreateIndex
CREATE INDEX "citation_passage_end_idx" ON "citation"("passage_end");
