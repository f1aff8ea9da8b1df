import { describe, expect, test } from 'vitest'
import { post, serverOf } from '../api/ask.ts'
import { databaseKinds } from '../support.ts'
import { openPlace, refusal } from './in-process.ts'

const KEY = /^bilateral_[0-9A-Za-z]{49}\n$/
const today = () => new Date().toISOString().slice(0, 10)

describe.each(databaseKinds)('the command key on %s', (kind) => {
  test('creates a key, lists it without showing it again, and revokes it', async () => {
    const { database, command } = await openPlace(kind)
    expect(await command(['key', 'list'])).toEqual({
      code: 0,
      stdout: 'there are no keys; `bilateral key create` creates one\n',
      stderr: '',
    })
    const created = await command(['key', 'create', ' Zoë’s 鍵 ', '--scope', 'edit', '--expires', '2999-12-31'])
    const key = created.stdout.trim()
    const id = key.slice('bilateral_'.length, 'bilateral_'.length + 8)
    expect(created).toEqual({
      code: 0,
      stdout: expect.stringMatching(KEY),
      stderr: `created the key ${id}, “Zoë’s 鍵”, with the scope edit; it expires at the end of 2999-12-31 (UTC). It is not shown again.\n`,
    })
    const line = `${id} edit “Zoë’s 鍵”: created ${today()}, not used, expires 2999-12-31`
    expect(await command(['key', 'list'])).toEqual({ code: 0, stdout: `${line}\n`, stderr: '' })
    const listed = await command(['key', 'list', '--json'])
    expect(JSON.parse(listed.stdout)).toMatchObject({ id, name: 'Zoë’s 鍵', scope: 'edit', revokedAt: null })
    expect(listed.stdout).not.toContain(key)
    expect((await command(['export', '-'])).stdout).not.toContain('Zoë')

    const response = await post(
      serverOf(database),
      { query: '{ viewer { scopes } }' },
      { authorization: `Bearer ${key}` },
    )
    expect(await response.json()).toMatchObject({ data: { viewer: { scopes: ['READ', 'EDIT'] } } })

    const revoked = { code: 0, stdout: expect.stringContaining(`revoked ${id} edit`), stderr: '' }
    expect(await command(['key', 'revoke', id])).toEqual(revoked)
    expect(await command(['key', 'revoke', id])).toEqual(revoked)
    expect((await command(['key', 'list'])).stdout).toContain(`, revoked ${today()}\n`)
  })

  test('refuses what it does not know', async () => {
    const { command } = await openPlace(kind)
    const create = (...args: string[]) => command(['key', 'create', ...args])
    expect(await command(['key', 'revoke', 'abcdefgh'])).toEqual(
      refusal('no key has the id abcdefgh; `bilateral key list` lists the keys'),
    )
    const { stdout } = await create('ada', '--scope', 'read')
    const withKey = await command(['key', 'revoke', stdout.trim()])
    expect(withKey).toEqual(refusal('expected the id of a key, not the key; `bilateral key list` lists the ids'))
    for (const name of ['', '  ', 'x'.repeat(101), 'a\nb', 'a\u202eb']) {
      expect(await create(name, '--scope', 'read')).toEqual(
        refusal('name: expected 1 to 100 characters without control characters'),
      )
    }
    for (const day of ['2026-02-30', 'tomorrow', '']) {
      expect(await create('bo', '--scope', 'read', '--expires', day)).toEqual(
        refusal(`--expires: expected a day as YYYY-MM-DD, got ${JSON.stringify(day)}`),
      )
    }
    expect(await create('bo', '--scope', 'read', '--expires', '2020-01-01')).toEqual(
      refusal('--expires: expected today or a later day, got 2020-01-01'),
    )
    expect((await create('bo')).stderr).toContain('--scope')
    expect((await create('bo', '--scope', 'root')).stderr).toContain('Allowed choices are read, edit, admin.')
    expect((await command(['key', 'list'])).stdout.split('\n')).toHaveLength(2)
  })
})
