-- How many facts of each kind are between two countries, and how many visits of a year led to the first of them, so that lists of
-- relations need not count.

-- AlterTable
ALTER TABLE "pair_year" ADD COLUMN "to_first" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "pair_total" (
    "one" TEXT COLLATE "C" NOT NULL,
    "two" TEXT COLLATE "C" NOT NULL,
    "kind" TEXT COLLATE "C" NOT NULL,
    "count" INTEGER NOT NULL,
    "to_first" INTEGER NOT NULL,
    "first" DATE,
    "last" DATE,

    CONSTRAINT "pair_total_pkey" PRIMARY KEY ("one","two","kind")
);

-- CreateIndex
CREATE INDEX "pair_total_two_idx" ON "pair_total"("two");

ALTER TABLE "pair_total" ADD CONSTRAINT "pair_total_in_order" CHECK ("one" < "two");

-- What follows from the facts that are there already, as the loader derives it
CREATE TEMPORARY TABLE paired AS
SELECT 'MEETING' AS kind, one, two, begin_of_the_begin AS bb, end_of_the_end AS ee, false AS is_to_first FROM meeting_pair
UNION ALL
SELECT 'STATEMENT', one, two, begin_of_the_begin, end_of_the_end, false FROM statement_pair
UNION ALL
SELECT 'AGREEMENT', one.country_code, two.country_code, NULL, NULL, false
FROM agreement_party one
JOIN agreement_party two ON two.agreement_slug = one.agreement_slug AND one.country_code < two.country_code
UNION ALL
SELECT 'AGREEMENT_EVENT', one.country_code, two.country_code, event.begin_of_the_begin, event.end_of_the_end, false
FROM agreement_event event
JOIN agreement_party one ON one.agreement_slug = event.agreement_slug
JOIN agreement_party two ON two.agreement_slug = event.agreement_slug AND one.country_code < two.country_code
UNION ALL
SELECT 'RELATION_EVENT', one, two, begin_of_the_begin, end_of_the_end, false FROM relation_event
UNION ALL
SELECT 'VISIT', least(code, to_code), greatest(code, to_code), begin_of_the_begin, end_of_the_end, to_code < code
FROM (
  SELECT slug, to_code, begin_of_the_begin, end_of_the_end, from_code AS code FROM visit WHERE from_code IS NOT NULL
  UNION
  SELECT slug, to_code, visit.begin_of_the_begin, visit.end_of_the_end, representing_code
  FROM visit JOIN participation ON visit_slug = slug WHERE from_code IS NULL
) visiting
WHERE code <> to_code
UNION ALL
SELECT 'POSITION', least(code, to_code), greatest(code, to_code), bb, ee, false
FROM (
  SELECT coalesce(position.country_code, organization.country_code) AS code, accredited_to_code AS to_code,
    CASE WHEN NOT begin_is_doubtful THEN begin_of_the_begin END AS bb, CASE WHEN NOT end_is_doubtful THEN end_of_the_end END AS ee
  FROM position LEFT JOIN organization ON organization.slug = organization_slug
) accredited
WHERE code <> to_code;

INSERT INTO "pair_total"
SELECT one, two, kind, count(*)::int, count(*) FILTER (WHERE is_to_first)::int, min(bb), max(ee) FROM paired GROUP BY 1, 2, 3;

UPDATE "pair_year" SET to_first = counted.to_first
FROM (
  SELECT one, two, kind, date_part('year', bb)::int AS year, count(*) FILTER (WHERE is_to_first)::int AS to_first
  FROM paired WHERE bb IS NOT NULL GROUP BY 1, 2, 3, 4
) counted
WHERE ("pair_year".one, "pair_year".two, "pair_year".kind, "pair_year".year) = (counted.one, counted.two, counted.kind, counted.year)
  AND counted.to_first > 0;

DROP TABLE paired;
