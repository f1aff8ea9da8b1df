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

function lineOf({ kind, conflict, one, other }: Conflict): string {
  const [slug, sources] = [`${other.slug} ${other.when}`, other.sources.join(', ')]
  const but = {
    'outside-life': `${other.slug} lived ${other.when}`,
    contradicted: `contradicted by ${sources}`,
  }
  const said = conflict in but ? but[conflict as keyof typeof but] : `${slug} according to ${sources}`
  return `${kind}, ${conflict}: ${one.slug} ${one.when} according to ${one.sources.join(', ')}, but ${said}`
}
