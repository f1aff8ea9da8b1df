import { describe, expect, test } from 'vitest'
import { both, type Given, problemsIn, same } from './compare.ts'

const THING = { must: 'here', needs: { must: 'there', all: [] }, all: [] }
const bad = (how: Given['how']): Given => ({ how, value: 'bad' })

describe('a planned operation returns what graphql-js returns', () => {
  test.each([
    [
      'fields, aliases and types',
      '{ a: thing { b: must must __typename } thing { name } a: thing { name } __typename }',
    ],
    [
      'fields that fragments ask for again',
      '{ ...A thing { needs { must } } } fragment A on Query { thing { needs { name ...B } } } fragment B on Thing { must name }',
    ],
    ['arguments and what they are if not given', '{ thing { echo a: echo(text: null) b: echo(text: "x", times: 2) } }'],
    [
      'what the schema tells of itself',
      '{ __schema { queryType { name } } __type(name: "Thing") { fields { name type { kind ofType { name } } } } }',
    ],
    ['a key that is no ordinary one', '{ __proto__: thing { constructor: must toString: name } }'],
  ])('%s', async (_name, source) => {
    await same(source, { thing: THING })
  })

  test.each(['throw', 'reject', 'error'] as const)(
    'an error where null may be, and where it may not: %s',
    async (how) => {
      await same('{ thing { name must } }', { thing: { ...THING, name: bad(how) } })
      await same('{ thing { name must } }', { thing: { ...THING, must: bad(how) } })
      await same('{ thing { one { needs { must } } } }', { thing: { one: { needs: { must: bad(how) } } } })
      await same('{ must { needs { must } } thing { must } }', { must: { needs: bad(how) }, thing: THING })
      await same('{ thing { all { must } } }', { thing: { all: [THING, { must: bad(how) }] } })
      await same('{ thing { some { must } name } }', { thing: { name: 'x', some: [THING, { must: bad(how) }, null] } })
    },
  )

  test.each([
    ['null where it may not be', '{ thing { must } }', { thing: { must: null } }],
    ['nothing at all', '{ thing { needs { must } } }', { thing: {} }],
    [
      'null in a list that holds none',
      '{ thing { all { must } } things { must } }',
      { thing: { all: [null] }, things: [THING] },
    ],
    ['no list', '{ thing { some { must } } }', { thing: { some: 'no list' } }],
    [
      'another iterable',
      '{ thing { some { must } grid } }',
      { thing: { some: new Set([THING]), grid: [[1], new Set([2, 3])] } },
    ],
    [
      'a value that its type does not have',
      '{ thing { number kind name } }',
      { thing: { number: 'many', kind: 'ODD', name: {} } },
    ],
    ['an error among elements', '{ things { must } }', { things: [THING, new Error('bad')] }],
  ])('%s', async (_name, source, rootValue) => {
    expect((await same(source, rootValue)).data).toBeDefined()
  })

  test('elements that come later, one of them an error', async () => {
    const some = [Promise.resolve(THING), Promise.reject(new Error('bad')), THING]
    await same('{ thing { some { must } } }', { thing: { some } })
  })

  test('records of several types, returned at once and later', async () => {
    const source = `{ thing { either { __typename ... on Named { name } ... on Other { count } }
      eithers { ... on Thing { must } ... on Other { count } } named { name ... on Other { count } } } }`
    for (const slow of [false, true]) {
      const other = { is: 'Other', slow, name: 'o', count: 1 }
      await same(source, { thing: { either: other, eithers: [other, { is: 'Thing', slow, must: 'm' }], named: other } })
    }
    const { ours, reference } = await both(source, { thing: { either: { is: 'Query' }, eithers: [], named: null } })
    expect(ours.data).toEqual(reference.data)
    expect(problemsIn(ours)).toEqual(problemsIn(reference))
  })

  test('fields that variables skip and include, whatever they were before', async () => {
    const source = `query ($a: Boolean!, $b: Boolean = false) { thing {
      must @include(if: $a) ...F @skip(if: $b) ... @include(if: $b) { kind } name @skip(if: true) } }
      fragment F on Thing { name number @include(if: $a) }`
    for (const a of [true, false, true]) {
      for (const b of [true, false, null]) {
        await same(source, { thing: { ...THING, name: 'n', number: 1, kind: 'FANCY' } }, { a, b })
      }
    }
  })

  test('keys in the order of the query, whenever their values arrive', async () => {
    const later = (value: unknown): Given => ({ how: 'later', value })
    const thing = { name: later('n'), must: 'm', one: later({ must: later('deep'), name: 'x' }), number: 1 }
    const ours = await same('{ thing { number one { must name } name must } }', { thing: later(thing) })
    expect(JSON.stringify(ours.data)).toBe(
      '{"thing":{"number":1,"one":{"must":"deep","name":"x"},"name":"n","must":"m"}}',
    )
  })
})
