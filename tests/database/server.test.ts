import { PassThrough, Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { describe, expect, inject, test } from 'vitest'
import { runProgram } from '../../src/program.ts'
import { databaseUrl, onServer } from '../postgres.ts'
import { createDatabase, databaseKinds } from '../support.ts'
import { openNetwork, openRefusingServer } from './network.ts'

/** Runs a command in this process. */
async function run(args: readonly string[], env: Record<string, string>) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()]
  const printed = Promise.all([text(stdout), text(stderr)])
  const code = await runProgram(args, { env, stdin: Readable.from([]), stdout, stderr })
  stdout.end()
  stderr.end()
  const [out, err] = await printed
  return { code, stdout: out, stderr: err }
}

/** What `bilateral migrate` prints about a database that it cannot open: one line, without a stack. */
async function complaintAbout(url: string): Promise<string> {
  const { code, stdout, stderr } = await run(['migrate'], { DATABASE_URL: url })
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
  expect(stderr).toMatch(/^bilateral: .*\n$/)
  return stderr.slice('bilateral: '.length, -1)
}

const OWN_DATABASE = 'give bilateral a database of its own (CREATE DATABASE …) and name it in DATABASE_URL'

describe('the command line says in one line what is wrong', () => {
  test.each([
    [
      'a server that does not answer',
      'postgresql://ada:secret@127.0.0.1:1/facts',
      'cannot reach the database at postgresql://ada@127.0.0.1:1/facts (ECONNREFUSED); is it running?',
    ],
    [
      'a name that has two addresses, of which none answers',
      'postgresql://ada:secret@localhost:1/facts',
      'cannot reach the database at postgresql://ada@localhost:1/facts (ECONNREFUSED); is it running?',
    ],
    [
      'a socket that is not there',
      'postgresql:///facts?host=/nowhere&user=ada',
      'cannot connect to the database at postgresql:///facts: connect ENOENT /nowhere/.s.PGSQL.5432',
    ],
    [
      'an unknown mode of TLS',
      'postgresql://ada@127.0.0.1:1/facts?sslmode=nope',
      'environment variable DATABASE_URL: sslmode: expected one of disable, prefer, require, verify-ca, verify-full, no-verify',
    ],
    [
      'a certificate that is not there',
      'postgresql://ada@127.0.0.1:1/facts?sslmode=verify-full&sslrootcert=/nowhere.crt',
      "cannot connect to the database at postgresql://ada@127.0.0.1:1/facts: ENOENT: no such file or directory, open '/nowhere.crt'",
    ],
    [
      'a port that cannot be',
      'postgresql://ada@127.0.0.1:99999/facts',
      'environment variable DATABASE_URL: expected postgresql://USER:PASSWORD@HOST:PORT/DATABASE, with special characters such as # / ? @ percent-encoded',
    ],
  ])('about %s', async (_what, url, message) => {
    expect(await complaintAbout(url)).toBe(message)
  })

  test.each([
    [
      '28P01',
      'password authentication failed for user "ada"',
      'correct the user and password in DATABASE_URL, or allow the user in pg_hba.conf',
    ],
    ['53300', 'sorry, too many clients already', 'lower DATABASE_POOL, or raise max_connections on the server'],
    ['57P03', 'the database system is starting up', 'try again when the server has started'],
    [
      '08P01',
      'unsupported startup parameter: options',
      'DATABASE_URL names PgBouncer: add pgbouncer=true to its parameters, and set DATABASE_DIRECT_URL to the URL of the server itself',
    ],
  ])('about a connection that is refused with %s', async (code, reason, remedy) => {
    const server = await openRefusingServer(code, reason)
    const location = server.url.replace(':secret', '')
    expect(await complaintAbout(server.url)).toBe(
      `the database at ${location} refused the connection: ${reason}; ${remedy}`,
    )
    server.close()
  })

  test('and prints the stack where LOG_LEVEL is debug', async () => {
    const { code, stderr } = await run(['migrate'], { DATABASE_URL: 'postgresql://127.0.0.1:1/x', LOG_LEVEL: 'debug' })
    expect(code).toBe(1)
    expect(stderr).toMatch(/^bilateral: cannot reach .*\nUserError: /)
    expect(stderr).toMatch(/^ {4}at /m)
    expect(stderr).toContain("code: 'ECONNREFUSED'")
  })
})

