import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { PrismaPg } from '@prisma/adapter-pg'
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils'
import type { MigrationList, SchemaEngine } from '@prisma/schema-engine-wasm'
import { migrationsFolder, readMigrations } from '../src/database/migrations.ts'

/** Compares every table. */
export const everything = { externalTables: [], externalEnums: [] }

export const datamodelFile = fileURLToPath(new URL('schema.prisma', import.meta.url))

/** Starts Prisma's schema engine as WebAssembly: no binary to download, the same on every machine. */
export async function startSchemaEngine(adapter: SqlMigrationAwareDriverAdapterFactory): Promise<SchemaEngine> {
  bindings ??= instantiate()
  const { SchemaEngine } = await bindings
  return await SchemaEngine.new({ datamodels: undefined }, () => {}, bindMigrationAwareSqlAdapterFactory(adapter))
}

/** Once per process: the bindings have views of the memory of their first instance. */
let bindings: ReturnType<typeof instantiate> | undefined

/** The engine's package expects a bundler to load the `.wasm`; here Node does. */
async function instantiate() {
  const bindings = await import('@prisma/schema-engine-wasm/schema_engine_bg' as string)
  const wasm = createRequire(import.meta.url)
    .resolve('@prisma/schema-engine-wasm')
    .replace(/\.js$/, '_bg.wasm')
  const { instance } = await WebAssembly.instantiate(await readFile(wasm), { './schema_engine_bg.js': bindings })
  bindings.__wbg_set_wasm(instance.exports)
  ;(instance.exports['__wbindgen_start'] as () => void)()
  return bindings
}

/** The migrations as the engine takes them. */
export async function migrationList(): Promise<MigrationList> {
  const migrations = await readMigrations()
  return {
    baseDir: migrationsFolder,
    lockfile: {
      path: './migration_lock.toml',
      content: await readFile(join(migrationsFolder, 'migration_lock.toml'), 'utf8'),
    },
    shadowDbInitScript: '',
    migrationDirectories: migrations.map(({ name, sql }) => ({
      path: name,
      migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: sql } },
    })),
  }
}

/** Runs a migration's script in one piece: the adapter would split it at every semicolon, even inside functions and strings. */
export function withWholeScripts(factory: PrismaPg): SqlMigrationAwareDriverAdapterFactory {
  const connect = async () => {
    const adapter = await factory.connect()
    adapter.executeScript = async (script) => {
      await adapter.underlyingDriver().query(script)
    }
    return adapter
  }
  return { provider: factory.provider, adapterName: factory.adapterName, connect, connectToShadowDb: connect }
}
