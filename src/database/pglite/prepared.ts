import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { deserialize, serialize } from 'node:v8'
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib'
import { readMigrations } from '../migrations.ts'

/*
 * The files of a migrated database without facts, in one compressed file that `npm ci` creates and the package contains
 * (prisma/prepare-database.ts). Unpacking it takes a tenth of a second; creating such a database takes five to ten seconds.
 */

export const preparedFolder = fileURLToPath(new URL('../../../prepared', import.meta.url))

/** Path from the database's folder, and content; null for a folder. */
type Entry = [path: string, content: Uint8Array | null]

/**
 * The path of the prepared database of this program. Its name is a digest of the migrations and of PGlite's version, so it is
 * never outdated.
 */
export async function preparedFile(): Promise<string> {
  const hash = createHash('sha256')
  for (const { name, checksum } of await readMigrations()) hash.update(`${name} ${checksum}\n`)
  const manifest = join(dirname(createRequire(import.meta.url).resolve('@electric-sql/pglite')), '../package.json')
  hash.update(JSON.parse(readFileSync(manifest, 'utf8')).version)
  return join(preparedFolder, `${hash.digest('hex')}.br`)
}

/** Packs the folder of a database that is closed. */
export function packDatabase(dataDir: string): Uint8Array {
  const entries = readdirSync(dataDir, { recursive: true, withFileTypes: true }).map((entry): Entry => {
    const path = join(entry.parentPath, entry.name)
    return [relative(dataDir, path), entry.isDirectory() ? null : readFileSync(path)]
  })
  const packed = serialize(entries)
  // The three databases of a cluster are very similar. A window of 16 MB is large enough to detect that.
  return brotliCompressSync(packed, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_LGWIN]: 24 },
  })
}

/** Unpacks the prepared database into a new folder. Returns whether there is one for this program. */
export async function unpackPrepared(dataDir: string): Promise<boolean> {
  const entries = entriesIn(await preparedFile())
  if (!entries) return false
  mkdirSync(dataDir, { mode: 0o700 })
  for (const [path, content] of entries) {
    if (content) writeFileSync(join(dataDir, path), content, { mode: 0o600 })
    else mkdirSync(join(dataDir, path), { mode: 0o700 })
  }
  return true
}

/** The content of a prepared database. Undefined if it is missing or damaged, as after an installation that was interrupted. */
function entriesIn(file: string): Entry[] | undefined {
  try {
    return deserialize(brotliDecompressSync(readFileSync(file)))
  } catch {
    return undefined
  }
}
