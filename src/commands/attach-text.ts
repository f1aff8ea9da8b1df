import { UserError } from '../errors.ts'
import { storeText } from '../evidence/attach-text.ts'
import { verifySources } from '../evidence/verify-sources.ts'
import type { Context } from './context.ts'
import { readText } from './read-text.ts'
import { isWrong, reportLines } from './verify.ts'

/**
 * Stores the text of a source, if its SHA-256 matches, and verifies the citations of the source. Returns the exit code: 1 if
 * anything does not match. A dry run only checks the SHA-256.
 */
export async function attachText(
  { stdout, openDatabase }: Context,
  slug: string,
  file: string,
  { dryRun = false }: { readonly dryRun?: boolean },
): Promise<number> {
  const text = await readText(file)
  const database = await openDatabase({ isDryRun: dryRun })
  try {
    await storeText(database, slug, text, dryRun).catch((error) => {
      throw error instanceof UserError ? new UserError(`${file}: ${error.message}`) : error
    })
    if (dryRun) {
      stdout.write(`would store the text of ${slug} (dry run, nothing changed)\n`)
      return 0
    }
    stdout.write(`stored the text of ${slug}\n`)
    let exitCode = 0
    for await (const report of verifySources(database, slug)) {
      stdout.write(`${reportLines(report).join('\n')}\n`)
      if (isWrong(report)) exitCode = 1
    }
    return exitCode
  } finally {
    await database.close()
  }
}
