import { store } from '../evidence/attach-text.ts'
import { verifySources } from '../evidence/verify-sources.ts'
import { needing } from './access.ts'
import { builder } from './builder.ts'
import { EditResult, type EditResultData, edit, editArgs } from './edits.ts'
import { anEdit } from './lists/weight.ts'

interface Attached extends EditResultData {
  readonly source: string
  /** Undefined after a dry run. */
  readonly citations?: number
  readonly mismatches?: number
}

const AttachTextResult = builder.objectRef<Attached>('AttachTextResult').implement({
  description: 'A text of a source that was stored, and the verification of its citations.',
  interfaces: [EditResult],
  fields: (t) => ({
    source: t.exposeString('source', { description: 'Slug of the source.' }),
    citations: t.exposeInt('citations', {
      nullable: true,
      description: 'Number of citations of the source. Null after a dry run.',
    }),
    mismatches: t.exposeInt('mismatches', {
      nullable: true,
      description: 'Number of these whose words are not at their place in the text. Null after a dry run.',
    }),
  }),
})

builder.mutationField('attachText', (t) =>
  t.field({
    type: AttachTextResult,
    ...needing(
      'edit',
      'Stores the text of a source, and verifies its citations. Refused with `BAD_USER_INPUT` if the text does not have the SHA-256 of the source.',
      anEdit,
    ),
    args: {
      source: t.arg.string({ required: true, description: 'Slug of the source.' }),
      text: t.arg.string({ required: true, description: 'The whole text, exactly as it was hashed.' }),
      ...editArgs,
    },
    resolve: async (_root, args, context) => {
      const { source, text, dryRun } = args
      const { dataVersion } = await edit('attachText', args, context, async (client) => {
        await store(client, source, text)
        return null
      })
      const result = { source, dryRun, dataVersion }
      if (dryRun) return result
      for await (const { citations, mismatches } of verifySources(context.database, source)) {
        return { ...result, citations, mismatches: mismatches.length }
      }
      return result
    },
  }),
)
