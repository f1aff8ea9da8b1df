import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: 'tests/global-setup.ts',
    // Opening a database takes a second, creating one several.
    testTimeout: 30_000,
    hookTimeout: 30_000,
    teardownTimeout: 30_000,
    maxWorkers: 2,
    // Otherwise a test's `graphql` is another one than that of the schema it asks.
    server: { deps: { inline: ['graphql', /@pothos\//] } },
  },
})
