import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, onTestFinished } from 'vitest'
import { type Database, openDatabase } from '../../src/database/open.ts'
import type { DatabaseKind } from '../global-setup.ts'
import { databaseUrl, onServer } from '../postgres.ts'
import { type Environment, endAll, launch, run } from '../program.ts'
import { createDatabase, openEmbedded } from '../support.ts'
import { useFiles } from './files.ts'
import type { Outcome } from './in-process.ts'

/** Data as a user's commands find it: migrated, without facts. Commands are processes. */
export interface Place {
  readonly env: Environment
  /** Runs a command on this data to its end. */
  command(args: readonly string[], input?: Uint8Array<ArrayBuffer>): Promise<Outcome>
  launch(args: readonly string[]): ReturnType<typeof launch>
  /** Opens the data in this process. Nobody else has a folder then, until it is closed. */
  open(): Promise<Database>
  /** What holds the same, for a try. No process may have it meanwhile. */
  copy(): Promise<Place>
  remove(): Promise<void>
}

const places = {
  async PGlite() {
    const folder = await mkdtemp(join(tmpdir(), 'bilateral-command-'))
    await (await openEmbedded('empty', join(folder, 'pglite'))).close()
    return inFolder(folder)
  },
  async PostgreSQL() {
    const { url, drop } = await createDatabase('empty')
    return onPostgres(url, drop)
  },
} satisfies Record<DatabaseKind, () => Promise<Place>>

const createPlace = (kind: DatabaseKind): Promise<Place> => places[kind]()

const commandsOf = (env: Environment) => ({
  env,
  command: (args: readonly string[], input?: Uint8Array<ArrayBuffer>) => run(args, env, input),
  launch: (args: readonly string[]) => launch(args, env),
})

const inFolder = (folder: string): Place => ({
  ...commandsOf({ BILATERAL_DATA: folder }),
  open: () => openDatabase({ folder }),
  async copy() {
    const other = await mkdtemp(join(tmpdir(), 'bilateral-command-'))
    await cp(join(folder, 'pglite'), join(other, 'pglite'), { recursive: true })
    return inFolder(other)
  },
  remove: () => rm(folder, { recursive: true, force: true }),
})

let copies = 0

const onPostgres = (url: string, drop: () => Promise<void>): Place => ({
  ...commandsOf({ DATABASE_URL: url }),
  async open() {
    const name = new URL(url).pathname.slice(1)
    // A server ends what a killed process asked for when it finds it gone.
    for (let rows: unknown[] = [0]; rows.length > 0; ) {
      rows = (await onServer(databaseUrl(url, 'postgres'), `SELECT FROM pg_stat_activity WHERE datname = '${name}'`))
        .rows
    }
    return await openDatabase({ url })
  },
  async copy() {
    const name = new URL(url).pathname.slice(1)
    const other = `${name}_${++copies}`
    await onServer(databaseUrl(url, 'postgres'), `CREATE DATABASE ${other} TEMPLATE ${name}`)
    const dropOther = async () => {
      await onServer(databaseUrl(url, 'postgres'), `DROP DATABASE ${other} WITH (FORCE)`)
    }
    return onPostgres(databaseUrl(url, other), dropOther)
  },
  remove: drop,
})

/** Files to give to the program, and data without facts, a new one for each test. */
export function usePrograms(kind: DatabaseKind) {
  let original: Place
  beforeAll(async () => {
    original = await createPlace(kind)
  })
  afterAll(async () => {
    await endAll()
    await original.remove()
  })
  return {
    ...useFiles(),
    async empty(): Promise<Place> {
      const place = await original.copy()
      onTestFinished(place.remove)
      return place
    },
  }
}
