import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { type IncomingMessage, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import { type Environment, endAll, run, start } from '../program.ts'
import { createDatabase, databaseKinds } from '../support.ts'

/** The article is not ours to publish. */
const ARTICLE = process.env['ARTICLE_TEXT']
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
  const done = (stdout: string) => ({ code: 0, stdout, stderr: '' })

  test('creates, seeds and serves at its first start, and stops on a signal after it has answered', async () => {
    const program = await start(place.env)
    expect(program.welcome.split('\n')).toEqual([
      `bilateral ${manifest.version}: opening the database …`,
      `  data:       ${place.location}`,
      '  seeded:     4 organizations, 5 people, 36 topics, 1 source, 5 positions, 1 visit, 3 meetings, 1 agreement, 27 statements',
      `  pages:      ${program.url.replace('127.0.0.1', 'localhost').replace(/graphql$/, '')}`,
      `  playground: ${program.url.replace('127.0.0.1', 'localhost')}`,
      '',
    ])
    content = await ask(program.url, CONTENT)
    expect(content).toMatchObject({
      data: { about: { dataVersion: '1', facts: { people: 5, meetings: 3, statements: 27, citations: 89 } } },
    })

    const finish = await askSlowly(program.url, CONTENT)
    program.kill('SIGTERM')
    await program.says('stopping: no new connections are accepted')
    await expect(ask(program.url, CONTENT)).rejects.toThrow()
    expect(await finish()).toEqual(content)
    expect(await program.ended).toMatchObject({ code: 0, stderr: '' })
  })

  test('runs commands on the same data', async () => {
    const file = (name: string) => join(folder, name)
    const created = ['people', 'sources', 'statements'].map(
      (records) => `  ${records.padEnd(14)} 1 created, 0 changed, 0 unchanged\n`,
    )
    expect(await command('import', file('bundle.json'))).toEqual(done(`${file('bundle.json')}:\n${created.join('')}`))
    const attached = 'stored the text of paper\npaper: 2 citations, 2 verified, 0 mismatched\n'
    expect(await command('attach-text', 'paper', file('windows.txt'))).toEqual(done(attached))
    if (ARTICLE) {
      expect(await command('attach-text', 'daijiworld-2026-02-05', ARTICLE)).toMatchObject({ code: 0, stderr: '' })
    }
  })

  test('seeds nothing at its second start, and has the facts that commands changed', async () => {
    const program = await start(place.env)
    expect(program.welcome.split('\n')).toEqual([
      `bilateral ${manifest.version}: opening the database …`,
      `  data:       ${place.location}`,
      `  pages:      ${program.url.replace('127.0.0.1', 'localhost').replace(/graphql$/, '')}`,
      `  playground: ${program.url.replace('127.0.0.1', 'localhost')}`,
      '',
    ])
    const evidence = (slug: string) =>
      `{ source(slug: "${slug}") { fullText citations(first: 100) { nodes { exact verification } } } }`
    expect(await ask(program.url, evidence('paper'))).toMatchObject({
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
    expect(data.source.fullText).toBe(ARTICLE ? await readFile(ARTICLE, 'utf8') : null)
    expect(data.source.citations.nodes.map(({ verification }) => verification)).toEqual(
      Array(89).fill(ARTICLE ? 'VERIFIED' : 'TEXT_NOT_HELD'),
    )
    program.kill('SIGTERM')
    const ended = await program.ended
    expect(ended).toMatchObject({ code: 0, stderr: '' })
    expect(ended.stdout).not.toContain('hunter2')
  })
})

test.runIf(databaseKinds.includes('PostgreSQL'))('the program migrates an empty database', async () => {
  const { url, drop } = await createDatabase()
  expect(await run(['migrate'], { DATABASE_URL: url })).toEqual({
    code: 0,
    stdout: expect.stringMatching(/^postgresql:[^\n]+: applied 0001_facts, [^\n]+\n$/),
    stderr: '',
  })
  await drop()
})

test('the program says in one line, without a stack, that a command is unknown', async () => {
  expect(await run(['frobnicate'], {})).toEqual({
    code: 1,
    stdout: '',
    stderr: expect.stringMatching(/^bilateral: [^\n]*frobnicate[^\n]*\n$/),
  })
})
