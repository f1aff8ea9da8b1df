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
 * Skips the resolvers of plugin-prisma if all selections of an execution are whole. Those resolvers check for each field of each
 * record whether it was loaded, which takes longer than everything else for the field. It must be directly before plugin-prisma in
 * the list of plugins.
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
