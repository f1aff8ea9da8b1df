import type { BundleInput } from '../bundle/format.ts'

/** A row that became no fact, or that became a fact without some of its values. */
export interface Anomaly {
  /** The file, relative to the imported folder. */
  readonly file: string
  /** The publisher’s ID of the row, or its place in the file. */
  readonly id: string
  /** The importer’s code for the reason, in kebab case. */
  readonly reason: string
  /** What was found and what was expected. */
  readonly message: string
  /** True if the row became no fact at all. */
  readonly refused: boolean
}

/** The decision whether two similar rows are about the same person. */
export interface Decision {
  readonly one: string
  readonly other: string
  readonly same: boolean
  /** The rule that decided, in kebab case. */
  readonly rule: string
  /** The evidence for the decision. */
  readonly evidence: string
}

/** Number of rows of one kind. `read` is the sum of the others. */
export interface RowTally {
  readonly read: number
  readonly facts: number
  readonly refused: number
}

/** The result of an importer. Importers are pure: they use neither the database nor GraphQL. */
export interface Imported {
  readonly bundle: BundleInput
  /** By kind of row, in the publisher’s terms. */
  readonly rows: Readonly<Record<string, RowTally>>
  readonly anomalies: readonly Anomaly[]
  readonly decisions: readonly Decision[]
}

/** The result as text: counts for each kind of row and each kind of anomaly. */
export function importedLines({ rows, anomalies, decisions }: Imported): string[] {
  const reasons = new Map<string, number>()
  for (const { reason } of anomalies) reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
  const joined = decisions.filter(({ same }) => same).length
  return [
    ...Object.entries(rows).map(
      ([kind, { read, facts, refused }]) => `  ${kind}: ${read} rows, ${facts} became facts, ${refused} refused`,
    ),
    ...[...reasons].sort(([a], [b]) => (a < b ? -1 : 1)).map(([reason, count]) => `  anomaly ${reason}: ${count}`),
    ...(decisions.length > 0
      ? [`  people, pairs of rows: ${joined} merged, ${decisions.length - joined} similar but not merged`]
      : []),
  ]
}
