import { kinds } from '../concepts.ts'
import type { Corrections, LoadReport } from './load.ts'

/** The report of a load as text: a line for each kind of records, and lines for facts that are or were withdrawn. */
export function reportLines({ corrections, ...report }: LoadReport): string[] {
  const tallies = kinds.flatMap((kind) => {
    const tally = report[kind]
    if (!tally) return []
    const { created, changed, unchanged, withdrawn } = tally
    const last = withdrawn ? `, ${withdrawn} withdrawn` : ''
    return [`  ${kind.padEnd(14)} ${created} created, ${changed} changed, ${unchanged} unchanged${last}`]
  })
  return corrections ? [...tallies, ...correctionLines(corrections)] : tallies
}

/** Maximum number of facts of one list in a report as text. */
const MOST_SHOWN = 20

function correctionLines({ withdrawn, restored, kept, stayed, merged, unmerged }: Corrections): string[] {
  return [
    ...shown(withdrawn.map(({ record, reason }) => `  withdrawn: ${record}: ${reason}`)),
    ...shown(restored.map((record) => `  restored: ${record}`)),
    ...shown(kept.map((record) => `  kept, but not in the new edition: ${record}`)),
    ...shown(stayed.map(({ record, reason }) => `  stays withdrawn: ${record}: ${reason}`)),
    ...shown(merged.map(({ slug, person }) => `  stays merged: ${slug} into ${person}`)),
    ...shown(unmerged.map(({ slug, person }) => `  stays unmerged: ${slug} from ${person}`)),
  ]
}

const shown = (lines: readonly string[]) =>
  lines.length <= MOST_SHOWN
    ? lines
    : [
        ...lines.slice(0, MOST_SHOWN),
        `${lines[0]?.replace(/:.*/, '')}: … and ${lines.length - MOST_SHOWN} more; list all with --json`,
      ]
