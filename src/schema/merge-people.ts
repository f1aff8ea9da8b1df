import { type Fate, type MergeReport, merge } from '../bundle/corrections/merge.ts'
import { needing } from './access.ts'
import { builder } from './builder.ts'
import { EditResult, type EditResultData, edit, editArgs } from './edits.ts'
import { anEdit } from './lists/weight.ts'

const MergedPart = builder.enumType('MergedPart', {
  description: 'The role in which a fact names a person.',
  values: {
    POSITION: { value: 'position', description: 'Holder of an office.' },
    PARTICIPATION: { value: 'participation', description: 'Participant of a meeting or a visit.' },
    SPEAKER: { value: 'speaker', description: 'Speaker of a statement.' },
    ADDRESSEE: { value: 'addressee', description: 'Addressee of a statement.' },
    MENTION: { value: 'mention', description: 'Mentioned in a statement.' },
    ACTOR: { value: 'actor', description: 'Actor of an event of an agreement.' },
  } as const satisfies Record<Uppercase<Fate['part']>, { value: Fate['part']; description: string }>,
})

const MergeOutcome = builder.enumType('MergeOutcome', {
  description: 'What becomes of a place where a fact names the merged person.',
  values: {
    MOVES: { description: 'It names the other person from then on.' },
    JOINED: { description: 'Both people took part. One participation remains, with the citations of both.' },
    DUPLICATE: { description: 'The other person is named there already.' },
  } as const satisfies Record<Fate['outcome'], { description: string }>,
})

const MergedFact = builder.objectRef<Fate>('MergedFact').implement({
  description: 'A fact that names the merged person.',
  fields: (t) => ({
    record: t.exposeString('record', { description: 'Kind and slug of the record. Example: `meetings/town-hall`.' }),
    part: t.expose('part', { type: MergedPart, description: 'The role in which it names the person.' }),
    outcome: t.expose('outcome', { type: MergeOutcome, description: 'What becomes of it.' }),
    isWithdrawn: t.exposeBoolean('isWithdrawn', { description: 'Whether the fact is withdrawn.' }),
  }),
})

const MergeResult = builder.objectRef<MergeReport & EditResultData>('MergeResult').implement({
  description: 'A merge of two people.',
  interfaces: [EditResult],
  fields: (t) => ({
    kept: t.exposeString('kept', { description: 'Slug of the person who remains.' }),
    merged: t.exposeString('merged', { description: 'Slug of the other person. It leads to the one who remains.' }),
    facts: t.field({
      type: [MergedFact],
      description: 'All facts that name the merged person.',
      resolve: ({ facts }) => [...facts],
    }),
  }),
})

builder.mutationField('mergePeople', (t) =>
  t.field({
    type: MergeResult,
    ...needing(
      'edit',
      'Merges two people into one: all facts of one become facts of the other. Refused with `BAD_USER_INPUT` if records say that they are two people.',
      anEdit,
    ),
    args: {
      kept: t.arg.string({ required: true, description: 'Slug of the person who remains.' }),
      merged: t.arg.string({ required: true, description: 'Slug of the person who is merged into the other.' }),
      force: t.arg.boolean({
        required: true,
        defaultValue: false,
        description: 'Merges them although records say that they are two people.',
      }),
      ...editArgs,
    },
    resolve: async (_root, args, context) => {
      const { kept, merged, force, dryRun } = args
      const { result, dataVersion } = await edit('mergePeople', args, context, (client) =>
        merge(client, kept, merged, force),
      )
      return { ...result, dryRun, dataVersion }
    },
  }),
)
