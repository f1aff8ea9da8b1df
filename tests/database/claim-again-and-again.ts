// A process that claims the folder it is given, again and again, and ends by `kill -9` while it owns it. It fails where it owns
// the folder at the same time as another process.

import { closeSync, openSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { claimFolder } from '../../src/database/pglite/owner.ts'

const [folder = '', times = '1'] = process.argv.slice(2)
const mark = join(folder, 'owned')
process.stdout.write('ready\n')

for (let left = Number(times); left > 0; ) {
  const claimed = await claimFolder(folder)
  if (!('server' in claimed)) {
    await sleep(Math.random())
    continue
  }
  // Fails if another process owns the folder.
  closeSync(openSync(mark, 'wx'))
  await sleep(Math.random() * 2)
  rmSync(mark)
  if (--left === 0) process.kill(process.pid, 'SIGKILL')
  claimed.release()
}
