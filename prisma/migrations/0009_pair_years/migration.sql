-- How much that is between two countries began in each year, so that it need not be counted.

-- CreateTable
CREATE TABLE "pair_year" (
    "one" TEXT COLLATE "C" NOT NULL,
    "two" TEXT COLLATE "C" NOT NULL,
    "kind" TEXT COLLATE "C" NOT NULL,
    "year" INTEGER NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "pair_year_pkey" PRIMARY KEY ("one","two","kind","year")
);

ALTER TABLE "pair_year" ADD CONSTRAINT "pair_year_in_order" CHECK ("one" < "two");

-- What follows from the facts that are there already, as the loader derives it
INSERT INTO "pair_year"
SELECT one, two, kind, date_part('year', begun)::int, count(*)::int
FROM (
  SELECT one, two, 'MEETING' AS kind, begin_of_the_begin AS begun FROM meeting_pair
  UNION ALL
  SELECT one, two, 'STATEMENT', begin_of_the_begin FROM statement_pair
  UNION ALL
  SELECT one.country_code, two.country_code, 'AGREEMENT_EVENT', event.begin_of_the_begin
  FROM agreement_event event
  JOIN agreement_party one ON one.agreement_slug = event.agreement_slug
  JOIN agreement_party two ON two.agreement_slug = event.agreement_slug AND one.country_code < two.country_code
  UNION ALL
  SELECT least(code, to_code), greatest(code, to_code), 'VISIT', begin_of_the_begin
  FROM (
    SELECT slug, to_code, begin_of_the_begin, from_code AS code FROM visit WHERE from_code IS NOT NULL
    UNION
    SELECT slug, to_code, visit.begin_of_the_begin, representing_code
    FROM visit JOIN participation ON visit_slug = slug WHERE from_code IS NULL
  ) visiting
  WHERE code <> to_code
) entry
WHERE begun IS NOT NULL GROUP BY 1, 2, 3, 4;
