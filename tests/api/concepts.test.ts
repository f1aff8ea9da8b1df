import { type GraphQLObjectType, isObjectType } from 'graphql'
import { describe, expect, test } from 'vitest'
import { concepts, type Kind, kinds } from '../../src/bundle/concepts.ts'
import { decodeGlobalId, encodeGlobalId } from '../../src/schema/ids/global-id.ts'
import { schema } from '../../src/schema/index.ts'

const objectTypes = Object.values(schema.getTypeMap()).filter(isObjectType)
const fieldsOf = (type: GraphQLObjectType | null | undefined) => Object.keys(type?.getFields() ?? {})

/** Positions have a list, but no query returns a single one. */
const WITHOUT_QUERY_OF_ONE: readonly Kind[] = ['positions']

describe('the schema knows each concept of a bundle', () => {
  test.each(kinds)('%s have a type, a list and a query for one of them', (kind) => {
    const { one, type } = concepts[kind]
    expect(schema.getType(type)).toBeDefined()
    const queries = fieldsOf(schema.getQueryType())
    expect(queries).toContain(kind)
    const query = one.replaceAll(/ (.)/g, (_, letter) => letter.toUpperCase())
    expect(queries.includes(query)).toBe(!WITHOUT_QUERY_OF_ONE.includes(kind))
  })

  test('every type with global IDs can decode them', () => {
    const nodes = objectTypes.filter((type) => type.getInterfaces().some(({ name }) => name === 'Node'))
    const decoded = nodes.map(({ name }) => decodeGlobalId(encodeGlobalId(name, 'some-key')))
    expect(decoded).toEqual(nodes.map(({ name }) => ({ typename: name, id: 'some-key' })))
    expect(nodes.length).toBeGreaterThan(kinds.length)
  })
})
