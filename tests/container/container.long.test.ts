import { execFile, execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmod, cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { variables } from '../../src/config/config.ts'
import { build, copyContext, type Image } from './dockerfile.ts'

const repository = fileURLToPath(new URL('../..', import.meta.url))

/** Set to install all packages and to build from nothing, which takes a minute or more. Otherwise this checkout’s are used. */
const isWhole = Boolean(process.env['CONTAINER_WHOLE'])

/** A file system that cannot be written to needs root, and Linux. */
const canMount = process.getuid?.() === 0 && spawnSync('unshare', ['--mount', 'true']).status === 0

const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name)))

async function run(command: string, cwd: string): Promise<void> {
  if (!isWhole && command === 'npm ci --ignore-scripts') return
  if (!isWhole && command === 'npm run prepare && npm run build') {
    for (const name of ['dist', 'prepared', 'src/generated'])
      await cp(join(repository, name), join(cwd, name), { recursive: true })
    return
  }
  await promisify(execFile)('sh', ['-c', command.replace('npm ci', 'npm ci --prefer-offline')], {
    cwd,
    env: environment,
  })
}

const freePort = async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

describe.skipIf(!canMount || !isWhole)('the image that the Dockerfile describes', () => {
  let folder: string
  let image: Image
  let port: number
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bilateral-container-'))
    await chmod(folder, 0o755)
    const context = join(folder, 'context')
    await copyContext(repository, context)
    image = await build(await readFile(join(repository, 'Dockerfile'), 'utf8'), context, folder, run)
    port = await freePort()
  })
  afterAll(async () => await rm(folder, { recursive: true, force: true }))

  /** A command of the image, in which only its data folder can be written, as its user. */
  function inContainer([program, ...args]: readonly string[]): { file: string; args: string[]; env: object } {
    expect(program).toBe('/nodejs/bin/node')
    const [uid, gid] = image.user.split(':')
    const data = join(image.root, 'data')
    const script = `mount --bind ${data} ${data} && mount -o remount,bind,ro / && exec setpriv --reuid=${uid} --regid=${gid} --clear-groups "$@"`
    const path = (text: string) => text.replace(/^\/(app|data)/, `${image.root}/$1`)
    const env = Object.fromEntries(Object.entries(image.env).map(([name, value]) => [name, path(value)]))
    const command = [process.execPath, ...args.map(path)]
    return {
      file: 'unshare',
      args: ['--mount', 'sh', '-c', script, 'sh', ...command],
      env: { ...env, PORT: String(port) },
    }
  }

  const isHealthy = () => {
    const { file, args, env } = inContainer(image.healthCheck)
    return spawnSync(file, args, { env: { PATH: process.env['PATH'], ...env } }).status === 0
  }

  test('has the program and what it needs to run, and no tools', async () => {
    expect((await readdir(join(image.root, 'app'))).toSorted()).toEqual(
      [
        'LICENSE',
        'README.md',
        'dist',
        'docs',
        'node_modules',
        'package-lock.json',
        'package.json',
        'prepared',
        'prisma',
        'schema.graphql',
      ].toSorted(),
    )
    const packages = await readdir(join(image.root, 'app/node_modules'))
    expect(packages).toContain('graphql')
    for (const tool of ['typescript', 'esbuild', 'prisma', 'vitest', 'tsx', 'npm']) expect(packages).not.toContain(tool)
    const [bytes] = execFileSync('du', ['-sb', join(image.root, 'app')], { encoding: 'utf8' }).split('\t')
    expect(Number(bytes) / 1_000_000).toBeLessThan(175)
  })

  test('serves as a user without rights where only its data can be written, and is healthy until it stops', async () => {
    expect(image.user).toBe('65532:65532')
    expect(isHealthy()).toBe(false)
    const { file, args, env } = inContainer(image.command)
    const service = spawn(file, args, { env: { PATH: process.env['PATH'], ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
    const ended = once(service, 'close')
    let printed = ''
    for (const stream of [service.stdout, service.stderr])
      stream.setEncoding('utf8').on('data', (text) => (printed += text))
    while (!printed.includes('/graphql\n')) {
      const event = await Promise.race([once(service.stdout, 'data'), ended.then(() => 'ended')])
      if (event === 'ended') throw new Error(printed)
    }
    expect(isHealthy()).toBe(true)
    const page = await fetch(`http://127.0.0.1:${port}/people/s-jaishankar`, { headers: { accept: 'text/html' } })
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('Jaishankar')])
    expect(await readFile(`/proc/${service.pid}/status`, 'utf8')).toContain('Uid:\t65532\t65532')
    service.kill('SIGINT')
    expect(await ended).toEqual([0, null])
    expect(isHealthy()).toBe(false)
  })
})

test('compose.yaml sets variables that the program knows, and refers to its own services and volumes', async () => {
  const { services, volumes } = parse(await readFile(join(repository, 'compose.yaml'), 'utf8'))
  const { bilateral, postgres } = services
  const names = variables.map(({ name }) => name)
  expect(Object.keys(bilateral.environment).filter((name) => !names.includes(name))).toEqual([])
  expect(new URL(bilateral.environment.DATABASE_URL.replace(/\$\{[^}]*\}/, 'secret'))).toMatchObject({
    username: postgres.environment.POSTGRES_USER,
    pathname: `/${postgres.environment.POSTGRES_DB}`,
    host: 'postgres:5432',
  })
  expect(bilateral).toMatchObject({ read_only: true, cap_drop: ['ALL'], ports: ['127.0.0.1:4000:4000'] })
  expect(Object.keys(bilateral.depends_on)).toEqual(['postgres'])
  expect(postgres.volumes.map((volume: string) => volume.split(':')[0])).toEqual(Object.keys(volumes))
})
