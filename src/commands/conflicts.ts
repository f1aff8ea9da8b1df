import { type Conflict, findConflicts } from '../bundle/conflicts.ts'
import type { Config } from '../config.ts'
import { openDatabase } from '../database/open.ts'

/** Prints the facts that contradict each other. With `json`, one Conflict per line. */
export async function listConflicts(config: Config, { json }: { json?: boolean }): Promise<void> {
  const database = await openDatabase(config.database)
  try {
    const conflicts = await findConflicts(database)
    for (const conflict of conflicts) {
      process.stdout.write(`${json ? JSON.stringify(conflict) : lineOf(conflict)}\n`)
    }
    if (conflicts.length === 0 && !json) process.stdout.write('no facts contradict each other\n')
  } finally {
    await database.close()
  }
}

const lineOf = ({ kind, one, other }: Conflict) => `${kind}: ${accountOf(one)}, but ${accountOf(other)}`

const accountOf = ({ slug, when, sources }: Conflict['one']) => `${slug} ${when} according to ${sources.join(', ')}`
