import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bundleWith } from '../fixtures.ts'
import { start } from '../program.ts'
import { useFiles } from './files.ts'
import { runHere } from './in-process.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bilateral-seed-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const { write } = useFiles()

test('the first start loads the seed also after an import, unless SEED is off', async () => {
  const env = { BILATERAL_DATA: join(folder, 'data') }
  const imported = await runHere(['import', await write('own.jsonl', bundleWith())], { env })
  expect(imported).toMatchObject({ code: 0, stderr: '' })

  const welcomed = async (seed: string) => {
    const service = await start({ ...env, SEED: seed })
    service.kill('SIGINT')
    await service.ended
    return service.welcome.includes('seeded:')
  }
  expect(await welcomed('off')).toBe(false)
  expect(await welcomed('on')).toBe(true)
})
