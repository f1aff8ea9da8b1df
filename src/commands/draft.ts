import { buffer } from 'node:stream/consumers'
import { messageOf, UserError } from '../errors.ts'
import { sourceText } from '../evidence/text.ts'
import { type Known, NOTHING_KNOWN } from '../importers/csv/known.ts'
import { SLUG } from '../keys.ts'
import { formOf, plainTextOf } from '../reading/document.ts'
import { draftOf } from '../reading/draft/draft.ts'
import { readArticle, UnreadableText } from '../reading/read.ts'
import { isDay } from '../time/day.ts'
import type { Context } from './context.ts'
import { readKnown } from './known-records.ts'
import { write, written } from './output.ts'
import { readText } from './read-text.ts'

export interface DraftCommandOptions {
  readonly published?: string
  readonly source?: string
  readonly text?: string
  /** False: do not look up names. */
  readonly database: boolean
}

/** Reads an article, and prints a draft of its facts as a bundle. */
export async function draft(context: Context, file: string, options: DraftCommandOptions): Promise<void> {
  const { published, source, text: textFile } = options
  if (published !== undefined && !isDay(published))
    throw new UserError(`--published: expected a day as YYYY-MM-DD, got ${published}`)
  if (source !== undefined && !SLUG.test(source))
    throw new UserError(`--source: expected a slug of a-z, 0-9 and -, got ${source}`)
  const content = file === '-' ? decoded(await buffer(context.stdin)) : await readText(file)
  const form = formOf(file, content)
  if (form !== 'text' && textFile === undefined) {
    throw new UserError(`${file}: citations refer to the plain text; expected --text <file>, to which it is written`)
  }
  const text = plainTextOf(content, form)
  const known = options.database ? await knownRecords(context) : NOTHING_KNOWN
  const bundle = draftOf(read(text, file, published), { source, known })
  if (textFile !== undefined) await written(textFile, (out) => write(out, text))
  await write(context.stdout, `${JSON.stringify(bundle, null, 2)}\n`)
}

function read(text: string, file: string, published: string | undefined) {
  try {
    return readArticle(text, { published })
  } catch (error) {
    throw error instanceof UnreadableText ? new UserError(`${file}: ${error.message}`) : error
  }
}

function decoded(bytes: Uint8Array): string {
  try {
    return sourceText(bytes)
  } catch (error) {
    throw new UserError(`cannot read standard input as UTF-8 text: ${messageOf(error)}`)
  }
}

async function knownRecords({ openDatabase }: Context): Promise<Known> {
  const database = await openDatabase()
  try {
    return await readKnown(database)
  } finally {
    await database.close()
  }
}
