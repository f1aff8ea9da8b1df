import { describe, expect, test } from 'vitest'
import type { DataVersion } from '../../src/database/data-version.ts'
import { ResponseCache } from '../../src/server/answers/response-cache.ts'
import { WholeResult } from '../../src/server/answers/whole-result.ts'

const answer = (text: string) => new WholeResult(text)

/** The signal of a client that does not leave. */
const STAYS = new AbortController().signal

/** Answers over data whose version the test says, and what was worked for. */
function setUp(bytes = 100_000) {
  const data: { version: DataVersion | undefined } = { version: { number: '1' } }
  const answers = new ResponseCache<Response>({ dataVersion: () => data.version }, bytes)
  const worked: string[] = []
  const ask = (question: string, work: () => unknown = () => {}, signal = STAYS) =>
    answers.run(question, true, signal, async () => {
      worked.push(question)
      await work()
      return answer(question)
    })
  return { data, answers, worked, ask }
}

function deferred() {
  let resolve = () => {}
  let reject: (error: Error) => void = () => {}
  const promise = new Promise<void>((...settle) => {
    ;[resolve, reject] = settle
  })
  return { promise, resolve, reject }
}

describe('an answer', () => {
  test('is cached until another version of the data is announced', async () => {
    const { data, worked, ask } = setUp()
    const first = await ask('a')
    expect(await ask('a')).toBe(first)
    data.version = { number: '2' }
    await ask('a')
    data.version = { number: '1' }
    await ask('a')
    expect(worked).toEqual(['a', 'a', 'a'])
  })

  test('is not cached if the version changed during its execution, even if the first version came back', async () => {
    const { data, worked, ask } = setUp()
    await ask('a', () => {
      data.version = { number: '2' }
    })
    await ask('b', () => {
      data.version = { number: '3' }
      data.version = { number: '2' }
    })
    await ask('a')
    await ask('b')
    expect(worked).toEqual(['a', 'b', 'a', 'b'])
  })

  test('is neither cached nor served while the version is unknown', async () => {
    const { data, worked, ask } = setUp()
    const { version } = data
    await ask('a')
    data.version = undefined
    await ask('a')
    await ask('b')
    data.version = version
    await ask('b')
    expect(worked).toEqual(['a', 'a', 'b', 'b'])
  })

  test('in progress is shared by later requests, but not by those after a change', async () => {
    const { data, worked, ask } = setUp()
    const { promise, resolve } = deferred()
    const slow = ask('a', () => promise)
    const same = ask('a')
    data.version = { number: '2' }
    const after = ask('a')
    await after
    expect(worked).toEqual(['a', 'a'])
    resolve()
    expect(await same).toBe(await slow)
    expect(await ask('a')).toBe(await after)
    expect(worked).toEqual(['a', 'a'])
  })

  test('is computed by each request if it fails or there is none', async () => {
    const { answers, worked, ask } = setUp()
    const { promise, reject } = deferred()
    const failing = ask('a', () => promise)
    const waiting = ask('a')
    reject(new Error('failed'))
    await expect(failing).rejects.toThrow('failed')
    expect(await waiting).toBeInstanceOf(WholeResult)
    expect(worked).toEqual(['a', 'a'])

    const refuse = async () => new Response('refused')
    const refusals = await Promise.all([answers.run('b', true, STAYS, refuse), answers.run('b', true, STAYS, refuse)])
    expect(refusals[0]).not.toBe(refusals[1])
  })

  test('is evicted for others, and is not cached if it is larger than the cache', async () => {
    const { worked, ask } = setUp(5_000)
    for (const question of ['a', 'b', 'c', 'd', 'e', 'x'.repeat(5_000)]) await ask(question)
    worked.length = 0
    for (const question of ['e', 'x'.repeat(5_000), 'a']) await ask(question)
    expect(worked).toEqual(['x'.repeat(5_000), 'a'])
  })
})
