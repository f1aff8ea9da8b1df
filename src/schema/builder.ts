import SchemaBuilder from '@pothos/core'
import PrismaPlugin from '@pothos/plugin-prisma'
import RelayPlugin from '@pothos/plugin-relay'
import { getDatamodel, type default as PrismaTypes } from '../generated/pothos.ts'
import type { Day } from '../time/edtf.ts'
import type { Context } from './context.ts'
import { badUserInput } from './errors.ts'
import { idsNow } from './ids/former-ids.ts'
import { decodeGlobalId, encodeGlobalId } from './ids/global-id.ts'
import { aStatement, type Weight } from './lists/weight.ts'
import { loadedPlugin } from './loading/loaded-plugin.ts'

export interface SchemaTypes {
  PrismaTypes: PrismaTypes
  Context: Context
  DefaultFieldNullability: false
  /** A selection waits for what a search finds. */
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
  }
}

const MOST_IDS = 100

export const builder = new SchemaBuilder<SchemaTypes>({
  plugins: [RelayPlugin, loadedPlugin, PrismaPlugin],
  defaultFieldNullability: false,
  prisma: { client: ({ database }) => database.prisma, dmmf: getDatamodel() },
  relay: {
    encodeGlobalID: encodeGlobalId,
    decodeGlobalID: decodeGlobalId,
    nodesOnConnection: { description: 'The records of this page, without their cursors.' },
    edgesFieldOptions: {
      description: 'The records of this page, each with its cursor.',
      nullable: { list: false, items: false },
    },
    nodeFieldOptions: { description: 'The record.', nullable: false },
    cursorFieldOptions: { description: 'Marks this record’s place: pass it as `after` or `before`.' },
    firstArgOptions: { description: 'How many records, from the front: 20 unless told, at most 100.' },
    lastArgOptions: { description: 'How many records, from the back: at most 100. Not together with `first`.' },
    afterArgOptions: { description: 'Only records after the one with this cursor.' },
    beforeArgOptions: { description: 'Only records before the one with this cursor.' },
    pageInfoFieldOptions: { description: 'Whether there is more, before and after this page.' },
    pageInfoTypeOptions: { description: 'Where a page stands in the whole list.' },
    hasNextPageFieldOptions: { description: 'Whether there are records after this page.' },
    hasPreviousPageFieldOptions: { description: 'Whether there are records before this page.' },
    startCursorFieldOptions: { description: 'The cursor of the first record; null on an empty page.' },
    endCursorFieldOptions: { description: 'The cursor of the last record; null on an empty page.' },
    idFieldOptions: { description: 'The same for good, on every database.' },
    nodeTypeOptions: { description: 'Whatever has an id that is the same for good.' },
    nodeQueryOptions: {
      description: 'The record with this id, or null.',
      nullable: true,
      extensions: aStatement,
      args: { id: { description: 'An id that this API gave.' } },
      async resolve(_root, args, { database, selections }, _info, resolveNode) {
        selections.leaveOut()
        const found = await resolveNode(args.id)
        const now = found === null ? (await idsNow(database, [args.id])).get(args.id) : undefined
        if (!now) return found
        // The resolver looks at the arguments, whatever it is given.
        args.id = now
        return await resolveNode(now)
      },
    },
    nodesQueryOptions: {
      description: 'The records with these ids, in their order, at most 100; null in place of one that is not there.',
      nullable: { list: false, items: true },
      extensions: { ...aStatement, listSize: ({ ids }) => (Array.isArray(ids) ? ids.length : 1) } satisfies Weight,
      args: { ids: { description: 'Ids that this API gave.' } },
      async resolve(_root, args, { database, selections }, _info, resolveNodes) {
        selections.leaveOut()
        const { ids } = args
        if (ids.length > MOST_IDS) throw badUserInput(`\`ids\` has ${ids.length}; expected at most ${MOST_IDS}`)
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

builder.queryType({ description: 'What can be asked.' })

builder.globalConnectionField('totalCount', (t) =>
  t.int({
    description: 'How many records there are on all pages. Counted only when asked for.',
    extensions: aStatement,
    resolve: ({ totalCount }) => totalCount(),
  }),
)
