import { describe, expect, inject, it } from 'vitest'
import { openDatabase } from '../../src/database/open.ts'
import { databaseKinds } from '../support.ts'

const userError = (message: string) => expect.objectContaining({ name: 'UserError', message })

it('a server that does not answer is named, without the password', async () => {
  const message = 'cannot reach the database at postgresql://ada@127.0.0.1:1/facts (ECONNREFUSED); is it running?'
  await expect(openDatabase({ url: 'postgresql://ada:secret@127.0.0.1:1/facts' })).rejects.toThrow(userError(message))
})

describe.runIf(databaseKinds.includes('PostgreSQL'))('a server that answers', () => {
  const url = new URL(inject('templates').server?.url ?? 'postgresql://localhost')
  url.password = 'sec%23ret'
  const at = (name: string) => {
    const asked = new URL(url)
    asked.pathname = `/${name}`
    const shown = new URL(asked)
    shown.password = ''
    return [asked.href, shown.href] as const
  }

  it('says that there is no such database', async () => {
    const [asked, shown] = at('nowhere')
    const message = `the database at ${shown} refused the connection: database "nowhere" does not exist`
    await expect(openDatabase({ url: asked })).rejects.toThrow(userError(message))
  })

  it('says that there is no such user', async () => {
    url.username = 'nobody-here'
    const [asked, shown] = at('postgres')
    await expect(openDatabase({ url: asked })).rejects.toThrow(expect.objectContaining({ name: 'UserError' }))
    await expect(openDatabase({ url: asked })).rejects.toThrow(
      new RegExp(`^the database at ${shown} refused the connection: [^\\n]*"nobody-here"[^\\n]*$`),
    )
  })
})
