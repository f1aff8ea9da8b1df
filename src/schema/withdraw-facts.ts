import { reinstate, withdraw } from '../bundle/corrections/withdraw.ts'
import { needing } from './access.ts'
import { builder } from './builder.ts'
import { EditResult, type EditResultData, edit, editArgs } from './edits.ts'
import { badUserInput } from './errors.ts'
import { anEdit } from './lists/weight.ts'

/** Maximum number of facts in a request. */
const MOST_FACTS = 100

interface Withdrawing extends EditResultData {
  readonly facts: readonly string[]
}

const WithdrawResult = builder.objectRef<Withdrawing>('WithdrawResult').implement({
  description: 'The facts that were withdrawn or reinstated.',
  interfaces: [EditResult],
  fields: (t) => ({
    facts: t.field({
      type: ['String'],
      description: 'Kind and slug of each fact. Example: `visits/jaishankar-us-2026`.',
      resolve: ({ facts }) => [...facts],
    }),
  }),
})

const factsArg = (what: string) =>
  ({
    required: true,
    description: `The facts to ${what}: slugs, or kind and slug such as \`visits/jaishankar-us-2026\` where several facts have a slug, or a part of a record such as \`participation/visit/tour/ada\`. At most ${MOST_FACTS}.`,
  }) as const

function expectFew(facts: readonly string[]): void {
  if (facts.length === 0 || facts.length > MOST_FACTS)
    throw badUserInput(`\`facts\`: expected 1 to ${MOST_FACTS}, got ${facts.length}`)
}

builder.mutationFields((t) => ({
  withdrawFacts: t.field({
    type: WithdrawResult,
    ...needing(
      'edit',
      'Withdraws facts: no list, count or search contains them any more, but they can still be read by ID or slug.',
      anEdit,
    ),
    args: {
      facts: t.arg.stringList(factsArg('withdraw')),
      reason: t.arg.string({ required: true, description: 'Why they are withdrawn. Everyone can read it.' }),
      note: t.arg.string({ description: 'A remark by the editors. Everyone can read it. Default: none.' }),
      ...editArgs,
    },
    resolve: async (_root, args, context) => {
      const { facts, reason, note, dryRun } = args
      expectFew(facts)
      if (reason.trim() === '') throw badUserInput('`reason`: expected text, got an empty string')
      const { result, dataVersion } = await edit('withdrawFacts', args, context, (client) =>
        withdraw(client, facts, { reason, note: note ?? undefined }),
      )
      return { facts: result, dryRun, dataVersion }
    },
  }),
  reinstateFacts: t.field({
    type: WithdrawResult,
    ...needing('edit', 'Restores facts that were withdrawn.', anEdit),
    args: { facts: t.arg.stringList(factsArg('reinstate')), ...editArgs },
    resolve: async (_root, args, context) => {
      expectFew(args.facts)
      const { result, dataVersion } = await edit('reinstateFacts', args, context, (client) =>
        reinstate(client, args.facts),
      )
      return { facts: result, dryRun: args.dryRun, dataVersion }
    },
  }),
}))
