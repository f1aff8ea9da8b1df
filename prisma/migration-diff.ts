import { readFile } from 'node:fs/promises'
import { PrismaPg } from '@prisma/adapter-pg'
import {
  type ColumnType,
  ColumnTypeEnum,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils'
import pg, { type QueryConfig, type QueryResult } from 'pg'
import { openPGlite } from '../src/database/pglite/pglite.ts'
import { datamodelFile, everything, migrationList, startSchemaEngine, withWholeScripts } from './schema-engine.ts'

/**
 * The SQL that leads from the committed migrations to `prisma/schema.prisma`, or undefined if the two agree.
 * Computed on databases in memory: no real one is touched.
 */
export async function diffMigrations(): Promise<string | undefined> {
  const databases = await Promise.all([openPGlite({}), openPGlite({})])
  const [main, shadow] = databases.map(({ poolConfig }) => new pg.Pool(poolConfig)) as [pg.Pool, pg.Pool]
  try {
    const engine = await startSchemaEngine({
      ...withOneLetterColumns(main),
      connectToShadowDb: withOneLetterColumns(shadow).connect,
    })
    const { exitCode, stdout } = await engine.diff({
      from: { tag: 'migrations', ...(await migrationList()) },
      to: { tag: 'schemaDatamodel', files: [{ path: datamodelFile, content: await readFile(datamodelFile, 'utf8') }] },
      script: true,
      exitCode: true,
      filters: everything,
    })
    return exitCode === 0 ? undefined : (stdout ?? '')
  } finally {
    await Promise.all([main.end(), shadow.end()])
    await Promise.all(databases.map((database) => database.close()))
  }
}

/** The system catalogue has one-letter columns of the type `"char"`, which the engine wants and the adapter refuses. */
function withOneLetterColumns(pool: pg.Pool): SqlMigrationAwareDriverAdapterFactory {
  const oneLetter = new Set<string>()
  const query = pool.query.bind(pool) as (config: QueryConfig, values?: unknown[]) => Promise<QueryResult>
  pool.query = (async (config: QueryConfig, values?: unknown[]) => {
    const result = await query(config, values)
    for (const field of result.fields ?? []) {
      if (field.dataTypeID !== pg.types.builtins.CHAR) continue
      field.dataTypeID = pg.types.builtins.TEXT
      oneLetter.add(field.name)
    }
    return result
  }) as pg.Pool['query']

  const factory = withWholeScripts(new PrismaPg(pool))
  const connect = async () => {
    const adapter = await factory.connect()
    const queryRaw = adapter.queryRaw.bind(adapter)
    adapter.queryRaw = async (sql) => {
      const result = await queryRaw(sql)
      const columnTypes = result.columnNames.map((name, i) =>
        oneLetter.has(name) ? ColumnTypeEnum.Character : (result.columnTypes[i] as ColumnType),
      )
      return { ...result, columnTypes }
    }
    return adapter
  }
  return { ...factory, connect, connectToShadowDb: connect }
}
