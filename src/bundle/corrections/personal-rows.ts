import type { ClientBase } from 'pg'

/** The tables whose rows name a person, with SQL for the name of the record that a row `own` is or is a part of. */
const PERSONAL = {
  position: `'positions/' || own.slug`,
  participation: `coalesce('meetings/' || own.meeting_slug, 'visits/' || own.visit_slug)`,
  statement_voice: `'statements/' || own.statement_slug`,
  agreement_event_actor: `'agreements/' || split_part(own.event_id, '/', 1)`,
} as const

export type PersonalTable = keyof typeof PERSONAL

export const isPersonal = (table: string): table is PersonalTable => table in PERSONAL

type Content = Readonly<Record<string, unknown>>

/** A row as JSON, and where it is: in its table, or in `withdrawn_row` with the id of its withdrawal. */
export interface StoredRow {
  readonly table: string
  readonly key: string
  readonly content: Content
  readonly withdrawal: string | null
}

/** A row that names a person. */
export interface PersonalRow extends StoredRow {
  readonly table: PersonalTable
  /** The name of the record that it is or is a part of. */
  readonly record: string
  /** Those of a participation. */
  readonly citations: readonly StoredRow[]
}

const keyColumn = (table: string) => (table === 'position' ? 'slug' : 'id')

/** All rows that name a person, with those that are withdrawn. */
export async function rowsOfPerson(client: ClientBase, slug: string): Promise<PersonalRow[]> {
  const selects = Object.entries(PERSONAL).map(
    ([table, record]) => `
      SELECT '${table}' AS table, own.${keyColumn(table)} AS key, ${record} AS record, to_jsonb(own) AS content, NULL AS withdrawal
      FROM "${table}" own WHERE person_slug = $1
      UNION ALL
      SELECT '${table}', moved.key, ${record}, content, withdrawal_id
      FROM withdrawn_row moved, jsonb_populate_record(NULL::"${table}", content) own
      WHERE table_name = '${table}' AND content ->> 'person_slug' = $1`,
  )
  const { rows } = await client.query<Omit<PersonalRow, 'citations'>>(
    `SELECT * FROM (${selects.join(' UNION ALL ')}) every ORDER BY record, "table", key`,
    [slug],
  )
  const { rows: citations } = await client.query<StoredRow & { participation: string }>(
    `SELECT participation_id AS participation, 'citation' AS table, id AS key, to_jsonb(citation) AS content, NULL AS withdrawal
     FROM citation WHERE participation_id = ANY ($1)
     UNION ALL
     SELECT content ->> 'participation_id', table_name, key, content, withdrawal_id FROM withdrawn_row
     WHERE table_name = 'citation' AND content ->> 'participation_id' = ANY ($1)
     ORDER BY 1, key`,
    [rows.flatMap(({ table, key }) => (table === 'participation' ? [key] : []))],
  )
  return rows.map((row) => ({
    ...row,
    citations: citations.filter((one) => one.participation === row.key && one.withdrawal === row.withdrawal),
  }))
}

/** The key of a row of the person `from` if it were one of the person `to`. */
export const keyFor = (table: PersonalTable, key: string, from: string, to: string): string =>
  table === 'position' ? key : key.slice(0, key.length - from.length) + to

/** The key of a citation of one participation if it were one of another. */
export const citationKeyFor = (key: string, from: string, to: string): string =>
  `participation/${to}${key.slice(`participation/${from}`.length)}`

/** Changes a row wherever it is. */
export async function changeRow(
  client: ClientBase,
  { table, key, withdrawal }: StoredRow,
  newKey: string,
  values: Content,
): Promise<void> {
  if (withdrawal === null) {
    const columns = Object.keys(values).map((column, i) => `"${column}" = $${i + 2}`)
    const statement = `UPDATE "${table}" SET ${columns.join(', ')} WHERE ${keyColumn(table)} = $1`
    await client.query(statement, [key, ...Object.values(values)])
    return
  }
  await client.query('UPDATE withdrawn_row SET key = $3, content = content || $4 WHERE (table_name, key) = ($1, $2)', [
    table,
    key,
    newKey,
    JSON.stringify(values),
  ])
}

/** Removes a row wherever it is, with its parts. */
export async function removeRow(client: ClientBase, { table, key, withdrawal }: StoredRow): Promise<void> {
  if (withdrawal === null) {
    await client.query(`DELETE FROM "${table}" WHERE ${keyColumn(table)} = $1`, [key])
    return
  }
  await client.query(
    `DELETE FROM withdrawn_row WHERE (table_name, key) = ($1, $2)
       OR $1 = 'participation' AND table_name IN ('citation', 'participation_office') AND content ->> 'participation_id' = $2`,
    [table, key],
  )
}

/** Adds a row where another one is. */
export async function addRow(client: ClientBase, { table, key, content, withdrawal }: StoredRow): Promise<void> {
  if (withdrawal === null) {
    await client.query(
      `INSERT INTO "${table}" SELECT (jsonb_populate_record(NULL::"${table}", $1)).* ON CONFLICT DO NOTHING`,
      [JSON.stringify(content)],
    )
    return
  }
  await client.query(
    `INSERT INTO withdrawn_row (table_name, key, withdrawal_id, content) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`,
    [table, key, withdrawal, JSON.stringify(content)],
  )
}

/** Makes a row one of another person, under the key that the loader would use. */
export async function giveRow(client: ClientBase, row: PersonalRow, person: string, newKey: string): Promise<void> {
  const { table, key } = row
  const named = { person_slug: person }
  await changeRow(client, row, newKey, table === 'position' ? named : { id: newKey, ...named })
  if (table !== 'participation' || key === newKey) return
  for (const citation of row.citations) await giveCitation(client, citation, key, newKey)
  await client.query(
    `UPDATE withdrawn_row SET key = $2 || substr(key, length($1) + 1), content = content || jsonb_build_object('participation_id', $2::text)
     WHERE table_name = 'participation_office' AND content ->> 'participation_id' = $1`,
    [key, newKey],
  )
  await client.query(`UPDATE withdrawal SET id = 'participation/' || $2 WHERE id = 'participation/' || $1`, [
    key,
    newKey,
  ])
  await client.query(`UPDATE cut_reference SET key = $2 WHERE (table_name, key) = ('participation', $1)`, [key, newKey])
}

/** Makes a citation one of another participation. */
export async function giveCitation(client: ClientBase, citation: StoredRow, from: string, to: string): Promise<void> {
  const id = citationKeyFor(citation.key, from, to)
  await changeRow(client, citation, id, { id, participation_id: to })
}
