import { buildSchema, parse } from 'graphql'
import { expect, test } from 'vitest'
import { DirectWay } from '../../src/server/direct.ts'

const schema = buildSchema('type Query { word(of: String! = "x"): String }')
const TEXT = 'query Word($of: String!) { word(of: $of) }'
const asked = (more: object = {}) => JSON.stringify({ query: TEXT, variables: { of: 'y' }, ...more })

function setUp() {
  const executed: unknown[] = []
  const direct = new DirectWay({
    execute({ operationName, variableValues }) {
      executed.push([operationName, variableValues])
      return { data: { word: 'w' } }
    },
    argsOf: () => ({ schema, contextValue: {} }),
  })
  return { direct, executed }
}

/** A way that leads to the document, for whoever accepts JSON. */
function known() {
  const { direct, executed } = setUp()
  direct.foundValid(parse(TEXT))
  direct.sent('application/json; charset=utf-8', 'application/json')
  return { direct, executed }
}

test('leads to what was found valid, in the media type that was chosen before', async () => {
  const { direct, executed } = known()
  const way = direct.find(asked({ operationName: 'Word', extensions: null }), 'application/json')
  expect(way).toMatchObject({ operation: 'Word', contentType: 'application/json; charset=utf-8' })
  expect(executed).toEqual([])
  expect(await way?.execute()).toEqual({ data: { word: 'w' } })
  expect(executed).toEqual([['Word', { of: 'y' }]])
})

test('leads nowhere before the server was there', () => {
  const { direct } = setUp()
  expect(direct.find(asked(), 'application/json')).toBeUndefined()
  direct.foundValid(parse(TEXT))
  expect(direct.find(asked(), 'application/json')).toBeUndefined()
  direct.sent('application/json', 'application/json')
  expect(direct.find(asked(), '*/*')).toBeUndefined()
  expect(direct.find(asked(), 'application/json')).toBeDefined()
})

test.each([
  ['another document', asked({ query: `${TEXT} ` })],
  ['another operation', asked({ operationName: 'Other' })],
  ['variables that are a list', asked({ variables: ['y'] })],
  ['a number for a name', asked({ operationName: 1 })],
  ['extensions', asked({ extensions: {} })],
  ['another parameter', asked({ documentId: 'x' })],
  ['a list of questions', `[${asked()}]`],
  ['no document', '{}'],
  ['no object', '"x"'],
  ['null', 'null'],
  ['no JSON', asked().slice(1)],
  ['nothing', ''],
])('leads nowhere from %s', (_name, body) => {
  expect(known().direct.find(body, 'application/json')).toBeUndefined()
})
