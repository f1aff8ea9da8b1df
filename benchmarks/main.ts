// npm run bench: see benchmarks/README.md.

import { UserError } from '../src/errors.ts'
import { build, setUp } from './environment.ts'
import { commandLine } from './options.ts'

function databaseUrl(): string {
  const url = process.env['DATABASE_URL']
  if (!url) throw new UserError('set DATABASE_URL to a PostgreSQL server on which databases may be created')
  return url
}

// The rest needs packages that are installed by then.
const program = commandLine({
  async run(options) {
    const server = databaseUrl()
    setUp()
    const { run } = await import('./run.ts')
    await run(server, options)
  },
  async profile(question, options) {
    const server = databaseUrl()
    setUp()
    const { profile } = await import('./profile/profile.ts')
    await profile(server, question, options)
  },
  async recall(options) {
    const server = databaseUrl()
    setUp()
    const { recall } = await import('./recall.ts')
    await recall(server, options)
  },
  async pages() {
    const { measurePages } = await import('./pages.ts')
    if (!(await measurePages(databaseUrl()))) process.exitCode = 1
  },
  async soak({ seconds }) {
    build()
    const { soak } = await import('./soak.ts')
    if (!(await soak(databaseUrl(), seconds))) process.exitCode = 1
  },
  async overload({ seconds }) {
    build()
    const { overload } = await import('./soak.ts')
    if (!(await overload(databaseUrl(), seconds))) process.exitCode = 1
  },
  async quotes() {
    const { checkQuotes } = await import('./quotes.ts')
    if (!(await checkQuotes(databaseUrl(), process.env['ARTICLE_TEXT']))) process.exitCode = 1
  },
})

// So that servers end with this process, whatever ends it.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))

try {
  await program.parseAsync()
} catch (error) {
  if (!(error instanceof UserError)) throw error
  process.stderr.write(`bench: ${error.message}\n`)
  process.exitCode = 1
}

process.exit()
