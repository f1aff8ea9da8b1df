import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { STATUS_CODES } from 'node:http'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Readable, Writable } from 'node:stream'
import { pathToFileURL } from 'node:url'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { createKey } from '../../src/access/keys.ts'
import { loadRecords } from '../../src/bundle/load/load.ts'
import { readRecords } from '../../src/bundle/reading/files.ts'
import { seedFiles } from '../../src/bundle/seed.ts'
import type { Database } from '../../src/database/open.ts'
import { runProgram } from '../../src/program.ts'
import { type Answer, ask, keepingServerOf, type Server } from '../api/ask.ts'
import { datasetOf, openSeeded, removeFacts } from '../support.ts'
import { type Block, commandsIn, examplesOf, pages } from './page.ts'

/** What CI runs as it stands, and no test does. */
const RUN_BY_CI = ['npm ci && npm start', 'npm ci && npm test']

/** The first line of a block that is not run. Readers see it. */
const NOT_RUN = '# not run by the tests: '

let database: Database
let server: Server
let folder: string
/** The key that pages have as `$KEY`. */
let key: string

/** The database, for a command that closes it. */
const openDatabase = async () =>
  new Proxy(database, { get: (real, name) => (name === 'close' ? async () => {} : Reflect.get(real, name)) })

beforeAll(async () => {
  database = await openSeeded('PGlite')
  server = await keepingServerOf(database)
  folder = await mkdtemp(join(tmpdir(), 'bilateral-docs-'))
})
afterAll(async () => {
  await database.close()
  await rm(folder, { recursive: true })
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

describe.each(pages.filter((page) => examplesOf(page).length > 0))('%s', (page) => {
  beforeAll(async () => {
    key = (await createKey(database, { name: 'Ada', scope: 'edit' })).key
  })
  afterAll(async () => {
    for (const name of await readdir(folder)) await rm(join(folder, name), { recursive: true })
    if ((await datasetOf(database)).version === 1n) return
    await removeFacts(database)
    for (const file of await seedFiles()) await loadRecords(database, readRecords(file))
  })

  it.each(examplesOf(page).map((example) => ({ ...example, place: example.block.place })))(
    '$place',
    async ({ block, result }) => {
      if (block.file !== undefined) await writeExample(block.file, block.text)
      else if (block.language === 'graphql') expectAnswer(await ask(server, block.text), result)
      else {
        const output = await outputOf(block)
        if (result) expectOutput(output, result)
      }
    },
  )
})

async function writeExample(file: string, text: string): Promise<void> {
  await mkdir(dirname(join(folder, file)), { recursive: true })
  await writeFile(join(folder, file), text)
}

/** A page shows an answer, with or without its cost, or only the data of one without errors. */
function expectAnswer(answer: object, result: Block | undefined): void {
  if (!result) expect(answer).not.toHaveProperty('errors')
  else {
    const shown = parse(result.text)
    const { extensions, ...rest } = answer as Answer & { extensions?: object }
    const expected = 'data' in shown || 'errors' in shown ? shown : { data: shown }
    expect('extensions' in shown ? { ...rest, extensions } : rest).toEqual(expected)
  }
}

/** Of the headers of a response, a page shows some. */
function expectOutput(output: string, result: Block): void {
  const { language, text } = result
  if (language === 'json' && output.startsWith('{"data":')) expectAnswer(JSON.parse(output), result)
  else if (language === 'json') expect(JSON.parse(output)).toEqual(parse(text))
  else if (text.startsWith('HTTP/')) {
    const [head = '', body] = text.split('\n\n')
    const [actualHead = '', actualBody = ''] = output.split('\n\n')
    for (const line of head.trimEnd().split('\n')) expect(actualHead.split('\n')).toContainEqual(like(line))
    if (body) expectText(actualBody, body)
  } else expectText(output, text)
}

const expectText = (output: string, text: string) =>
  expect(output.replaceAll('\r\n', '\n').trimEnd()).toEqual(like(text.trimEnd()))

const parse = (json: string) => JSON.parse(json, (_, value) => (typeof value === 'string' ? like(value) : value))

/** In what a page shows, `…` stands for anything. */
function like(text: string): unknown {
  if (!text.includes('…')) return text
  const parts = text.split('…').map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return expect.stringMatching(new RegExp(`^${parts.join('[^]*?')}$`))
}

async function outputOf({ language, text, place }: Block): Promise<string> {
  if (language === 'ts') return await outputOfProgram(text)
  if (language !== 'sh') throw new Error(`${place}: expected graphql, sh, ts, a result or a file, got ${language}`)
  if (text.startsWith(NOT_RUN)) return ''
  let output = ''
  for (const words of commandsIn(text)) {
    if (RUN_BY_CI.includes(words.join(' '))) continue
    const [command] = words
    if (command === 'curl') output += await curl(words.slice(1))
    else if (words.slice(0, 4).join(' ') === 'npm run bilateral --') output += await bilateral(words.slice(4))
    else throw new Error(`${place}: expected curl or npm run bilateral, got ${words.join(' ')}`)
  }
  return output
}

/** Runs a command of the program in this process, in the folder with the files that the page has shown. */
async function bilateral(args: readonly string[]): Promise<string> {
  const inFolder = (name: string) => join(folder, name)
  const isOutput = (i: number) =>
    args[0] === 'export' && i > 0 && !args[i]?.startsWith('-') && !args[i - 1]?.startsWith('--')
  const located = args.map((arg, i) => (existsSync(inFolder(arg)) || isOutput(i) ? inFolder(arg) : arg))
  let output = ''
  const sink = () =>
    new Writable({
      write(chunk, _encoding, done) {
        output += chunk
        done()
      },
    })
  await runProgram(
    located,
    { env: {}, stdin: Readable.from([]), stdout: sink(), stderr: sink() },
    { open: openDatabase },
  )
  return output.replaceAll(`${folder}/`, '')
}

let programs = 0

/** Runs a program that uses the client. */
async function outputOfProgram(text: string): Promise<string> {
  const file = join(folder, `program-${++programs}.ts`)
  const client = new URL('../../src/client/index.ts', import.meta.url)
  await writeFile(file, text.replace("'bilateral/client'", `'${client}'`))
  const lines: string[] = []
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => server.fetch(url, init))
  vi.spyOn(console, 'log').mockImplementation((...values) => void lines.push(values.join(' ')))
  await import(/* @vite-ignore */ pathToFileURL(file).href)
  return lines.join('\n')
}

/** What curl sends: a text, or the content of the file after `@`. */
const dataIn = async (data: string) =>
  data.startsWith('@') ? await readFile(join(folder, data.slice(1)), 'utf8') : data

/** As much of curl as the pages use, without a socket. */
async function curl(args: readonly string[]): Promise<string> {
  const headers = new Headers({ accept: '*/*' })
  const pairs: string[] = []
  let [url, body, asQuery, withHead, method] = ['', undefined as string | undefined, false, false, 'GET']
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] as string
    if (arg === '-H') {
      const [name = '', value = ''] = (args[++i] as string).split(/: */)
      headers.append(name, value.replace('$KEY', key))
    } else if (arg === '-d' || arg === '--data-binary') body = await dataIn(args[++i] as string)
    else if (arg === '--data-urlencode') pairs.push(args[++i] as string)
    else if (/^-[sGiI]+$/.test(arg)) {
      asQuery ||= arg.includes('G')
      withHead ||= /i/i.test(arg)
      if (arg.includes('I')) method = 'HEAD'
    } else if (arg.startsWith('localhost:4000/')) url = `http://${arg}`
    else throw new Error(`this test knows no ${arg} of curl`)
  }
  const target = new URL(url)
  if (asQuery) for (const pair of pairs) target.searchParams.append(...(pair.split(/=(.*)/s, 2) as [string, string]))
  const response = await server.fetch(
    target.href,
    body === undefined ? { method, headers } : { method: 'POST', headers, body },
  )
  const text = await response.text()
  if (!withHead) return text
  const head = [
    `HTTP/1.1 ${response.status} ${STATUS_CODES[response.status]}`,
    ...[...response.headers].map(([name, value]) => `${name.toLowerCase()}: ${value}`),
  ]
  return `${head.join('\n')}\n\n${text}`
}
