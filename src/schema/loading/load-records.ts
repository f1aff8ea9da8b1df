import type { PathSegment } from '@pothos/plugin-prisma'
import type { GraphQLResolveInfo } from 'graphql'
import type { ConceptType } from '../../bundle/concepts.ts'
import { recordAt, type Selected } from '../../database/read/select.ts'
import type { Prisma } from '../../generated/prisma/client.ts'
import type { Context } from '../context.ts'
import { branded } from '../ids/branded.ts'
import { selectionOf } from './selection.ts'

/** The types that are loaded by key, with their Prisma model and its key. */
const models = {
  Agreement: { model: 'agreement', key: 'slug' },
  AgreementEvent: { model: 'agreementEvent', key: 'id' },
  Country: { model: 'country', key: 'code' },
  Meeting: { model: 'meeting', key: 'slug' },
  Organization: { model: 'organization', key: 'slug' },
  Person: { model: 'person', key: 'slug' },
  Position: { model: 'position', key: 'slug' },
  RelationEvent: { model: 'relationEvent', key: 'slug' },
  Source: { model: 'source', key: 'slug' },
  Statement: { model: 'statement', key: 'slug' },
  Topic: { model: 'topic', key: 'slug' },
  Visit: { model: 'visit', key: 'slug' },
} as const satisfies Record<ConceptType | 'AgreementEvent', { model: string; key: string }>
export type LoadedType = keyof typeof models

interface Delegate {
  findMany(query: object): Promise<Record<string, string>[]>
  findFirst(query: object): Promise<Record<string, string> | null>
}

const delegateOf = ({ database }: Context, type: LoadedType) =>
  database.prisma[models[type].model] as unknown as Delegate

/** Loads the first record that meets a condition, with the fields that the document selects, in one SQL statement. Null if there is none. */
export async function loadRecord(
  type: LoadedType,
  where: object,
  context: Context,
  info: GraphQLResolveInfo,
): Promise<never> {
  const { select } = await selectionOf(context, info, { select: { [models[type].key]: true } })
  return (await delegateOf(context, type).findFirst({ where, select })) as never
}

/**
 * The fields that the document selects from a record, as an SQL expression for a hand-written statement that finds keys.
 * `paths` says where the record is below the field that is being resolved.
 */
export async function recordAtKey(
  type: LoadedType,
  key: Prisma.Sql,
  paths: PathSegment[][],
  context: Context,
  info: GraphQLResolveInfo,
): Promise<Selected> {
  const { select } = await selectionOf(context, info, { typeName: type, paths, select: { [models[type].key]: true } })
  return recordAt(type, key, select)
}

/** Converts a record that such a statement returned for use in resolvers. */
export const asRecord = (type: LoadedType, { make }: Selected, record: unknown): never =>
  branded({ [type]: make(record) })

/**
 * Loads the records with these keys, with the fields that the document selects, in one SQL statement. For fields whose keys
 * come from hand-written SQL. `paths` says where the records are below the field that is being resolved.
 */
export async function loadRecords(
  type: LoadedType,
  keys: readonly string[],
  paths: PathSegment[][],
  context: Context,
  info: GraphQLResolveInfo,
): Promise<Map<string, never>> {
  if (keys.length === 0) return new Map<string, never>()
  const { key } = models[type]
  const { select } = await selectionOf(context, info, { typeName: type, paths, select: { [key]: true } })
  const rows = await delegateOf(context, type).findMany({ where: { [key]: { in: keys } }, select })
  return new Map<string, never>(rows.map((row) => [row[key] as string, branded({ [type]: row })]))
}
