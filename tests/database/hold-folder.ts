// A process that opens the folder it is given, says so, and holds it until it is killed.

import { openDatabase } from '../../src/database/open.ts'

await openDatabase({ folder: process.argv[2] as string })
process.stdout.write('open\n')
