import SchemaBuilder from '@pothos/core'
import PrismaPlugin from '@pothos/plugin-prisma'
import RelayPlugin from '@pothos/plugin-relay'
import { getDatamodel, type default as PrismaTypes } from '../generated/pothos.ts'
import type { Day } from '../time/edtf.ts'
import type { Context } from './context.ts'
import { badUserInput } from './errors.ts'
import { idsNow } from './ids/former-ids.ts'
import { decodeGlobalId, encodeGlobalId, idDescription } from './ids/global-id.ts'
import { aStatement, type Weight } from './lists/weight.ts'
import { loadedPlugin } from './loading/loaded-plugin.ts'

/** Exported, as the build writes declarations that name it. */
export interface SchemaTypes {
  PrismaTypes: PrismaTypes
  Context: Context
  DefaultFieldNullability: false
  /** A selection can depend on the result of a search. */
  AsyncSelections: true
  DefaultEdgesNullability: { list: false; items: false }
  DefaultNodeNullability: false
  Connection: { totalCount: () => Promise<number> }
  Scalars: {
    ID: { Input: string; Output: string | number }
    Date: { Input: Day; Output: Date | Day }
    EDTF: { Input: string; Output: string }
    CountryCode: { Input: string; Output: string }
    URL: { Input: string; Output: string }
    DateTime: { Input: Date; Output: Date }
    Bundle: { Input: unknown; Output: unknown }
  }
}

const MAX_IDS = 100

export const builder = new SchemaBuilder<SchemaTypes>({
  plugins: [RelayPlugin, loadedPlugin, PrismaPlugin],
  defaultFieldNullability: false,
  prisma: { client: ({ database }) => database.prisma, dmmf: getDatamodel() },
  relay: {
    encodeGlobalID: encodeGlobalId,
    decodeGlobalID: decodeGlobalId,
    nodesOnConnection: { description: 'The records on this page, without cursors.' },
    edgesFieldOptions: {
      description: 'The records on this page, each with its cursor.',
      nullable: { list: false, items: false },
    },
    nodeFieldOptions: { description: 'The record.', nullable: false },
    cursorFieldOptions: {
      description:
        'Marks the position of this record in the list. Pass it as `after` or `before` to continue from here.',
    },
    firstArgOptions: { description: 'Number of records to return from the start. Default 20, maximum 100.' },
    lastArgOptions: {
      description: 'Number of records to return from the end. Maximum 100. Cannot be combined with `first`.',
    },
    afterArgOptions: { description: 'Cursor of a record in this list. Only records after it are returned.' },
    beforeArgOptions: { description: 'Cursor of a record in this list. Only records before it are returned.' },
    pageInfoFieldOptions: { description: 'Whether there are more records before and after this page.' },
    pageInfoTypeOptions: { description: 'The position of a page in the whole list.' },
    hasNextPageFieldOptions: {
      description:
        'True if there are records after this page. With `last`, it is not checked: it is true if `before` is given.',
    },
    hasPreviousPageFieldOptions: {
      description:
        'True if there are records before this page. With `first`, it is not checked: it is true if `after` is given.',
    },
    startCursorFieldOptions: { description: 'The cursor of the first record. Null if the page is empty.' },
    endCursorFieldOptions: { description: 'The cursor of the last record. Null if the page is empty.' },
    idFieldOptions: { description: idDescription },
    nodeTypeOptions: { description: 'A record with a globally unique `id`.' },
    nodeQueryOptions: {
      description: 'Returns the record with this ID, of any type. Null if there is none.',
      nullable: true,
      extensions: aStatement,
      args: { id: { description: 'An `id` returned by this API, for example `UGVyc29uOnMtamFpc2hhbmthcg`.' } },
      async resolve(_root, args, { database, selections }, _info, resolveNode) {
        selections.leaveOut()
        const found = await resolveNode(args.id)
        const now = found === null ? (await idsNow(database, [args.id])).get(args.id) : undefined
        if (!now) return found
        // Pothos also reads the ID from the arguments.
        args.id = now
        return await resolveNode(now)
      },
    },
    nodesQueryOptions: {
      description:
        'Returns the records with these IDs, in the same order. The entry is null for an ID that has no record.',
      nullable: { list: false, items: true },
      extensions: { ...aStatement, listSize: ({ ids }) => (Array.isArray(ids) ? ids.length : 1) } satisfies Weight,
      args: { ids: { description: 'The `id` values returned by this API. Maximum 100.' } },
      async resolve(_root, args, { database, selections }, _info, resolveNodes) {
        selections.leaveOut()
        const { ids } = args
        if (ids.length > MAX_IDS) throw badUserInput(`\`ids\`: expected at most ${MAX_IDS} IDs, got ${ids.length}`)
        const found = await resolveNodes(ids)
        const missing = ids.filter((_, i) => found[i] === null)
        const now = await idsNow(database, missing)
        if (now.size === 0) return found
        args.ids = ids.map((id) => now.get(id) ?? id)
        return await resolveNodes(args.ids)
      },
    },
  },
})

builder.queryType({
  description:
    'The entry points of the API. Single records are found by slug, code or ID. Lists are paged and can be filtered and sorted.',
})

builder.mutationType({
  description:
    'The changes of the data. Each is one transaction: it is made as a whole, or not at all. They are sent by POST, with a key that may edit.',
})

builder.globalConnectionField('totalCount', (t) =>
  t.int({
    description: 'Number of records on all pages together. It is counted only if you select this field.',
    extensions: aStatement,
    resolve: ({ totalCount }) => totalCount(),
  }),
)
