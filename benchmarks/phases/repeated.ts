import { ceiling, contestants } from '../contestants/index.ts'
import type { Arguments } from '../questions.ts'
import { ask } from '../requests.ts'
import { startServer } from '../servers.ts'
import { load } from '../wrk.ts'

/** Answers per second, round by round: of the service to the same question again and again, and of the ceiling. */
export interface Repeated {
  readonly hits: readonly number[]
  readonly ceiling: readonly number[]
}

/** Asks the service one question again and again, its cache switched on, and the ceiling for the same text. */
export async function measureRepeated(
  databaseUrl: string,
  { A: [variables] }: Arguments,
  { rounds, seconds }: { readonly rounds: number; readonly seconds: number },
): Promise<Repeated> {
  const { program, env, documents } = contestants.bilateral
  const body = JSON.stringify({ query: documents['A'], operationName: 'A', variables })
  const { RESPONSE_CACHE: _, ...caching } = env
  const service = await startServer(program, { ...caching, DATABASE_URL: databaseUrl })
  const answer = JSON.stringify({ data: await ask(service.url, body) })
  const ready = await startServer(ceiling, { ANSWER: answer })
  const measured = { hits: [] as number[], ceiling: [] as number[] }
  for (const { url } of [service, ready]) await load(url, [body], Math.min(seconds, 3), true)
  for (let round = 0; round < rounds; round++) {
    measured.hits.push((await load(service.url, [body], seconds)).perSecond)
    measured.ceiling.push((await load(ready.url, [body], seconds)).perSecond)
  }
  await service.stop()
  await ready.stop()
  return measured
}
