import { readFileSync } from 'node:fs'
import type { GeneratorValue } from 'fast-check'
import fc from 'fast-check'
import {
  buildSchema,
  type GraphQLInputType,
  type GraphQLOutputType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
} from 'graphql'

export const schema = buildSchema(readFileSync('schema.graphql', 'utf8'))

/** Texts that break programs. */
const NASTY = [
  '',
  "'; DROP TABLE person; --",
  '\u0000',
  '\uD800',
  '<script>alert(1)</script>',
  '%_%',
  '(((',
  'a & | ! b:*',
  '𝔄'.repeat(300),
  '2026-02-30',
  'UGVyc29uOg==',
  '\u202Egnirts',
  '../../etc/passwd',
  'A\u030A',
  '\\',
]

/** Values that a client sends, and rarely ones that it should not send. */
const mostly = <T>(usual: readonly T[], hostile: readonly T[]): fc.Arbitrary<T> =>
  fc.oneof({ weight: 15, arbitrary: fc.constantFrom(...usual) }, { weight: 1, arbitrary: fc.constantFrom(...hostile) })

const BY_SCALAR: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  ID: mostly(['s-jaishankar', 'marco-rubio', 'security', 'jaishankar-rubio-2026-02', 'no-such-record'], NASTY),
  String: mostly(['minister', 'strong momentum', 's-jaishankar', 'critical minerals'], NASTY),
  CountryCode: mostly(['IN', 'US'], ['in', 'XX', 'India', '', 'ZZZZ']),
  Date: mostly(['2026-02-02', '2026-02-05', '2020-01-01'], ['2026-02-30', '0000-01-01', '9999-12-31', '-1', 'today']),
  EDTF: mostly(['2026-02', '2026-02-04', 'XXXX'], ['1X00', '[..2026]', '2026/1999', 'x'.repeat(300)]),
  Int: mostly([1, 2, 3, 5], [0, -1, 20, 100, 101, 2_147_483_647, -2_147_483_648]),
  Float: mostly([0, 1.5], [-1e308]),
  Boolean: fc.boolean(),
  URL: mostly(['https://example.org/'], ['javascript:alert(1)', '']),
}

const PAIRS = mostly([['IN', 'US']], [['US', 'IN'], ['IN'], ['IN', 'IN'], [], ['IN', 'US', 'XX']])

/** A value of an input type, mostly one that it accepts, as JSON. */
function valueFor(g: GeneratorValue, type: GraphQLInputType, depth = 0): unknown {
  if (isNonNullType(type)) return valueFor(g, type.ofType, depth)
  if (g(fc.nat, 60) === 0) return null
  if (isListType(type)) {
    return Array.from({ length: g(fc.integer, { min: g(fc.nat, 20) === 0 ? 0 : 1, max: 3 }) }, () =>
      valueFor(g, type.ofType, depth),
    )
  }
  if (isEnumType(type)) return g(() => fc.constantFrom(...type.getValues().map(({ name }) => name)))
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).filter(
      (field) => isNonNullType(field.type) || (depth < 2 && g(fc.nat, 5) === 0),
    )
    return Object.fromEntries(fields.map((field) => [field.name, valueFor(g, field.type, depth + 1)]))
  }
  return g(() => BY_SCALAR[type.name] ?? fc.string())
}

/** A query that the schema accepts, whose arguments are variables. */
export const documents: fc.Arbitrary<{ query: string; variables: Record<string, unknown> }> = fc.gen().map((g) => {
  const variables: Record<string, unknown> = {}
  const declared: string[] = []
  let aliases = 0

  function selectionsOf(type: GraphQLOutputType, depth: number): string {
    const named = getNamedType(type)
    if (isLeafType(named)) return ''
    if (isUnionType(named) || isInterfaceType(named)) {
      const parts = schema
        .getPossibleTypes(named)
        .filter(() => g(fc.nat, 2) === 0)
        .map((possible) => `... on ${possible.name} ${selectionsOf(possible, depth + 1)}`)
      return `{ __typename ${parts.join(' ')} }`
    }
    if (!isObjectType(named)) return ''
    const fields = Object.values(named.getFields()).filter(
      ({ type: of }) => (depth < 6 || isLeafType(getNamedType(of))) && g(fc.nat, depth === 0 ? 12 : 3) === 0,
    )
    const parts = fields.map((field) => {
      // Most lists accept only one direction, and only cursors that they have given.
      const rarity = (name: string) => (['after', 'before', 'last'].includes(name) ? 30 : 2)
      const given = field.args.filter(({ name, type }) => isNonNullType(type) || g(fc.nat, rarity(name)) === 0)
      const names = given.map((argument) => {
        const name = `v${declared.length}`
        declared.push(`$${name}: ${argument.type}`)
        variables[name] = argument.name === 'between' ? g(() => PAIRS) : valueFor(g, argument.type)
        return `${argument.name}: $${name}`
      })
      // Each field has a name of its own, so that fields with different arguments never conflict.
      aliases += 1
      const alias = `a${aliases}`
      const condition = g(fc.nat, 20) === 0 ? ' @include(if: true)' : ''
      const called = names.length > 0 ? `(${names.join(', ')})` : ''
      return `${alias}: ${field.name}${called}${condition} ${selectionsOf(field.type, depth + 1)}`
    })
    return `{ __typename ${parts.join(' ')} }`
  }

  const selections = selectionsOf(schema.getQueryType() as GraphQLOutputType, 0)
  return { query: `query Q${declared.length > 0 ? `(${declared.join(', ')})` : ''} ${selections}`, variables }
})
