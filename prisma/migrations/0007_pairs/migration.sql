-- What is between two countries, as a table of its own, and indexes by date for both orders.

-- Names are sorted by an index, which has room for so much
DO $$
DECLARE long text;
BEGIN
  SELECT string_agg(which, ', ') INTO long FROM (
    SELECT 'country ' || "code" AS which FROM "country" WHERE char_length("name") > 500
    UNION ALL SELECT 'organization ' || "slug" FROM "organization" WHERE char_length("name") > 500
    UNION ALL SELECT 'person ' || "slug" FROM "person" WHERE char_length("name") > 500
    UNION ALL SELECT 'topic ' || "slug" FROM "topic" WHERE char_length("name") > 500
  ) AS named;
  IF long IS NOT NULL THEN
    RAISE EXCEPTION 'names have at most 500 characters from now on; expected shorter ones of: %', long;
  END IF;
END $$;

-- DropIndex
DROP INDEX "meeting_begin_of_the_begin_end_of_the_end_slug_idx";

-- DropIndex
DROP INDEX "meeting_end_of_the_end_idx";

-- DropIndex
DROP INDEX "position_begin_of_the_begin_end_of_the_end_slug_idx";

-- DropIndex
DROP INDEX "source_begin_of_the_begin_end_of_the_end_slug_idx";

-- DropIndex
DROP INDEX "statement_begin_of_the_begin_end_of_the_end_slug_idx";

-- DropIndex
DROP INDEX "statement_end_of_the_end_idx";

-- DropIndex
DROP INDEX "visit_begin_of_the_begin_end_of_the_end_slug_idx";

-- DropIndex
DROP INDEX "visit_end_of_the_end_idx";

-- CreateTable
CREATE TABLE "meeting_pair" (
    "meeting_slug" TEXT COLLATE "C" NOT NULL,
    "one" TEXT COLLATE "C" NOT NULL,
    "two" TEXT COLLATE "C" NOT NULL,
    "begin_of_the_begin" DATE,
    "end_of_the_begin" DATE,
    "begin_of_the_end" DATE,
    "end_of_the_end" DATE,

    CONSTRAINT "meeting_pair_pkey" PRIMARY KEY ("meeting_slug","one","two")
);

-- CreateTable
CREATE TABLE "statement_pair" (
    "statement_slug" TEXT COLLATE "C" NOT NULL,
    "one" TEXT COLLATE "C" NOT NULL,
    "two" TEXT COLLATE "C" NOT NULL,
    "begin_of_the_begin" DATE,
    "end_of_the_begin" DATE,
    "begin_of_the_end" DATE,
    "end_of_the_end" DATE,

    CONSTRAINT "statement_pair_pkey" PRIMARY KEY ("statement_slug","one","two")
);

-- CreateIndex
CREATE INDEX "country_name_code_idx" ON "country"("name", "code");

-- CreateIndex
CREATE INDEX "organization_name_slug_idx" ON "organization"("name", "slug");

-- CreateIndex
CREATE INDEX "person_name_slug_idx" ON "person"("name", "slug");

-- CreateIndex
CREATE INDEX "topic_name_slug_idx" ON "topic"("name", "slug");

-- AddForeignKey
ALTER TABLE "meeting_pair" ADD CONSTRAINT "meeting_pair_meeting_slug_fkey" FOREIGN KEY ("meeting_slug") REFERENCES "meeting"("slug") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "statement_pair" ADD CONSTRAINT "statement_pair_statement_slug_fkey" FOREIGN KEY ("statement_slug") REFERENCES "statement"("slug") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "meeting_pair" ADD CONSTRAINT "meeting_pair_in_order" CHECK ("one" < "two");
ALTER TABLE "statement_pair" ADD CONSTRAINT "statement_pair_in_order" CHECK ("one" < "two");

-- What follows from the facts that are there already, as the loader derives it
INSERT INTO "meeting_pair"
SELECT DISTINCT m."slug", a."representing_code", b."representing_code",
  m."begin_of_the_begin", m."end_of_the_begin", m."begin_of_the_end", m."end_of_the_end"
FROM "meeting" m
JOIN "participation" a ON a."meeting_slug" = m."slug"
JOIN "participation" b ON b."meeting_slug" = m."slug" AND a."representing_code" < b."representing_code";

INSERT INTO "statement_pair"
SELECT s."slug", a."country_code", b."country_code",
  s."begin_of_the_begin", s."end_of_the_begin", s."begin_of_the_end", s."end_of_the_end"
FROM "statement" s
JOIN "statement_country" a ON a."statement_slug" = s."slug"
JOIN "statement_country" b ON b."statement_slug" = s."slug" AND a."country_code" < b."country_code";

