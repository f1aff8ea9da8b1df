import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { connect, type Database } from '../../src/database/open.ts'
import { onServer } from '../postgres.ts'
import { createDatabase, databaseKinds, openEmpty } from '../support.ts'
import { until } from '../until.ts'
import { openNetwork } from './network.ts'

const raise = 'UPDATE dataset SET version = version + 1'
/** The embedded database listens once somebody asked it something. */
const known = async (database: Database) =>
  await until(async () => {
    await database.pool.query('SELECT 1')
    return database.dataVersion()
  })
const numberOf = async (database: Database) => (await known(database)).number

describe.each(databaseKinds)('the version of the data on %s', (kind) => {
  let database: Database
  beforeAll(async () => {
    database = await openEmpty(kind)
  })
  afterAll(async () => await database.close())

  test('is announced after each change, also a manual one, and is the same object until then', async () => {
    const before = await known(database)
    expect(await known(database)).toBe(before)
    await database.pool.query(raise)
    await until(() => database.dataVersion()?.number === String(Number(before.number) + 1))
  })

  test('stays the same after a change that was rolled back', async () => {
    const before = await known(database)
    await database.pool.query(`BEGIN; UPDATE dataset SET version = version + 10; ROLLBACK`)
    await database.pool.query(raise)
    // Changes are announced in their order.
    const next = await until(() => {
      const now = database.dataVersion()
      return now === before ? undefined : now
    })
    expect(next.number).toBe(String(Number(before.number) + 1))
  })

  test('is still announced after the pool has replaced its connection after an error', async () => {
    await known(database)
    await expect(database.pool.query('SELECT nothing')).rejects.toThrow()
    await database.pool.query(raise)
    const { rows } = await database.pool.query('SELECT version FROM dataset')
    await until(() => database.dataVersion()?.number === rows[0].version)
  })

  test('is a new object if a number returns, because the data can be different', async () => {
    const before = await known(database)
    await database.pool.query(raise)
    await until(() => database.dataVersion() !== before)
    await database.pool.query('UPDATE dataset SET version = version - 1')
    await until(() => database.dataVersion()?.number === before.number)
    expect(database.dataVersion()).not.toBe(before)
  })

  test('is known immediately after a change in this process', async () => {
    await known(database)
    await database.pool.query(raise)
    await database.refreshDataVersion()
    const { rows } = await database.pool.query('SELECT version FROM dataset')
    expect(database.dataVersion()?.number).toBe(rows[0].version)
  })

  test('is known to be at least the one that a client knows', async () => {
    const { number } = await known(database)
    await database.pool.query(raise)
    const next = BigInt(number) + 1n
    await Promise.all([database.catchUp(next), database.catchUp(next)])
    expect(database.dataVersion()?.number).toBe(String(next))
    // The client may be wrong.
    await database.catchUp(next + 5n)
    expect(database.dataVersion()?.number).toBe(String(next))
  })

  test('is not lost by a number that no data has, while every connection is busy or fails', async () => {
    const { number } = await known(database)
    const all = Array.from({ length: database.pool.options.max }, () => database.pool.connect())
    const held = await Promise.all(all)
    const query = vi.spyOn(database.pool, 'query').mockRejectedValue(new Error('no connection') as never)
    await database.catchUp(10n ** 18n)
    expect(database.dataVersion()?.number).toBe(number)
    query.mockRestore()
    for (const client of held) client.release()
  })

  test('ignores invalid announcements', async () => {
    await database.pool.query(`SELECT pg_notify('data_version', 'nonsense'), pg_notify('data_version', '')`)
    await database.pool.query(raise)
    await until(() => /^\d+$/.test(database.dataVersion()?.number ?? ''))
  })
})

describe.runIf(databaseKinds.includes('PostgreSQL'))('the version of the data on a server', () => {
  const listeners = `FROM pg_stat_activity WHERE datname = current_database() AND query IN ('LISTEN data_version', 'SELECT version FROM dataset') AND pid <> pg_backend_pid()`

  test('is unknown while no connection listens, and is read again when one does', async () => {
    const { url, drop } = await createDatabase('empty')
    const database = await connect({ connectionString: url, max: 4 }, url, drop)
    const other = new pg.Client(url)
    await other.connect()
    await known(database)
    const ended = until(() => database.dataVersion() === undefined)
    await other.query(`SELECT pg_terminate_backend(pid) ${listeners}`)
    await ended
    await other.query(raise)
    expect(await numberOf(database)).toBe('1')
    await other.end()
    await database.close()
  })

  test('is unknown soon after a network becomes silent, and known again when it is back', async () => {
    const { url, drop } = await createDatabase('empty')
    const network = await openNetwork(url)
    const database = await connect({ connectionString: network.url, max: 4 }, url, drop)
    await known(database)
    network.silence()
    await onServer(url, raise)
    await until(() => database.dataVersion() === undefined)
    await network.recover()
    await until(() => database.dataVersion()?.number === '1')
    await database.close()
    await network.close()
  })

  test('is not listened for if nothing needs it', async () => {
    const { url, drop } = await createDatabase('empty')
    const database = await connect({ connectionString: url, max: 4 }, url, drop)
    const { rows } = await database.pool.query(`SELECT 1 ${listeners}`)
    await database.close()
    expect(rows).toEqual([])
  })
})
