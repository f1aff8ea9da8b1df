import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const MEGABYTE = 1_000_000
const repository = fileURLToPath(new URL('..', import.meta.url))

/** The environment without what an `npm test` around us tells its scripts. */
const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name)))

/** Runs a program to its end, and gives all that it printed; rejects where it fails. */
async function run(cwd: string, program: string, ...args: string[]): Promise<string> {
  const { stdout, stderr } = await promisify(execFile)(program, args, { cwd, env: environment })
  return stdout + stderr
}

let folder: string
let app: string
let packed: { filename: string; size: number; unpackedSize: number; files: { path: string }[] }
let installing: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bilateral-package-'))
  app = join(folder, 'app')
  await cp(join(repository, 'tests/client-consumer'), app, { recursive: true })
  // It is built (global-setup.ts), and `prepare` would write src/generated anew, under the other tests.
  const pack = await run(
    repository,
    'npm',
    'pack',
    '--ignore-scripts',
    '--json',
    '--loglevel=silent',
    '--pack-destination',
    folder,
  )
  packed = JSON.parse(pack)[0]
  await writeFile(join(app, 'package.json'), '{"private": true, "type": "module"}')
  const omit = ['--omit=dev', '--omit=optional', '--omit=peer']
  installing = await run(app, 'npm', 'install', '--prefer-offline', ...omit, join(folder, packed.filename))
})
afterAll(async () => await rm(folder, { recursive: true, force: true }))

