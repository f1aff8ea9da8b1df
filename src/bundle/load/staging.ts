import type { ClientBase } from 'pg'
import { codesOf } from '../../countries/names.ts'
import { concepts, type Kind } from '../concepts.ts'
import type { Problem } from '../problems.ts'
import { nameOf } from '../records.ts'
import type { Reference } from '../references.ts'
import { kindOf, type TableName, tableList, tableOf } from '../tables.ts'
import type { Digested } from './digests.ts'
import { keyOf, type Row } from './rows.ts'

/** SQL that is true if a staged or a stored record has the table and the key of `named`. */
const EXISTS = `(
  EXISTS (SELECT FROM staged WHERE (staged.table_name, staged.key) = (named.table_name, named.key)) OR CASE named.table_name
  ${tableList
    .filter(({ kind }) => kind)
    .map(({ name, key }) => `WHEN '${name}' THEN EXISTS (SELECT FROM "${name}" WHERE ${key[0]} = named.key)`)
    .join('\n')} END
)`

/** Maximum number of existing records to remember. */
const MOST_REMEMBERED = 100_000

/** The rows of a load, in temporary tables of its transaction. So a load can be larger than memory. */
export class Staging {
  readonly #client: ClientBase
  readonly #existing = new Set<string>()
  readonly #tables = new Set<TableName>()
  #count = 0
  #unresolved = 0

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

  /** The tables for which rows are staged. */
  get tables(): ReadonlySet<TableName> {
    return this.#tables
  }

