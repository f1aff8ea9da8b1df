import { type Conflict, findConflicts } from '../bundle/corrections/conflicts.ts'
import type { Context } from './context.ts'

/** Prints the facts that contradict each other. With `json`, one Conflict per line. */
export async function listConflicts({ stdout, openDatabase }: Context, { json }: { json?: boolean }): Promise<void> {
  const database = await openDatabase()
  try {
    const conflicts = await findConflicts(database)
    for (const conflict of conflicts) {
      stdout.write(`${json ? JSON.stringify(conflict) : lineOf(conflict)}\n`)
    }
    if (conflicts.length === 0 && !json) stdout.write('no facts contradict each other\n')
  } finally {
    await database.close()
  }
}

const lineOf = ({ kind, one, other }: Conflict) => `${kind}: ${accountOf(one)}, but ${accountOf(other)}`

const accountOf = ({ slug, when, sources }: Conflict['one']) => `${slug} ${when} according to ${sources.join(', ')}`
