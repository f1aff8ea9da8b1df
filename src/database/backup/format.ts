import { z } from 'zod'

/*
 * A backup is compressed by gzip and has one JSON value in each line:
 *
 * 1. the header;
 * 2. for each table: its name and columns, its rows, their number and SHA-256. A row is an array with the text of each column as
 *    PostgreSQL writes it, or null;
 * 3. the sequences;
 * 4. the SHA-256 of all lines before. If it is missing, the file is incomplete.
 */

export const BACKUP = 'bilateral-backup'
export const BACKUP_FORMAT = 1

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

export const header = z.object({
  format: z.literal(BACKUP),
  formatVersion: z.int().positive(),
  /** The version of the program that wrote the backup. */
  version: z.string(),
  createdAt: z.iso.datetime(),
  /** The version of the data. */
  dataVersion: z.string().regex(/^\d+$/),
  migrations: z.array(z.object({ name: z.string(), checksum: z.string() })),
  /** The tables in the order in which they follow. */
  tables: z.array(z.string()),
})

export type Header = z.infer<typeof header>

export const tableBegin = z.object({ table: z.string(), columns: z.array(z.string()).min(1) })
export const tableEnd = z.object({ rows: z.int().nonnegative(), sha256 })
export const sequences = z.object({
  sequences: z.array(z.object({ name: z.string(), next: z.string().regex(/^-?\d+$/) })),
})
export const trailer = z.object({ end: sha256 })
