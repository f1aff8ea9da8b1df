import type { BundleInput } from '../bundle/format.ts'

/** A row that became no fact, or that became a fact without some of its values. */
export interface Anomaly {
  /** The file, relative to the imported folder. */
  readonly file: string
  /** The publisher’s ID of the row, or its place in the file. */
  readonly id: string
  /** The column of the cell, if the reason is one cell of a sheet. */
  readonly column?: string
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
  /** Rows that were added to the fact of an earlier row. */
  readonly joined?: number
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

/** The result for a sheet, from which the rows that the database refuses can be taken out again. */
export interface ImportedSheet extends Imported {
  /** The result without the rows of some facts, which become refused for the given reason. Facts are named as `meetings[2]`. */
  without(problems: ReadonlyMap<string, string>): ImportedSheet
  /** The refused rows as CSV, with the reasons in additional columns. Corrected, they can be imported with the same mapping. */
  refusedRows(): string
}

/** Maximum number of rows and of decisions to show. */
const MOST_SHOWN = 20

/**
 * The result as text: counts for each kind of row and each kind of anomaly, the refused rows, and the names that may be those of
 * others. If nothing was loaded, no row became a fact.
 */
export function importedLines({ rows, anomalies, decisions }: Imported, isLoaded = true): string[] {
  const reasons = new Map<string, number>()
  for (const { reason } of anomalies) reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
  const merged = decisions.filter(({ same }) => same).length
  return [
    ...Object.entries(rows).map(
      ([kind, tally]) => `  ${kind}: ${isLoaded ? tallied(tally) : `${rowsOf(tally.read)}, nothing loaded`}`,
    ),
    ...[...reasons].sort(([a], [b]) => (a < b ? -1 : 1)).map(([reason, count]) => `  anomaly ${reason}: ${count}`),
    ...(decisions.length > 0
      ? [`  people, pairs of rows: ${merged} merged, ${decisions.length - merged} similar but not merged`]
      : []),
  ]
}

const rowsOf = (count: number) => (count === 1 ? '1 row' : `${count} rows`)

function tallied({ read, facts, joined, refused }: RowTally): string {
  return [
    rowsOf(read),
    facts === 1 ? '1 became a fact' : `${facts} became facts`,
    ...(joined ? [`${joined} added to them`] : []),
    `${refused} refused`,
  ].join(', ')
}

/** The refused rows of a sheet as text, and what else an editor should look at: the first of each. */
export function detailLines({ anomalies, decisions }: Imported): string[] {
  const told = (title: string, lines: readonly string[], rest: string) =>
    lines.length === 0
      ? []
      : [
          `  ${title}:`,
          ...lines.slice(0, MOST_SHOWN).map((line) => `    ${line}`),
          ...(lines.length > MOST_SHOWN ? [`    … and ${lines.length - MOST_SHOWN} more; ${rest}`] : []),
        ]
  const placed = ({ id, column, message }: Anomaly) => `${id}${column ? `, ${JSON.stringify(column)}` : ''}: ${message}`
  return [
    ...told(
      'refused rows',
      anomalies.filter(({ refused }) => refused).map(placed),
      '--report FILE.csv has all of them',
    ),
    ...told('remarks', anomalies.filter(({ refused }) => !refused).map(placed), '--json has all of them'),
    ...told(
      'people who may be the same',
      decisions
        .filter(({ rule }) => rule === 'candidate' || rule === 'similar-name')
        .map(({ one, other, evidence }) => `${other} and ${one}: ${evidence}`),
      '--json has all of them',
    ),
  ]
}
