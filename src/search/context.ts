import type { ClientBase } from 'pg'
import { demonymsOf } from './demonyms.ts'
import { fold } from './fold.ts'
import { indexedWords } from './words.ts'

/** Fills the temporary table `country_words` with the words by which what belongs to a country is found. */
export async function stageCountryWords(client: ClientBase): Promise<void> {
  const { rows } = await client.query<{ code: string; name: string; names: string[] }>(
    'SELECT code, name, names FROM country',
  )
  const countries = rows.map(({ code, name, names }) => ({
    code,
    words: indexedWords(fold([name, ...names, demonymsOf(code)].join(' '))),
  }))
  await client.query(
    'CREATE TEMPORARY TABLE country_words (code text COLLATE "C" PRIMARY KEY, words text) ON COMMIT DROP',
  )
  await client.query('INSERT INTO country_words SELECT * FROM json_populate_recordset(NULL::country_words, $1)', [
    JSON.stringify(countries),
  ])
}

/** A tenure or an event of more years is of no known years. */
const MOST_YEARS = 60

/** The years of a row, and their decades as `decadeOf` writes them. Of an unknown end or begin, only the other year. */
const yearsOf = (row: string) => `(
  SELECT string_agg(word, ' ' ORDER BY word) FROM (
    SELECT DISTINCT unnest(ARRAY[year::text, 'decade' || year / 10 || '0']) AS word
    FROM (SELECT date_part('year', coalesce(${row}.begin_of_the_begin, ${row}.end_of_the_end))::int AS first,
      date_part('year', coalesce(${row}.end_of_the_end, ${row}.begin_of_the_begin))::int AS last) span,
      generate_series(first, CASE WHEN last - first > ${MOST_YEARS} THEN first ELSE last END) year
    WHERE year > 0
  ) years
)`

/** A folded title with the adjectives of its office, without the signs that PostgreSQL's parser does not take for spaces. */
const titled = (position: string) => `concat_ws(' ', translate(${position}.title_folded, '-/.@''', '     '), (
  SELECT string_agg(adjective, ' ') FROM (
    VALUES ('president', 'presidential'), ('minister', 'ministerial'), ('king', 'royal'), ('queen', 'royal')
  ) office (noun, adjective) WHERE strpos(${position}.title_folded, noun) > 0
))`

/** Stop words between texts: words of one are far from those of another. */
const FAR = `' ${'the '.repeat(8)}'`

/** Words of a list of texts. */
const listed = (...texts: string[]) => `concat_ws(' ', ${texts.join(', ')})`

/** SQL for all rows of `search_context`. */
export const CONTEXTS = `
  WITH office AS (
    SELECT participation_id, string_agg(${titled('position')}, ' ' ORDER BY slug) AS words
    FROM participation_office JOIN position ON slug = position_slug WHERE rank = 0 GROUP BY 1
  ), taking_part AS (
    SELECT coalesce(visit_slug, meeting_slug) AS slug, visit_slug IS NULL AS at_meeting,
      string_agg(${listed('office.words', 'document.title', 'represented.words')}, ${FAR} ORDER BY ordinal, id) AS words
    FROM participation
    LEFT JOIN office ON participation_id = id
    LEFT JOIN search_document document
      ON (document.kind, document.key) = (CASE WHEN person_slug IS NULL THEN 'ORGANIZATION' ELSE 'PERSON' END, coalesce(person_slug, organization_slug))
    LEFT JOIN country_words represented ON represented.code = representing_code
    GROUP BY 1, 2
  ), party AS (
    SELECT agreement_slug AS slug, string_agg(words, ' ' ORDER BY code) AS words
    FROM agreement_party JOIN country_words ON code = country_code GROUP BY 1
  ), event AS (
    SELECT agreement_slug AS slug,
      string_agg(${listed(`translate(lower(status::text), '_', ' ')`, yearsOf('event'))}, ${FAR} ORDER BY id) AS words
    FROM agreement_event event GROUP BY 1
  )
  SELECT * FROM (
    SELECT 'PERSON', person_slug, string_agg(words, ${FAR} ORDER BY begun, words)
    FROM (
      SELECT person_slug, begin_of_the_begin AS begun,
        ${listed(titled('position'), yearsOf('position'), 'own.words', 'other.words')} AS words
      FROM position
      LEFT JOIN country_words own ON own.code = country_code
      LEFT JOIN country_words other ON other.code = accredited_to_code
      UNION
      SELECT person_slug, NULL, words FROM participation JOIN country_words ON code = representing_code
      WHERE person_slug IS NOT NULL
    ) office GROUP BY person_slug
    UNION ALL
    SELECT 'ORGANIZATION', slug, words FROM organization JOIN country_words ON code = country_code
    UNION ALL
    SELECT 'VISIT', fact.slug,
      ${listed(`'visit'`, 'lower(fact.kind::text)', 'origin.words', 'destination.words', yearsOf('fact'), 'taking_part.words')}
    FROM visit fact
    LEFT JOIN taking_part ON (taking_part.slug, at_meeting) = (fact.slug, false)
    LEFT JOIN country_words origin ON origin.code = from_code
    LEFT JOIN country_words destination ON destination.code = to_code
    UNION ALL
    SELECT 'MEETING', fact.slug,
      ${listed(`'meeting'`, 'lower(fact.kind::text)', yearsOf('fact'), 'host.words', 'taking_part.words')}
    FROM meeting fact
    LEFT JOIN taking_part ON (taking_part.slug, at_meeting) = (fact.slug, true)
    LEFT JOIN country_words host ON host.code = host_code
    UNION ALL
    SELECT 'AGREEMENT', slug, ${listed('lower(fact.kind::text)', 'party.words', 'event.words')}
    FROM agreement fact LEFT JOIN party USING (slug) LEFT JOIN event USING (slug)
    UNION ALL
    SELECT 'RELATION_EVENT', slug, ${listed('first.words', 'second.words', yearsOf('fact'))}
    FROM relation_event fact
    LEFT JOIN country_words first ON first.code = one
    LEFT JOIN country_words second ON second.code = two
  ) context (kind, key, words) WHERE words <> ''`
