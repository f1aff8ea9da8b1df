import { buffer } from 'node:stream/consumers'
import { messageOf, UserError } from '../errors.ts'
import { sourceText } from '../evidence/text.ts'
import { type Known, NOTHING_KNOWN } from '../importers/csv/known.ts'
import { SLUG } from '../keys.ts'
import { formOf, plainTextOf } from '../reading/document.ts'
import { draftOf } from '../reading/draft/draft.ts'
import { askModel } from '../reading/model/ask.ts'
import { withProven } from '../reading/model/prove.ts'
import { type Reading, readArticle, UnreadableText } from '../reading/read.ts'
import { readKnown } from '../schema/loading/known-records.ts'
import { isDay } from '../time/day.ts'
import type { Context } from './context.ts'
import { write, written } from './output.ts'
import { readText } from './read-text.ts'

export interface DraftCommandOptions {
  readonly published?: string
  readonly source?: string
  readonly text?: string
  /** False: do not look up names. */
  readonly database: boolean
  /** False: do not ask the language model, if one is configured. */
  readonly model: boolean
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
  const reading = read(text, file, published)
  const bundle = draftOf(options.model ? await withModel(context, reading) : reading, { source, known })
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

/** Adds what the configured language model proposes and the text proves, and reports how much that is. */
async function withModel({ config, stderr }: Context, reading: Reading): Promise<Reading> {
  if (!config.draftModel) return reading
  const answer = await askModel(config.draftModel, reading.text)
  if ('failure' in answer) {
    stderr.write(`the language model did not help: ${answer.failure}\n`)
    return reading
  }
  const { reading: whole, added, dropped } = withProven(reading, answer.proposals)
  const reasons = [
    ...dropped,
    ...(answer.malformed > 0 ? [['not in the expected form', answer.malformed] as const] : []),
  ]
  const total = answer.proposals.length + answer.malformed
  stderr.write(`the language model proposed ${total}: ${added} added, ${total - added} dropped\n`)
  for (const [reason, count] of reasons) stderr.write(`  ${count}: ${reason}\n`)
  return whole
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
