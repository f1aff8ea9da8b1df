import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config'

const { resolve } = createRequire(import.meta.url)

/** Files whose names say so start the program that `npm run build` makes, or take long. */
const PROGRAM = 'tests/**/*.program.test.ts'
const SLOW = 'tests/**/*.slow.test.ts'
/** Long loops and whole clusters: `npm run test:long`. */
const LONG = 'tests/**/*.long.test.ts'

/** What `npm test` has run already if TEST_PGLITE_DONE is set: all files that do not run on each kind of database. */
const DONE = process.env['TEST_PGLITE_DONE']
  ? readdirSync('tests', { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.test.ts'))
      .map((file) => join('tests', file))
      .filter((file) => !/databaseKinds|createDatabase/.test(readFileSync(file, 'utf8')))
  : []

const project = (
  name: string,
  include: string,
  options: TestProjectInlineConfiguration['test'] = {},
): TestProjectInlineConfiguration => ({ extends: true, test: { name, include: [include], ...options } })

const withProgram = { globalSetup: ['tests/global-setup.ts', 'tests/build-setup.ts'] }

export default defineConfig({
  // Otherwise tests would import a second copy of graphql, beside that of the schema and the server.
  resolve: { alias: [{ find: /^graphql$/, replacement: resolve('graphql') }] },
  test: {
    // Files share the modules and the databases of their worker.
    isolate: false,
    maxWorkers: 2,
    // Backstops: a test that hangs ends some day, also on a busy machine.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    teardownTimeout: 60_000,
    // `npm test` runs the first two projects, `npm run test:all` all three.
    projects: [
      project('quick', 'tests/**/*.test.ts', {
        exclude: [PROGRAM, SLOW, LONG, ...DONE],
        globalSetup: 'tests/global-setup.ts',
      }),
      project('program', PROGRAM, withProgram),
      project('slow', SLOW, withProgram),
      project('long', LONG, withProgram),
    ],
  },
})
