import { readFile } from 'node:fs/promises'
import type { Config } from '../config.ts'
import { openDatabase } from '../database/open.ts'
import { messageOf, UserError } from '../errors.ts'
import { keepText } from '../evidence/attach-text.ts'
import { sourceText } from '../evidence/text.ts'
import { verifySources } from '../evidence/verify-sources.ts'
import { isWrong, reportLines } from './verify.ts'

/** Stores the text of a source, if its SHA-256 matches, and verifies the citations of the source. */
export async function attachText(config: Config, slug: string, file: string): Promise<void> {
  const text = await readText(file)
  const database = await openDatabase(config.database)
  try {
    await keepText(database, slug, text).catch((error) => {
      throw error instanceof UserError ? new UserError(`${file}: ${error.message}`) : error
    })
    process.stdout.write(`stored the text of ${slug}\n`)
    for await (const report of verifySources(database, slug)) {
      process.stdout.write(`${reportLines(report).join('\n')}\n`)
      if (isWrong(report)) process.exitCode = 1
    }
  } finally {
    await database.close()
  }
}

async function readText(file: string): Promise<string> {
  try {
    return sourceText(await readFile(file))
  } catch (error) {
    throw new UserError(`cannot read ${file} as UTF-8 text: ${messageOf(error)}`)
  }
}
