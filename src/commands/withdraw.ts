import { reinstateFacts, withdrawFacts } from '../bundle/corrections/withdraw.ts'
import type { Context } from './context.ts'

export interface WithdrawOptions {
  readonly reason: string
  readonly note?: string
  readonly dryRun?: boolean
}

/** Withdraws facts, and prints their names. */
export async function withdraw(
  { stdout, openDatabase }: Context,
  slugs: readonly string[],
  { dryRun = false, ...reason }: WithdrawOptions,
): Promise<void> {
  const database = await openDatabase({ isDryRun: dryRun })
  try {
    const names = await withdrawFacts(database, slugs, reason, dryRun)
    stdout.write(lines(dryRun ? 'would withdraw' : 'withdrew', names))
  } finally {
    await database.close()
  }
}

/** Brings back withdrawn facts, and prints their names. */
export async function reinstate(
  { stdout, openDatabase }: Context,
  slugs: readonly string[],
  { dryRun = false }: { readonly dryRun?: boolean },
): Promise<void> {
  const database = await openDatabase({ isDryRun: dryRun })
  try {
    const names = await reinstateFacts(database, slugs, dryRun)
    stdout.write(lines(dryRun ? 'would reinstate' : 'reinstated', names))
  } finally {
    await database.close()
  }
}

const lines = (what: string, names: readonly string[]) => names.map((name) => `${what} ${name}\n`).join('')
