import { setTimeout as sleep } from 'node:timers/promises'
import type { ClientBase, Pool, PoolConfig } from 'pg'
import { messageOf } from '../errors.ts'
import type { PrismaClient } from '../generated/prisma/client.ts'
import { Connection, type ConnectionConfig } from './connection.ts'
import { type DataVersion, lasts, versionIn } from './data-version.ts'
import { readMigrations } from './migrations.ts'
import { openPool, prismaOver } from './pool.ts'

/** Milliseconds between two checks of a replica. */
const CHECK_MS = 250
/** A replica that is silent for this many milliseconds hangs. */
const SILENCE_MS = 2_000
/** A replica that lags is reported after this many milliseconds, as each replica lags a moment after each change. */
const REPORTED_MS = 3_000

/** What a client reads from a replica: whether it has the same data as the primary, and the tables that this program reads. */
export const CHECK = `
  SELECT version, changed_at::text AS changed, pg_is_in_recovery() AS follows,
    EXISTS (SELECT FROM _prisma_migrations
      WHERE migration_name = $1 AND finished_at IS NOT NULL AND rolled_back_at IS NULL) AS migrated
  FROM dataset`
/** The same number with another time is another history, for example that of another database. */
export const STAMP = `SELECT version, changed_at::text AS changed FROM dataset`

const NONE: ReadonlySet<never> = new Set()

export interface Stamp {
  readonly version: string
  readonly changed: string
}

export interface Checked extends Stamp {
  /** False for a server that is not a replica, or that became a primary. */
  readonly follows: boolean
  readonly migrated: boolean
}

/** The properties of a database that a replica replaces by its own. */
interface Reads {
  readonly pool: Pool
  readonly prisma: PrismaClient
  readVersion(): Promise<bigint>
  dataVersion(): DataVersion | undefined
}

/** A replica as operators see it. */
export interface ReplicaState {
  /** Its URL without the password. */
  readonly location: string
  /** Whether requests read from it. */
  readonly isUsed: boolean
  /** Why it is not used. */
  readonly problem: string | undefined
  /** For how many milliseconds it has not been used. 0 while it is used. */
  readonly unusedMs: number
  /** The data version that it had at the last check. */
  readonly version: string | undefined
}

/** What is needed to connect to a replica. */
export interface ReplicaConfig {
  readonly location: string
  readonly connection: PoolConfig & ConnectionConfig
}

/**
 * The replicas of a database. Requests read from one that has the same data as the primary, which a check four times a second
 * finds out. While the primary cannot be reached, they read from one that has at least the last version that was known.
 */
export class Replicas<Database extends Reads> {
  readonly #primary: Database
  readonly #replicas: readonly Replica<Database>[]
  readonly #stop = new AbortController()
  readonly #watching: Promise<unknown>
  #version: DataVersion | undefined
  #next = 0

  /** `onChange` is called when a replica is used, or no longer used. */
  constructor(
    primary: Database,
    configs: readonly ReplicaConfig[],
    onChange: (state: ReplicaState) => void = () => {},
  ) {
    this.#primary = primary
    const stamps = new Stamps(primary.pool)
    this.#replicas = configs.map((config) => new Replica(config, primary, this, stamps))
    this.#watching = Promise.all(this.#replicas.map((replica) => replica.watch(this.#stop.signal, onChange)))
  }

  get states(): readonly ReplicaState[] {
    return this.#replicas.map((replica) => replica.state)
  }

  /** The version that a replica must have: the current one, or the last one while the primary cannot be reached. */
  get version(): DataVersion | undefined {
    this.#version = this.#primary.dataVersion() ?? this.#version
    return this.#version
  }

  /** The database for all reads of one request: the least busy replica that has the data, or else the primary. */
  choose(): Database {
    return this.#leastBusy(NONE) ?? this.#primary
  }

