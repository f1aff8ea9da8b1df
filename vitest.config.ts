import { createRequire } from 'node:module'
import { defineConfig } from 'vitest/config'

const { resolve } = createRequire(import.meta.url)

/** Tests that start the program that `npm run build` makes. */
const programs = [
  'tests/package.test.ts',
  'tests/api/process.test.ts',
  'tests/evidence/verify.test.ts',
  'tests/commands/*.test.ts',
]

export default defineConfig({
  // Otherwise a test's `graphql` is another one than that of the schema and the server that it asks.
  resolve: { alias: [{ find: /^graphql$/, replacement: resolve('graphql') }] },
  test: {
    // Opening a database takes a second, creating one several, and on a busy machine ten times as long.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    teardownTimeout: 60_000,
    maxWorkers: 2,
    // A busy machine may be late once; what is wrong is wrong each time.
    retry: process.env['CI'] ? 2 : 0,
    projects: [
      {
        extends: true,
        test: {
          name: 'quick',
          isolate: false,
          include: ['tests/**/*.test.ts'],
          exclude: programs,
          globalSetup: 'tests/global-setup.ts',
        },
      },
      {
        extends: true,
        test: { name: 'program', include: programs, globalSetup: ['tests/global-setup.ts', 'tests/build-setup.ts'] },
      },
    ],
  },
})
