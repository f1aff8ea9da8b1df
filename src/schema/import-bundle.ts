import { kinds } from '../bundle/concepts.ts'
import type { Corrected } from '../bundle/corrections/withdrawals.ts'
import { type LoadReport, load } from '../bundle/load/load.ts'
import { BundleRefused, expectedIn, type Problem } from '../bundle/problems.ts'
import { validateBundle } from '../bundle/reading/parse.ts'
import { recordsOf } from '../bundle/records.ts'
import { needing } from './access.ts'
import { builder } from './builder.ts'
import { EditResult, type EditResultData, edit, editArgs } from './edits.ts'
import { anEdit } from './lists/weight.ts'

const BundleProblem = builder.objectRef<Problem>('BundleProblem').implement({
  description: 'Something in a bundle that is wrong, or that may not be what the editor wants.',
  fields: (t) => ({
    path: t.exposeString('path', {
      description: 'Where it is. Example: `meetings[2].when`. Empty if it concerns the bundle as a whole.',
    }),
    message: t.exposeString('message', { description: 'What is wrong, and what was expected.' }),
    expected: t.string({
      nullable: true,
      description: 'The part of the message that says what was expected. Null if the message does not say.',
      resolve: (problem) => expectedIn(problem),
    }),
  }),
})

const ImportOutcome = builder.enumType('ImportOutcome', {
  description: 'What became of a bundle.',
  values: {
    LOADED: { description: 'All of it is loaded.' },
    CHECKED: { description: 'It was a dry run: it could be loaded.' },
    REFUSED: { description: 'It has problems, and nothing was loaded.' },
  } as const,
})

/** What became of the records of one kind. */
interface Imported {
  readonly kind: string
  readonly added: number
  readonly changed: number
  readonly unchanged: number
  readonly withdrawn: number
  readonly refused: number
}

const ImportedRecords = builder.objectRef<Imported>('ImportedRecords').implement({
  description: 'What became of the records of one kind.',
  fields: (t) => ({
    kind: t.exposeString('kind', { description: 'The kind, as the bundle names its list. Example: `meetings`.' }),
    added: t.exposeInt('added', { description: 'Number of records that are new.' }),
    changed: t.exposeInt('changed', { description: 'Number of stored records that are different now.' }),
    unchanged: t.exposeInt('unchanged', { description: 'Number of records that are stored already.' }),
    withdrawn: t.exposeInt('withdrawn', { description: 'Number of stored records that were withdrawn.' }),
    refused: t.exposeInt('refused', { description: 'Number of records that were refused.' }),
  }),
})

const CorrectedRecord = builder.objectRef<Corrected>('CorrectedRecord').implement({
  description: 'A record that is withdrawn, and why.',
  fields: (t) => ({
    record: t.exposeString('record', { description: 'Kind and slug. Example: `visits/tour`.' }),
    reason: t.exposeString('reason', { description: 'Why it is withdrawn.' }),
  }),
})

interface Import extends EditResultData {
  readonly outcome: 'LOADED' | 'CHECKED' | 'REFUSED'
  readonly records: readonly Imported[]
  readonly problems: readonly Problem[]
  readonly problemCount: number
  readonly warnings: readonly Problem[]
  readonly withdrawn: readonly Corrected[]
  readonly restored: readonly string[]
  readonly stayedWithdrawn: readonly Corrected[]
}

const ImportResult = builder.objectRef<Import>('ImportResult').implement({
  description: 'The result of an import.',
  interfaces: [EditResult],
  fields: (t) => ({
    outcome: t.expose('outcome', { type: ImportOutcome, description: 'What became of the bundle.' }),
    records: t.field({
      type: [ImportedRecords],
      extensions: { weight: 1, listSize: () => kinds.length },
      description: 'What became of the records, by kind. Kinds without records are left out.',
      resolve: ({ records }) => [...records],
    }),
    problems: t.field({
      type: [BundleProblem],
      description: 'Why the bundle is refused: every problem, at most the first 10,000. Empty if it is not refused.',
      resolve: ({ problems }) => [...problems],
    }),
    problemCount: t.exposeInt('problemCount', { description: 'Number of problems.' }),
    warnings: t.field({
      type: [BundleProblem],
      description: 'What is loaded, but may not be what the editor wants.',
      resolve: ({ warnings }) => [...warnings],
    }),
    withdrawn: t.field({
      type: [CorrectedRecord],
      description:
        'Records that were withdrawn, by the bundle itself or because a new edition of their source does not have them.',
      resolve: ({ withdrawn }) => [...withdrawn],
    }),
    restored: t.field({
      type: ['String'],
      description: 'Withdrawn records that a new edition of their source has again.',
      resolve: ({ restored }) => [...restored],
    }),
    stayedWithdrawn: t.field({
      type: [CorrectedRecord],
      description: 'Records of the bundle that stay withdrawn, because an editor withdrew them.',
      resolve: ({ stayedWithdrawn }) => [...stayedWithdrawn],
    }),
  }),
})

builder.mutationField('importBundle', (t) =>
  t.field({
    type: ImportResult,
    ...needing(
      'edit',
      'Loads a bundle, as `bilateral import` does: all of it, or nothing if it has a problem. A stored record with the same slug is replaced. The problems are part of the result, not errors.',
      anEdit,
    ),
    args: {
      bundle: t.arg({ type: 'Bundle', required: true, description: 'The bundle.' }),
      keepMissing: t.arg.boolean({
        required: true,
        defaultValue: false,
        description: 'Does not withdraw the facts that a new edition of their source does not have.',
      }),
      yes: t.arg.boolean({
        required: true,
        defaultValue: false,
        description: 'Withdraws them even if they are most of the facts of a source.',
      }),
      ...editArgs,
    },
    resolve: async (_root, args, context) => {
      const { bundle, keepMissing, yes, dryRun } = args
      const none = { problems: [], problemCount: 0, warnings: [], withdrawn: [], restored: [], stayedWithdrawn: [] }
      try {
        const records = recordsOf(validateBundle(bundle))
        const { result, dataVersion } = await edit('importBundle', args, context, async (client) => {
          const warnings: Problem[] = []
          const report = await load(client, records, {
            keepMissing,
            yes,
            onWarning: (warning) => warnings.push(warning),
          })
          return { report, warnings }
        })
        const { report, warnings } = result
        const { withdrawn = [], restored = [], stayed = [] } = report.corrections ?? {}
        const outcome = dryRun ? 'CHECKED' : 'LOADED'
        const corrections = { withdrawn, restored, stayedWithdrawn: stayed }
        return { ...none, outcome, records: importedOf(report), warnings, ...corrections, dryRun, dataVersion } as const
      } catch (error) {
        if (!(error instanceof BundleRefused)) throw error
        const { problems, problemCount, records } = error
        const refused = kinds.flatMap((kind) => (records[kind] ? [{ ...NOTHING, kind, refused: records[kind] }] : []))
        const dataVersion = String(await context.database.readVersion())
        return { ...none, outcome: 'REFUSED', records: refused, problems, problemCount, dryRun, dataVersion } as const
      }
    },
  }),
)

const NOTHING = { added: 0, changed: 0, unchanged: 0, withdrawn: 0, refused: 0 }

const importedOf = (report: LoadReport): Imported[] =>
  kinds.flatMap((kind) => {
    const { created: added, ...others } = report[kind] ?? {}
    return added === undefined ? [] : [{ ...NOTHING, kind, added, ...others }]
  })
