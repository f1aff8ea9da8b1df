import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Database } from '../database/open.ts'
import { readRecords } from './reading/files.ts'

const folder = fileURLToPath(new URL('../../prisma/seed', import.meta.url))

/** The files of the bundles that come with the program. */
export async function seedFiles(): Promise<string[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.json')).sort()
  return files.map((file) => join(folder, file))
}

/** The files of which the database has no source. */
export async function missingSeedFiles({ prisma }: Database): Promise<string[]> {
  const missing: string[] = []
  for (const file of await seedFiles()) {
    const slugs: string[] = []
    for await (const item of readRecords(file)) {
      if ('record' in item && item.kind === 'sources') slugs.push(item.record.slug)
    }
    if ((await prisma.source.count({ where: { slug: { in: slugs } } })) === 0) missing.push(file)
  }
  return missing
}
