import type { ClientBase } from 'pg'
import type { Digested } from './digests.ts'
import type { Problem } from './problems.ts'
import { nameOf } from './records.ts'
import type { Reference } from './references.ts'
import { keyOf, type Row } from './rows.ts'
import { kindOf, type TableName, tableList, tableOf } from './tables.ts'

/** Whether one of the load's own records or a held one has the table and the key of `named`. */
const EXISTS = `(
  EXISTS (SELECT FROM staged WHERE (staged.table_name, staged.key) = (named.table_name, named.key)) OR CASE named.table_name
  ${tableList
    .filter(({ kind }) => kind)
    .map(({ name, key }) => `WHEN '${name}' THEN EXISTS (SELECT FROM "${name}" WHERE ${key[0]} = named.key)`)
    .join('\n')} END
)`

/** How many records that are known to exist are kept in memory. */
const KEPT = 100_000

/** The rows of a load, in temporary tables of its transaction, so that its size is not bounded by memory. */
export class Staging {
  readonly #client: ClientBase
  readonly #existing = new Set<string>()
  #count = 0

  private constructor(client: ClientBase) {
    this.#client = client
  }

  static async open(client: ClientBase): Promise<Staging> {
    await client.query(`
      CREATE TEMPORARY TABLE staged (
        table_name text COLLATE "C", key text COLLATE "C", record text COLLATE "C", path text, nth integer, content json,
        PRIMARY KEY (table_name, key)
      ) ON COMMIT DROP;
      CREATE TEMPORARY TABLE staged_reference (
        nth integer, path text, kind text, table_name text COLLATE "C", key text COLLATE "C"
      ) ON COMMIT DROP`)
    return new Staging(client)
  }

  /** Adds records by their rows and what they refer to. Returns a problem for each row that says again what one before it says. */
  async add(
    staged: readonly (Digested & { rows: readonly Row[]; references: readonly Reference[] })[],
  ): Promise<Problem[]> {
    const problems = await this.#addRows(staged)
    await this.#addReferences(staged.flatMap(({ references }) => references))
    return problems
  }

