import type { Anomaly, RowTally } from '../importer.ts'

/** Reports the anomalies of one row. */
export interface Anomalies {
  /** The row became a fact, but without some of its values. */
  dropPart(reason: string, message: string): void
  /** The row became no fact. */
  refuse(reason: string, message: string): void
}

/** Counts the rows of an import by kind and collects their anomalies. A row that was not refused became a fact. */
export class Ledger {
  readonly anomalies: Anomaly[] = []
  readonly #rows = new Map<string, { read: number; refused: number }>()

  /** Counts a row and returns the reporter of its anomalies. */
  row(kind: string, file: string, id: string): Anomalies {
    const tally = this.#rows.get(kind) ?? { read: 0, refused: 0 }
    this.#rows.set(kind, tally)
    tally.read++
    let refused = false
    const report = (reason: string, message: string, refused: boolean) =>
      void this.anomalies.push({ file, id, reason, message, refused })
    return {
      dropPart: (reason, message) => report(reason, message, false),
      refuse: (reason, message) => {
        if (!refused) tally.refused++
        refused = true
        report(reason, message, true)
      },
    }
  }

  get rows(): Record<string, RowTally> {
    return Object.fromEntries(
      [...this.#rows].map(([kind, { read, refused }]) => [kind, { read, facts: read - refused, refused }]),
    )
  }
}
