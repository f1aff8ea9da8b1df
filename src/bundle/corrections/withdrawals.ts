import type { ClientBase } from 'pg'
import { readCatalog } from '../catalog.ts'
import { checkCitations } from '../check/check-record.ts'
import { completeCitations } from '../check/complete.ts'
import type { KnownSource, KnownSources } from '../check/known-sources.ts'
import { concepts } from '../concepts.ts'
import type { Withdrawal } from '../format.ts'
import { citationRow } from '../load/rows.ts'
import type { Problems } from '../problems.ts'
import { nameOf, type Placed, type PlacedWithdrawal, within } from '../records.ts'
import { type FactTable, tables } from '../tables.ts'
import { type Leaving, moveOut, relink, withdrawalId } from './withdrawn-rows.ts'

/** A record, and why it is withdrawn. */
export interface Corrected {
  readonly record: string
  readonly reason: string
}

/** What a load finds and changes among the withdrawn facts. */
export class Withdrawals {
  readonly #client: ClientBase
  /** The reasons for which editors withdrew records, by their names. */
  readonly #byEditors: ReadonlyMap<string, string>
  /** Parts of the load that an editor withdrew. */
  readonly again: Leaving[] = []
  /** The records of the load that stay withdrawn. */
  readonly stayed: Corrected[] = []

  private constructor(client: ClientBase, byEditors: ReadonlyMap<string, string>) {
    this.#client = client
    this.#byEditors = byEditors
  }

  static async read(client: ClientBase): Promise<Withdrawals> {
    // Parts that an editor withdrew are withdrawn again after the load is written.
    const { rows } = await client.query<Corrected>(
      `SELECT record, reason FROM withdrawal
       WHERE by = 'EDITOR' AND substr(id, strpos(id, '/')) = substr(record, strpos(record, '/'))`,
    )
    return new Withdrawals(client, new Map(rows.map(({ record, reason }) => [record, reason])))
  }

  /** Whether an editor withdrew a record. It then stays withdrawn, whatever the load has. */
  leavesOut(placed: Placed): boolean {
    const record = nameOf(placed)
    const reason = this.#byEditors.get(record)
    if (reason !== undefined) this.stayed.push({ record, reason })
    return reason !== undefined
  }

  /**
   * Ends the withdrawals of facts that the load has again, and makes references of the load to other withdrawn records null.
   * Returns the names of the records that come back. Runs before the load is written.
   */
  async prepare(): Promise<string[]> {
    const { rows } = await this.#client.query<Leaving & { whole: boolean }>(
      `
      DELETE FROM withdrawal USING staged WHERE withdrawal.id = staged.table_name || '/' || staged.key
      RETURNING staged.table_name AS table, staged.key, withdrawal.record, reason, note, by, at,
        staged.record = withdrawal.record AND staged.table_name = ANY ($1) AS whole`,
      [Object.values(concepts).map(({ table }) => table)],
    )
    for (const { whole, ...part } of rows) {
      if (whole || part.by !== 'EDITOR') continue
      this.again.push(part)
      this.stayed.push({ record: withdrawalId(part), reason: part.reason })
    }
    await this.#client.query(`
      DELETE FROM cut_reference cut USING staged WHERE (staged.table_name, staged.key) = (cut.table_name, cut.key)`)
    const { rows: withdrawn } = await this.#client.query<{ name: string }>(
      'SELECT DISTINCT table_name AS name FROM withdrawn_row',
    )
    const moved = new Set(withdrawn.map(({ name }) => name))
    const foreignKeys = moved.size > 0 ? (await readCatalog(this.#client)).foreignKeys : []
    for (const { table, column, parent } of foreignKeys.filter(({ isPart, parent }) => !isPart && moved.has(parent))) {
      await this.#client.query(`
        WITH cut AS (
          UPDATE staged SET content = (staged.content::jsonb - '${column}')::json FROM withdrawn_row moved
          WHERE staged.table_name = '${table}' AND (moved.table_name, moved.key) = ('${parent}', staged.content ->> '${column}')
          RETURNING staged.key, moved.key AS target
        )
        INSERT INTO cut_reference SELECT '${table}', key, '${column}', target FROM cut`)
    }
    return rows.filter(({ whole }) => whole).map(({ record }) => record)
  }

  /** Withdraws the facts that the load names. Runs after the load is written. Returns what was withdrawn. */
  async apply(list: readonly PlacedWithdrawal[], sources: KnownSources, problems: Problems): Promise<Leaving[]> {
    await relink(this.#client)
    const leaving: Leaving[] = []
    for (const { withdraw, path } of list) {
      const { kind, slug, part, reason, note, by = 'EDITOR', at, citations } = withdraw
      const record = `${kind}/${slug}`
      if (this.#byEditors.has(record)) continue
      const { one } = concepts[kind]
      const table = (part?.split('/', 1)[0] as FactTable | undefined) ?? concepts[kind].table
      const key = part?.slice(table.length + 1) ?? slug
      const withdrawal = await this.#withdrawalOf(table, key)
      if (withdrawal === undefined) {
        const what = part === undefined ? `${one} ${JSON.stringify(slug)}` : `part ${JSON.stringify(part)}`
        const message = `unknown ${what}; expected one of this bundle or of an earlier one`
        problems.add([{ path: within(path, [part === undefined ? 'slug' : 'part']), message }])
      } else if (withdrawal !== null) {
        await this.#client.query('UPDATE withdrawal SET reason = $2, note = $3, by = $4 WHERE id = $1', [
          withdrawal,
          reason,
          note,
          by,
        ])
      } else {
        const known = await sources.cited(citations)
        const completed = completeCitations({ record: withdraw, path }, known)
        if ('problems' in completed) problems.add(completed.problems)
        else {
          problems.add(checkCitations(completed.record, path, known))
          await this.#contradict(table, key, completed.record.citations, known)
          leaving.push({ table, key, record, reason, note, by, at })
        }
      }
    }
    // The citations of a load with problems are not stored.
    problems.refuse()
    const named = new Set(leaving.map(withdrawalId))
    await moveOut(this.#client, [...leaving, ...this.again.filter((one) => !named.has(withdrawalId(one)))])
    return leaving
  }

  /** The id of the withdrawal of a record, null if it is not withdrawn, undefined if there is no such record. */
  async #withdrawalOf(table: FactTable, slug: string): Promise<string | null | undefined> {
    const { rows } = await this.#client.query<{ withdrawal: string | null }>(
      `SELECT NULL AS withdrawal FROM "${table}" WHERE ${tables[table].key[0]} = $1
       UNION ALL SELECT withdrawal_id FROM withdrawn_row WHERE (table_name, key) = ('${table}', $1)`,
      [slug],
    )
    return rows[0]?.withdrawal
  }

  /** Adds citations that contradict a fact. */
  async #contradict(
    table: FactTable,
    key: string,
    list: Withdrawal['citations'],
    sources: ReadonlyMap<string, KnownSource>,
  ) {
    const rows = list.map((passage) =>
      citationRow(table, key, { ...passage, stance: 'CONTRADICTS', supports: [] }, sources),
    )
    await this.#client.query(
      'INSERT INTO citation SELECT * FROM json_populate_recordset(NULL::citation, $1) ON CONFLICT DO NOTHING',
      [JSON.stringify(rows)],
    )
  }
}
