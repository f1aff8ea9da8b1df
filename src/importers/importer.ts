import type { BundleInput } from '../bundle/format.ts'

/** A row of the input that became no fact, or of which something could not be kept. */
export interface Anomaly {
  /** Its file, relative to what was imported. */
  readonly file: string
  /** What its publisher calls it, or its place in the file. */
  readonly id: string
  /** One of the importer's reasons, in kebab case. */
  readonly reason: string
  /** What was found, and what was expected. */
  readonly message: string
  /** Whether the row became no fact at all. */
  readonly refused: boolean
}

/** That two rows were taken for the same person, or, though alike, for two. */
export interface Decision {
  readonly one: string
  readonly other: string
  readonly same: boolean
  /** Which rule decided, in kebab case. */
  readonly rule: string
  /** What it decided by. */
  readonly evidence: string
}

/** How many rows of a kind were read, and what became of them: `read` is the sum of the others. */
export interface RowTally {
  readonly read: number
  readonly facts: number
  readonly refused: number
}

/** What an importer makes of somebody's files. Importers are pure: they know neither database nor GraphQL. */
export interface Imported {
  readonly bundle: BundleInput
  /** By kind of row, as the publisher calls it. */
  readonly rows: Readonly<Record<string, RowTally>>
  readonly anomalies: readonly Anomaly[]
  readonly decisions: readonly Decision[]
}

/** For people: what became of each kind of row, and how many rows have which anomaly. */
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
      ? [`  people: ${joined} pairs of rows taken for one, ${decisions.length - joined} that are alike for two`]
      : []),
  ]
}
