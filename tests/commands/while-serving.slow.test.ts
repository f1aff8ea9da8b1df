import { once } from 'node:events'
import { describe, expect, onTestFinished, test } from 'vitest'
import { openDatabase } from '../../src/database/open.ts'
import { claimFolder } from '../../src/database/pglite/owner.ts'
import { ask, post, serverOf } from '../api/ask.ts'
import { bundleWith } from '../fixtures.ts'
import { type Place, usePrograms } from './place.ts'

const COUNT = '{ people { totalCount } }'
const counted = (totalCount: number) => ({ data: { people: { totalCount } } })

const folderOf = ({ env }: Place) => env['BILATERAL_DATA'] as string

/** Opens the data as a service does. */
async function serve(place: Place) {
  const database = await openDatabase({ folder: folderOf(place) }, { isService: true })
  onTestFinished(() => database.close().catch(() => {}))
  return database
}

/** A message as a command sends it: after its length. */
function framed(message: Buffer): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(message.length)
  return Buffer.concat([length, message])
}

const STARTUP = framed(Buffer.from('\0\0\0\x17\0\x03\0\0user\0postgres\0\0'))

describe('while a service has the embedded database open,', () => {
  const { write, empty } = usePrograms('PGlite')

  test('commands use it through the service, which sees their changes immediately', async () => {
    const place = await empty()
    const file = await write('two-people.jsonl', bundleWith())
    const database = await serve(place)
    const server = serverOf(database, { responseCacheBytes: 1_000_000 })
    for (let i = 0; i < 3; i++) expect(await ask(server, COUNT)).toMatchObject(counted(0))
    const imported = await place.command(['import', file])
    expect(imported).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('people         2 created') })
    expect(await ask(server, COUNT)).toMatchObject(counted(2))
    expect(await place.command(['attach-text', 'nowhere', file])).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^bilateral: .*: no source has the slug "nowhere"[^\n]*\n$/),
    })
    expect(await ask(server, COUNT)).toMatchObject(counted(2))
    const { stdout } = await place.command(['key', 'create', 'ada', '--scope', 'edit'])
    const response = await post(server, { query: '{ viewer { name } }' }, { authorization: `Bearer ${stdout.trim()}` })
    expect(await response.json()).toMatchObject({ data: { viewer: { name: 'ada' } } })
  })

  test('a connection that sends nonsense is closed, and the service answers', async () => {
    const place = await empty()
    const database = await serve(place)
    for (const [what, sent] of [
      ['no startup', [framed(Buffer.from('garbage garbage'))]],
      ['a startup with a length of 4 GB', [Buffer.alloc(4, 0xff), Buffer.alloc(20_000)]],
      ['an empty message', [STARTUP, framed(Buffer.alloc(0))]],
      ['a message of no known type', [STARTUP, framed(Buffer.from('Z\0\0\0\x05I'))]],
      ['a part of a message', [STARTUP, framed(Buffer.from('Q\0\0\0\x20SELECT'))]],
    ] as const) {
      const owner = await claimFolder(folderOf(place))
      if (!('connect' in owner)) throw new Error('expected another owner')
      const connection = await owner.connect()
      connection.on('error', () => {})
      for (const bytes of sent) connection.write(bytes)
      connection.resume()
      await once(connection, 'end')
      connection.destroy()
      expect(await database.prisma.person.count(), what).toBe(0)
    }
  })
})
