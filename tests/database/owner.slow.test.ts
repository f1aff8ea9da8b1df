import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it, onTestFinished } from 'vitest'
import { claimFolder } from '../../src/database/pglite/owner.ts'
import { isOwned, own, useFolders } from './folders.ts'

const createFolder = useFolders()

/** Starts a process that claims a folder so often, or once and then waits. */
function startClaiming(folder: string, script: string, ...args: string[]) {
  const path = fileURLToPath(new URL(script, import.meta.url))
  const child = spawn(process.execPath, ['--import', 'tsx', path, folder, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let errors = ''
  child.stderr.setEncoding('utf8').on('data', (text) => {
    errors += text
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal, errors }))
  return { child, ended }
}

it('processes that own a folder in turn, and are killed, never own it at the same time', async () => {
  const folder = await createFolder()
  const processes = Array.from({ length: 4 }, () => startClaiming(folder, 'claim-again-and-again.ts', '30'))
  for (const { ended } of processes) expect(await ended).toEqual({ code: null, signal: 'SIGKILL', errors: '' })
  await own(folder)
  expect((await readdir(join(folder, 'owner'))).filter((name) => /^\d+$/.test(name))).toEqual(['121'])
})

it('a process owns its folder while it is stopped, and no longer when it is killed', async () => {
  const folder = await createFolder()
  const { child, ended } = startClaiming(folder, 'claim-and-wait.ts')
  await once(child.stdout, 'data')
  expect(await claimFolder(folder)).toEqual(isOwned(child.pid))
  child.kill('SIGSTOP')
  expect(await claimFolder(folder)).toEqual(isOwned(child.pid))
  child.kill('SIGKILL')
  await ended
  await own(folder)
})
