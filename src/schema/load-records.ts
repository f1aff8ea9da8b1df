import { type PathSegment, queryFromInfo } from '@pothos/plugin-prisma'
import type { GraphQLResolveInfo } from 'graphql'
import { branded } from './branded.ts'
import type { Context } from './builder.ts'

/** The types that are loaded by key, each with its model and the model's key. */
const models = {
  Agreement: { model: 'agreement', key: 'slug' },
  AgreementEvent: { model: 'agreementEvent', key: 'id' },
  Country: { model: 'country', key: 'code' },
  Meeting: { model: 'meeting', key: 'slug' },
  Organization: { model: 'organization', key: 'slug' },
  Person: { model: 'person', key: 'slug' },
  Source: { model: 'source', key: 'slug' },
  Statement: { model: 'statement', key: 'slug' },
  Topic: { model: 'topic', key: 'slug' },
  Visit: { model: 'visit', key: 'slug' },
} as const
export type LoadedType = keyof typeof models

interface Delegate {
  findMany(query: object): Promise<Record<string, string>[]>
}

/**
 * The records with given keys, in one statement, with what the document asks of them under the given paths below the field
 * that is being resolved. For fields whose records are found by hand-written SQL.
 */
export async function loadRecords(
  type: LoadedType,
  keys: readonly string[],
  paths: PathSegment[][],
  context: Context,
  info: GraphQLResolveInfo,
): Promise<Map<string, never>> {
  if (keys.length === 0) return new Map<string, never>()
  const { model, key } = models[type]
  const query = await queryFromInfo({
    context,
    info,
    typeName: type,
    paths,
    select: { [key]: true },
    awaitSelections: true,
  })
  const delegate = context.database.prisma[model] as unknown as Delegate
  const rows = await delegate.findMany({ ...query, where: { [key]: { in: keys } } })
  return new Map<string, never>(rows.map((row) => [row[key] as string, branded({ [type]: row })]))
}
