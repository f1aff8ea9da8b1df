import DataLoader from 'dataloader'
import type { Database } from '../../database/open.ts'

/** A withdrawal, as the database has it. */
export interface Withdrawn {
  readonly id: string
  readonly reason: string
  readonly note: string | null
  readonly by: 'EDITOR' | 'EDITION'
  readonly at: Date
  /** The ids of the citations that contradict the fact. */
  readonly contradictions: readonly string[]
}

/** Loads withdrawals by id. */
export type Withdrawals = DataLoader<string, Withdrawn | null>

export const withdrawals = ({ pool }: Database): Withdrawals =>
  new DataLoader(async (ids) => {
    const { rows } = await pool.query<Withdrawn>(
      `SELECT id, reason, note, by, at, ARRAY(
         SELECT key FROM withdrawn_row
         WHERE withdrawal_id = id AND table_name = 'citation' AND content ->> 'stance' = 'CONTRADICTS' ORDER BY key
       ) AS contradictions
       FROM withdrawal WHERE id = ANY ($1)`,
      [ids],
    )
    const found = new Map(rows.map((row) => [row.id, row]))
    return ids.map((id) => found.get(id) ?? null)
  })
