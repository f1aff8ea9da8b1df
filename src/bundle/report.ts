import { kinds } from './format.ts'
import type { LoadReport } from './load.ts'

/** A load's report for people: a line for each kind of record. */
export function reportLines(report: LoadReport): string[] {
  return kinds.flatMap((kind) => {
    const tally = report[kind]
    if (!tally) return []
    const { created, changed, unchanged } = tally
    return [`  ${kind.padEnd(13)} ${created} created, ${changed} changed, ${unchanged} unchanged`]
  })
}
