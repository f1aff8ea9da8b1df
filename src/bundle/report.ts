import { kinds } from './concepts.ts'
import type { LoadReport } from './load.ts'

/** The report of a load as text: a line for each kind of records. */
export function reportLines(report: LoadReport): string[] {
  return kinds.flatMap((kind) => {
    const tally = report[kind]
    if (!tally) return []
    const { created, changed, unchanged } = tally
    return [`  ${kind.padEnd(13)} ${created} created, ${changed} changed, ${unchanged} unchanged`]
  })
}
