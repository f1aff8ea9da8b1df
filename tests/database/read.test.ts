import { PrismaPg } from '@prisma/adapter-pg'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '../../src/database/open.ts'
import { listed, type Query } from '../../src/database/read/select.ts'
import { LEFT_OUT, tables } from '../../src/database/read/tables.ts'
import { getDatamodel } from '../../src/generated/pothos.ts'
import { PrismaClient } from '../../src/generated/prisma/client.ts'
import { RelationEventKind, VisitKind } from '../../src/generated/prisma/enums.ts'
import { sqlOf } from '../api/ask.ts'
import { generate } from '../api/generated.ts'
import { databaseKinds, openSeeded } from '../support.ts'

const { models } = getDatamodel().datamodel

/** Those whose rows are read by query objects: all but what has columns that Prisma or `tables.ts` cannot read. */
const read = Object.keys(models).filter((model) => model !== 'SearchIndex' && !LEFT_OUT.has(model))

const delegateOf = (prisma: PrismaClient, model: string) =>
  prisma[(model.charAt(0).toLowerCase() + model.slice(1)) as 'meeting'] as unknown as {
    findMany(query: object): Promise<object[]>
    findFirst(query: object): Promise<object | null>
    findUnique(query: object): Promise<object | null>
    count(query: object): Promise<number>
  }

const fieldsOf = (model: string) => (models[model]?.fields ?? []).filter(({ type }) => !LEFT_OUT.has(type))
const keyOf = (model: string) =>
  models[model]?.primaryKey?.fields ?? fieldsOf(model).flatMap(({ isId, name }) => (isId ? [name] : []))

type Values = Readonly<Record<string, readonly unknown[]>>

