import { writeFile } from 'node:fs/promises'
import { contestants } from './contestants/index.ts'
import { countStatements, type StatementCounts } from './count-statements.ts'
import * as databases from './databases.ts'
import { type Import, importScale } from './import.ts'
import type { ContestantName, Options, PhaseName } from './options.ts'
import { type LoadResult, measureLoad } from './phases/load.ts'
import { measureRepeated } from './phases/repeated.ts'
import { embedded, measureStarts } from './phases/start.ts'
import { measureThread } from './phases/thread.ts'
import { countMatches, drawArguments } from './questions.ts'
import { describeMachine } from './report/machine.ts'
import { report } from './report/report.ts'
import type { ScaleResult } from './results.ts'
import { inTemporaryFolder } from './temporary.ts'

/** Runs the benchmark with these options and reports the results. */
export async function run(server: string, options: Options): Promise<void> {
  const wanted = <T>(phase: PhaseName, measure: () => Promise<T>) =>
    options.phases.includes(phase) ? measure() : undefined

  const scales = new Map<number, ScaleResult>()
  await wanted('load', async () => {
    for (const scale of options.scale) {
      scales.set(scale, await measureScale(await databases.prepareDatabase(server, scale, options.fresh), options))
    }
  })

  const url = await databases.prepareDatabase(server, 1, false)
  const args = await databases.withPool(url, drawArguments)
  const imports = new Map<string, Import>()
  await wanted('import', async () => imports.set('PostgreSQL', await importIntoServer(server)))
  const repeated = await wanted('repeated', () => measureRepeated(url, args, options))

  await inTemporaryFolder(async (folder) => {
    const pglite = await wanted('pglite', async () => {
      imports.set('embedded', await importScale(1, embedded(folder)))
      return await measureLoad(onPGlite(folder), args, options)
    })
    const starts = await wanted('start', () => measureStarts(url, pglite && folder, options.rounds))
    const thread = await wanted('thread', measureThread)
    const machine = await databases.withPool(url, describeMachine)
    const text = report({ scales, repeated, pglite, imports, starts, thread }, options, machine)
    process.stdout.write(text)
    if (!options.quick) await writeFile(options.output, text)
  })
}

async function measureScale(url: string, options: Options): Promise<ScaleResult> {
  const args = await databases.withPool(url, drawArguments)
  const chosen = new Map(options.contestants.map((name) => [name, contestants[name]]))
  await databases.createPeerSchema(url)
  try {
    const runs: LoadResult[] = []
    for (let i = 0; i < options.runs; i++) runs.push(await measureLoad(chosen, args, options, url))
    const statements = new Map<string, StatementCounts>()
    for (const [name, bodies] of runs[0]?.bodies ?? []) {
      statements.set(name, await countStatements(contestants[name as ContestantName], url, bodies, options.questions))
    }
    return { runs, statements, matches: await databases.withPool(url, (pool) => countMatches(pool, args)) }
  } finally {
    await databases.removePeerSchema(url)
  }
}

/** Imports into a separate database. */
async function importIntoServer(server: string): Promise<Import> {
  const name = 'bilateral_bench_import'
  try {
    return await importScale(1, { DATABASE_URL: await databases.createDatabase(server, name) })
  } finally {
    await databases.dropDatabase(server, name)
  }
}

function onPGlite(folder: string) {
  const { bilateral } = contestants
  return new Map([['embedded', { ...bilateral, env: { ...bilateral.env, ...embedded(folder) } }]])
}