  /** The database that repeats a request after failures of others: another replica, or else the primary. Undefined if none is left. */
  chooseAfter(failed: ReadonlySet<Database>): Database | undefined {
    return this.#leastBusy(failed) ?? (failed.has(this.#primary) ? undefined : this.#primary)
  }

  /** Does not use a replica until its next check, because a request failed. */
  suspect(failed: Database): void {
    this.#replicas.find(({ database }) => database === failed)?.suspect()
  }

  async close(): Promise<void> {
    this.#stop.abort()
    await this.#watching
    await Promise.all(this.#replicas.map((replica) => replica.close()))
  }

  #leastBusy(failed: ReadonlySet<Database>): Database | undefined {
    const { version } = this
    let chosen: Replica<Database> | undefined
    for (let i = 0; i < this.#replicas.length; i++) {
      const replica = this.#replicas[(this.#next + i) % this.#replicas.length] as Replica<Database>
      if (!replica.has(version) || failed.has(replica.database)) continue
      if (!chosen || replica.busy < chosen.busy) chosen = replica
    }
    this.#next++
    return chosen?.database
  }
}

class Replica<Database extends Reads> {
  /** The primary's database, with reads from this replica. */
  readonly database: Database
  readonly #config: ReplicaConfig
  readonly #replicas: Pick<Replicas<Database>, 'version'>
  readonly #stamps: Stamps
  readonly #connections = new Set<Connection>()
  /** The version that it was found to have. It may have a later one by now, never an earlier one. */
  #version: DataVersion | undefined
  #problem: string | undefined = 'not checked yet'
  #checked: Checked | undefined
  #lastUsed = performance.now()
  /** While true, a new connection fails at once. */
  #isLost = false