/** Query objects over the models, with values that some rows have. */
function queries(values: Values) {
  const columns = (model: string, isOf: (field: ReturnType<typeof fieldsOf>[number]) => boolean) =>
    fieldsOf(model).filter((field) => field.kind !== 'object' && isOf(field))

  function comparison(
    model: string,
    name: string,
    type: string,
    isRequired: boolean,
  ): fc.Arbitrary<object | null | string> {
    const value = fc.constantFrom(...((values[`${model}.${name}`] ?? ['']) as (string | Date)[]))
    const operators = ['String', 'DateTime', 'Int'].includes(type)
      ? ['gt', 'gte', 'lt', 'lte', 'not', 'equals']
      : ['not', 'equals']
    const one = fc
      .record({ operator: fc.constantFrom(...operators), value })
      .map(({ operator, value }) => ({ [operator]: value }))
    const some = fc.record({ operator: fc.constantFrom('in', 'notIn'), list: fc.array(value, { maxLength: 3 }) })
    const nothing = isRequired ? [] : [fc.constant(null), fc.constant({ not: null }), fc.constant({ equals: null })]
    return fc.oneof<fc.Arbitrary<object | null | string>[]>(
      value as never,
      one,
      ...(type === 'Boolean' ? [] : [some.map(({ operator, list }) => ({ [operator]: list }))]),
      ...nothing,
    )
  }

  function where(model: string, depth: number): fc.Arbitrary<object> {
    const compared = columns(model, ({ isList }) => !isList).map(({ name, type, isRequired }) =>
      comparison(model, name, type, isRequired).map((value) => ({ [name]: value })),
    )
    const dates = columns(model, ({ type }) => type === 'DateTime').map(({ name, type }) =>
      fc
        .record({
          operator: fc.constantFrom('gt', 'gte', 'lt', 'lte'),
          value: fc.constantFrom(...(values[`${model}.${name}`] as Date[])),
        })
        .map(({ operator, value }) => ({ OR: [{ [name]: null }, { [name]: { [operator]: value } }], type }))
        .map(({ OR }) => ({ OR })),
    )
    if (depth === 0) return fc.oneof(...compared, ...dates)
    const related = fieldsOf(model)
      .filter(({ kind }) => kind === 'object')
      .map(({ name, type, isList }) =>
        (isList ? fc.oneof(where(type, depth - 1), fc.constant({})) : where(type, depth - 1)).map((inner) => ({
          [name]: isList ? { some: inner } : inner,
        })),
      )
    const several = fc.array(where(model, depth - 1), { minLength: 1, maxLength: 3 })
    return fc.oneof(
      ...compared,
      ...dates,
      ...related,
      several.map((AND) => ({ AND })),
      several.map((OR) => ({ OR })),
      fc.tuple(where(model, 0), where(model, 0)).map(([AND, other]) => ({ AND, ...other })),
    )
  }

  /** Orders that leave no ties, as both must give the same rows. */
  function orderBy(model: string): fc.Arbitrary<object[]> {
    const sort = fc.constantFrom('asc', 'desc')
    const sorted = columns(model, ({ isList, kind }) => !isList && kind === 'scalar').map(({ name, isRequired }) => {
      const nulls = fc.record({ sort, nulls: fc.constantFrom('first', 'last') })
      return (isRequired ? sort : fc.oneof(sort, nulls)).map((way) => ({ [name]: way }) as object)
    })
    const byRelated = fieldsOf(model)
      .filter(({ kind, isList }) => kind === 'object' && !isList)
      .flatMap(({ name, type }) => keyOf(type).map((key) => sort.map((way) => ({ [name]: { [key]: way } }) as object)))
    return fc
      .tuple(fc.array(fc.oneof(...sorted, ...byRelated), { maxLength: 2 }), sort)
      .map(([first, way]) => [...first, ...keyOf(model).map((key) => ({ [key]: way }))])
  }

  function select(model: string, depth: number): fc.Arbitrary<object> {
    const own = fc.subarray(
      columns(model, () => true).map(({ name }) => name),
      { minLength: 1 },
    )
    const relations = fieldsOf(model).filter(({ kind }) => kind === 'object')
    const nested =
      depth === 0
        ? fc.constant([])
        : fc
            .subarray(relations, { maxLength: Math.min(2, relations.length) })
            .chain((fields) =>
              fc.tuple(
                ...fields.map(({ name, type, isList }) =>
                  (isList
                    ? many(type, depth - 1)
                    : select(type, depth - 1).map((selected) => ({ select: selected }))
                  ).map((query) => [name, query] as const),
                ),
              ),
            )
    return fc.tuple(own, nested).map(([names, queries]) => ({
      ...Object.fromEntries(names.map((name) => [name, true])),
      ...Object.fromEntries(queries),
    }))
  }

  const many = (model: string, depth: number): fc.Arbitrary<Query> =>
    fc.record(
      {
        where: where(model, depth),
        orderBy: orderBy(model),
        take: fc.integer({ min: 0, max: 5 }),
        select: select(model, depth),
      },
      { requiredKeys: ['orderBy', 'select'] },
    )

  return fc.constantFrom(...read).chain((model) => many(model, 2).map((query) => ({ model, query })))
}

