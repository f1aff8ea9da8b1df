import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { TestProject } from 'vitest/node'
import { preparedFile } from '../src/database/pglite/prepared.ts'

declare module 'vitest' {
  interface ProvidedContext {
    isBuilt: true
  }
}

const root = fileURLToPath(new URL('..', import.meta.url))

/** Makes what the tests that start the program need, unless it is up to date: `dist`, and the prepared database. */
export default async function setup(project: TestProject): Promise<void> {
  project.provide('isBuilt', true)
  // `npm run check:types` checks the types.
  if (!(await isBuilt())) await runScript('build', '--', '--noCheck')
  if (!existsSync(await preparedFile())) await runScript('generate:database')
}

async function runScript(name: string, ...options: string[]): Promise<void> {
  await promisify(execFile)('npm', ['run', name, ...options], { cwd: root }).catch(({ stdout, stderr }) => {
    throw new Error(`npm run ${name} failed:\n${stdout}${stderr}`)
  })
}

/** Whether `dist` is newer than every source, and every folder, which changes when a file is removed. */
async function isBuilt(): Promise<boolean> {
  const lastChange = async (path: string) => (await stat(join(root, path))).mtimeMs
  const sources = (await readdir(join(root, 'src'), { recursive: true })).map((path) => join('src', path))
  try {
    const built = await lastChange('dist/main.js')
    const changes = await Promise.all(
      [...sources, 'package.json', 'tsconfig.json', 'tsconfig.build.json'].map(lastChange),
    )
    return changes.every((change) => change < built)
  } catch {
    return false
  }
}
