import { join } from 'node:path'
import { contestants } from '../contestants/index.ts'
import { benchmarks } from '../environment.ts'
import { ask } from '../requests.ts'
import { startServer } from '../servers.ts'
import { inTemporaryFolder } from '../temporary.ts'

/** Seconds from the start of the process to the first response, for each repetition. */
export type Starts = ReadonlyMap<string, readonly number[]>

const { program, env } = contestants.bilateral
const question = JSON.stringify({ query: '{ about { dataVersion } }' })

/** Measures the start of the service. `folder` has the embedded database, if there is one. */
export async function measureStarts(databaseUrl: string, folder: string | undefined, times: number): Promise<Starts> {
  const starts = new Map<string, number[]>()
  async function time(what: string, start: () => Promise<number>): Promise<void> {
    const seconds: number[] = []
    for (let i = 0; i < times; i++) seconds.push(await start())
    starts.set(what, seconds)
  }
  await time('PostgreSQL, scale 1', () => startService({ DATABASE_URL: databaseUrl }))
  await time('embedded, empty folder', () =>
    inTemporaryFolder((path) => startService({ ...embedded(join(path, 'data')), SEED: 'on' })),
  )
  if (folder) {
    await time('embedded, scale 1', () => startService(embedded(folder)))
    await time('PGlite alone opens the same folder', () => openPGlite(folder))
  }
  return starts
}

/** What the service reads of an embedded database, and not of a server. */
export const embedded = (folder: string) => ({ DATABASE_URL: '', BILATERAL_DATA: folder })

async function startService(database: Readonly<Record<string, string>>): Promise<number> {
  const begin = performance.now()
  const { url, stop } = await startServer(program, { ...env, ...database })
  await ask(url, question)
  const took = performance.now() - begin
  await stop()
  return took / 1_000
}

async function openPGlite(folder: string): Promise<number> {
  const begin = performance.now()
  const { stop } = await startServer([`${benchmarks}contestants/open-pglite.ts`], { BILATERAL_DATA: folder })
  const took = performance.now() - begin
  await stop()
  return took / 1_000
}
