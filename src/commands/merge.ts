import { mergePeople } from '../bundle/corrections/merge.ts'
import type { Context } from './context.ts'

/** Merges two people into one. */
export async function mergeTwo({ stdout, openDatabase }: Context, kept: string, merged: string): Promise<void> {
  const database = await openDatabase()
  try {
    await mergePeople(database, kept, merged)
    stdout.write(`merged ${merged} into ${kept}; ${merged} now redirects to ${kept}\n`)
  } finally {
    await database.close()
  }
}
