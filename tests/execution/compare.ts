import {
  buildSchema,
  type DocumentNode,
  type ExecutionResult,
  execute,
  type GraphQLObjectType,
  type GraphQLUnionType,
  parse,
} from 'graphql'
import { expect } from 'vitest'
import { DEFAULT_LIMITS } from '../../src/config/limits.ts'
import { settleErrors } from '../../src/execution/errors.ts'
import { createExecute } from '../../src/execution/execute.ts'
import { Operations } from '../../src/execution/operations.ts'

/** Of fields that fail, that are late, and that may not be null. */
export const schema = buildSchema(`
  interface Named { name: String }
  type Thing implements Named {
    name: String
    must: String!
    number: Int
    kind: Kind
    echo(text: String = "none", times: Int! = 1): String
    one: Thing
    needs: Thing!
    some: [Thing]
    all: [Thing!]!
    grid: [[Int!]!]
    either: Either
    named: Named
    eithers: [Either!]
  }
  type Other implements Named { name: String count: Int! }
  union Either = Thing | Other
  enum Kind { PLAIN FANCY }
  type Query { thing: Thing must: Thing! things: [Thing!] }
`)

/** What the resolver of a field returns, and how. Records have one for each field. */
export interface Given {
  readonly how?: 'throw' | 'reject' | 'error' | 'later' | undefined
  readonly value: unknown
}

const isGiven = (value: unknown): value is Given => typeof value === 'object' && value !== null && 'value' in value

function give({ how, value }: Given): unknown {
  if (how === 'throw') throw new Error('bad')
  if (how === 'reject') return Promise.reject(new Error('bad'))
  if (how === 'error') return new Error('bad')
  return how === 'later' ? new Promise((resolve) => setImmediate(() => resolve(value))) : value
}

for (const name of ['Query', 'Thing', 'Other']) {
  for (const field of Object.values((schema.getType(name) as GraphQLObjectType).getFields())) {
    field.resolve = (record, args) => {
      if (field.name === 'echo') return `${args['text']} ${args['times']}`
      const given = (record as Record<string, unknown>)[field.name]
      return isGiven(given) ? give(given) : given
    }
  }
}
for (const name of ['Either', 'Named']) {
  const type = schema.getType(name) as GraphQLUnionType
  type.resolveType = ({ is, slow }: { is: string; slow?: boolean }) => (slow ? Promise.resolve(is) : is)
}

const operations = new Operations(50_000_000)
const planned = createExecute(operations, { limits: DEFAULT_LIMITS })

function documentOf(source: string): DocumentNode {
  const known = operations.get(source)
  if (known) return known
  const document = parse(source)
  operations.set(source, document)
  return document
}

/** The result of an execution of a query that comes again, by which executor, and the result of graphql-js. */
export async function both(source: string, rootValue: unknown, variableValues: Record<string, unknown> = {}) {
  const args = () => ({ schema, document: documentOf(source), rootValue, variableValues, contextValue: {} })
  // The first time, graphql-js executes it.
  await planned(args())
  const context: { executor?: string } = {}
  const ours = await planned({ ...args(), contextValue: context })
  const reference = settleErrors((await execute(args())) as ExecutionResult)
  return { ours, reference, executor: context.executor }
}

export const problemsIn = ({ errors = [] }: ExecutionResult) =>
  errors.map(({ message, path, locations }) => JSON.stringify({ message, path, locations }))

type Results = Awaited<ReturnType<typeof both>>

/** Expects the same data and errors of both executions. */
export function expectSame({ ours, reference }: Results): void {
  expect(JSON.stringify(ours.data)).toBe(JSON.stringify(reference.data))
  expect(problemsIn(ours)).toEqual(problemsIn(reference))
}

/** Expects the same data, and errors of the same number, at the same nulls, in the same order. */
export function expectSameButForCauses({ ours, reference }: Results): void {
  expect(JSON.stringify(ours.data)).toBe(JSON.stringify(reference.data))
  expect(nullsIn(ours)).toEqual(nullsIn(reference))
}

/** Executes a query both ways and expects the same. */
export async function same(source: string, rootValue: unknown, variableValues: Record<string, unknown> = {}) {
  const results = await both(source, rootValue, variableValues)
  expectSame(results)
  return results.ours
}

/** Where the data is null, for each error. */
const nullsIn = ({ data, errors = [] }: ExecutionResult) =>
  errors.map(({ path = [] }) => {
    let at: unknown = data
    const steps = path.findIndex((key) => {
      if (at === null) return true
      at = (at as Record<string, unknown>)[key]
      return false
    })
    return path.slice(0, steps === -1 ? path.length : steps)
  })
