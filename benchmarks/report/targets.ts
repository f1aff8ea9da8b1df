import type { QuestionName } from '../options.ts'
import type { LoadResult, Round } from '../phases/load.ts'
import type { ScaleResult } from '../results.ts'
import { medianOf, type Spread, spreadOf } from '../statistics.ts'
import { shownSpread, valuesOf } from './load-tables.ts'
import { shown, table } from './table.ts'

/** Targets for the throughput as a multiple of PostGraphile’s in the same run: the target and the stretch target. */
const throughput: Readonly<Record<QuestionName, readonly [required: number, stretch: number]>> = {
  A: [1.6, 1.9],
  B: [1.2, 1.5],
  C: [1.5, 1.8],
  C5000: [1.5, 1.8],
  D: [1.3, 1.5],
  E: [1.3, 1.5],
}
/** Targets that the service must not exceed. */
const P99 = 0.85
const MEMORY = 0.85
const CPU = 0.6
/** Target for repeated questions, as a share of the ceiling. */
export const HITS = 0.8

export const verdict = (isMet: boolean) => (isMet ? 'met' : '**missed**')

/** The comparison with PostGraphile at a scale: one line per question with each run, and memory. */
export function besidePeer({ runs }: ScaleResult, questions: readonly QuestionName[]): string {
  const rows = questions.map((question) => {
    const [required, stretch] = throughput[question]
    const faster = runs.map((run) => ratiosOf(run, question, ({ perSecond }) => perSecond))
    const p99 = runs.map((run) => ratiosOf(run, question, ({ p99 }) => p99).median)
    const cpu = runs.map((run) => ratiosOf(run, question, ({ cpu }) => cpu).median)
    const median = medianOf(faster.map(({ median }) => median))
    return [
      question,
      faster.map(shownSpread).join(', '),
      `${required} (${stretch})`,
      median >= stretch ? 'met, stretch too' : verdict(median >= required),
      ...atMost(p99, P99),
      ...atMost(cpu, CPU),
    ]
  })
  const memory = runs.map(({ peakMemory }) => {
    const [own = Number.NaN, peer = Number.NaN] = [peakMemory.get('bilateral'), peakMemory.get('postgraphile')]
    return own / peer
  })
  const head = ['', 'throughput ×', 'wanted (stretch)', '', 'p99 ×', `at most ${P99}`, 'CPU ×', `at most ${CPU}`]
  return `${table(head, rows)}\n\nMemory × ${memory.map(shown).join(', ')}, at most ${MEMORY}: ${atMost(memory, MEMORY)[1]}.`
}

function atMost(values: readonly number[], most: number): [values: string, verdict: string] {
  const median = medianOf(values)
  return [values.map(shown).join(', '), Number.isNaN(median) ? 'not measured' : verdict(median <= most)]
}

/** The ratio to PostGraphile: of the medians, and for each round. */
function ratiosOf({ rounds }: LoadResult, question: QuestionName, value: (round: Round) => number | undefined): Spread {
  const own = valuesOf(rounds, 'bilateral', question, value)
  const peer = valuesOf(rounds, 'postgraphile', question, value)
  const shares = own.map((value, round) => value / (peer[round] ?? Number.NaN))
  return { ...spreadOf(shares), median: medianOf(own) / medianOf(peer) }
}
