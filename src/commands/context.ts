import type { Readable, Writable } from 'node:stream'
import type { Config } from '../config/config.ts'
import type { AsFound } from '../database/as-found.ts'
import type { Database } from '../database/open.ts'
import type { DatabaseUse } from '../database/pglite/folder.ts'

/** The streams and the database of a command. */
export interface Context {
  readonly config: Config
  readonly stdin: Readable
  readonly stdout: Writable
  readonly stderr: Writable & { readonly isTTY?: boolean }
  /** Opens the database that the configuration names. The command closes it. */
  openDatabase(use?: DatabaseUse): Promise<Database>
  /** Connects to that database without creating or migrating it. The command closes it. */
  openAsFound(): Promise<AsFound>
}
