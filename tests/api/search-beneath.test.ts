import {
  type GraphQLField,
  type GraphQLObjectType,
  getNamedType,
  isAbstractType,
  isInputObjectType,
  isObjectType,
  isRequiredArgument,
} from 'graphql'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '../../src/database/open.ts'
import { schema } from '../../src/schema/index.ts'
import { openSeeded } from '../support.ts'
import { dataOf, type Server, serverOf } from './ask.ts'

type Field = GraphQLField<unknown, unknown>

/** A field of a type, and one of the types that it may lead to. */
interface Step {
  readonly parent: GraphQLObjectType
  readonly field: Field
  readonly to: GraphQLObjectType
}

const SEARCH = 'Washington'

/** What arguments that a caller must give are given. */
const GIVEN: Readonly<Record<string, string>> = {
  between: '["IN", "US"]',
  code: '"IN"',
  id: `"${Buffer.from('Meeting:jaishankar-rubio-2026-02').toString('base64url')}"`,
  ids: `["${Buffer.from('Person:s-jaishankar').toString('base64url')}"]`,
  items: '[{ text: "strong momentum" }]',
  on: '"2026-02-03"',
  query: '"Jaishankar OR trade OR minerals"',
  text: '"Jaishankar"',
}
/** The records that are asked for by slug. */
const SLUGS: Readonly<Record<string, string>> = { person: 's-jaishankar', meeting: 'jaishankar-rubio-2026-02' }

const typesOf = ({ type }: Field): readonly GraphQLObjectType[] => {
  const named = getNamedType(type)
  if (isAbstractType(named)) return schema.getPossibleTypes(named)
  return isObjectType(named) ? [named] : []
}

const stepsFrom = (parent: GraphQLObjectType): Step[] =>
  Object.values(parent.getFields()).flatMap((field) => typesOf(field).map((to) => ({ parent, field, to })))

const isSearched = ({ args }: Field) =>
  args.some(({ name, type }) => name === 'filter' && isInputObjectType(type) && 'search' in type.getFields())

const asksForOne = ({ args }: Field) => args.some(({ name }) => ['slug', 'code', 'id', 'ids'].includes(name))

/** The types that can be reached from lists, each with the shortest way to it. */
function reached(): Map<GraphQLObjectType, Step[]> {
  const ways = new Map<GraphQLObjectType, Step[]>([[schema.getQueryType() as GraphQLObjectType, []]])
  for (const [type, way] of ways) {
    for (const step of stepsFrom(type)) {
      if (!ways.has(step.to) && !asksForOne(step.field)) ways.set(step.to, [...way, step])
    }
  }
  return ways
}

/** The shortest way from a type to a list that searches, that list last. */
function wayToList(from: GraphQLObjectType): Step[] | undefined {
  const ways: Step[][] = stepsFrom(from).map((step) => [step])
  const seen = new Set([from])
  for (const way of ways) {
    const last = way.at(-1) as Step
    if (isSearched(last.field)) return way
    if (seen.has(last.to)) continue
    seen.add(last.to)
    ways.push(...stepsFrom(last.to).map((step) => [...way, step]))
  }
  return undefined
}

function called({ name, args }: Field, size: number): string {
  const given = args.flatMap((arg) => {
    if (arg.name === 'first') return `first: ${size}`
    if (!isRequiredArgument(arg)) return []
    return `${arg.name}: ${arg.name === 'slug' ? JSON.stringify(SLUGS[name] ?? 'nobody') : GIVEN[arg.name]}`
  })
  return given.length > 0 ? `${name}(${given.join(', ')})` : name
}

/** The question that goes along a way, whose last step is a list: of what a search finds, or of everything. */
function question([step, ...rest]: readonly Step[], search: boolean): string {
  const { field, to } = step as Step
  if (rest.length > 0) return `${called(field, 2)} { ... on ${to.name} { ${question(rest, search)} } }`
  return `found: ${field.name}(first: 100${search ? `, filter: { search: "${SEARCH}" }` : ''}) { nodes { slug } }`
}

const cases = [...reached()].flatMap(([type, way]) =>
  stepsFrom(type).flatMap((step): [name: string, way: Step[]][] => {
    const rest = wayToList(step.to)
    if (!rest || isSearched(step.field)) return []
    return [[`${type.name}.${step.field.name} of ${step.to.name}`, [...way, step, ...rest]]]
  }),
)

// What is waited for does not depend on which database it is.
describe('a list searches below', () => {
  let database: Database
  let server: Server
  beforeAll(async () => {
    database = await openSeeded('PGlite')
    // Searches of nested lists cost more than a client may use.
    server = serverOf(database, { limits: { cost: 1_000_000 } })
  })
  afterAll(async () => await database.close())

  test.each(cases)('%s', async (_name, way) => {
    const list = way.at(-1)?.field.name as string
    const found = await dataOf<Record<string, { nodes: { slug: string }[] }>>(
      server,
      `{ ${list}(first: 100, filter: { search: "${SEARCH}" }) { nodes { slug } } }`,
    )
    const slugs = new Set(found[list]?.nodes.map(({ slug }) => slug))
    const every = await dataOf(server, `{ ${question(way, false)} }`)
    const expected = JSON.stringify(every, (key, value) =>
      key === 'found' ? { nodes: value.nodes.filter(({ slug }: { slug: string }) => slugs.has(slug)) } : value,
    )
    expect(await dataOf(server, `{ ${question(way, true)} }`)).toEqual(JSON.parse(expected))
  })
})

test('the fields tested cover every kind', () => {
  const names = cases.map(([name]) => name)
  for (const name of [
    'Statement.topics of Topic',
    'Statement.speakers of Person',
    'Statement.countries of Country',
    'Meeting.countries of Country',
    'Topic.broader of Topic',
    'Topic.narrower of Topic',
    'Participation.position of Position',
    'Participation.occasion of Visit',
    'Citation.fact of Statement',
    'AgreementEvent.by of Person',
    'Agreement.parties of Country',
    'Organization.members of Country',
  ]) {
    expect(names).toContain(name)
  }
})
