import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { useFiles } from './files.ts'
import { runHere } from './in-process.ts'

describe('a command says in one line, without a stack,', () => {
  const { path, write } = useFiles()
  const unusable = () => path('a-file/data')
  beforeAll(() => write('a-file', ''))
  const cases: [what: string, args: string[], env: () => Record<string, string>, stderr: RegExp][] = [
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
      /^bilateral: cannot write to the data folder .*a-file\/data \(ENOTDIR[^\n]*\); set BILATERAL_DATA to one you own\n$/,
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
    const outcome = await runHere(args, { env: env() })
    const stdout = expect.stringMatching(/^(bilateral [^\n]+: opening the database …\n)?$/)
    expect(outcome).toEqual({ code: 1, stdout, stderr: expect.stringMatching(stderr) })
    expect(outcome.stderr).not.toContain('hunter2')
  })

  test('that the server closed the connection', async () => {
    const authenticated = Buffer.from('R\0\0\0\x08\0\0\0\0Z\0\0\0\x05I')
    const server = createServer((socket) => {
      socket.on('error', () => {})
      socket.once('data', () => {
        socket.write(authenticated)
        socket.once('data', () => socket.destroy())
      })
    }).listen(0, '127.0.0.1')
    onTestFinished(() => void server.close())
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const outcome = await runHere(['conflicts'], { env: { DATABASE_URL: `postgresql://ada@127.0.0.1:${port}/facts` } })
    const stderr = 'bilateral: the database is not available: Connection terminated unexpectedly\n'
    expect(outcome).toEqual({ code: 1, stdout: '', stderr })
  })
})
