import type { QuestionName } from '../options.ts'
import type { LoadResult, Round } from '../phases/load.ts'
import type { Results, ScaleResult } from '../results.ts'
import { meanOf, medianOf, type Spread, spreadOf } from '../statistics.ts'
import { shown, table } from './table.ts'

/** A median, and from what to what the numbers went. */
export const shownSpread = ({ median, least, most }: Spread): string =>
  `${shown(median)} (${shown(least)}–${shown(most)})`

/** The numbers of each contestant, question by question. */
export function loadTable(
  { rounds, peakMemory }: LoadResult,
  questions: readonly QuestionName[],
  statements?: ScaleResult['statements'],
): string {
  const names = [...peakMemory.keys()]
  const rows = questions.flatMap((question) => {
    const rate = (name: string) => spreadOf(valuesOf(rounds, name, question, ({ perSecond }) => perSecond))
    return names.map((name) => {
      const median = (value: (round: Round) => number | undefined) =>
        shown(medianOf(valuesOf(rounds, name, question, value)))
      return [
        `${question} ${name}`,
        shownSpread(rate(name)),
        shown(rate(name).median / rate('limit').median),
        median(({ p50 }) => p50),
        median(({ p99 }) => p99),
        median(({ cpu }) => cpu),
        median(({ databaseCpu }) => databaseCpu),
        [...new Set(statements?.get(name)?.[question])].join('–') || '–',
      ]
    })
  })
  const head = ['', 'answers/s', 'of the limit', 'p50 ms', 'p99 ms', 'CPU ms', 'PostgreSQL ms', 'SQL']
  const memory = names.map((name) => `${name} ${shown(peakMemory.get(name))}`).join(', ')
  return `${table(head, rows)}\n\nPeak memory under load, in MB: ${memory}. Failed answers: none.`
}

/** Throughput at larger scales, also as a share of that at the smallest. */
export function growthTable(scales: Results['scales'], questions: readonly QuestionName[]): string {
  const [[smallest, base], ...larger] = [...scales] as [[number, ScaleResult], ...[number, ScaleResult][]]
  const rate = ({ runs }: ScaleResult, name: string, question: QuestionName) =>
    medianOf(runs.flatMap(({ rounds }) => valuesOf(rounds, name, question, ({ perSecond }) => perSecond)))
  const rows = questions.flatMap((question) =>
    [...base.statements.keys()].map((name) => {
      const begin = rate(base, name, question)
      const rates = larger.map(([, result]) => rate(result, name, question))
      return [`${question} ${name}`, shown(begin), ...rates.flatMap((rate) => [shown(rate), shown(rate / begin)])]
    }),
  )
  const titles = larger.flatMap(([scale]) => [`scale ${scale}`, `× scale ${smallest}`])
  return table(['answers/s', `scale ${smallest}`, ...titles], rows)
}

/** How much the searches of D find: what their cost follows. */
export function searchTable(scales: Results['scales']): string {
  const rows = [...scales].map(([scale, { matches }]) => {
    const { median, least, most } = spreadOf(matches)
    return [String(scale), shown(meanOf(matches)), shown(median), `${least}–${most}`]
  })
  return table(['scale', 'statements that a search of D finds, mean', 'median', 'from–to'], rows)
}

/** What the rounds of a contestant under a question have of something. */
export const valuesOf = (
  rounds: readonly Round[],
  contestant: string,
  question: QuestionName,
  value: (round: Round) => number | undefined,
): number[] =>
  rounds
    .filter((round) => round.contestant === contestant && round.question === question)
    .map((round) => value(round) ?? Number.NaN)
