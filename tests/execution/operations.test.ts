import { buildSchema, type DocumentNode, parse } from 'graphql'
import { expect, test } from 'vitest'
import { Operations } from '../../src/execution/operations.ts'

const schema = buildSchema('type Query { word(of: String): String }')

function add(operations: Operations, text: string): DocumentNode {
  const document = parse(text)
  operations.set(text, document)
  return document
}

test('documents are forgotten by their memory, comments included', () => {
  const operations = new Operations(32_000_000)
  const comments = (i: number) => `${'#\n'.repeat(49_000)}query Q${i} { __typename }`
  for (let i = 0; i < 120; i++) add(operations, comments(i))
  const known = Array.from({ length: 120 }, (_, i) => operations.get(comments(i)) !== undefined)
  // Each takes some 15 MB: 49,000 tokens stay in memory with it.
  expect(known.filter(Boolean)).toHaveLength(2)
  expect(known.at(-1)).toBe(true)
})

test('small documents stay known while there is room', () => {
  const operations = new Operations(32_000_000)
  for (let i = 0; i < 1_000; i++) add(operations, `query Q${i} { word }`)
  expect(operations.get('query Q0 { word }')).toBeDefined()
})

test('the selections of an operation count as its memory, and are bounded', () => {
  const operations = new Operations(8_000_000)
  const ask = (text: string) => operations.of({ schema, document: operations.get(text) ?? add(operations, text) })
  const texts = Array.from({ length: 4 }, (_, i) => `query Q${i} { word }`)
  for (const text of texts) {
    const selections = ask(text)?.selections
    for (let i = 0; i < 200; i++) selections?.set(`${i}`, { select: { ['x'.repeat(5_000)]: true } })
    expect(selections?.bytes).toBeGreaterThan(3_500_000)
    expect(selections?.bytes).toBeLessThanOrEqual(4_000_000)
    ask(text)
  }
  expect(texts.filter((text) => operations.get(text))).toEqual(texts.slice(2))
})

test('an operation is known by the text of its document and its name', () => {
  const operations = new Operations(32_000_000)
  const text = 'query A { word } query B { word(of: "x") }'
  const document = add(operations, text)
  const a = operations.of({ schema, document, operationName: 'A' })
  expect(operations.of({ schema, document, operationName: 'A' })).toBe(a)
  expect(operations.of({ schema, document, operationName: 'B' })).not.toBe(a)
  expect(operations.of({ schema, document, operationName: 'C' })).toBeUndefined()
  expect(operations.find(text, 'B')).toMatchObject({ operation: 'query', name: { value: 'B' } })
  expect(operations.find(`${text} `, 'B')).toBeUndefined()
})

test('copies of a document share an operation, and changed copies have another', () => {
  const operations = new Operations(32_000_000)
  const text = '{ word other: word(of: "x") }'
  const document = add(operations, text)
  const operation = operations.of({ schema, document })
  const copy = () => ({ ...document })
  const [one, other] = [operations.of({ schema, document: copy() }), operations.of({ schema, document: copy() })]
  expect(one).toBe(other)
  const changed = structuredCloneWithout(document, 'other')
  const without = operations.of({ schema, document: changed })
  expect(without).not.toBe(one)
  expect(without).not.toBe(operation)
  expect(operations.of({ schema, document })).toBe(operation)
  expect(operations.get(text)).toBe(document)
})

/** A copy without the field of an alias, as a plugin makes it: it has the location of the whole text. */
function structuredCloneWithout(document: DocumentNode, alias: string): DocumentNode {
  const [definition] = document.definitions
  if (definition?.kind !== 'OperationDefinition') throw new Error('expected an operation')
  const selections = definition.selectionSet.selections.filter(
    (field) => field.kind !== 'Field' || field.alias?.value !== alias,
  )
  return { ...document, definitions: [{ ...definition, selectionSet: { ...definition.selectionSet, selections } }] }
}

test('another schema makes another operation of the same document', () => {
  const operations = new Operations(32_000_000)
  const document = add(operations, '{ word }')
  const one = operations.of({ schema, document })
  const other = buildSchema('type Query { word: Int }')
  expect(operations.of({ schema: other, document })).not.toBe(one)
  expect(operations.of({ schema: other, document })?.schema).toBe(other)
})
