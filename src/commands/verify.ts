import { unknownSource } from '../evidence/attach-text.ts'
import {
  type Mismatch,
  type QuotationReport,
  type SourceReport,
  verifyQuotations,
  verifySources,
} from '../evidence/verify-sources.ts'
import type { Context } from './context.ts'

/**
 * Compares every citation of one source or of all sources with the text of its source and prints the result. With `json`,
 * prints one SourceReport per line, and last a QuotationReport. Returns the exit code: 1 if anything does not match.
 */
export async function verifyCitations(
  { stdout, openDatabase }: Context,
  slug: string | undefined,
  { json }: { json?: boolean },
): Promise<number> {
  const database = await openDatabase()
  try {
    let sources = 0
    let exitCode = 0
    for await (const report of verifySources(database, slug)) {
      sources++
      const lines = json ? [JSON.stringify(report)] : reportLines(report)
      stdout.write(`${lines.join('\n')}\n`)
      if (isWrong(report)) exitCode = 1
    }
    if (slug === undefined && sources > 0) {
      const report = await verifyQuotations(database)
      stdout.write(json ? `${JSON.stringify(report)}\n` : quotationLines(report))
      if (report.mismatches.length > 0) exitCode = 1
    }
    if (slug !== undefined && sources === 0) throw unknownSource(slug)
    if (sources === 0 && !json) stdout.write('nothing to verify: there are no sources\n')
    return exitCode
  } finally {
    await database.close()
  }
}

/** True if a citation or the text of the source does not match its record. */
export const isWrong = ({ mismatches, textProblems }: SourceReport) => mismatches.length > 0 || textProblems.length > 0

/** The report of a source as text: one line for the source and one for each mismatch. */
export function reportLines({
  source,
  citations,
  verified,
  mismatches,
  textHeld,
  textProblems,
}: SourceReport): string[] {
  const outcome = textHeld ? `${verified} verified, ${mismatches.length} mismatched` : 'text not stored'
  return [
    `${source}: ${citations} ${citations === 1 ? 'citation' : 'citations'}, ${outcome}`,
    ...textProblems.map((problem) => `  mismatch: ${problem}`),
    ...mismatches.map((mismatch) => `  mismatch: ${mismatchLine(mismatch)}`),
  ]
}

function quotationLines({ quotations, verified, notChecked, mismatches }: QuotationReport): string {
  const count = `${quotations} ${quotations === 1 ? 'quotation' : 'quotations'}`
  const lines = mismatches.map((slug) => `  mismatch: ${slug}: the passages that it cites do not have the quoted words`)
  return `${[`${count}: ${verified} verified, ${mismatches.length} mismatched, ${notChecked} not checked`, ...lines].join('\n')}\n`
}

const mismatchLine = ({ citation, start, end, expected, found }: Mismatch) =>
  `${citation}, at ${start} to ${end}: expected ${short(expected)}, found ${short(found)}`

/** Maximum number of characters of a citation in one line. */
const MAX_SHOWN = 80

function short(words: string): string {
  const characters = Array.from(words)
  return JSON.stringify(characters.length > MAX_SHOWN ? `${characters.slice(0, MAX_SHOWN - 1).join('')}…` : words)
}