-- The days of occasions and statements with those who take part in them
ALTER TABLE "participation" ADD COLUMN "begin_of_the_begin" DATE, ADD COLUMN "end_of_the_end" DATE;
ALTER TABLE "statement_voice" ADD COLUMN "begin_of_the_begin" DATE, ADD COLUMN "end_of_the_end" DATE;
UPDATE "participation" p SET "begin_of_the_begin" = m."begin_of_the_begin", "end_of_the_end" = m."end_of_the_end"
FROM "meeting" m WHERE m."slug" = p."meeting_slug";
UPDATE "participation" p SET "begin_of_the_begin" = v."begin_of_the_begin", "end_of_the_end" = v."end_of_the_end"
FROM "visit" v WHERE v."slug" = p."visit_slug";
UPDATE "statement_voice" w SET "begin_of_the_begin" = s."begin_of_the_begin", "end_of_the_end" = s."end_of_the_end"
FROM "statement" s WHERE s."slug" = w."statement_slug";
DROP INDEX "participation_person_slug_idx";
DROP INDEX "statement_voice_person_slug_role_idx";

-- By date. Unknown days come last, oldest first and newest first alike, and count as within any range that is open to them:
-- in the order of the oldest they are as late as can be, in that of the newest as early. An index is read either way.
CREATE INDEX "position_oldest_idx" ON "position" ((coalesce("begin_of_the_begin", 'infinity')), (coalesce("end_of_the_end", 'infinity')), "slug");
CREATE INDEX "position_newest_idx" ON "position" ((coalesce("begin_of_the_begin", '-infinity')), (coalesce("end_of_the_end", '-infinity')), "slug");
CREATE INDEX "visit_oldest_idx" ON "visit" ((coalesce("begin_of_the_begin", 'infinity')), (coalesce("end_of_the_end", 'infinity')), "slug");
CREATE INDEX "visit_newest_idx" ON "visit" ((coalesce("begin_of_the_begin", '-infinity')), (coalesce("end_of_the_end", '-infinity')), "slug");
CREATE INDEX "meeting_oldest_idx" ON "meeting" ((coalesce("begin_of_the_begin", 'infinity')), (coalesce("end_of_the_end", 'infinity')), "slug");
CREATE INDEX "meeting_newest_idx" ON "meeting" ((coalesce("begin_of_the_begin", '-infinity')), (coalesce("end_of_the_end", '-infinity')), "slug");
CREATE INDEX "statement_oldest_idx" ON "statement" ((coalesce("begin_of_the_begin", 'infinity')), (coalesce("end_of_the_end", 'infinity')), "slug");
CREATE INDEX "statement_newest_idx" ON "statement" ((coalesce("begin_of_the_begin", '-infinity')), (coalesce("end_of_the_end", '-infinity')), "slug");
CREATE INDEX "source_oldest_idx" ON "source" ((coalesce("begin_of_the_begin", 'infinity')), (coalesce("end_of_the_end", 'infinity')), "slug");
CREATE INDEX "source_newest_idx" ON "source" ((coalesce("begin_of_the_begin", '-infinity')), (coalesce("end_of_the_end", '-infinity')), "slug");
CREATE INDEX "visit_ended_idx" ON "visit" ((coalesce("end_of_the_end", 'infinity')));
CREATE INDEX "meeting_ended_idx" ON "meeting" ((coalesce("end_of_the_end", 'infinity')));
CREATE INDEX "statement_ended_idx" ON "statement" ((coalesce("end_of_the_end", 'infinity')));
CREATE INDEX "meeting_pair_oldest_idx" ON "meeting_pair" ("one", "two", (coalesce("begin_of_the_begin", 'infinity')), (coalesce("end_of_the_end", 'infinity')), "meeting_slug") INCLUDE ("begin_of_the_begin", "end_of_the_end");
CREATE INDEX "meeting_pair_newest_idx" ON "meeting_pair" ("one", "two", (coalesce("begin_of_the_begin", '-infinity')), (coalesce("end_of_the_end", '-infinity')), "meeting_slug") INCLUDE ("begin_of_the_begin", "end_of_the_end");
CREATE INDEX "statement_pair_oldest_idx" ON "statement_pair" ("one", "two", (coalesce("begin_of_the_begin", 'infinity')), (coalesce("end_of_the_end", 'infinity')), "statement_slug") INCLUDE ("begin_of_the_begin", "end_of_the_end");
CREATE INDEX "statement_pair_newest_idx" ON "statement_pair" ("one", "two", (coalesce("begin_of_the_begin", '-infinity')), (coalesce("end_of_the_end", '-infinity')), "statement_slug") INCLUDE ("begin_of_the_begin", "end_of_the_end");
CREATE INDEX "participation_oldest_idx" ON "participation" ("person_slug", (coalesce("begin_of_the_begin", 'infinity')), (coalesce("end_of_the_end", 'infinity')), "meeting_slug");
CREATE INDEX "participation_newest_idx" ON "participation" ("person_slug", (coalesce("begin_of_the_begin", '-infinity')), (coalesce("end_of_the_end", '-infinity')), "meeting_slug");
CREATE INDEX "statement_voice_oldest_idx" ON "statement_voice" ("person_slug", "role", (coalesce("begin_of_the_begin", 'infinity')), (coalesce("end_of_the_end", 'infinity')), "statement_slug");
CREATE INDEX "statement_voice_newest_idx" ON "statement_voice" ("person_slug", "role", (coalesce("begin_of_the_begin", '-infinity')), (coalesce("end_of_the_end", '-infinity')), "statement_slug");
