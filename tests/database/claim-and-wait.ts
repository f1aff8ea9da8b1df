// A process that claims the folder it is given, says so, and owns it until it is killed.

import { claimFolder } from '../../src/database/pglite/owner.ts'

const claimed = await claimFolder(process.argv[2] as string)
if ('server' in claimed) claimed.server.ref()
process.stdout.write('owned\n')
