import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { access, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { type IncomingMessage, request } from 'node:http'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import { type Environment, endAll, launch, type Outcome, run, start } from '../program.ts'
import { createDatabase, databaseKinds } from '../support.ts'

const ARTICLE = fileURLToPath(new URL('../../../shared/article/india-us-2026-02-05.txt', import.meta.url))
const articleIsHere = await access(ARTICLE).then(
  () => true,
  () => false,
)
const TEXT = 'Ada met Grace. 🤝 They talked of “trade”.\n'
const BUNDLE = {
  format: 'bilateral-bundle',
  version: 1,
  people: [{ slug: 'ada', name: 'Ada' }],
  sources: [
    {
      slug: 'paper',
      title: 'A paper',
      published: '2026-03-02',
      sha256: createHash('sha256').update(TEXT).digest('hex'),
      length: [...TEXT].length,
    },
  ],
  statements: [
    {
      slug: 'trade',
      quotation: 'MIXED',
      text: 'Of trade.',
      quoted: ['trade'],
      speakers: [{ person: 'ada' }],
      said: '2026-03-02',
      citations: [
        { source: 'paper', start: 17, end: 39, exact: '“trade”' },
        { source: 'paper', start: 0, end: 3, exact: 'Ada' },
      ],
    },
  ],
}

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bilateral-process-'))
  await writeFile(join(folder, 'bundle.json'), JSON.stringify(BUNDLE))
  await writeFile(join(folder, 'text.txt'), TEXT)
  await writeFile(join(folder, 'windows.txt'), TEXT.replaceAll('\n', '\r\n'))
  await writeFile(join(folder, 'other.txt'), 'Another text.\n')
  const statements = BUNDLE.statements.map((statement) => ({
    ...statement,
    slug: 'lost',
    meeting: 'unknown',
    citations: [],
  }))
  await writeFile(join(folder, 'bad-bundle.json'), JSON.stringify({ ...BUNDLE, statements }))
})
afterAll(async () => {
  await endAll()
  await rm(folder, { recursive: true, force: true })
})

async function ask(url: string, query: string): Promise<unknown> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', connection: 'close' },
    body: JSON.stringify({ query }),
  })
  return await response.json()
}

/** Sends the head of a question, and gives what sends the rest. */
async function askSlowly(url: string, query: string): Promise<() => Promise<unknown>> {
  const body = JSON.stringify({ query })
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    expect: '100-continue',
  }
  const asking = request(url, { method: 'POST', headers })
  asking.flushHeaders()
  await once(asking, 'continue')
  return async () => {
    asking.end(body)
    const [answer] = (await once(asking, 'response')) as [IncomingMessage]
    expect(answer.statusCode).toBe(200)
    return JSON.parse(Buffer.concat(await answer.toArray()).toString())
  }
}

const CONTENT = `{
  about { dataVersion facts { people meetings statements citations } }
  meetings { nodes { id title participations { person { name } } } }
}`

/** A place for data of each kind, and how the program calls it. */
const places: Record<string, () => Promise<{ env: Environment; location: string; remove(): Promise<void> }>> = {
  PGlite: async () => ({
    env: { BILATERAL_DATA: join(folder, 'data') },
    location: join(folder, 'data'),
    remove: async () => {},
  }),
  PostgreSQL: async () => {
    const { url, drop } = await createDatabase()
    const secret = new URL(url)
    secret.password = 'hunter2'
    return { env: { DATABASE_URL: secret.href }, location: url, remove: drop }
  },
}

