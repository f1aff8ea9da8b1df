import { type Fate, type MergeOptions, mergePeople } from '../bundle/corrections/merge.ts'
import { unmergePerson } from '../bundle/corrections/unmerge.ts'
import type { Context } from './context.ts'

/** Merges two people into one, and prints what becomes of each fact. */
export async function mergeTwo(
  { stdout, openDatabase }: Context,
  keptName: string,
  mergedName: string,
  options: MergeOptions,
): Promise<void> {
  const { dryRun = false } = options
  const database = await openDatabase({ isDryRun: dryRun })
  try {
    const { kept, merged, facts } = await mergePeople(database, keptName, mergedName, options)
    const last = dryRun
      ? `would merge ${merged} into ${kept} (dry run, nothing changed)`
      : `merged ${merged} into ${kept}; ${merged} now redirects to ${kept}`
    stdout.write([...facts.map(lineOf), last, ''].join('\n'))
  } finally {
    await database.close()
  }
}

/** Undoes a merge, and prints the facts that the person gets back. */
export async function unmerge(
  { stdout, openDatabase }: Context,
  slug: string,
  { dryRun = false }: { readonly dryRun?: boolean },
): Promise<void> {
  const database = await openDatabase({ isDryRun: dryRun })
  try {
    const { from, facts } = await unmergePerson(database, slug, dryRun)
    const lines = facts.map(({ record, outcome }) =>
      outcome === 'MOVES' ? `  ${record}: moves back` : `  ${record}: names both people again`,
    )
    const last = dryRun
      ? `would unmerge ${slug} from ${from} (dry run, nothing changed)`
      : `unmerged ${slug} from ${from}; both are people of their own`
    stdout.write([...lines, last, ''].join('\n'))
  } finally {
    await database.close()
  }
}

function lineOf({ record, part, outcome, isWithdrawn, citations }: Fate): string {
  const { moved = 0, dropped = 0 } = citations ?? {}
  const cited = `${counted(moved, 'citation')} added, ${dropped} already there`
  const become = {
    MOVES: 'moves',
    JOINED: `joined with that of the other, ${cited}`,
    DUPLICATE: 'dropped, as the other is named there already',
  }[outcome]
  return `  ${record}${isWithdrawn ? ' (withdrawn)' : ''}: ${part} ${become}`
}

const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`
