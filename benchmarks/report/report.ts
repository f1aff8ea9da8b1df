import type { Options } from '../options.ts'
import type { Repeated } from '../phases/repeated.ts'
import type { Starts } from '../phases/start.ts'
import type { Results, ScaleResult } from '../results.ts'
import { medianOf, spreadOf } from '../statistics.ts'
import { CONNECTIONS } from '../wrk.ts'
import { growthTable, loadTable, searchTable, shownSpread } from './load-tables.ts'
import { shown, table } from './table.ts'
import { besidePeer, HITS, verdict } from './targets.ts'
import { threadTables } from './thread-tables.ts'

/** What was measured, as Markdown. */
export function report(results: Results, options: Options, machine: readonly string[]): string {
  const { scales, repeated, pglite, imports, starts, thread } = results
  const parts = [
    heading(options, machine),
    ...[...scales].map(([scale, result]) => `## Scale ${scale}\n\n${scalePart(result, options)}`),
    scales.size > 1 && `## From one scale to the next\n\n${growthTable(scales, options.questions)}`,
    scales.size > 0 && `## Search\n\n${searchTable(scales)}`,
    repeated && `## Repeated questions\n\n${repetition(repeated)}`,
    pglite && `## The embedded database, scale 1\n\n${loadTable(pglite, options.questions)}`,
    imports.size > 0 && `## Import, scale 1\n\n${importTable(imports)}`,
    starts && `## Start\n\n${startTable(starts)}`,
    thread && `## The thread of the embedded database\n\n${threadTables(thread)}`,
  ]
  return `${parts.filter((part) => part).join('\n\n')}\n`
}

function heading({ runs, rounds, seconds }: Options, machine: readonly string[]): string {
  const command = ['npm run bench', ...process.argv.slice(2)].join(' ').replace('bench ', 'bench -- ')
  const day = new Date().toISOString().slice(0, 10)
  const times = `${runs} ${runs === 1 ? 'run' : 'runs'} of ${rounds} rounds of ${seconds} s over ${CONNECTIONS} connections`
  return [
    '# Results',
    '',
    `Measured on ${day} by \`${command}\`. [README.md](README.md) says what is measured, and how to read it.`,
    '',
    ...machine.map((line) => `- ${line}`),
    `- ${times}; medians, in brackets the least and the most of all rounds`,
  ].join('\n')
}

function scalePart({ runs, statements, ...result }: ScaleResult, { questions, contestants }: Options): string {
  const besides = contestants.includes('bilateral') && contestants.includes('postgraphile')
  return [
    ...(besides ? [besidePeer({ runs, statements, ...result }, questions)] : []),
    ...runs.map((run, i) => `### Run ${i + 1}\n\n${loadTable(run, questions, statements)}`),
  ].join('\n\n')
}

function repetition({ hits, ceiling }: Repeated): string {
  const share = medianOf(hits) / medianOf(ceiling)
  const [own, most] = [hits, ceiling].map((rates) => `${shownSpread(spreadOf(rates))} answers/s`)
  return `One question of A again and again: ${own}; Yoga with the same text ready: ${most}. Share ${shown(share)}, at least ${HITS}: ${verdict(share >= HITS)}.`
}

const importTable = (imports: Results['imports']) =>
  table(
    ['into', 'seconds', 'peak memory MB'],
    [...imports].map(([into, { seconds, peakMemory }]) => [into, shown(seconds), shown(peakMemory)]),
  )

const startTable = (starts: Starts) =>
  table(
    ['', 'seconds from the start of the process to its first answer'],
    [...starts].map(([what, seconds]) => [what, shownSpread(spreadOf(seconds))]),
  )