describe.each(databaseKinds)('the program with its data on %s', (kind) => {
  let place: Awaited<ReturnType<NonNullable<(typeof places)[string]>>>
  let content: unknown
  beforeAll(async () => {
    place = await (places[kind] as NonNullable<(typeof places)[string]>)()
  })
  afterAll(async () => {
    await endAll()
    await place.remove()
  })
  const command = async (...args: string[]) => await run(args, place.env)
  const done = (outcome: Outcome) => expect([outcome.code, outcome.stderr]).toEqual([0, ''])
  const refused = (outcome: Outcome, message: string) =>
    expect(outcome).toEqual({ code: 1, stdout: '', stderr: `bilateral: ${message}\n` })

  test('creates, seeds and serves at its first start, and ends when told to, but not before it has answered', async () => {
    const program = await start(place.env)
    expect(program.welcome.split('\n')).toEqual([
      `bilateral ${manifest.version}`,
      `  data:       ${place.location}`,
      '  seeded:     4 organizations, 5 people, 36 topics, 1 source, 5 positions, 1 visit, 3 meetings, 1 agreement, 27 statements',
      `  playground: ${program.url.replace('127.0.0.1', 'localhost')}`,
      '',
    ])
    content = await ask(program.url, CONTENT)
    expect(content).toMatchObject({
      data: { about: { dataVersion: '1', facts: { people: 5, meetings: 3, statements: 27, citations: 85 } } },
    })

    const finish = await askSlowly(program.url, CONTENT)
    program.kill('SIGTERM')
    await program.says('stopping: no new requests are accepted')
    await expect(ask(program.url, CONTENT)).rejects.toThrow()
    expect(await finish()).toEqual(content)
    done(await program.ended)
  })

  test('seeds nothing at its second start, and has the same facts', async () => {
    const program = await start(place.env)
    expect(program.welcome.split('\n')).toEqual([
      `bilateral ${manifest.version}`,
      `  data:       ${place.location}`,
      `  playground: ${program.url.replace('127.0.0.1', 'localhost')}`,
      '',
    ])
    expect(await ask(program.url, CONTENT)).toEqual(content)
    program.kill('SIGTERM')
    const ended = await program.ended
    done(ended)
    expect(ended.stdout).not.toContain('hunter2')
  })

  test('says that a port is in use', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as { port: number }
    const outcome = await run(['serve'], { ...place.env, PORT: String(port) })
    other.close()
    refused(outcome, `port ${port} is in use on 127.0.0.1; set PORT to another port`)
  })

  test('imports a bundle, and keeps the text of its source only where that is the right one', async () => {
    const file = (name: string) => join(folder, name)
    const imported = await command('import', file('bundle.json'))
    done(imported)
    expect(imported.stdout).toBe(
      `${file('bundle.json')}:\n${['people', 'sources', 'statements'].map((records) => `  ${records.padEnd(13)} 1 created, 0 changed, 0 unchanged\n`).join('')}`,
    )

    const hash = (text: string) => createHash('sha256').update(text).digest('hex')
    const wrong = await command('attach-text', 'paper', file('other.txt'))
    expect([wrong.code, wrong.stdout]).toEqual([1, ''])
    expect(wrong.stderr).toMatch(/^bilateral: [^\n]+ is not the text of paper: [^\n]+\n$/)
    expect(wrong.stderr).toContain(`its SHA-256 is ${hash('Another text.\n')}, expected ${hash(TEXT)}`)
    const attached = await command('attach-text', 'paper', file('windows.txt'))
    done(attached)
    expect(attached.stdout).toMatch(/^stored the text of paper\b/)
    if (articleIsHere) {
      const article = await command('attach-text', 'daijiworld-2026-02-05', ARTICLE)
      done(article)
      expect(article.stdout).toMatch(/^stored the text of daijiworld-2026-02-05\b/)
    }

    const program = await start(place.env)
    const evidence = (slug: string) =>
      `{ source(slug: "${slug}") { fullText citations(first: 100) { nodes { exact verification } } } }`
    expect(await ask(program.url, evidence('paper'))).toEqual({
      data: {
        source: {
          fullText: TEXT,
          citations: {
            nodes: [
              { exact: 'Ada', verification: 'VERIFIED' },
              { exact: '“trade”', verification: 'VERIFIED' },
            ],
          },
        },
      },
    })
    const { data } = (await ask(program.url, evidence('daijiworld-2026-02-05'))) as {
      data: { source: { fullText: string | null; citations: { nodes: { verification: string }[] } } }
    }
    expect(data.source.fullText).toBe(articleIsHere ? await readFile(ARTICLE, 'utf8') : null)
    expect(data.source.citations.nodes.map(({ verification }) => verification)).toEqual(
      Array(85).fill(articleIsHere ? 'VERIFIED' : 'TEXT_NOT_HELD'),
    )
    program.kill('SIGTERM')
    done(await program.ended)
  })

  test('refuses to import a bundle in which something is wrong, and says in which file, where and what', async () => {
    const file = join(folder, 'bad-bundle.json')
    const outcome = await command('import', file)
    refused(
      outcome,
      `${file}: the bundle was refused, and nothing of it loaded: 1 problem\n  statements[0].citations: expected at least one citation: every fact says which words of which source support it\n  people        1 refused\n  sources       1 refused\n  statements    1 refused`,
    )
  })
})

test.runIf(databaseKinds.includes('PostgreSQL'))(
  'the program ends when it has migrated, and waits for nothing',
  async () => {
    const { url, drop } = await createDatabase()
    const program = launch(['migrate'], { DATABASE_URL: url })
    await program.says('applied')
    const migrated = performance.now()
    const { code, stdout, stderr } = await program.ended
    const took = performance.now() - migrated
    await drop()
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toMatch(/^postgresql:[^\n]+: applied 0001_facts, [^\n]+\n$/)
    expect(took).toBeLessThan(3_000)
  },
)

describe.concurrent('the program says in one line, without a stack,', () => {
  const unusable = () => join(folder, 'bundle.json', 'data')
  const cases: [what: string, args: string[], env: () => Environment, stderr: RegExp][] = [
    [
      'that PORT is none',
      ['serve'],
      () => ({ PORT: '70000' }),
      /^bilateral: environment variable PORT: expected a port from 0 to 65535\n$/,
    ],
    [
      'that no server answers at DATABASE_URL',
      ['serve'],
      () => ({ DATABASE_URL: 'postgresql://ada:hunter2@127.0.0.1:1/facts' }),
      /^bilateral: cannot reach the database at postgresql:\/\/ada@127\.0\.0\.1:1\/facts \(ECONNREFUSED\); is it running\?\n$/,
    ],
    [
      'that its folder cannot be written',
      ['serve'],
      () => ({ BILATERAL_DATA: unusable() }),
      /^bilateral: cannot write to the data folder .*bundle\.json\/data \(ENOTDIR[^\n]*\); set BILATERAL_DATA to one you own\n$/,
    ],
    [
      'that a command is unknown',
      ['frobnicate'],
      () => ({ BILATERAL_DATA: unusable() }),
      /^bilateral: [^\n]*frobnicate[^\n]*\n$/,
    ],
    [
      'that an argument is missing',
      ['import'],
      () => ({ BILATERAL_DATA: unusable() }),
      /^bilateral: [^\n]*file[^\n]*\n$/,
    ],
    [
      'that a text cannot be read',
      ['attach-text', 'paper', '/nowhere/text.txt'],
      () => ({ BILATERAL_DATA: unusable() }),
      /^bilateral: cannot read \/nowhere\/text\.txt as UTF-8 text: ENOENT[^\n]*\n$/,
    ],
  ]
  test.each(cases)('%s', async (_what, args, env, stderr) => {
    const outcome = await run(args, env())
    expect(outcome).toEqual({ code: 1, stdout: '', stderr: expect.stringMatching(stderr) })
    expect(outcome.stderr).not.toContain('hunter2')
  })
})
