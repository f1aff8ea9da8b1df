import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { contestants } from '../contestants/index.ts'
import { prepareDatabase, withPool } from '../databases.ts'
import type { ProfileOptions, QuestionName } from '../options.ts'
import { drawArguments } from '../questions.ts'
import { shown, table } from '../report/table.ts'
import { bodiesFor } from '../requests.ts'
import { startServer } from '../servers.ts'
import { inTemporaryFolder } from '../temporary.ts'
import { load } from '../wrk.ts'
import { type Cost, costsOf } from './costs.ts'

const FUNCTIONS = 25

/** Loads the service with one question under Node's profiler, and prints where its time went. */
export async function profile(
  server: string,
  question: QuestionName,
  { scale, seconds }: ProfileOptions,
): Promise<void> {
  const url = await prepareDatabase(server, scale, false)
  const { bilateral } = contestants
  await inTemporaryFolder(async (folder) => {
    const program = ['--cpu-prof', `--cpu-prof-dir=${folder}`, ...bilateral.program]
    const service = await startServer(program, { ...bilateral.env, DATABASE_URL: url })
    const bodies = await bodiesFor(bilateral, service.url, await withPool(url, drawArguments))
    await load(service.url, bodies[question], 3)
    const { perSecond } = await load(service.url, bodies[question], seconds)
    await service.stop()
    const [file = ''] = await readdir(folder)
    const { parts, functions } = costsOf(JSON.parse(await readFile(join(folder, file), 'utf8')), seconds)
    process.stdout.write(
      `Question ${question}, scale ${scale}: ${shown(perSecond)} answers/s under the profiler\n\n${shares(
        'part',
        parts.filter(({ share }) => share >= 0.001),
      )}\n\n${shares('function', functions.slice(0, FUNCTIONS))}\n`,
    )
  })
}

const shares = (what: string, costs: readonly Cost[]) =>
  table(
    ['%', what],
    costs.map(({ share, name }) => [(share * 100).toFixed(1), name]),
  )