  async #addRows(staged: readonly (Digested & { rows: readonly Row[] })[]): Promise<Problem[]> {
    const rows = staged.flatMap(({ placed, digest, rows }) => {
      const record = nameOf(placed)
      return rows.map((row) => ({
        table_name: row.table,
        key: keyOf(row),
        record,
        path: row.path,
        nth: ++this.#count,
        content: kindOf(row.table) ? { ...row.values, digest } : row.values,
      }))
    })
    const batch = JSON.stringify(rows)
    const { rowCount } = await this.#client.query(
      `INSERT INTO staged SELECT * FROM json_populate_recordset(NULL::staged, $1) ON CONFLICT DO NOTHING`,
      [batch],
    )
    if (rowCount === rows.length) return []
    // A record given twice is told once, whatever rows hold it.
    const { rows: again } = await this.#client.query<{ path: string; first: string; key: string }>(
      `SELECT given.path, staged.path AS first, key
       FROM json_populate_recordset(NULL::staged, $1) given JOIN staged USING (table_name, key)
       WHERE given.nth <> staged.nth AND table_name <> 'search_document' ORDER BY given.nth`,
      [batch],
    )
    return again.map(({ path, first, key }) => ({ path, message: `says again what ${first} says: ${key}` }))
  }

  /** Keeps those whose record is not there yet. */
  async #addReferences(references: readonly Reference[]): Promise<void> {
    const named = references.map(({ path, kind, slug }, i) => ({
      nth: this.#count + i,
      path,
      kind,
      table_name: tableOf(kind),
      key: slug,
    }))
    const open = named.filter(({ table_name, key }) => !this.#existing.has(`${table_name}/${key}`))
    if (open.length === 0) return
    const distinct = [...new Map(open.map((one) => [`${one.table_name}/${one.key}`, one])).values()]
    const { rows } = await this.#client.query<{ name: string }>(
      `SELECT table_name || '/' || key AS name FROM json_populate_recordset(NULL::staged_reference, $1) named WHERE ${EXISTS}`,
      [JSON.stringify(distinct)],
    )
    if (this.#existing.size > KEPT) this.#existing.clear()
    for (const { name } of rows) this.#existing.add(name)
    const unresolved = open.filter(({ table_name, key }) => !this.#existing.has(`${table_name}/${key}`))
    await this.#client.query(
      'INSERT INTO staged_reference SELECT * FROM json_populate_recordset(NULL::staged_reference, $1)',
      [JSON.stringify(unresolved)],
    )
  }

  /** Once all is added: what is wrong with the whole, and with what it says of held records. */
  async check(): Promise<Problem[]> {
    await this.#client.query('ANALYZE staged')
    const problems: Problem[] = []
    for (const check of [UNKNOWN, ITEMS, FORMER, HOLDERS, PASSED_ON, UNCITED, CYCLES]) {
      problems.push(...(await this.#client.query<Problem>(check)).rows)
    }
    return problems
  }
}

const UNKNOWN = `
  SELECT path, to_json(key) || ' is not known; expected '
    || CASE kind WHEN 'countries' THEN 'a country' ELSE 'one of the ' || kind END
    || ' of this bundle or of an earlier one' AS message
  FROM staged_reference named WHERE NOT ${EXISTS} ORDER BY nth`

/** A column of the rows staged for a table. */
const own = (table: TableName) =>
  `(SELECT staged.path, staged.nth, staged.record, own.* FROM staged, json_populate_record(NULL::"${table}", content) own
    WHERE table_name = '${table}')`

/** One Wikidata item is one person, and one person is one item. */
const ITEMS = `
  SELECT path || '.wikidataId' AS path, wikidata_id || ' is ' || other || '; expected one person for one item' AS message
  FROM (
    SELECT path, nth, wikidata_id, coalesce(
      first_value(slug) OVER (PARTITION BY wikidata_id ORDER BY nth), slug
    ) AS first, (SELECT held.slug FROM person held WHERE held.wikidata_id = given.wikidata_id AND held.slug <> given.slug) AS held, slug
    FROM ${own('person')} given WHERE wikidata_id IS NOT NULL
  ) given, LATERAL (SELECT coalesce(nullif(first, slug), held) AS other) taken
  WHERE other IS NOT NULL
  UNION ALL
  SELECT path || '.wikidataId', given.slug || ' is ' || held.wikidata_id || '; expected a slug of its own for another person'
  FROM ${own('person')} given JOIN person held USING (slug) WHERE given.wikidata_id <> held.wikidata_id`

/** A slug leads to one person, and is not that of another as well. */
const FORMER = `
  SELECT path, given.slug || ' is the slug of another person; expected one whose record was merged into ' || given.person_slug AS message
  FROM ${own('person_alias')} given
  WHERE EXISTS (SELECT FROM person WHERE person.slug = given.slug)
    OR EXISTS (SELECT FROM staged WHERE table_name = 'person' AND key = given.slug)
    OR EXISTS (SELECT FROM person_alias held WHERE held.slug = given.slug AND held.person_slug <> given.person_slug)
  ORDER BY nth`

const HOLDERS = `
  SELECT given.path || '.position' AS path,
    given.position_slug || ' is an office of ' || held.person_slug || '; expected one of ' || given.person_slug AS message
  FROM ${own('participation')} given
  JOIN LATERAL (
    SELECT own.person_slug FROM staged, json_populate_record(NULL::"position", content) own
    WHERE table_name = 'position' AND key = given.position_slug
    UNION ALL
    SELECT person_slug FROM "position" WHERE slug = given.position_slug
    LIMIT 1
  ) held ON held.person_slug <> given.person_slug
  ORDER BY given.nth`

/** A held participation names an office as its person's. */
const PASSED_ON = `
  SELECT given.path || '.person' AS path, given.slug || ' is the office in which ' || min(held.person_slug)
    || ' took part; expected it to stay an office of ' || min(held.person_slug) AS message
  FROM ${own('position')} given JOIN participation held ON held.position_slug = given.slug
  WHERE held.person_slug <> given.person_slug
    AND NOT EXISTS (SELECT FROM staged WHERE table_name = 'participation' AND key = held.id)
  GROUP BY given.path, given.nth, given.slug ORDER BY given.nth`

/** Every topic with its broader ones, as they will be. */
const BROADER = `
  broader (topic, broader) AS (
    SELECT topic_slug, broader_slug FROM ${own('topic_broader')} given
    UNION
    SELECT topic_slug, broader_slug FROM topic_broader
    WHERE NOT EXISTS (SELECT FROM staged WHERE table_name = 'topic' AND key = topic_slug)
  )`

/** What is cited, and what is broader than a cited topic. What is held is cited: it would not have been loaded. */
const UNCITED = `
  WITH RECURSIVE ${BROADER}, reached (topic) AS (
    (
      SELECT topic_slug FROM ${own('statement_topic')} given
      UNION SELECT topic_slug FROM ${own('agreement_topic')} given
      UNION SELECT slug FROM topic WHERE EXISTS (SELECT FROM staged WHERE table_name = 'topic')
    )
    UNION
    SELECT broader.broader FROM reached JOIN broader ON broader.topic = reached.topic
  )
  SELECT path, 'nothing cites this topic, nor a narrower one; expected a statement or an agreement about it' AS message
  FROM ${own('topic')} given WHERE slug NOT IN (SELECT topic FROM reached) ORDER BY nth`

const CYCLES = `
  WITH RECURSIVE ${BROADER}, upward (topic, ancestor) AS (
    SELECT topic, broader FROM broader WHERE EXISTS (SELECT FROM staged WHERE table_name = 'topic_broader')
    UNION
    SELECT upward.topic, broader.broader FROM upward JOIN broader ON broader.topic = upward.ancestor
  )
  SELECT path || '.broader' AS path, to_json(slug) || ' is broader than itself, by way of these' AS message
  FROM ${own('topic')} given JOIN upward ON (topic, ancestor) = (slug, slug) ORDER BY nth`
