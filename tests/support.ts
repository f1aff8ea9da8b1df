import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import pg from 'pg'
import { inject } from 'vitest'
import { connect, type Database } from '../src/database/open.ts'
import { type Embedded, openPGlite } from '../src/database/pglite/pglite.ts'
import type { DatabaseKind, Templates } from './global-setup.ts'
import { databaseUrl, onServer } from './postgres.ts'

type Template = 'empty' | 'seeded'

const { dumps, server } = inject('templates')

/** The kinds of databases that this run tests. */
export const databaseKinds = inject('databaseKinds')

/** A database of the test's own, migrated and without facts. Closing it removes it. */
export const openEmpty = (kind: DatabaseKind): Promise<Database> => openCopy(kind, 'empty')

/** A database of the test's own that holds the bundles of prisma/seed. Closing it removes it. */
export const openSeeded = (kind: DatabaseKind): Promise<Database> => openCopy(kind, 'seeded')

let wasmModule: Promise<WebAssembly.Module> | undefined

/** A copy of a dump in PGlite, in memory or in a folder. */
export async function openEmbedded(template: keyof Templates['dumps'], dataDir?: string): Promise<Embedded> {
  // Compiled once a process: the threads of PGlite share it.
  wasmModule ??= compilePGlite()
  return await openPGlite({
    ...(dataDir ? { dataDir } : {}),
    dump: new Uint8Array(await readFile(dumps[template])),
    tuning: { settings: ['shared_buffers=16MB'], pgliteWasmModule: await wasmModule },
  })
}

async function compilePGlite(): Promise<WebAssembly.Module> {
  const folder = dirname(createRequire(import.meta.url).resolve('@electric-sql/pglite'))
  return await WebAssembly.compile(await readFile(join(folder, 'pglite.wasm')))
}

/** Databases in memory that are as their template still, for the next file of this worker. */
const unused: Record<Template, Embedded[]> = { empty: [], seeded: [] }

/** The next transaction's number in each template: it rises with whatever is written, even if that is rolled back. */
const nextTransaction: Partial<Record<Template, string>> = {}

async function release(pglite: Embedded, template: Template): Promise<void> {
  const next = await transactionOf(pglite)
  if (next === nextTransaction[template]) unused[template].push(pglite)
  else await pglite.close()
}

async function transactionOf({ poolConfig }: Embedded): Promise<string> {
  const client = new pg.Client(poolConfig)
  await client.connect()
  const { rows } = await client.query('SELECT pg_snapshot_xmax(pg_current_snapshot())::text AS next')
  await client.end()
  return rows[0].next
}

async function openCopy(kind: DatabaseKind, template: Template): Promise<Database> {
  if (kind === 'PGlite') {
    const pglite = unused[template].pop() ?? (await openEmbedded(template))
    nextTransaction[template] ??= await transactionOf(pglite)
    return await connect(pglite.poolConfig, 'memory', () => release(pglite, template))
  }
  const { url, drop } = await createDatabase(template)
  return await connect({ connectionString: url, max: 4 }, url, drop)
}

let created = 0

/** A database on the PostgreSQL server, without tables where no template is named. */
export async function createDatabase(template?: Template): Promise<{ url: string; drop(): Promise<void> }> {
  if (!server) throw new Error('set TEST_DATABASE_URL to test on PostgreSQL')
  const { url, prefix, databases } = server
  const name = `${prefix}_${process.pid}_${++created}`
  await onServer(url, `CREATE DATABASE ${name} TEMPLATE ${template ? databases[template] : 'template0'}`)
  return {
    url: databaseUrl(url, name),
    drop: async () => {
      await onServer(url, `DROP DATABASE ${name} WITH (FORCE)`)
    },
  }
}

/** The tables that bundles fill or that follow from them. */
async function tablesOf({ pool }: Database): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables
     WHERE table_schema = 'public' AND table_name NOT IN ('_prisma_migrations', 'dataset') ORDER BY 1`,
  )
  return rows.map(({ name }) => name)
}

/** Every row of every table that bundles fill or that follows from them, without times, in an order that depends on nothing else. */
export async function contentOf(database: Database): Promise<Record<string, unknown[]>> {
  const tables = await tablesOf(database)
  const selects = tables.map(
    (name) =>
      `SELECT '${name}' AS name, to_jsonb(held) - ARRAY['digest', 'imported_at', 'at'] AS held FROM "${name}" held`,
  )
  const { rows } = await database.pool.query(
    `SELECT name, held FROM (${selects.join(' UNION ALL ')}) AS every ORDER BY name, held::text COLLATE "C"`,
  )
  const content: Record<string, unknown[]> = Object.fromEntries(tables.map((name) => [name, []]))
  for (const { name, held } of rows) content[name]?.push(held)
  return content
}

/** The row that says how often, and when last, the data changed. */
export const datasetOf = async ({ prisma }: Database) => await prisma.dataset.findUniqueOrThrow({ where: { id: 1 } })

/**
 * Makes a database as it was before any load, which is quicker than to open another. Countries stay as they are. TRUNCATE takes 20
 * times as long as DELETE without triggers, but some tables only allow that.
 */
export async function removeFacts(database: Database): Promise<void> {
  const { rows } = await database.pool.query<{ name: string }>(
    `SELECT DISTINCT tgrelid::regclass::text AS name FROM pg_trigger WHERE tgenabled = 'A'`,
  )
  const appendOnly = rows.map(({ name }) => name)
  const tables = (await tablesOf(database)).filter((name) => name !== 'country' && !appendOnly.includes(name))
  const deletes = tables.map((name) => `DELETE FROM "${name}"`)
  await database.pool.query(`
    BEGIN; SET LOCAL session_replication_role = replica; ${deletes.join('; ')}; UPDATE dataset SET version = 0; COMMIT`)
  for (const name of appendOnly) {
    const { rowCount } = await database.pool.query(`SELECT FROM ${name} LIMIT 1`)
    if (rowCount) await database.pool.query(`TRUNCATE ${name} CASCADE`)
  }
}
