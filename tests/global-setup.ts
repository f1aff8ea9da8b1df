import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import pg, { type PoolConfig } from 'pg'
import type { TestProject } from 'vitest/node'
import { loadBundle } from '../src/bundle/load.ts'
import { parseBundle } from '../src/bundle/parse.ts'
import { migrate } from '../src/database/migrate.ts'
import { connect } from '../src/database/open.ts'
import { openPGlite } from '../src/database/pglite/pglite.ts'

/** What a run makes once and its tests copy: a migrated database, and one that holds the article. */
export interface Templates {
  /** Files with dumps of PGlite. */
  readonly dumps: { readonly empty: string; readonly seeded: string }
  /** A PostgreSQL server, and the begin of the names of this run's databases on it. */
  readonly server: { readonly url: string; readonly prefix: string } | null
}

const root = fileURLToPath(new URL('..', import.meta.url))

declare module 'vitest' {
  interface ProvidedContext {
    templates: Templates
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  if (!(await isBuilt())) await build()
  const folder = await mkdtemp(join(tmpdir(), 'bilateral-test-'))
  const url = process.env['TEST_DATABASE_URL']
  const server = url ? { url, prefix: `bilateral_test_${process.pid}_${Date.now()}` } : null
  const teardown = async () => {
    await rm(folder, { recursive: true, force: true })
    if (server) await dropDatabases(server)
  }
  try {
    const dumps = await makeDumps(folder)
    if (server) await makeTemplates(server)
    project.provide('templates', { dumps, server })
  } catch (error) {
    await teardown()
    throw error
  }
  return teardown
}

async function build(): Promise<void> {
  await promisify(execFile)('npm', ['run', 'build'], { cwd: root }).catch(({ stdout, stderr }) => {
    throw new Error(`npm run build failed:\n${stdout}${stderr}`)
  })
}

/** Whether `dist` is of the sources as they are. Folders tell of files that are no more. */
async function isBuilt(): Promise<boolean> {
  const lastChange = async (path: string) => (await stat(join(root, path))).mtimeMs
  const sources = (await readdir(join(root, 'src'), { recursive: true })).map((path) => join('src', path))
  try {
    const built = await lastChange('dist/main.js')
    const changes = await Promise.all(
      [...sources, 'package.json', 'tsconfig.json', 'tsconfig.build.json'].map(lastChange),
    )
    return changes.every((change) => change < built)
  } catch {
    return false
  }
}

async function makeDumps(folder: string): Promise<Templates['dumps']> {
  const dumps = { empty: join(folder, 'empty.tar'), seeded: join(folder, 'seeded.tar') }
  const pglite = await openPGlite({})
  try {
    await migrate(pglite.poolConfig)
    await writeFile(dumps.empty, await pglite.dump())
    await seed(pglite.poolConfig)
    await writeFile(dumps.seeded, await pglite.dump())
  } finally {
    await pglite.close()
  }
  return dumps
}

async function makeTemplates({ url, prefix }: { url: string; prefix: string }): Promise<void> {
  const [empty, seeded] = [`${prefix}_empty`, `${prefix}_seeded`]
  await onServer(url, `CREATE DATABASE ${empty}`)
  await migrate({ connectionString: databaseUrl(url, empty) })
  await onServer(url, `CREATE DATABASE ${seeded} TEMPLATE ${empty}`)
  await seed({ connectionString: databaseUrl(url, seeded) })
}

/** Loads every bundle of prisma/seed. */
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

async function dropDatabases({ url, prefix }: { url: string; prefix: string }): Promise<void> {
  const { rows } = await onServer(
    url,
    `SELECT datname AS name FROM pg_database WHERE starts_with(datname, '${prefix}')`,
  )
  for (const { name } of rows) await onServer(url, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
}

/** Runs one statement on a server, in the database of the URL. */
export async function onServer(url: string, sql: string): Promise<pg.QueryResult> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    return await client.query(sql)
  } finally {
    await client.end()
  }
}

/** The URL of another database on the same server. */
export function databaseUrl(url: string, name: string): string {
  const other = new URL(url)
  other.pathname = `/${name}`
  return other.href
}