describe.each(databaseKinds)('reads with one SQL statement on %s', (kind) => {
  let database: Database
  let prisma: PrismaClient
  beforeAll(async () => {
    database = await openSeeded(kind)
    await generate(database)
    prisma = new PrismaClient({ adapter: new PrismaPg(database.pool) })
  })
  afterAll(async () => await database.close())

  /** Of each column some values that its rows have; of an enum without any, the values that it can have. */
  async function valuesOf(): Promise<Values> {
    const values: Record<string, unknown[]> = {}
    for (const model of read) {
      const rows = (await delegateOf(prisma, model).findMany({ take: 200 })) as Record<string, unknown>[]
      for (const { name, kind, type } of fieldsOf(model)) {
        if (kind === 'object') continue
        const some = new Set(rows.map((row) => row[name]).filter((value) => value !== null))
        const enums = { RelationEventKind: Object.keys(RelationEventKind), VisitKind: Object.keys(VisitKind) }
        const others: Record<string, unknown[]> = { ...enums, DateTime: [new Date(0)] }
        values[`${model}.${name}`] = some.size > 0 ? [...some].slice(0, 12) : (others[type] ?? [''])
      }
    }
    return values
  }

  test('return what Prisma returns, for every query object', async () => {
    const values = await valuesOf()
    await fc.assert(
      fc.asyncProperty(queries(values), async ({ model, query }) => {
        const [here, there] = [delegateOf(database.prisma, model), delegateOf(prisma, model)]
        expect(() => listed(tables.get(model) as never, 't', query), 'nothing is left to Prisma').not.toThrow()
        expect(await here.findMany(query)).toEqual(await there.findMany(query))
        const { take, ...untaken } = query
        expect(await here.findFirst(untaken)).toEqual(await there.findFirst(untaken))
        const counted = query.where === undefined ? {} : { where: query.where }
        expect(await here.count(counted)).toEqual(await there.count(counted))
      }),
      { numRuns: 150 },
    )
  })

  test('of records by key share one SQL statement if they select the same', async () => {
    const slugs = ['marco-rubio', 'nobody', 's-jaishankar', 'marco-rubio']
    const select = {
      name: true,
      positions: { select: { title: true, beginOfTheBegin: true }, orderBy: { slug: 'asc' } },
    }
    const found = async (client: PrismaClient) =>
      await Promise.all(
        slugs.map(async (slug) => await delegateOf(client, 'Person').findUnique({ where: { slug }, select })),
      )
    let here: unknown[] = []
    expect(await sqlOf(async () => (here = await found(database.prisma)))).toHaveLength(1)
    expect(here).toEqual(await found(prisma))
    expect(here.map((person) => person !== null)).toEqual([true, false, true, true])
    await expect(
      database.prisma.person.findUniqueOrThrow({ where: { slug: 'nobody' }, select: { slug: true } }),
    ).rejects.toThrow()
  })

  test('take one SQL statement each, and leave unsupported queries to Prisma', async () => {
    const known = { where: { slug: 'nobody' }, select: { name: true, positions: { select: { title: true } } } }
    expect(await sqlOf(async () => await database.prisma.person.findMany(known))).toHaveLength(1)
    const unknown = { where: { name: { contains: 'Rubio' } }, select: { name: true } }
    expect(await database.prisma.person.findMany(unknown)).toEqual([{ name: 'Marco Rubio' }])
    expect(await database.prisma.person.count({ where: unknown.where })).toBe(1)
    expect(await database.prisma.person.findFirst({ ...unknown, skip: 1 })).toBeNull()
    const last = { orderBy: { slug: 'asc' }, take: -1, select: { slug: true } } as const
    const slugs = await database.prisma.person.findMany({ orderBy: { slug: 'asc' }, select: { slug: true } })
    expect(await database.prisma.person.findMany(last)).toEqual(slugs.slice(-1))
  })

  test('within a transaction belong to that transaction', async () => {
    const rename = database.prisma.$transaction(async (transaction) => {
      await transaction.person.update({ where: { slug: 'marco-rubio' }, data: { name: 'Renamed' } })
      expect(await transaction.person.findMany({ where: { name: 'Renamed' }, select: { slug: true } })).toHaveLength(1)
      throw new Error('kept by nobody')
    })
    await expect(rename).rejects.toThrow('kept by nobody')
    expect(await database.prisma.person.count({ where: { name: 'Renamed' } })).toBe(0)
  })

  test('use the tables and columns by the names in the Prisma schema', async () => {
    const { rows } = await database.pool.query<{ name: string; type: string }>(
      `SELECT format('%I.%I', table_name, column_name) AS name, data_type AS type FROM information_schema.columns
       WHERE table_schema = 'public'`,
    )
    const types = new Map(rows.map(({ name, type }) => [name.replaceAll('"', ''), type]))
    const wrong = [...tables].flatMap(([model, { sql, fields }]) =>
      [...fields].flatMap(([field, known]) => {
        const columns =
          known.kind === 'column'
            ? [[sql, known.sql]]
            : [
                [sql, known.column],
                [tables.get(known.model)?.sql, known.otherColumn],
              ]
        const isThere = columns.every((names) => types.has(names.join('.').replaceAll('"', '')))
        const isDate = known.kind === 'column' && types.get(`${sql}.${known.sql}`.replaceAll('"', '')) === 'date'
        return isThere && (known.kind !== 'column' || known.isDate === isDate) ? [] : [`${model}.${field}`]
      }),
    )
    expect(wrong).toEqual([])
  })
})