  /** Adds the rows and the references of records. Returns a problem for each row whose key an earlier row has. */
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
      for (const { table } of rows) this.#tables.add(table)
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
    // The row for the search has the same path and key as the record, so it would report a repeated record twice.
    const { rows: again } = await this.#client.query<{ path: string; first: string; key: string }>(
      `SELECT given.path, staged.path AS first, key
       FROM json_populate_recordset(NULL::staged, $1) given JOIN staged USING (table_name, key)
       WHERE given.nth <> staged.nth AND table_name <> 'search_document' ORDER BY given.nth`,
      [batch],
    )
    return again.map(({ path, first, key }) => ({ path, message: `repeats ${first}: ${key}` }))
  }

  /** Stores the references to records that neither the database nor the load has yet. */
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
    if (this.#existing.size > MOST_REMEMBERED) this.#existing.clear()
    for (const { name } of rows) this.#existing.add(name)
    const unresolved = open.filter(({ table_name, key }) => !this.#existing.has(`${table_name}/${key}`))
    if (unresolved.length === 0) return
    this.#unresolved += unresolved.length
    await this.#client.query(
      'INSERT INTO staged_reference SELECT * FROM json_populate_recordset(NULL::staged_reference, $1)',
      [JSON.stringify(unresolved)],
    )
  }

  /** The problems of the whole load, alone and together with the stored records. Runs after all records are added. */
  async check(): Promise<Problem[]> {
    await this.#client.query('ANALYZE staged')
    const problems: Problem[] = []
    if (this.#unresolved > 0) problems.push(...(await this.#client.query<Unknown>(UNKNOWN)).rows.map(unknownRecord))
    for (const { tables, sql } of CHECKS) {
      if (tables.some((table) => this.#tables.has(table))) {
        problems.push(...(await this.#client.query<Problem>(sql)).rows)
      }
    }
    return problems
  }
}

interface Unknown {
  readonly path: string
  readonly kind: Kind
  readonly key: string
  /** The most similar keys, for the first of them. */
  readonly near: readonly string[] | null
}

/** Maximum number of unknown references for which to look for similar records. */
const MOST_COMPARED = 20

const UNKNOWN = `
  SELECT path, kind, key, near
  FROM (
    SELECT *, row_number() OVER (ORDER BY nth) AS rank FROM staged_reference named WHERE NOT ${EXISTS}
      AND NOT EXISTS (SELECT FROM withdrawn_row moved WHERE (moved.table_name, moved.key) = (named.table_name, named.key))
  ) named
  LEFT JOIN LATERAL (
    SELECT array_agg(closest.key) AS near FROM (
      SELECT known.key FROM (
        ${tableList
          .filter(({ kind }) => kind)
          .map(({ name, key }) => `SELECT ${key[0]} AS key FROM "${name}" WHERE named.table_name = '${name}'`)
          .join(' UNION ALL ')}
        UNION SELECT key FROM staged WHERE staged.table_name = named.table_name
      ) known
      WHERE similarity(known.key, named.key) > 0.4 ORDER BY similarity(known.key, named.key) DESC, known.key LIMIT 3
    ) closest
  ) compared ON rank <= ${MOST_COMPARED}
  ORDER BY nth`

function unknownRecord({ path, kind, key, near }: Unknown): Problem {
  const codes = kind === 'countries' ? codesOf(key) : []
  const guesses = codes.length > 0 ? codes : (near ?? [])
  const guess = guesses.length > 0 ? `; did you mean ${guesses.join(' or ')}?` : ''
  const message = `unknown ${concepts[kind].one} ${JSON.stringify(key)}; expected one of this bundle or of an earlier one${guess}`
  return { path, message }
}

/** SQL for the rows staged for a table, with their columns. */
const own = (table: TableName) =>
  `(SELECT staged.path, staged.nth, staged.record, own.* FROM staged, json_populate_record(NULL::"${table}", content) own
    WHERE table_name = '${table}')`

/** A Wikidata item belongs to one person, and a person has one item. */
const ITEMS = `
  SELECT path || '.wikidataId' AS path, wikidata_id || ' belongs to ' || other || '; expected another item, or the same slug for the same person' AS message
  FROM (
    SELECT path, nth, wikidata_id, coalesce(
      first_value(slug) OVER (PARTITION BY wikidata_id ORDER BY nth), slug
    ) AS first, (
      SELECT stored.slug FROM person stored WHERE stored.wikidata_id = given.wikidata_id AND stored.slug <> given.slug
    ) AS stored, slug
    FROM ${own('person')} given WHERE wikidata_id IS NOT NULL
  ) given, LATERAL (SELECT coalesce(nullif(first, slug), stored) AS other) taken
  WHERE other IS NOT NULL
  UNION ALL
  SELECT path || '.wikidataId', given.slug || ' is ' || stored.wikidata_id || '; expected another slug for another person'
  FROM ${own('person')} given JOIN person stored USING (slug) WHERE given.wikidata_id <> stored.wikidata_id`

/** A former slug leads to one person, and is not the slug of another. */
const FORMER = `
  SELECT path, given.slug || CASE
    WHEN EXISTS (SELECT FROM person_unmerge apart WHERE (apart.slug, from_slug) = (given.slug, given.person_slug))
    THEN ' is another person, as the merge into ' || given.person_slug || ' was undone; expected two people, or a merge of them first'
    ELSE ' belongs to another person; expected a slug that was merged into ' || given.person_slug END AS message
  FROM ${own('person_alias')} given
  WHERE EXISTS (SELECT FROM person WHERE person.slug = given.slug)
    OR EXISTS (SELECT FROM staged WHERE table_name = 'person' AND key = given.slug)
    OR EXISTS (SELECT FROM person_alias stored WHERE stored.slug = given.slug AND stored.person_slug <> given.person_slug)
  ORDER BY nth`

const HOLDERS = `
  SELECT given.path || '.position' AS path,
    given.position_slug || ' is an office of ' || office.person_slug || '; expected one of ' || given.person_slug AS message
  FROM ${own('participation')} given
  JOIN LATERAL (
    SELECT own.person_slug FROM staged, json_populate_record(NULL::"position", content) own
    WHERE table_name = 'position' AND key = given.position_slug
    UNION ALL
    SELECT person_slug FROM "position" WHERE slug = given.position_slug
    LIMIT 1
  ) office ON office.person_slug <> given.person_slug
  ORDER BY given.nth`

/** An office must stay with its person if a stored participation refers to it. */
const PASSED_ON = `
  SELECT given.path || '.person' AS path, given.slug || ' is the office in a participation of ' || min(stored.person_slug)
    || '; expected it to stay an office of ' || min(stored.person_slug) AS message
  FROM ${own('position')} given JOIN participation stored ON stored.position_slug = given.slug
  WHERE stored.person_slug <> given.person_slug
    AND NOT EXISTS (SELECT FROM staged WHERE table_name = 'participation' AND key = stored.id)
  GROUP BY given.path, given.nth, given.slug ORDER BY given.nth`

/** Every topic with its broader ones, as they are after the load. */
const BROADER = `
  broader (topic, broader) AS (
    SELECT topic_slug, broader_slug FROM ${own('topic_broader')} given
    UNION
    SELECT topic_slug, broader_slug FROM topic_broader
    WHERE NOT EXISTS (SELECT FROM staged WHERE table_name = 'topic' AND key = topic_slug)
  )`

/** The staged topics that no fact is about, nor about a narrower topic. Stored topics need no check: they had a fact when they were loaded. */
const UNCITED = `
  WITH RECURSIVE ${BROADER}, reached (topic) AS (
    (
      SELECT topic_slug FROM ${own('statement_topic')} given
      UNION SELECT topic_slug FROM ${own('agreement_topic')} given
      UNION SELECT content ->> 'topic_slug' FROM withdrawn_row WHERE table_name IN ('statement_topic', 'agreement_topic')
      UNION SELECT slug FROM topic WHERE EXISTS (SELECT FROM staged WHERE table_name = 'topic')
    )
    UNION
    SELECT broader.broader FROM reached JOIN broader ON broader.topic = reached.topic
  )
  SELECT path, 'no fact is about this topic or a narrower one; expected a statement or an agreement about it' AS message
  FROM ${own('topic')} given WHERE slug NOT IN (SELECT topic FROM reached) ORDER BY nth`

const CYCLES = `
  WITH RECURSIVE ${BROADER}, upward (topic, ancestor) AS (
    SELECT topic, broader FROM broader WHERE EXISTS (SELECT FROM staged WHERE table_name = 'topic_broader')
    UNION
    SELECT upward.topic, broader.broader FROM upward JOIN broader ON broader.topic = upward.ancestor
  )
  SELECT path || '.broader' AS path, to_json(slug) || ' would be broader than itself; expected broader topics that do not lead back to it' AS message
  FROM ${own('topic')} given JOIN upward ON (topic, ancestor) = (slug, slug) ORDER BY nth`

const KINDS_OF_ORDER = `
  CASE WHEN meeting_slug IS NULL THEN 'statement' ELSE 'meeting' END, coalesce(meeting_slug, statement_slug),
  CASE WHEN after_meeting_slug IS NULL THEN 'statement' ELSE 'meeting' END, coalesce(after_meeting_slug, after_statement_slug)`

/** All orders within a day, as they are after the load: the later and the earlier fact, each by table and slug. */
const ORDERS = `
  orders (later, late, earlier, early) AS (
    SELECT ${KINDS_OF_ORDER} FROM ${own('day_order')} given
    UNION
    SELECT ${KINDS_OF_ORDER} FROM day_order WHERE NOT EXISTS (
      SELECT FROM staged WHERE (table_name, key) IN (('meeting', meeting_slug), ('statement', statement_slug))
    )
  )`

/** The date of a fact, as it is after the load. */
const dateOf = (table: string, key: string) => `LATERAL (
  ${(['meeting', 'statement'] as const)
    .map(
      (kind) => `
      SELECT edtf, begin_of_the_begin AS bb, end_of_the_end AS ee
      FROM staged, json_populate_record(NULL::"${kind}", content) own
      WHERE ${table} = '${kind}' AND staged.table_name = '${kind}' AND staged.key = ${key}
      UNION ALL SELECT edtf, begin_of_the_begin, end_of_the_end FROM ${kind} WHERE ${table} = '${kind}' AND slug = ${key}`,
    )
    .join(' UNION ALL ')} LIMIT 1
)`

/** Facts in an order can have been on the same day. A doubtful date rules nothing out. */
const OTHER_DAYS = `
  WITH ${ORDERS}
  SELECT coalesce(own.path, other.path) || '.after' AS path,
    'expected facts of the same day, but ' || late || ' is dated ' || two.edtf || ', and ' || early || ', which it came after, '
      || one.edtf AS message
  FROM orders
  CROSS JOIN ${dateOf('later', 'late')} two CROSS JOIN ${dateOf('earlier', 'early')} one
  LEFT JOIN staged own ON (own.table_name, own.key) = (later, late)
  LEFT JOIN staged other ON (other.table_name, other.key) = (earlier, early)
  WHERE (two.ee < one.bb OR two.bb > one.ee) AND two.edtf || one.edtf !~ '[?~%]' AND num_nonnulls(own.path, other.path) > 0
  ORDER BY own.nth, other.nth`

const DAY_CYCLES = `
  WITH RECURSIVE ${ORDERS}, before (later, late, earlier, early) AS (
    SELECT * FROM orders
    UNION
    SELECT before.later, before.late, orders.earlier, orders.early
    FROM before JOIN orders ON (orders.later, orders.late) = (before.earlier, before.early)
  )
  SELECT path || '.after' AS path, to_json(late) || ' would come after itself; expected facts that do not lead back to it' AS message
  FROM before JOIN staged ON (table_name, key) = (later, late)
  WHERE (later, late) = (earlier, early) ORDER BY nth`

/** The checks of a whole load, each with the tables of which it checks the staged rows. */
const CHECKS: readonly { readonly tables: readonly TableName[]; readonly sql: string }[] = [
  { tables: ['person'], sql: ITEMS },
  { tables: ['person_alias'], sql: FORMER },
  { tables: ['participation'], sql: HOLDERS },
  { tables: ['position'], sql: PASSED_ON },
  { tables: ['topic'], sql: UNCITED },
  { tables: ['topic_broader'], sql: CYCLES },
  { tables: ['meeting', 'statement'], sql: OTHER_DAYS },
  { tables: ['day_order'], sql: DAY_CYCLES },
]
