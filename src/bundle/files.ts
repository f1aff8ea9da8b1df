import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { messageOf, UserError } from '../errors.ts'
import type { Bundle } from './format.ts'
import { expectNotTooLarge, parseBundle } from './parse.ts'

const seedFolder = fileURLToPath(new URL('../../prisma/seed', import.meta.url))

/** Reads a file as a bundle. Throws a UserError that names what is wrong with it. */
export async function readBundleFile(file: string): Promise<Bundle> {
  const { size } = await stat(file).catch((error) => cannotRead(file, error))
  expectNotTooLarge(size)
  return parseBundle(await readFile(file).catch((error) => cannotRead(file, error)))
}

/** The bundles that a new database begins with. */
export async function readSeed(): Promise<Bundle[]> {
  const files = (await readdir(seedFolder)).filter((file) => file.endsWith('.json')).sort()
  return await Promise.all(files.map((file) => readBundleFile(join(seedFolder, file))))
}

function cannotRead(file: string, error: unknown): never {
  throw new UserError(`cannot read ${file}: ${messageOf(error)}`)
}
