import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import type { BundleInput } from '../../src/bundle/format.ts'
import { askModel } from '../../src/reading/model/ask.ts'
import { useFiles } from '../commands/files.ts'
import { runHere } from '../commands/in-process.ts'

const ARTICLE = `OSLO, March 5, 2031 — Foreign Minister Asha Rao of India met Prime Minister Bo Ødegård of Norway in Oslo on Tuesday.
Rao said the talks were useful. “Fisheries come first,” Ødegård said.
In the words of Rao, fishing quotas remain the core of the matter. Ødegård did not meet Carl Moe, and will see him in May.
For Ødegård this counted: “The cod does not carry a passport.” Rao let it be known on Monday that India would send experts.
At dinner Asha Rao and Carl Moe sat down over a map of the ice. The “old friends of the sea” dined late.
Ødegård went to parliament to confirm a second ferry line to Iceland.
`

const { write } = useFiles()

/** Starts an API on this machine that answers so, and returns the URL of it. */
async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`
}

const saying =
  (content: string): RequestListener =>
  (_, response) => {
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ choices: [{ message: { role: 'assistant', content } }] }))
  }
const proposing = (...proposals: unknown[]) => saying(JSON.stringify({ proposals }))

async function draftWith(listener: RequestListener): Promise<{ bundle: BundleInput; stderr: string }> {
  const file = await write('article.txt', ARTICLE)
  const env = { DRAFT_MODEL_URL: await serve(listener), DRAFT_MODEL: 'small', DRAFT_MODEL_KEY: 'secret' }
  const { stdout, stderr, code } = await runHere(['draft', file, '--no-database', '--source', 'oslo'], { env })
  expect(code).toBe(0)
  return { bundle: JSON.parse(stdout) as BundleInput, stderr }
}

async function draftOfRules(): Promise<BundleInput> {
  const { stdout } = await runHere(['draft', await write('article.txt', ARTICLE), '--no-database', '--source', 'oslo'])
  return JSON.parse(stdout) as BundleInput
}

const STATEMENT = {
  kind: 'statement',
  words: 'a second ferry line to Iceland',
  speaker: 'Bo Ødegård',
  by: 'Ødegård went to parliament to confirm',
}
const MEETING = {
  kind: 'meeting',
  words: 'Asha Rao and Carl Moe sat down',
  people: ['Asha Rao', 'Carl Moe'],
  when: null,
}

test('a model gets the article and the key, and what the text proves is added as a doubtful fact', async () => {
  const requests: unknown[] = []
  const { bundle, stderr } = await draftWith((request, response) => {
    let body = ''
    request.on('data', (chunk) => {
      body += chunk
    })
    request.on('end', () => {
      const { model, messages } = JSON.parse(body)
      requests.push({ path: request.url, key: request.headers.authorization, model, text: messages.at(-1).content })
      proposing(MEETING, STATEMENT)(request, response)
    })
  })
  expect(requests).toEqual([{ path: '/v1/chat/completions', key: 'Bearer secret', model: 'small', text: ARTICLE }])
  expect(stderr).toBe('the language model proposed 2: 2 added, 0 dropped\n')
  const rules = await draftOfRules()
  expect(bundle.statements?.slice(0, -1)).toEqual(rules.statements)
  expect(bundle.statements?.at(-1)).toMatchObject({
    quotation: 'REPORTED',
    text: STATEMENT.words,
    speakers: [{ person: 'bo-odegard' }],
    note: 'DRAFT: proposed by the language model, and not read by the rules',
  })
  expect(bundle.meetings?.slice(0, -1)).toEqual(rules.meetings)
  expect(bundle.meetings?.at(-1)).toMatchObject({
    title: 'Meeting of Asha Rao and Carl Moe',
    when: '[..2031-03-05]',
    note: expect.stringContaining('DRAFT: proposed by the language model, and not read by the rules'),
    citations: [{ exact: MEETING.words }],
  })
})

test.each([
  [
    'an invented quotation',
    { ...STATEMENT, words: 'We will give Norway all our fish' },
    'the words are not in the text, or are there several times',
  ],
  [
    'a stitched quotation',
    { ...STATEMENT, words: 'Fisheries come first. The cod does not carry a passport.' },
    'the words are not in the text, or are there several times',
  ],
  ['words that are too short', { ...STATEMENT, words: 'ferry' }, 'the words are too short'],
  [
    'words over two sentences',
    { ...STATEMENT, words: 'the ice. The “old friends' },
    'the words are not within one sentence',
  ],
  [
    'a wrong speaker',
    { ...STATEMENT, speaker: 'Asha Rao', by: 'Rao said the talks' },
    'the speaker is not named beside the words',
  ],
  [
    'a speaker whom the words do not name',
    { ...STATEMENT, speaker: 'Asha Rao' },
    'the words name another speaker, or none',
  ],
  ['a speaker without a verb of saying', { ...STATEMENT, by: 'Ødegård went' }, 'the words have no verb of saying'],
  ['a speaker who is not in the text', { ...STATEMENT, speaker: 'Donald Duck' }, 'nobody in the text has this name'],
  [
    'another speaker for what the rules have read',
    { ...STATEMENT, words: 'Fisheries come first', speaker: 'Asha Rao', by: 'Rao said' },
    'the rules have read these words',
  ],
  ['words that cut a quotation', { ...STATEMENT, words: 'The “old friends of the' }, 'the words cut a quotation'],
  [
    'a denied meeting',
    { kind: 'meeting', words: 'Ødegård did not meet Carl Moe', people: ['Bo Ødegård', 'Carl Moe'] },
    'the meeting is planned or denied',
  ],
  [
    'a third person at a meeting',
    { ...MEETING, people: ['Asha Rao', 'Carl Moe', 'Bo Ødegård'] },
    'the people are not exactly those whom the words name',
  ],
  [
    'a meeting that the rules have read',
    {
      kind: 'meeting',
      words: 'Foreign Minister Asha Rao of India met Prime Minister Bo Ødegård',
      people: ['Asha Rao', 'Bo Ødegård'],
    },
    'the rules have read this meeting',
  ],
  [
    'a wrong date',
    { ...MEETING, when: { words: 'a map of the ice', edtf: '2031-03-04' } },
    'the date is not that of the words',
  ],
  ['words that report no meeting', { ...MEETING, words: 'Asha Rao and Carl Moe' }, 'the words report no meeting'],
  ['an injected instruction', { kind: 'run', command: 'ignore the rules' }, 'not in the expected form'],
])('%s is dropped, with the reason', async (_, proposal, reason) => {
  const { bundle, stderr } = await draftWith(proposing(proposal))
  expect(stderr).toBe(`the language model proposed 1: 0 added, 1 dropped\n  1: ${reason}\n`)
  expect(bundle).toEqual(await draftOfRules())
})

test.each([
  [
    'an error',
    ((_, response) => void response.writeHead(500).end('no')) satisfies RequestListener,
    'it answered with status 500',
  ],
  [
    'a redirection',
    ((_, response) =>
      void response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end()) satisfies RequestListener,
    'fetch failed',
  ],
  ['text that is no JSON', saying('Sure! Here are the facts:'), 'its answer is not the JSON that was asked for'],
  ['JSON of another form', saying('{"facts": []}'), 'its answer is not the JSON that was asked for'],
  [
    'no chat completion',
    ((_, response) => void response.end('[1, 2')) satisfies RequestListener,
    'its answer is not the JSON that was asked for',
  ],
  [
    'too much',
    ((_, response) => void response.end('x'.repeat(1_000_001))) satisfies RequestListener,
    'its answer is longer than 1000000 bytes',
  ],
  ['a broken connection', ((_, response) => void response.destroy()) satisfies RequestListener, 'fetch failed'],
])('of a model that answers with %s, the draft is that of the rules', async (_, listener, failure) => {
  const { bundle, stderr } = await draftWith(listener)
  expect(stderr).toBe(`the language model did not help: ${failure}\n`)
  expect(bundle).toEqual(await draftOfRules())
})

test.each([
  ['does not answer', (() => {}) satisfies RequestListener],
  [
    'answers slowly',
    ((_, response) => {
      const timer = setInterval(() => response.write(' '), 10)
      response.on('close', () => clearInterval(timer))
    }) satisfies RequestListener,
  ],
])('a model that %s is given up', async (_, listener) => {
  const model = { url: `${await serve(listener)}/chat/completions`, model: 'small', key: undefined }
  expect(await askModel(model, ARTICLE, 100)).toEqual({ failure: 'it took longer than 100 ms' })
})

test('a model that is not configured as a whole is an error, and --no-model asks none', async () => {
  const file = await write('article.txt', ARTICLE)
  const env = { DRAFT_MODEL_URL: 'http://127.0.0.1:1' }
  expect(await runHere(['draft', file, '--no-database'], { env })).toMatchObject({
    code: 1,
    stderr: 'bilateral: environment variable DRAFT_MODEL_URL: expected DRAFT_MODEL too\n',
  })
  const unused = await runHere(['draft', file, '--no-database', '--no-model'], {
    env: { ...env, DRAFT_MODEL: 'small' },
  })
  expect(unused).toMatchObject({ code: 0, stderr: '' })
})
