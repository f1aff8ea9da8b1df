// npm run generate:database: makes the database that a first start unpacks, unless it is there already.

import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrate } from '../src/database/migrate.ts'
import { openPGlite } from '../src/database/pglite/pglite.ts'
import { packDatabase, preparedFile, preparedFolder } from '../src/database/pglite/prepared.ts'

const file = await preparedFile()
if (!existsSync(file)) {
  const temporary = await mkdtemp(join(tmpdir(), 'bilateral-prepare-'))
  try {
    const dataDir = join(temporary, 'pglite')
    // With small files of write-ahead log, of which there is at least one.
    const pglite = await openPGlite({ dataDir, tuning: { initDbStartParams: ['--wal-segsize=1'] } })
    await migrate(pglite.poolConfig)
    await pglite.close()
    // Databases of other migrations. The assets of the pages are in the same folder.
    await mkdir(preparedFolder, { recursive: true })
    for (const name of await readdir(preparedFolder)) if (name.includes('.br')) await rm(join(preparedFolder, name))
    await writeFile(`${file}.unfinished`, packDatabase(dataDir))
    await rename(`${file}.unfinished`, file)
  } finally {
    await rm(temporary, { recursive: true, force: true })
  }
}
process.exit()