/** Starts the installed program by its bin, and gives what it printed once it serves. */
async function start(data = 'data') {
  const program = spawn(join(app, 'node_modules/.bin/bilateral'), {
    cwd: app,
    env: {
      ...environment,
      BILATERAL_DATA: join(folder, data),
      DATABASE_URL: '',
      HOST: '',
      PORT: '0',
      LOG_LEVEL: 'warn',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(program, 'exit')
  let printed = ''
  const url = await new Promise<string>((resolve, reject) => {
    ended.then(([code]) => reject(new Error(`ended with ${code}: ${printed}`)))
    program.stdout.setEncoding('utf8').on('data', (text) => {
      printed += text
      const [, url] = /playground: (\S+)\n/.exec(printed) ?? []
      if (url) resolve(url)
    })
  })
  return {
    url,
    printed,
    async end() {
      program.kill('SIGTERM')
      return await ended
    },
  }
}

describe('the packed program', () => {
  test('has what it needs to run, and nothing else', () => {
    const needed = [
      /^dist\/.*\.js$/,
      /^dist\/(generated\/)?client\/[a-z-]+\.d\.ts$/,
      /^prisma\/migrations\/(\w+\/migration\.sql|migration_lock\.toml)$/,
      /^prisma\/seed\/[a-z0-9-]+\.json$/,
      /^prepared\/[0-9a-f]{64}\.br$/,
      /^prepared\/assets\/(manifest\.json|[a-z-]+-[A-Z0-9]{8}\.(css|js|svg)(\.br|\.gz)?)$/,
      /^docs\/(bundle\.schema\.json|example-bundle\.yaml)$/,
      /^(schema\.graphql|package\.json|README\.md|LICENSE)$/,
    ]
    const paths = packed.files.map(({ path }) => path)
    expect(paths.filter((path) => !needed.some((pattern) => pattern.test(path)))).toEqual([])
    for (const pattern of needed)
      expect(
        paths.some((path) => pattern.test(path)),
        String(pattern),
      ).toBe(true)
  })

  test('is small: below 2.5 MB packed, below 182 MB installed with its dependencies', async () => {
    expect(packed.size).toBeLessThan(2.5 * MEGABYTE)
    // Half of it is @prisma/client, which brings the query compilers of all databases.
    expect(await sizeOf(join(app, 'node_modules'))).toBeLessThan(182 * MEGABYTE)
  })

  test('installs without a warning about this version of Node', () => {
    expect(installing).not.toContain('EBADENGINE')
  })

  test('says which package traces need', async () => {
    const env = { ...environment, PORT: '0', OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318' }
    const serving = promisify(execFile)(join(app, 'node_modules/.bin/bilateral'), ['serve'], { cwd: app, env })
    await expect(serving).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('not installed: npm install "@opentelemetry/sdk-node@<0.300"\n'),
    })
  })

  test('starts by its bin, answers a compiled client, stops on a signal, and starts again with its data', async () => {
    await compileConsumer()
    const first = await start()
    expect(first.printed).toMatch(/seeded: .* 3 meetings/)
    const { meetingsOf } = await import(pathToFileURL(join(app, 'out/who-met-whom.js')).href)
    const { officesOf } = await import(pathToFileURL(join(app, 'out/with-tada.js')).href)
    expect(await meetingsOf(2026, first.url)).toHaveLength(3)
    expect(await officesOf('s-jaishankar', first.url)).toHaveLength(1)
    expect(await first.end()).toEqual([0, null])

    const second = await start()
    expect(second.printed).not.toContain('seeded')
    expect(await meetingsOf(2026, second.url)).toHaveLength(3)
    expect(await second.end()).toEqual([0, null])
  })

  test('creates the database itself where the prepared one is missing', async () => {
    await rm(join(app, 'node_modules/bilateral/prepared'), { recursive: true })
    const program = await start('created')
    expect(program.printed).toMatch(/seeded: .* 3 meetings/)
    expect(await program.end()).toEqual([0, null])
  })
})

test('the packed client needs no other package, nor do its types', async () => {
  for (const entry of ['index.js', 'index.d.ts']) {
    const foreign = await importedBy(join(app, 'node_modules/bilateral/dist/client', entry))
    expect([...foreign]).toEqual([])
  }
})

test('the client can be installed alone, without dependencies', async () => {
  const alone = await mkdtemp(join(folder, 'alone-'))
  const file = (await run(repository, 'npx', 'tsx', 'pack-client.ts', alone)).trim()
  await writeFile(join(alone, 'package.json'), '{"private": true, "type": "module"}')
  await run(alone, 'npm', 'install', '--offline', '--no-audit', '--no-fund', join(alone, file))
  const installed = await readdir(join(alone, 'node_modules'))
  expect(installed.filter((name) => !name.startsWith('.'))).toEqual(['bilateral-client'])
  const script = `import { createClient, whoMetWhom } from 'bilateral-client'
    const body = JSON.stringify({ data: { sent: whoMetWhom.toString().length > 0 } })
    const client = createClient('http://localhost/graphql', { fetch: async () => new Response(body) })
    console.log(JSON.stringify(await client.query(whoMetWhom, {})))`
  expect(await run(alone, 'node', '--input-type=module', '-e', script)).toBe('{"sent":true}\n')
})

/** Compiles tests/client-consumer as a program that has installed the package. */
async function compileConsumer(): Promise<void> {
  for (const file of await readdir(app)) {
    if (!file.endsWith('.ts')) continue
    const source = await readFile(join(app, file), 'utf8')
    const installed = source
      .replace('../../src/client/index.ts', 'bilateral/client')
      .replace('../../src/generated/client/introspection.ts', 'bilateral/introspection')
    await writeFile(join(app, file), installed)
  }
  await symlink(join(repository, 'node_modules/gql.tada'), join(app, 'node_modules/gql.tada'), 'junction')
  await run(app, join(repository, 'node_modules/.bin/tsc'))
}

/** The names of the packages that a module imports, itself or by the modules that it imports. */
async function importedBy(file: string, seen = new Set<string>()): Promise<Set<string>> {
  const packages = new Set<string>()
  if (seen.has(file)) return packages
  seen.add(file)
  const source = await readFile(file, 'utf8')
  const imports = /^(?:import |(?:import|export) .*\bfrom )['"]([^'"]+)|\bimport\(['"]([^'"]+)/gm
  for (const [, imported, inlined] of source.matchAll(imports)) {
    const name = imported ?? inlined ?? ''
    if (!name.startsWith('.')) {
      packages.add(name)
      continue
    }
    const path = file.endsWith('.d.ts') ? name.replace(/\.js$|\.ts$/, '.d.ts') : name
    for (const other of await importedBy(join(dirname(file), path), seen)) packages.add(other)
  }
  return packages
}

async function sizeOf(path: string): Promise<number> {
  const entries = await readdir(path, { withFileTypes: true, recursive: true })
  const files = entries.filter((entry) => entry.isFile())
  const sizes = await Promise.all(files.map(async ({ parentPath, name }) => (await stat(join(parentPath, name))).size))
  return sizes.reduce((sum, size) => sum + size, 0)
}