  constructor(config: ReplicaConfig, primary: Database, replicas: Pick<Replicas<Database>, 'version'>, stamps: Stamps) {
    this.#config = config
    this.#replicas = replicas
    this.#stamps = stamps
    const pool = openPool({ ...config.connection, Client: this.#connectionClass() } as PoolConfig)
    this.database = {
      ...primary,
      pool,
      prisma: prismaOver(pool),
      readVersion: async () => BigInt((await versionIn(pool)) ?? 0),
      // What is read here must not be cached for a later version.
      dataVersion: () => {
        const version = primary.dataVersion()
        return this.has(version) ? version : undefined
      },
    }
  }

  has(version: DataVersion | undefined): boolean {
    return version !== undefined && version === this.#version
  }

  /** The number of statements that run or wait. */
  get busy(): number {
    const { totalCount, idleCount, waitingCount } = this.database.pool
    return totalCount - idleCount + waitingCount
  }

  get state(): ReplicaState {
    const isUsed = this.has(this.#replicas.version)
    return {
      location: this.#config.location,
      isUsed,
      problem: isUsed ? undefined : (this.#problem ?? 'not checked since the last change of the data'),
      unusedMs: isUsed ? 0 : Math.round(performance.now() - this.#lastUsed),
      version: this.#checked?.version,
    }
  }

  suspect(): void {
    this.#version = undefined
  }

  /** Checks the replica again and again, until `stop` is aborted. */
  async watch(stop: AbortSignal, onChange: (state: ReplicaState) => void): Promise<void> {
    const newestMigration = (await readMigrations()).at(-1)?.name ?? ''
    const reporting = setInterval(this.#reportTo(onChange), CHECK_MS)
    while (!stop.aborted) {
      const options = { silenceMs: SILENCE_MS, connectionTimeoutMillis: SILENCE_MS, isObserved: false }
      const client = new Connection({ ...this.#config.connection, ...options })
      let reason = 'the connection ended'
      client.on('error', (error) => {
        reason = messageOf(error)
      })
      const ended = new Promise((resolve) => client.once('end', resolve))
      try {
        await client.connect()
        this.#isLost = false
        do await this.#check(client, newestMigration)
        while (await lasts(CHECK_MS, ended, stop))
      } catch (error) {
        reason = messageOf(error)
      }
      if (!stop.aborted) this.#lose(reason)
      await client.end()
      await lasts(CHECK_MS, new Promise(() => {}), stop)
    }
    clearInterval(reporting)
  }

  async close(): Promise<void> {
    await this.database.prisma.$disconnect()
    await this.database.pool.end()
  }

  /** Returns a function that reports a change, if it lasts. */
  #reportTo(onChange: (state: ReplicaState) => void): () => void {
    let reported: string | undefined | null = null
    return () => {
      const { state } = this
      const { isUsed, problem, unusedMs } = state
      if (isUsed) this.#lastUsed = performance.now()
      if (!isUsed && !this.#isLost && unusedMs < REPORTED_MS) return
      // The rest of the text, such as the versions of a replica that lags, changes all the time.
      const kind = problem?.split(':')[0]
      if (kind !== reported) onChange(state)
      reported = kind
    }
  }

  async #check(client: ClientBase, newestMigration: string): Promise<void> {
    const { version } = this.#replicas
    const { rows } = await client.query<Checked>(CHECK, [newestMigration])
    const [checked] = rows
    if (!checked) throw new Error('the table dataset is empty')
    this.#checked = checked
    // It may have a later version than this process knows.
    if (version && this.has(version) && checked.migrated && BigInt(checked.version) >= BigInt(version.number)) return
    this.#problem = problemOf(checked, version && (await this.#stamps.of(version)), newestMigration)
    this.#version = this.#problem ? undefined : version
  }

  /** Ends all connections, so that what reads over them can be repeated elsewhere. */
  #lose(problem: string): void {
    this.#problem = `lost: ${problem}`
    this.#version = undefined
    this.#isLost = true
    for (const connection of this.#connections) connection.abandon(`the replica was lost: ${problem}`)
  }

  /** Connections that end when the replica is lost. */
  #connectionClass(): typeof Connection {
    const connections = this.#connections
    const isLost = () => this.#isLost
    return class extends Connection {
      override connect(...callback: unknown[]): never {
        connections.add(this)
        this.once('end', () => connections.delete(this))
        const connecting = (super.connect as (...callback: unknown[]) => unknown).apply(this, callback)
        if (isLost()) this.abandon('the replica cannot be reached')
        return connecting as never
      }
    }
  }
}

/** Reads from the primary what a replica must have at a version of the data. Each version is read once. */
class Stamps {
  readonly #pool: Pool
  readonly #stamps = new WeakMap<DataVersion, Promise<Stamp | undefined>>()

  constructor(pool: Pool) {
    this.#pool = pool
  }

  /** Undefined if the primary does not respond, or has another version by now. */
  async of(version: DataVersion): Promise<Stamp | undefined> {
    let stamp = this.#stamps.get(version)
    if (!stamp) {
      stamp = this.#read(version)
      this.#stamps.set(version, stamp)
    }
    return await Promise.race([stamp, sleep(SILENCE_MS, undefined, { ref: false })])
  }

  async #read(version: DataVersion): Promise<Stamp | undefined> {
    try {
      const { rows } = await this.#pool.query<Stamp>(STAMP)
      if (rows[0]?.version === version.number) return rows[0]
    } catch {
      // The next check reads it again.
    }
    this.#stamps.delete(version)
    return undefined
  }
}

/** Why a replica is not used. `expected` is what the primary has. */
export function problemOf(checked: Checked, expected: Stamp | undefined, newestMigration: string): string | undefined {
  if (!checked.migrated) return `lacks the migration ${newestMigration}`
  if (!expected) return 'unknown: the version of the primary is not known'
  if (checked.version === expected.version) {
    if (checked.changed === expected.changed) return undefined
    return `other data: it has version ${checked.version} of ${checked.changed}, and the primary that of ${expected.changed}`
  }
  const versions = `it has version ${checked.version}, and the primary ${expected.version}`
  return checked.follows ? `lags: ${versions}` : `not a replica: ${versions}`
}
