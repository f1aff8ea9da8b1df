// Opens the embedded database's folder by PGlite alone, and listens when it is ready.

import { createServer } from 'node:http'
import { PGlite } from '@electric-sql/pglite'
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm'

const database = await PGlite.create(`${process.env['BILATERAL_DATA']}/pglite`, { extensions: { pg_trgm } })
await database.query('SELECT 1')
process.once('SIGTERM', async () => {
  await database.close()
  process.exit()
})
createServer().listen(Number(process.env['PORT']), '127.0.0.1')
