// Makes what tests copy. global-setup.ts makes it again when this file, or anything that it imports, has changed.

import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg, { type PoolConfig } from 'pg'
import { loadBundle } from '../src/bundle/load/load.ts'
import { parseBundle } from '../src/bundle/reading/parse.ts'
import { migrate } from '../src/database/migrate.ts'
import { connect } from '../src/database/open.ts'
import { type Embedded, openPGlite } from '../src/database/pglite/pglite.ts'
import { databaseUrl, onServer } from './postgres.ts'

/** Writes dumps of PGlite to files: without tables, migrated, and with the bundles of prisma/seed. */
export async function makeDumps(folder: string): Promise<void> {
  // Small files of write-ahead log make small dumps.
  const pglite = await openPGlite({ tuning: { initDbStartParams: ['--wal-segsize=1'] } })
  try {
    // Only CREATE DATABASE needs these, which PGlite does not have.
    await onEmbedded(pglite, `UPDATE pg_database SET datistemplate = false WHERE datname <> 'postgres'`)
    await onEmbedded(pglite, 'DROP DATABASE template0')
    await onEmbedded(pglite, 'DROP DATABASE template1')
    await write(pglite, join(folder, 'blank.tar'))
    await migrate(pglite.poolConfig)
    await write(pglite, join(folder, 'empty.tar'))
    await seed(pglite.poolConfig)
    await write(pglite, join(folder, 'seeded.tar'))
  } finally {
    await pglite.close()
  }
}

async function write(pglite: Embedded, file: string): Promise<void> {
  await onEmbedded(pglite, 'CHECKPOINT')
  await writeFile(file, await pglite.dump())
}

async function onEmbedded({ poolConfig }: Embedded, sql: string): Promise<void> {
  const client = new pg.Client(poolConfig)
  await client.connect()
  await client.query(sql)
  await client.end()
}

/** Makes the same two databases on a PostgreSQL server. */
export async function makeDatabases(url: string, names: { empty: string; seeded: string }): Promise<void> {
  await onServer(url, `CREATE DATABASE ${names.empty} TEMPLATE template0`)
  await migrate({ connectionString: databaseUrl(url, names.empty) })
  await onServer(url, `CREATE DATABASE ${names.seeded} TEMPLATE ${names.empty}`)
  await seed({ connectionString: databaseUrl(url, names.seeded) })
}

async function seed(poolConfig: PoolConfig): Promise<void> {
  const database = await connect(poolConfig, 'the template', async () => {})
  try {
    const folder = new URL('../prisma/seed/', import.meta.url)
    for (const file of (await readdir(folder)).sort()) {
      await loadBundle(database, parseBundle(await readFile(new URL(file, folder))))
    }
  } finally {
    await database.close()
  }
}
