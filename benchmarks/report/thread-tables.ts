import type { EmbeddedFigures } from '../embedded.ts'
import { shown, table } from './table.ts'

/** Delay of the event loop and throughput, with PGlite in its own thread and in the main thread. */
export function threadTables({ eventLoopDelay: delay, throughput, opening }: EmbeddedFigures): string {
  const delays = table(
    ['the event loop is late by at most, in ms', 'own thread', 'same thread'],
    [
      ['during a second’s query', shown(delay.oneSecond.worker.max), shown(delay.oneSecond.sameThread.max)],
      ['while 20 MB are read', shown(delay.twentyMegabytes.worker.max), shown(delay.twentyMegabytes.sameThread.max)],
      ['while nothing happens', shown(delay.idle.max), '–'],
    ],
  )
  const answers = table(
    ['answers/s', 'own thread', 'same thread'],
    [
      rates('a statement by the pool', throughput.byPool),
      rates('a list by Prisma', throughput.byPrisma),
      rates('a question to the service', throughput.byService),
    ],
  )
  const openings = `Opening an existing folder, in a process that has loaded its modules: ${shown(opening.ours)} ms; PGlite alone: ${shown(opening.pgliteAlone)} ms.`
  return [delays, answers, openings].join('\n\n')
}

const rates = (what: string, { worker, sameThread }: EmbeddedFigures['throughput']['byPool']) => [
  what,
  shown(worker),
  shown(sameThread),
]
