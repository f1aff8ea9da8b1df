import { createHash } from 'node:crypto'
import { link, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import type { TestProject } from 'vitest/node'
import { onServer } from './postgres.ts'

/**
 * Databases that tests copy: without tables, migrated, and with the bundles of prisma/seed. They stay for later runs, of other
 * checkouts too.
 */
export interface Templates {
  /** Files with dumps of PGlite. */
  readonly dumps: { readonly blank: string; readonly empty: string; readonly seeded: string }
  /** A PostgreSQL server, its templates, and the prefix of the names of this run's databases. */
  readonly server: {
    readonly url: string
    readonly prefix: string
    readonly databases: { readonly empty: string; readonly seeded: string }
  } | null
}

/** The databases that tests run on. PostgreSQL if TEST_DATABASE_URL names a server. */
export type DatabaseKind = 'PGlite' | 'PostgreSQL'

declare module 'vitest' {
  interface ProvidedContext {
    databaseKinds: readonly DatabaseKind[]
    templates: Templates
  }
}

/** Maximum number of versions of the templates to keep, by last use: of dumps, and of databases on a server. */
const VERSIONS = 12

const root = fileURLToPath(new URL('..', import.meta.url))

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'bilateral-test-'))
  const url = process.env['TEST_DATABASE_URL']
  const prefix = `bilateral_test_${process.pid}_${Date.now()}`
  const teardown = async () => {
    await rm(folder, { recursive: true, force: true })
    if (url) await dropDatabases(url, prefix)
  }
  try {
    // The pages need their assets, as they are now.
    await import('../prepare-assets.ts')
    const version = await versionOfTemplates()
    const [dumps, databases] = await Promise.all([findDumps(version, folder), url ? findDatabases(version, url) : null])
    // After `npm test`, which ran on PGlite, only slow files need it again.
    const isDone = process.env['TEST_PGLITE_DONE'] && project.name !== 'slow'
    project.provide('databaseKinds', [...(isDone ? [] : ['PGlite' as const]), ...(url ? ['PostgreSQL' as const] : [])])
    project.provide('templates', { dumps, server: url && databases ? { url, prefix, databases } : null })
  } catch (error) {
    await teardown()
    throw error
  }
  return teardown
}

/** A digest of all that the templates depend on. */
async function versionOfTemplates(): Promise<string> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: ['tests/make-templates.ts', 'src/database/pglite/worker.js'],
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    outdir: 'unused',
    write: false,
  })
  const entries = await readdir(join(root, 'prisma'), { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name))
  const hash = createHash('sha256')
  for (const { text } of outputFiles) hash.update(text)
  for (const file of [...files.sort(), join(root, 'package-lock.json')]) {
    // The names of migrations are in the templates.
    hash.update(relative(root, file)).update(await readFile(file))
  }
  return hash.digest('hex').slice(0, 16)
}

/** The dumps, made if no run did before, as links in the run's own folder: there they stay when other runs remove old versions. */
async function findDumps(version: string, folder: string): Promise<Templates['dumps']> {
  const versions = join(tmpdir(), `bilateral-test-templates-${userInfo().uid}`)
  const stored = join(versions, version)
  if (!(await stat(stored).catch(() => undefined))) {
    await mkdir(versions, { recursive: true })
    const unfinished = await mkdtemp(join(versions, 'unfinished-'))
    const { makeDumps } = await import('./make-templates.ts')
    await makeDumps(unfinished)
    // Another run may have made the same meanwhile.
    await rename(unfinished, stored).catch(() => rm(unfinished, { recursive: true }))
  }
  const now = new Date()
  await utimes(stored, now, now)
  const pathOf = (name: string) => join(folder, `${name}.tar`)
  for (const name of ['blank', 'empty', 'seeded']) await link(join(stored, `${name}.tar`), pathOf(name))
  await removeOldVersions(versions)
  return { blank: pathOf('blank'), empty: pathOf('empty'), seeded: pathOf('seeded') }
}

async function removeOldVersions(versions: string): Promise<void> {
  const found = await Promise.all(
    (await readdir(versions)).map(async (name) => {
      const path = join(versions, name)
      return { path, used: (await stat(path).catch(() => undefined))?.mtimeMs ?? 0 }
    }),
  )
  found.sort((one, other) => other.used - one.used)
  for (const { path } of found.slice(VERSIONS)) await rm(path, { recursive: true, force: true })
}

/** The databases, made if no run did before. A comment says when one was last used. */
async function findDatabases(version: string, url: string) {
  const names = { empty: `bilateral_template_${version}_empty`, seeded: `bilateral_template_${version}_seeded` }
  const exists = async (name: string) =>
    (await onServer(url, `SELECT FROM pg_database WHERE datname = '${name}'`)).rows.length > 0
  if (!(await exists(names.seeded))) {
    const unfinished = `bilateral_template_unfinished_${process.pid}_${Date.now()}`
    const own = { empty: `${unfinished}_empty`, seeded: `${unfinished}_seeded` }
    const { makeDatabases } = await import('./make-templates.ts')
    await makeDatabases(url, own)
    for (const name of ['empty', 'seeded'] as const) {
      // Another run may have made the same meanwhile.
      await onServer(url, `ALTER DATABASE ${own[name]} RENAME TO ${names[name]}`).catch(() =>
        onServer(url, `DROP DATABASE ${own[name]}`),
      )
    }
  }
  const used = new Date().toISOString()
  for (const name of Object.values(names)) await onServer(url, `COMMENT ON DATABASE ${name} IS '${used}'`)
  const { rows } = await onServer(
    url,
    `SELECT datname AS name FROM pg_database WHERE starts_with(datname, 'bilateral_template_')
     ORDER BY shobj_description(oid, 'pg_database') DESC NULLS LAST OFFSET ${2 * VERSIONS}`,
  )
  // What another run is making cannot be dropped.
  for (const { name } of rows) await onServer(url, `DROP DATABASE IF EXISTS ${name}`).catch(() => {})
  return names
}

async function dropDatabases(url: string, prefix: string): Promise<void> {
  const { rows } = await onServer(
    url,
    `SELECT datname AS name FROM pg_database WHERE starts_with(datname, '${prefix}')`,
  )
  for (const { name } of rows) await onServer(url, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
}
