import type pg from 'pg'

/** Every row of every table, as text, without the version of the data. */
export async function allRows({ pool }: { pool: Pick<pg.Pool, 'query'> }): Promise<Record<string, string[]>> {
  const { rows: tables } = await pool.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1`,
  )
  const content: Record<string, string[]> = {}
  for (const { name } of tables) {
    const row = {
      dataset: `(to_jsonb(r) - 'version' - 'changed_at')::text`,
      _prisma_migrations: 'migration_name || checksum',
    }[name]
    const { rows } = await pool.query(`SELECT ${row ?? 'r::text'} AS row FROM "${name}" r ORDER BY 1`)
    content[name] = rows.map(({ row }) => row)
  }
  return content
}
