// A process that opens the folder it is given, loses its files, and asks for what PGlite does not survive.

import { rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { openDatabase } from '../../src/database/open.ts'

const folder = process.argv[2] as string
const { pool } = await openDatabase({ folder })
await rename(join(folder, 'pglite'), join(folder, 'lost'))
await writeFile(join(folder, 'pglite'), '')
await pool.query(`COPY (SELECT 1) TO PROGRAM 'true'`).catch(() => {})
// Waits for an answer that never comes.
await pool.query('SELECT 1')
