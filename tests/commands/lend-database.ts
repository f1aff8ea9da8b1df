// A process that opens the folder it is given as a service does, and says when a command uses its database.

import { setTimeout as sleep } from 'node:timers/promises'
import { openDatabase } from '../../src/database/open.ts'

const { pool } = await openDatabase({ folder: process.argv[2] as string }, { isService: true })
process.stdout.write('open\n')
while (pool.totalCount === 0 || pool.idleCount > 0) await sleep(10)
process.stdout.write('lent\n')
