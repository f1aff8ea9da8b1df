import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished } from 'vitest'
import { claimFolder, type Ownership } from '../../src/database/pglite/owner.ts'

/** Returns a function that creates an empty folder. All of them are removed after the last test of the file. */
export function useFolders(): () => Promise<string> {
  let parent: string
  beforeAll(async () => {
    parent = await mkdtemp(join(tmpdir(), 'bilateral-owner-'))
  })
  afterAll(() => rm(parent, { recursive: true, force: true }))
  return () => mkdtemp(join(parent, 'data-'))
}

/** Claims a folder that nobody owns. */
export async function own(folder: string): Promise<Ownership> {
  const claimed = await claimFolder(folder)
  if (!('server' in claimed)) throw new Error(`${folder} is owned by ${claimed.pid}`)
  onTestFinished(claimed.release)
  return claimed
}

export const isOwned = (pid: number | undefined) => expect.objectContaining({ pid })
