import type { ClientBase } from 'pg'
import { messageOf } from '../../errors.ts'
import { type Finding, fail, ok } from './finding.ts'

/** What the SQL of this program uses, each with statements that fail where it is missing. */
const FEATURES: readonly (readonly [name: string, ...statements: string[]])[] = [
  ['lateral joins', 'SELECT 1 FROM (VALUES (1)) a (n) LEFT JOIN LATERAL (SELECT a.n LIMIT 1) b ON true'],
  ['nested JSON', `SELECT coalesce(json_agg(json_build_object('n', n)), '[]'), jsonb_agg(n) FROM (VALUES (1)) a (n)`],
  ['rows from JSON', `SELECT n FROM json_to_recordset('[{"n": 1}]') AS r (n int)`],
  ['arrays', 'SELECT array_agg(n ORDER BY n) FROM unnest(ARRAY[2, 1]) WITH ORDINALITY AS a (n, place)'],
  ['recursive queries', 'WITH RECURSIVE r AS (SELECT 1 AS n UNION SELECT n + 1 FROM r WHERE n < 2) SELECT n FROM r'],
  ['collation C', `SELECT 'a' COLLATE "C" < 'B'`],
  ['text search', `SELECT ts_rank(to_tsvector('english', 'trade'), websearch_to_tsquery('english', 'trade'))`],
  ['trigrams (pg_trgm)', `SELECT similarity('trade', 'trades')`],
  [
    'temporary tables, generated columns and GIN indexes',
    `CREATE TEMPORARY TABLE doctor (n int PRIMARY KEY, words tsvector GENERATED ALWAYS AS (to_tsvector('simple', n::text)) STORED) ON COMMIT DROP`,
    'CREATE INDEX ON doctor USING gin (words)',
    'INSERT INTO doctor VALUES (1) ON CONFLICT (n) DO UPDATE SET n = excluded.n RETURNING n',
  ],
  [
    'triggers with transition tables',
    'CREATE TEMPORARY TABLE doctor (n int) ON COMMIT DROP',
    `CREATE FUNCTION pg_temp.doctor() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM FROM written; RETURN NULL; END $$`,
    'CREATE TRIGGER doctor AFTER INSERT ON doctor REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION pg_temp.doctor()',
    'INSERT INTO doctor VALUES (1)',
  ],
  ['LISTEN and NOTIFY', 'LISTEN doctor', `SELECT pg_notify('doctor', '')`],
  ['advisory locks', 'SELECT pg_try_advisory_xact_lock(-1)'],
  ['prepared statements', 'PREPARE doctor AS SELECT 1', 'EXECUTE doctor', 'DEALLOCATE doctor'],
  ['cursors', 'DECLARE doctor NO SCROLL CURSOR FOR SELECT 1', 'FETCH FORWARD 1 FROM doctor', 'CLOSE doctor'],
  ['time limits of statements', `SET LOCAL statement_timeout = '30s'`, `SET LOCAL lock_timeout = '5s'`],
]

/** Tries each feature of SQL that this program uses, in a transaction that is rolled back. */
export async function tryFeatures(client: ClientBase): Promise<Finding> {
  const missing: string[] = []
  await client.query('BEGIN')
  try {
    for (const [name, ...statements] of FEATURES) {
      await client.query('SAVEPOINT feature')
      try {
        for (const statement of statements) await client.query(statement)
      } catch (error) {
        missing.push(`${name} (${messageOf(error)})`)
      }
      await client.query('ROLLBACK TO SAVEPOINT feature')
    }
  } finally {
    await client.query('ROLLBACK')
  }
  const what = 'features of the database'
  if (missing.length === 0) return ok(what, `all ${FEATURES.length} that bilateral uses work`)
  return fail(what, `not available: ${missing.join('; ')}`, 'use PostgreSQL 15 or later, or an engine that has them')
}
