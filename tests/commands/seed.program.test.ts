import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDatabase } from '../../src/database/open.ts'
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

test('the first start loads the seed also after an import, unless SEED is off; the command loads it later', async () => {
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
  const planned = await runHere(['seed', '--dry-run'], { env })
  expect(planned).toEqual({ code: 0, stderr: '', stdout: expect.stringMatching(/sources {8}1 created/) })
  expect(await welcomed('on')).toBe(true)
  expect(await welcomed('on')).toBe(false)

  const again = await runHere(['seed'], { env })
  expect(again).toEqual({
    code: 0,
    stderr: '',
    stdout: expect.stringMatching(/sources {8}0 created, 0 changed, 1 unchanged/),
  })
  const database = await openDatabase({ folder: env.BILATERAL_DATA })
  expect(await database.prisma.source.count()).toBe(2)
  await database.close()
})
