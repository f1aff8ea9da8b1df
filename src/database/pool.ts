import { PrismaPg } from '@prisma/adapter-pg'
import pg, { type PoolConfig } from 'pg'
import { PrismaClient } from '../generated/prisma/client.ts'
import { Connection, type ConnectionConfig } from './connection.ts'
import { withOneStatementReads } from './read/reader.ts'
import { statementName } from './read/statement.ts'
import { endAbandoned } from './waiting-clients.ts'

/** Opens a pool of connections, of the class `Connection` if `config` names no other. */
export function openPool(config: PoolConfig & ConnectionConfig): pg.Pool {
  const pool: pg.Pool = new pg.Pool({ Client: Connection, ...config, onSilence: () => closeIdle(pool) } as PoolConfig)
  survive(pool)
  endAbandoned(pool)
  return pool
}

/** The client that reads over a pool. */
export const prismaOver = (pool: pg.Pool): PrismaClient =>
  withOneStatementReads(
    new PrismaClient({ adapter: new PrismaPg(pool, { statementNameGenerator: ({ sql }) => statementName(sql) }) }),
    pool,
  )

/** The next query reports an error on an idle connection. Without listeners, these events would end the process. */
function survive(pool: pg.Pool): void {
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
}

/** A network that lost one connection probably lost the others too, and each of them would take as long to notice. */
export function closeIdle(pool: pg.Pool): void {
  for (let idle = pool.idleCount; idle > 0; idle--) pool.connect((_error, _client, release) => release(true))
}
