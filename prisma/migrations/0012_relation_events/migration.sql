-- Events in the diplomatic relations of two countries.

-- CreateEnum
CREATE TYPE "relation_event_kind" AS ENUM ('RECOGNIZED', 'RELATIONS_ESTABLISHED', 'RELATIONS_INTERRUPTED', 'RELATIONS_SEVERED', 'RELATIONS_RESUMED', 'RELATIONS_ENDED', 'LEGATION_OPENED', 'EMBASSY_OPENED', 'RAISED_TO_EMBASSY', 'MISSION_CLOSED', 'CONSULAR_RELATIONS_ESTABLISHED', 'CONSULAR_RELATIONS_ENDED', 'OTHER');

-- AlterTable
ALTER TABLE "citation" ADD COLUMN     "relation_event_slug" TEXT COLLATE "C";

-- CreateTable
CREATE TABLE "relation_event" (
    "slug" TEXT COLLATE "C" NOT NULL,
    "kind" "relation_event_kind" NOT NULL,
    "title" TEXT COLLATE "C" NOT NULL,
    "one" TEXT COLLATE "C" NOT NULL,
    "two" TEXT COLLATE "C" NOT NULL,
    "by_code" TEXT COLLATE "C",
    "description" TEXT COLLATE "C",
    "note" TEXT COLLATE "C",
    "edtf" TEXT COLLATE "C" NOT NULL,
    "begin_of_the_begin" DATE,
    "end_of_the_begin" DATE,
    "begin_of_the_end" DATE,
    "end_of_the_end" DATE,
    "digest" TEXT,

    CONSTRAINT "relation_event_pkey" PRIMARY KEY ("slug")
);

-- CreateIndex
CREATE INDEX "relation_event_two_idx" ON "relation_event"("two");

-- CreateIndex
CREATE INDEX "relation_event_by_code_idx" ON "relation_event"("by_code");

-- CreateIndex
CREATE INDEX "citation_relation_event_slug_idx" ON "citation"("relation_event_slug");

-- AddForeignKey
ALTER TABLE "relation_event" ADD CONSTRAINT "relation_event_one_fkey" FOREIGN KEY ("one") REFERENCES "country"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "relation_event" ADD CONSTRAINT "relation_event_two_fkey" FOREIGN KEY ("two") REFERENCES "country"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "relation_event" ADD CONSTRAINT "relation_event_by_code_fkey" FOREIGN KEY ("by_code") REFERENCES "country"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "citation" ADD CONSTRAINT "citation_relation_event_slug_fkey" FOREIGN KEY ("relation_event_slug") REFERENCES "relation_event"("slug") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "relation_event" ADD CONSTRAINT "relation_event_slug_form" CHECK ("slug" ~ '^[a-z0-9-]+$');
ALTER TABLE "relation_event" ADD CONSTRAINT "relation_event_in_order" CHECK ("one" < "two");
ALTER TABLE "relation_event" ADD CONSTRAINT "relation_event_by_one_of_two" CHECK ("by_code" IN ("one", "two"));
ALTER TABLE "relation_event" ADD CONSTRAINT "relation_event_bounds_in_order" CHECK (
  "begin_of_the_begin" <= "end_of_the_begin" AND "begin_of_the_end" <= "end_of_the_end"
  AND "begin_of_the_begin" <= "begin_of_the_end" AND "end_of_the_begin" <= "end_of_the_end"
  AND "begin_of_the_begin" <= "end_of_the_end"
);
ALTER TABLE "citation" DROP CONSTRAINT "citation_one_fact";
ALTER TABLE "citation" ADD CONSTRAINT "citation_one_fact" CHECK (
  num_nonnulls(
    "position_slug", "attestation_id", "visit_slug", "participation_id",
    "meeting_slug", "statement_slug", "agreement_slug", "agreement_event_id", "relation_event_slug"
  ) = 1
);

-- By date, as in 0007: all events, and those between two countries.
CREATE INDEX "relation_event_oldest_idx" ON "relation_event" ((coalesce("begin_of_the_begin", 'infinity')), (coalesce("end_of_the_end", 'infinity')), "slug");
CREATE INDEX "relation_event_newest_idx" ON "relation_event" ((coalesce("begin_of_the_begin", '-infinity')), (coalesce("end_of_the_end", '-infinity')), "slug");
CREATE INDEX "relation_event_ended_idx" ON "relation_event" ((coalesce("end_of_the_end", 'infinity')));
CREATE INDEX "relation_event_pair_oldest_idx" ON "relation_event" ("one", "two", (coalesce("begin_of_the_begin", 'infinity')), (coalesce("end_of_the_end", 'infinity')), "slug") INCLUDE ("begin_of_the_begin", "end_of_the_end");
CREATE INDEX "relation_event_pair_newest_idx" ON "relation_event" ("one", "two", (coalesce("begin_of_the_begin", '-infinity')), (coalesce("end_of_the_end", '-infinity')), "slug") INCLUDE ("begin_of_the_begin", "end_of_the_end");
