import type { Anomaly, RowTally } from '../importer.ts'

/** What is told of one row. */
export interface Anomalies {
  /** Something of the row could not be kept. */
  keptInPart(reason: string, message: string): void
  /** The row became no fact. */
  refuse(reason: string, message: string): void
}

/** Counts the rows of an import, by kind, and keeps what is told of them. A row is of facts unless it was refused. */
export class Ledger {
  readonly anomalies: Anomaly[] = []
  readonly #rows = new Map<string, { read: number; refused: number }>()

  /** Enters a row. Of what it returns, all that is told belongs to that row. */
  row(kind: string, file: string, id: string): Anomalies {
    const tally = this.#rows.get(kind) ?? { read: 0, refused: 0 }
    this.#rows.set(kind, tally)
    tally.read++
    let refused = false
    const tell = (reason: string, message: string, refused: boolean) =>
      void this.anomalies.push({ file, id, reason, message, refused })
    return {
      keptInPart: (reason, message) => tell(reason, message, false),
      refuse: (reason, message) => {
        if (!refused) tally.refused++
        refused = true
        tell(reason, message, true)
      },
    }
  }

  get rows(): Record<string, RowTally> {
    return Object.fromEntries(
      [...this.#rows].map(([kind, { read, refused }]) => [kind, { read, facts: read - refused, refused }]),
    )
  }
}
