/** What the questions vary by; `after` is a cursor that `Places` gave. */
interface Variables {
  readonly slug: string
  readonly after: readonly [name: string, slug: string] | null
  readonly between: readonly [string, string]
  readonly from: string
  readonly to: string
  readonly query: string
}

/** A question as one statement by hand, which returns the whole answer as text. */
interface Statement {
  readonly text: string
  readonly values: (variables: Variables) => unknown[]
}

const list = (select: string) => `coalesce((${select}), '[]')`

/** The best hits of a search of statements that are found by a condition. */
const bestHits = (condition: string) => `
  SELECT key, round(ts_rank(vector, words)::float8 * 1000000) / 1000000 AS score
  FROM search_index, websearch_to_tsquery('english', (SELECT $1::text)) words
  WHERE ${condition} AND kind = 'STATEMENT' ORDER BY score DESC, key LIMIT 20`

/** Before the first of all people. */
const START = ['', '']

/** A record of which only the name is asked, or null where an outer join found none. */
const named = (row: string) => `CASE WHEN ${row}.name IS NULL THEN NULL ELSE json_build_object('name', ${row}.name) END`

const topics = list(`
  SELECT json_agg(json_build_object('name', topic.name) ORDER BY topic.slug)
  FROM meeting_topic JOIN topic ON topic.slug = topic_slug WHERE meeting_slug = meeting.slug AND stated`)

const speakers = list(`
  SELECT json_agg(${named('person')} ORDER BY ordinal)
  FROM statement_voice LEFT JOIN person ON person.slug = person_slug
  WHERE statement_slug = statement.slug AND role = 'SPEAKER'`)

/** The days of rows as their indexes have them. */
const newest = (row: string) =>
  `coalesce(${row}.begin_of_the_begin, '-infinity') DESC, coalesce(${row}.end_of_the_end, '-infinity') DESC`

const newestFirst = (row: string) =>
  `${row}.begin_of_the_begin DESC NULLS LAST, ${row}.end_of_the_end DESC NULLS LAST, ${row}.slug DESC`

const office = `(
  SELECT json_build_object('title', position.title, 'country', ${named('country')})
  FROM participation_office JOIN position ON position.slug = participation_office.position_slug
  LEFT JOIN country ON country.code = country_code
  WHERE participation_id = participation.id AND rank < 10 ORDER BY rank, position.slug LIMIT 1)`

const between = 'pair.one = $1 AND pair.two = $2'

/** The lesser code first. */
const pairOf = ({ between: [one, two] }: Variables) => (one < two ? [one, two] : [two, one])

const newestOfPair = (condition: string) => `
  SELECT json_build_object('totalCount', (SELECT count(*) FROM meeting_pair pair WHERE ${condition}), 'nodes', ${list(`
    SELECT json_agg(json_build_object(
      'title', title, 'when', edtf, 'topics', ${topics},
      'participations', ${list(`
        SELECT json_agg(json_build_object('name', person.name) ORDER BY ordinal, participation.id)
        FROM participation JOIN person ON person.slug = person_slug WHERE meeting_slug = meeting.slug`)},
      'statements', ${list(`
        SELECT json_agg(json_build_object('text', text, 'speakers', ${speakers}) ORDER BY begin_of_the_begin, end_of_the_end, slug)
        FROM (
          SELECT * FROM statement WHERE meeting_slug = meeting.slug ORDER BY begin_of_the_begin, end_of_the_end, slug LIMIT 3
        ) statement`)}
    ) ORDER BY ${newestFirst('meeting')})
    FROM (
      SELECT meeting_slug FROM meeting_pair pair WHERE ${condition} ORDER BY ${newest('pair')}, meeting_slug DESC LIMIT 50
    ) page JOIN meeting ON meeting.slug = page.meeting_slug`)})::text AS answer`

export const statements: Readonly<Record<string, Statement>> = {
  A: {
    values: ({ slug }) => [slug],
    text: `
      SELECT json_build_object(
        'title', title, 'when', edtf, 'topics', ${topics},
        'participations', ${list(`
          SELECT json_agg(json_build_object(
            'role', role, 'person', json_build_object('name', person.name),
            'representing', ${named('country')}, 'position', ${office}
          ) ORDER BY ordinal, participation.id)
          FROM participation JOIN person ON person.slug = person_slug LEFT JOIN country ON country.code = representing_code
          WHERE meeting_slug = meeting.slug`)}
      )::text AS answer
      FROM meeting WHERE slug = $1`,
  },
  B: {
    values: ({ after }) => [...(after ?? START)],
    text: `
      SELECT json_agg(json_build_object('name', name, 'meetings', ${list(`
        SELECT json_agg(json_build_object('title', title, 'when', edtf, 'topics', ${topics}) ORDER BY ${newestFirst('meeting')})
        FROM (
          SELECT meeting_slug FROM participation WHERE person_slug = person.slug AND meeting_slug IS NOT NULL
          ORDER BY ${newest('participation')}, meeting_slug DESC LIMIT 5
        ) page JOIN meeting ON meeting.slug = page.meeting_slug`)}) ORDER BY name, slug)::text AS answer
      FROM (SELECT * FROM person WHERE (name, slug) > ($1, $2) ORDER BY name, slug LIMIT 20) person`,
  },
  C: {
    values: (variables) => [...pairOf(variables), variables.from, variables.to],
    text: newestOfPair(`${between}
      AND coalesce(pair.end_of_the_end, 'infinity') >= $3 AND coalesce(pair.begin_of_the_begin, '-infinity') <= $4`),
  },
  C5000: { values: pairOf, text: newestOfPair(between) },
  D: {
    values: ({ query }) => [query],
    text: `
      WITH best AS (${bestHits('numnode(words) = 1 AND emphasis(vector) @@ words')})
      SELECT ${list(`
        SELECT json_agg(json_build_object(
          'text', text, 'speakers', ${speakers},
          'meeting', (SELECT json_build_object('title', title, 'when', edtf) FROM meeting WHERE slug = meeting_slug)
        ) ORDER BY score DESC, slug)
        FROM (
          SELECT * FROM best WHERE (SELECT count(*) FROM best) = 20
          UNION ALL
          SELECT * FROM (${bestHits('vector @@ words')}) every WHERE (SELECT count(*) FROM best) < 20
        ) hit JOIN statement ON statement.slug = hit.key`)}::text AS answer`,
  },
  E: {
    values: pairOf,
    text: `
      SELECT ${list(`
        SELECT json_agg(json_build_object('period', year::text, 'meetings', meetings) ORDER BY year)
        FROM (
          SELECT year, count AS meetings FROM pair_year pair WHERE ${between} AND kind = 'MEETING'
        ) years`)}::text AS answer`,
  },
  Places: {
    values: ({ after }) => [...(after ?? START)],
    text: `
      SELECT json_build_object('people', json_build_object('edges', ${list(`
        SELECT json_agg(json_build_object('cursor', json_build_array(name, slug)) ORDER BY name, slug)
        FROM (SELECT name, slug FROM person WHERE (name, slug) > ($1, $2) ORDER BY name, slug LIMIT 100) page`)}))::text AS answer`,
  },
}
