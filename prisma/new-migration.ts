// npm run migrate:new NAME: writes the next migration from what prisma/schema.prisma has and the migrations have not.

import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { migrationsFolder, readMigrations } from '../src/database/migrations.ts'
import { diffMigrations } from './migration-diff.ts'

const [name] = process.argv.slice(2)
if (!name || !/^[a-z0-9_]+$/.test(name)) {
  process.stderr.write(
    'usage: npm run migrate:new NAME, where NAME is of a-z, 0-9 and _, for example add_treaty_text\n',
  )
  process.exit(1)
}

const sql = await diffMigrations()
if (sql === undefined) {
  process.stdout.write('prisma/schema.prisma and the migrations agree: nothing to write\n')
} else {
  const migrations = await readMigrations()
  const number = String(migrations.length + 1).padStart(4, '0')
  const file = join(migrationsFolder, `${number}_${name}`, 'migration.sql')
  await mkdir(join(file, '..'))
  await writeFile(file, sql)
  process.stdout.write(`wrote ${file}; read it, and add the checks and collations that Prisma cannot express\n`)
}
