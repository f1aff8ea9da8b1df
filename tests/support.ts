import { readFile } from 'node:fs/promises'
import { inject } from 'vitest'
import { connect, type Database } from '../src/database/open.ts'
import { openPGlite } from '../src/database/pglite.ts'
import { databaseUrl, onServer, type Templates } from './global-setup.ts'

export type DatabaseKind = 'PGlite' | 'PostgreSQL'

const { dumps, server } = inject('templates')

/** The kinds of databases that this run tests: PostgreSQL where TEST_DATABASE_URL names a server. */
export const databaseKinds: readonly DatabaseKind[] = server ? ['PGlite', 'PostgreSQL'] : ['PGlite']

/** A database of the test's own, migrated and without facts. Closing it removes it. */
export const openEmpty = (kind: DatabaseKind): Promise<Database> => openCopy(kind, 'empty')

/** A database of the test's own that holds the bundles of prisma/seed. Closing it removes it. */
export const openSeeded = (kind: DatabaseKind): Promise<Database> => openCopy(kind, 'seeded')

async function openCopy(kind: DatabaseKind, template: keyof Templates['dumps']): Promise<Database> {
  if (kind === 'PGlite') {
    const pglite = await openPGlite({ dump: new Uint8Array(await readFile(dumps[template])) })
    return await connect(pglite.poolConfig, 'memory', pglite.close)
  }
  const { url, drop } = await createDatabase(template)
  return await connect({ connectionString: url, max: 4 }, url, drop)
}

let created = 0

/** A database on the PostgreSQL server, without tables where no template is named. */
export async function createDatabase(template?: keyof Templates['dumps']): Promise<{ url: string; drop(): Promise<void> }> {
  if (!server) throw new Error('set TEST_DATABASE_URL to test on PostgreSQL')
  const { url, prefix } = server
  const name = `${prefix}_${process.pid}_${++created}`
  await onServer(url, `CREATE DATABASE ${name} TEMPLATE ${template ? `${prefix}_${template}` : 'template0'}`)
  return {
    url: databaseUrl(url, name),
    drop: async () => {
      await onServer(url, `DROP DATABASE ${name} WITH (FORCE)`)
    },
  }
}

/** Every row of every table that bundles fill or that follows from them, in an order that depends on nothing else. */
export async function contentOf({ pool }: Database): Promise<Record<string, unknown[]>> {
  const { rows: tables } = await pool.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables
     WHERE table_schema = 'public' AND table_name NOT IN ('_prisma_migrations', 'dataset') ORDER BY 1`,
  )
  const content: Record<string, unknown[]> = {}
  for (const { name } of tables) {
    const { rows } = await pool.query(`SELECT to_jsonb(held) AS row FROM "${name}" held ORDER BY to_jsonb(held)::text COLLATE "C"`)
    content[name] = rows.map(({ row }) => row)
  }
  return content
}

/** The row that says how often, and when last, the data changed. */
export const datasetOf = async ({ prisma }: Database) => await prisma.dataset.findUniqueOrThrow({ where: { id: 1 } })
