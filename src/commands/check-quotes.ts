import { UserError } from '../errors.ts'
import { quotationsIn } from '../evidence/quotes/draft.ts'
import { MOST_QUOTATIONS, type QuoteCheck, QuotesRefused, verifyQuotes } from '../evidence/quotes/verify-quotes.ts'
import type { Context } from './context.ts'
import { readText } from './read-text.ts'

export interface CheckQuotesOptions {
  readonly speaker?: string
  readonly source?: string
  readonly json?: boolean
}

/**
 * Compares each quotation of a draft with the sources and prints the results. With `json`, prints one object per line. Returns the
 * exit code: 1 if a quotation is neither exact nor a variant.
 */
export async function checkQuotes(
  { stdout, openDatabase }: Context,
  file: string,
  { json, speaker, source }: CheckQuotesOptions,
): Promise<number> {
  const quotations = quotationsIn(await readText(file))
  const database = await openDatabase()
  try {
    let right = 0
    for (let i = 0; i < quotations.length; i += MOST_QUOTATIONS) {
      const some = quotations.slice(i, i + MOST_QUOTATIONS)
      const checks = await verifyQuotes(
        database,
        some.map(({ text }) => ({ text, speaker, source })),
      )
      for (const [j, check] of checks.entries()) {
        if (check.grade === 'EXACT' || check.grade === 'VARIANT') right++
        const { line = 0 } = some[j] ?? {}
        stdout.write(
          json ? `${JSON.stringify({ line, ...check })}\n` : `${linesOf(`${file}:${line}`, check).join('\n')}\n`,
        )
      }
    }
    const count = `${quotations.length} ${quotations.length === 1 ? 'quotation' : 'quotations'}`
    if (!json) stdout.write(`${count}, ${right} as the sources have them\n`)
    return right === quotations.length ? 0 : 1
  } catch (error) {
    throw error instanceof QuotesRefused ? new UserError(`${file}: ${error.message}`) : error
  } finally {
    await database.close()
  }
}

/** A check as text: one line for the quotation and one for each place, with a footnote. */
const linesOf = (where: string, { text, grade, explanation, differences, places }: QuoteCheck): string[] => [
  `${where}: ${grade} “${oneLine(text)}”`,
  `  ${explanation}`,
  ...(differences.length > 0 ? [`  ${differences.map(marked).join(' ')}`] : []),
  ...places.map(({ source, start, end, reference }) => `  ${source}, ${start} to ${end}: ${reference}`),
]

const marked = ({ change, words }: QuoteCheck['differences'][number]) =>
  change === 'ADDED' ? `{+${oneLine(words)}+}` : change === 'LEFT_OUT' ? `[-${oneLine(words)}-]` : oneLine(words)

const oneLine = (text: string) => text.replaceAll(/\s+/g, ' ').trim()
