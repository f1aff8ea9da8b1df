import { readdir, readFile } from 'node:fs/promises'
import { CriticalityLevel, diff } from '@graphql-inspector/core'
import { buildSchema, type GraphQLSchema } from 'graphql'
import { expect, test } from 'vitest'
import { schema } from '../../src/schema/index.ts'

const read = (file: string) => readFile(new URL(file, import.meta.url), 'utf8')

/** The schema of the last release: `tests/api/releases` has each by its version. */
async function lastRelease(): Promise<GraphQLSchema> {
  const versions = (await readdir(new URL('releases', import.meta.url))).map((file) => file.replace('.graphql', ''))
  const last = versions.toSorted((one, other) => one.localeCompare(other, 'en', { numeric: true })).at(-1)
  return buildSchema(await read(`releases/${last}.graphql`))
}

/** What breaks programs that are written against another schema, by where it is: `Meeting.place`. */
async function breaksOf(before: GraphQLSchema, after: GraphQLSchema): Promise<string[]> {
  const changes = await diff(before, after)
  const breaking = changes.filter(({ criticality }) => criticality.level === CriticalityLevel.Breaking)
  return breaking.map(({ path, message }) => path ?? message)
}

test('nothing breaks programs written for the last release, except what the changelog names', async () => {
  const [, unreleased = ''] = /^## \[Unreleased\]\n(.*?)(?=^## )/ms.exec(await read('../../CHANGELOG.md')) ?? []
  const breaks = await breaksOf(await lastRelease(), schema)
  expect(breaks.filter((path) => !unreleased.includes(`\`${path}\``))).toEqual([])
})

test('a breaking change is found', async () => {
  const release = buildSchema(
    'type Query { meeting(slug: String): Meeting } type Meeting { title: String! place: String }',
  )
  const changed = buildSchema(
    'type Query { meeting(slug: String!): Meeting } type Meeting { title: String date: String }',
  )
  expect((await breaksOf(release, changed)).toSorted()).toEqual([
    'Meeting.place',
    'Meeting.title',
    'Query.meeting.slug',
  ])
})
