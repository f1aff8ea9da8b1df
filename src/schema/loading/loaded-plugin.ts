import SchemaBuilder, { BasePlugin, type PothosOutputFieldConfig, type SchemaTypes } from '@pothos/core'
import type { GraphQLFieldResolver } from 'graphql'
import type { Context } from '../context.ts'

export const loadedPlugin = 'loaded'

declare global {
  namespace PothosSchemaTypes {
    interface Plugins<Types extends SchemaTypes> {
      [loadedPlugin]: LoadedPlugin<Types>
    }
  }
}

/**
 * Where all selections of a request are whole, a field takes what its record has. Otherwise plugin-prisma looks, for each
 * field of each record, whether that was loaded, which takes longer than all else that is done for the field.
 * It stands right before plugin-prisma, whose resolvers it passes over.
 */
class LoadedPlugin<Types extends SchemaTypes> extends BasePlugin<Types> {
  override wrapResolve(
    resolver: GraphQLFieldResolver<unknown, Types['Context'], object>,
    { kind, extensions, resolve: taking }: PothosOutputFieldConfig<Types>,
  ): GraphQLFieldResolver<unknown, Types['Context'], object> {
    if (kind !== 'PrismaObject' || !extensions?.['pothosPrismaSelect'] || !taking) return resolver
    return (record, args, context, info) =>
      (context as Context).selections.areWhole
        ? taking(record, args, context, info)
        : resolver(record, args, context, info)
  }
}

SchemaBuilder.registerPlugin(loadedPlugin, LoadedPlugin)
