import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import type { BundleInput } from '../../src/bundle/format.ts'

/** A bundle as JSON Lines. */
export const linesOf = ({ format, version, ...lists }: BundleInput): string =>
  [
    JSON.stringify({ format, version }),
    ...Object.entries(lists).flatMap(([kind, records = []]) =>
      records.map((record) => JSON.stringify({ [kind]: record })),
    ),
    '',
  ].join('\n')

/** A folder for the files of the tests of a block. */
export function useFiles() {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bilateral-files-'))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))
  const path = (name: string) => join(folder, name)
  return {
    path,
    /** Writes a file, a bundle as JSON Lines, and returns its path. */
    async write(name: string, content: BundleInput | string | Uint8Array): Promise<string> {
      const plain = typeof content === 'string' || content instanceof Uint8Array
      await writeFile(path(name), plain ? content : linesOf(content))
      return path(name)
    },
  }
}
