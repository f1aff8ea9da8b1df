import { readFile } from 'node:fs/promises'
import { messageOf, UserError } from '../errors.ts'
import { sourceText } from '../evidence/text.ts'

/** Reads the text of a source from a file. Throws a UserError if it is not UTF-8. */
export async function readText(file: string): Promise<string> {
  try {
    return sourceText(await readFile(file))
  } catch (error) {
    throw new UserError(`cannot read ${file} as UTF-8 text: ${messageOf(error)}`)
  }
}