describe.runIf(databaseKinds.includes('PostgreSQL'))('on PostgreSQL, the command line says in one line', () => {
  /** Runs a test on a blank database that an administrator has prepared. */
  async function onBlank(sql: readonly string[], work: (url: string, at: string) => Promise<void>): Promise<void> {
    const { url, drop } = await createDatabase()
    try {
      for (const statement of sql) await onServer(url, statement)
      const at = new URL(url)
      at.password = ''
      await work(url, at.href)
    } finally {
      await drop()
    }
  }

  const server = new URL(inject('templates').server?.url ?? 'postgresql://localhost')

  test('that there is no such database', async () => {
    const url = databaseUrl(server.href, 'nowhere')
    expect(await complaintAbout(url)).toMatch(
      /refused the connection: database "nowhere" does not exist; create the database, or correct its name in DATABASE_URL$/,
    )
  })

  test('that there is no such user', async () => {
    const url = new URL(server)
    url.username = 'nobody-here'
    expect(await complaintAbout(url.href)).toMatch(
      /refused the connection: .*"nobody-here".*; correct the user and password/,
    )
  })

  test('that a table of somebody else is in the way', async () => {
    await onBlank(['CREATE TABLE meeting (minutes text)'], async (url, at) => {
      expect(await complaintAbout(url)).toBe(
        `cannot migrate the database at ${at}: the migration 0001_facts failed: relation "meeting" already exists; the schema has objects that bilateral did not create: ${OWN_DATABASE}`,
      )
      const { rows } = await onServer(
        url,
        `SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'`,
      )
      expect(rows).toEqual([{ table_name: 'meeting' }])
    })
  })

  test('nothing about tables of somebody else that are not in the way', async () => {
    await onBlank(['CREATE TABLE somebodys (minutes text)'], async (url) => {
      const { code, stderr } = await run(['migrate'], { DATABASE_URL: url })
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    })
  })

  test('that another program, which uses Prisma too, has the database', async () => {
    const records = `CREATE TABLE _prisma_migrations AS SELECT '20200101_shop' AS migration_name, '' AS checksum,
      now() AS finished_at, NULL::timestamptz AS rolled_back_at`
    await onBlank([records], async (url) => {
      expect(await complaintAbout(url)).toBe(
        `the database belongs to another program, which recorded the migration 20200101_shop in _prisma_migrations; ${OWN_DATABASE}`,
      )
    })
  })

  test('that a dry run would have to migrate the database, which it leaves as it is', async () => {
    await onBlank([], async (url) => {
      const file = 'prisma/seed/india-us-2026-02-05.json'
      expect(await run(['import', '--dry-run', file], { DATABASE_URL: url })).toEqual({
        code: 1,
        stdout: '',
        stderr:
          'bilateral: the database lacks the migration 0001_facts, and a dry run changes nothing; run bilateral migrate first\n',
      })
      expect((await onServer(url, `SELECT FROM pg_tables WHERE schemaname = 'public'`)).rowCount).toBe(0)
    })
  })

  test('that the user may not create tables', async () => {
    await onBlank([], async (url) => {
      const role = new URL(url).pathname.slice(1)
      await onServer(url, `CREATE ROLE ${role} LOGIN`)
      const asRole = new URL(url)
      asRole.username = role
      const complaint = await complaintAbout(asRole.href)
      await onServer(url, `DROP ROLE ${role}`)
      expect(complaint).toMatch(
        /^cannot migrate .*: permission denied for schema public; grant the user CREATE on the database and its schema, or name the owner of the tables in DATABASE_URL$/,
      )
    })
  })

  test('that the server is read-only', async () => {
    await onBlank([], async (url, at) => {
      const name = new URL(url).pathname.slice(1)
      await onServer(url, `ALTER DATABASE ${name} SET default_transaction_read_only = on`)
      expect(await complaintAbout(url)).toBe(
        `cannot migrate the database at ${at}: cannot execute CREATE TABLE in a read-only transaction; the server is read-only, possibly a replica: name a server that accepts writes in DATABASE_URL`,
      )
    })
  })

  test('that the server is too old', async () => {
    await onBlank([], async (url) => {
      const { rows } = await onServer(url, `SELECT split_part(current_setting('server_version'), '.', 1) AS major`)
      const network = await openNetwork(url, { [`${rows[0].major}.`]: '14.' })
      expect(await complaintAbout(network.url)).toMatch(
        /^the server is PostgreSQL 14\..*; bilateral needs 15 or later$/,
      )
      await network.close()
    })
  })

  test('that an extension is missing', async () => {
    await onBlank([], async (url) => {
      const network = await openNetwork(url, { 'EXISTS pg_trgm': 'EXISTS no_trgm' })
      expect(await complaintAbout(network.url)).toMatch(
        /: the migration 0003_search failed: .*"no_trgm".*; install the additional modules of PostgreSQL \(package postgresql-contrib\), or have an administrator run CREATE EXTENSION pg_trgm in this database$/,
      )
      await network.close()
    })
  })

  test('that the disk is full, in the middle of a command', async () => {
    const { url, drop } = await createDatabase('seeded')
    const message = 'could not extend file "base/1/2": No space left on device'
    const body = `BEGIN RAISE EXCEPTION '${message}' USING ERRCODE = 'disk_full'; END`
    await onServer(url, `CREATE FUNCTION fill() RETURNS trigger LANGUAGE plpgsql AS $$ ${body} $$`)
    await onServer(url, 'CREATE TRIGGER refuse BEFORE UPDATE ON dataset EXECUTE FUNCTION fill()')
    const { code, stderr } = await run(['merge', '--force', 'marco-rubio', 's-jaishankar'], { DATABASE_URL: url })
    await drop()
    expect(stderr).toBe(`bilateral: ${message} (53100); the disk is full: free some space and repeat the command\n`)
    expect(code).toBe(1)
  })
})
