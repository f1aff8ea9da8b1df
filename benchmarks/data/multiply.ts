import type { ClientBase } from 'pg'

/**
 * Multiplies the data of a database. Each copy has its own people, meetings, topics and countries, with the same keys after a
 * number. It needs a superuser.
 */
export async function multiply(client: ClientBase, times: number): Promise<void> {
  const { rows: tables } = await client.query<Table>(TABLES)
  await client.query('BEGIN')
  // Foreign keys remain valid, and the rows that triggers write are copied as well.
  await client.query('SET LOCAL session_replication_role = replica')
  for (const { name, columns, copied } of tables) {
    process.stderr.write(`copying ${name}\n`)
    await client.query(
      `INSERT INTO ${name} (${columns}) SELECT ${copied} FROM ${name}, generate_series(2, $1) AS copy (n)`,
      [times],
    )
  }
  await client.query('COMMIT')
}

/** A table, its columns, and what each of them is in the copy `n`. */
interface Table {
  readonly name: string
  readonly columns: string
  readonly copied: string
}

const TABLES = `
  WITH keys AS (
    SELECT conrelid, key, bool_or(confrelid = 'country'::regclass) AS of_country
    FROM pg_constraint, unnest(conkey) AS key WHERE contype IN ('p', 'f') GROUP BY 1, 2
  )
  SELECT attrelid::regclass::text AS name,
    string_agg(quote_ident(attname), ', ' ORDER BY attnum) AS columns,
    string_agg(
      CASE
        WHEN key IS NULL OR atttypid <> 'text'::regtype OR attname IN ('kind', 'sha256') THEN quote_ident(attname)
        WHEN of_country OR attname IN ('code', 'one', 'two') THEN format($$'X-' || n || '-' || lower(%I)$$, attname)
        ELSE format($$n || '-' || %I$$, attname)
      END, ', ' ORDER BY attnum
    ) AS copied
  FROM pg_attribute LEFT JOIN keys ON (conrelid, key) = (attrelid, attnum)
  WHERE attrelid IN (
    SELECT oid FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname NOT IN ('dataset', '_prisma_migrations')
  ) AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
  GROUP BY 1`
