// A process that opens the folder it is given as a service does, and says when a command uses its database for the second time:
// the first time, it looks for migrations.

import { openDatabase } from '../../src/database/open.ts'

const { pool } = await openDatabase({ folder: process.argv[2] as string }, { isService: true })
let times = 0
pool.on('acquire', () => {
  if (++times === 2) process.stdout.write('lent\n')
})
process.stdout.write('open\n')
