import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import pg from 'pg'
import { benchmarks, root } from './environment.ts'
import { IMPORTED } from './options.ts'

/** The URL of another database of the same server. */
export function databaseUrl(server: string, name: string): string {
  const url = new URL(server)
  url.pathname = `/${name}`
  return url.href
}

/** Runs a function with a client of its own. */
export async function withClient<T>(url: string, run: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    return await run(client)
  } finally {
    await client.end()
  }
}

/** The same with a pool of one connection. */
export async function withPool<T>(url: string, run: (pool: pg.Pool) => Promise<T>): Promise<T> {
  const pool = new pg.Pool({ connectionString: url, max: 1 })
  try {
    return await run(pool)
  } finally {
    await pool.end()
  }
}

export async function createDatabase(server: string, name: string, template = 'template0'): Promise<string> {
  await withClient(server, async (client) => {
    await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${template} ENCODING 'UTF8'`)
  })
  return databaseUrl(server, name)
}

export async function dropDatabase(server: string, name: string): Promise<void> {
  await withClient(server, (client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`))
}

/** The database of a scale: the existing one if its data is current, otherwise a new one. */
export async function prepareDatabase(server: string, scale: number, fresh: boolean): Promise<string> {
  const name = nameOf(scale)
  const url = databaseUrl(server, name)
  const current = await withClient(server, async (client) => {
    const { rows } = await client.query<{ current: string }>(
      `SELECT shobj_description(oid, 'pg_database') AS current FROM pg_database WHERE datname = $1`,
      [name],
    )
    return rows[0]?.current
  })
  const wanted = edition()
  if (current !== wanted || fresh) {
    // It needs the packages of the benchmark, which not every command installs.
    const { importScale } = await import('./import.ts')
    if (scale > IMPORTED) await createMultiple(server, scale, fresh)
    else await importScale(scale, { DATABASE_URL: await createDatabase(server, name) })
    await withClient(url, async (client) => {
      await client.query('VACUUM ANALYZE')
      await client.query(`COMMENT ON DATABASE ${name} IS '${wanted}'`)
    })
  }
  return url
}

/** Copies the largest imported scale several times, because an import would take hours. */
async function createMultiple(server: string, scale: number, fresh: boolean): Promise<void> {
  await prepareDatabase(server, IMPORTED, fresh)
  const { multiply } = await import('./data/multiply.ts')
  const url = await createDatabase(server, nameOf(scale), nameOf(IMPORTED))
  await withClient(url, (client) => multiply(client, scale / IMPORTED))
}

const nameOf = (scale: number) => `bilateral_bench_${scale}`

/** Recreates the database objects that only PostGraphile needs. */
export async function createPeerSchema(url: string): Promise<void> {
  await removePeerSchema(url)
  await withClient(url, (client) => client.query(readFileSync(`${benchmarks}contestants/postgraphile.sql`, 'utf8')))
}

export async function removePeerSchema(url: string): Promise<void> {
  await withClient(url, (client) => client.query('DROP SCHEMA IF EXISTS bench_peer CASCADE'))
}

/** A hash of everything that determines the data: the generator, the migrations and the loader. */
function edition(): string {
  const hash = createHash('sha256')
  const files = [`${benchmarks}data`, `${benchmarks}package.json`, `${root}prisma/migrations`, `${root}src/bundle`]
  for (const file of files.flatMap(filesIn)) hash.update(file.slice(root.length)).update(readFileSync(file))
  return hash.digest('hex')
}

const filesIn = (path: string): string[] =>
  statSync(path).isFile()
    ? [path]
    : readdirSync(path)
        .toSorted()
        .flatMap((entry) => filesIn(`${path}/${entry}`))
