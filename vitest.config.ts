import { createRequire } from 'node:module'
import { defineConfig } from 'vitest/config'

const { resolve } = createRequire(import.meta.url)

export default defineConfig({
  // Otherwise a test's `graphql` is another one than that of the schema and the server that it asks.
  resolve: { alias: [{ find: /^graphql$/, replacement: resolve('graphql') }] },
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: 'tests/global-setup.ts',
    // Opening a database takes a second, creating one several, and on a busy machine ten times as long.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    teardownTimeout: 60_000,
    maxWorkers: 2,
    // A busy machine may be late once; what is wrong is wrong each time.
    retry: process.env['CI'] ? 2 : 0,
  },
})
