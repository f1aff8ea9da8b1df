import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { describe, expect, test, vi } from 'vitest'
import { loadRecords } from '../../src/bundle/load/load.ts'
import { readRecords } from '../../src/bundle/reading/files.ts'
import { bundleWith, person } from '../fixtures.ts'
import { databaseKinds } from '../support.ts'
import { refusal } from './in-process.ts'
import { type Place, usePrograms } from './place.ts'

/** More than a pipe holds, and than is read from the database at once. */
const BUNDLE = bundleWith({
  people: Array.from({ length: 3_000 }, (_, i) => person(`person-${i}`, { names: ['Ada '.repeat(200)] })),
})

describe.each(databaseKinds)('with its data on %s, export', (kind) => {
  const { path, write, empty } = usePrograms(kind)

  async function filled(): Promise<Place> {
    const place = await empty()
    const database = await place.open()
    await loadRecords(database, readRecords(await write('bundle.jsonl', BUNDLE)))
    await database.close()
    return place
  }

  test('ends quietly if its reader has read enough', async () => {
    const place = await filled()
    for (const args of [['export'], ['export', '--csv', '--kinds', 'people']]) {
      const exporting = place.launch(args)
      await once(exporting.stdout, 'data')
      exporting.stdout.destroy()
      expect(await exporting.ended).toMatchObject({ code: 0, stderr: '' })
    }
  })

  test('gives the file its name when it is complete, so a killed export leaves the old file', async () => {
    const place = await filled()
    const folder = path('exports')
    await mkdir(folder)
    await writeFile(`${folder}/all.jsonl`, 'of yesterday')
    const exporting = place.launch(['export', `${folder}/all.jsonl`])
    await vi.waitFor(async () => expect(await readdir(folder)).toHaveLength(2), { timeout: 240_000, interval: 5 })
    exporting.kill('SIGKILL')
    expect(await exporting.ended).toMatchObject({ code: 'SIGKILL', stderr: '' })
    expect(await readFile(`${folder}/all.jsonl`, 'utf8')).toBe('of yesterday')
    await (await place.open()).close()
    expect(await place.command(['export', `${folder}/all.jsonl`])).toEqual({ code: 0, stdout: '', stderr: '' })
    expect(await readdir(folder)).toEqual(['all.jsonl'])
    expect((await readFile(`${folder}/all.jsonl`, 'utf8')).split('\n').length).toBeGreaterThan(3_000)
  })

  test('says why it cannot write to a place, and leaves nothing there', async () => {
    const place = await empty()
    const file = await write('a-file', 'as it was')
    expect(await place.command(['export', `${file}/all.jsonl`])).toEqual(
      refusal(`cannot write ${file}/all.jsonl: ENOTDIR: not a directory, open '${file}/all.jsonl.unfinished'`),
    )
    expect(await place.command(['export', path('.')])).toEqual(
      refusal(`cannot write ${path('.')}: it is a folder; give the name of a file`),
    )
    const nowhere = path('nowhere/all.jsonl.gz')
    expect(await place.command(['export', nowhere])).toEqual(
      refusal(`cannot write ${nowhere}: ENOENT: no such file or directory, open '${nowhere}.unfinished'`),
    )
    expect(await readFile(file, 'utf8')).toBe('as it was')
    expect((await readdir(path('.'))).filter((name) => name.endsWith('.unfinished'))).toEqual([])
  })

  test('writes directly to a pipe', async () => {
    const place = await empty()
    await promisify(execFile)('mkfifo', [path('pipe')])
    const exporting = place.launch(['export', '--kinds', 'meetings', path('pipe')])
    expect(await text(createReadStream(path('pipe')))).toBe('{"format":"bilateral-bundle","version":1}\n')
    expect(await exporting.ended).toEqual({ code: 0, stdout: '', stderr: '' })
  })
})
