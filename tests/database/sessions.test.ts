import pg from 'pg'
import { describe, expect, test } from 'vitest'
import { openDatabase } from '../../src/database/open.ts'
import { dataOf, serverOf } from '../api/ask.ts'
import { refusal, runHere } from '../commands/in-process.ts'
import { databaseUrl, onServer } from '../postgres.ts'
import { createDatabase, databaseKinds } from '../support.ts'

const TIMELINE = `query ($after: String) {
  relation(between: [IN, US]) {
    timeline(first: 4, after: $after) {
      nodes { __typename ... on Meeting { slug when { edtf label } } ... on Statement { slug said { edtf label } } }
      pageInfo { hasNextPage endCursor }
    }
  }
  search(query: "trade", first: 100) { nodes { node { ... on Statement { slug } } } }
}`

interface Answer {
  readonly relation: { readonly timeline: { readonly pageInfo: { hasNextPage: boolean; endCursor: string } } }
}

/** All pages of a timeline and of a search, from a database with these settings as its defaults. */
async function answersWith(settings: Readonly<Record<string, string>>, parameters = ''): Promise<Answer[]> {
  const { url, drop } = await createDatabase('seeded')
  const name = pg.escapeIdentifier(new URL(url).pathname.slice(1))
  for (const [setting, value] of Object.entries(settings))
    await onServer(url, `ALTER DATABASE ${name} SET ${setting} TO ${pg.escapeLiteral(value)}`)
  const database = await openDatabase({ url: `${url}${parameters}` })
  try {
    const server = serverOf(database)
    const pages: Answer[] = []
    for (let after: string | null = null; pages.at(-1)?.relation.timeline.pageInfo.hasNextPage !== false; ) {
      const page: Answer = await dataOf(server, TIMELINE, { after })
      pages.push(page)
      after = page.relation.timeline.pageInfo.endCursor
    }
    return pages
  } finally {
    await database.close()
    await drop()
  }
}

describe.runIf(databaseKinds.includes('PostgreSQL'))('the answers do not depend', () => {
  test.each([
    [{ datestyle: 'German, DMY' }],
    [{ datestyle: 'SQL, DMY' }],
    [{ datestyle: 'Postgres, MDY', intervalstyle: 'iso_8601', timezone: 'Pacific/Apia' }],
    [{ extra_float_digits: '-10', bytea_output: 'escape', standard_conforming_strings: 'off' }],
    [{ transform_null_equals: 'on', default_text_search_config: 'pg_catalog.german' }],
  ])('on the defaults %o of the database', async (settings) => {
    const pages = await answersWith(settings)
    expect(pages.length).toBeGreaterThan(5)
    expect(pages).toEqual(await answersWith({}))
  })

  test('on options in the URL, which still count otherwise', async () => {
    const options = encodeURIComponent('-c datestyle=German -c search_path=public')
    expect(await answersWith({}, `?options=${options}`)).toEqual(await answersWith({}))
    await expect(answersWith({}, `?options=${encodeURIComponent('-c search_path=nowhere')}`)).rejects.toThrow()
  })
})

describe.runIf(databaseKinds.includes('PostgreSQL'))(
  'a database that could not give the same answers is refused',
  () => {
    test.each([
      ["ENCODING 'LATIN1' LOCALE 'C'", 'has the encoding LATIN1'],
      ["ENCODING 'SQL_ASCII' LOCALE 'C'", 'has the encoding SQL_ASCII'],
      [
        "ENCODING 'UTF8' LOCALE 'C'",
        'has the character type C, in which Cyrillic, Greek or Chinese names cannot be searched',
      ],
    ])('with %s, and left empty', async (options, reason) => {
      const { url, drop } = await createDatabase()
      const server = databaseUrl(url, 'postgres')
      const name = `${new URL(url).pathname.slice(1)}_locale`
      await onServer(server, `CREATE DATABASE ${pg.escapeIdentifier(name)} ${options} TEMPLATE template0`)
      const unsuitable = databaseUrl(url, name)
      try {
        expect(await runHere(['migrate'], { env: { DATABASE_URL: unsuitable } })).toEqual(
          refusal(
            `the database ${reason}; create one with CREATE DATABASE … ENCODING 'UTF8' LOCALE 'C.UTF-8' TEMPLATE template0, and name it in DATABASE_URL`,
          ),
        )
        const { rows } = await onServer(unsuitable, `SELECT count(*)::int FROM pg_tables WHERE schemaname = 'public'`)
        expect(rows).toEqual([{ count: 0 }])
      } finally {
        await onServer(server, `DROP DATABASE ${pg.escapeIdentifier(name)}`)
        await drop()
      }
    })
  },
)
