import type { Config } from '../config.ts'
import { openDatabase } from '../database/open.ts'
import { unknownSource } from '../evidence/keep-text.ts'
import { type Mismatch, type SourceReport, verifySources } from '../evidence/verify-sources.ts'

/**
 * Holds every citation against the text of its source, of one source or of all, and prints what was found; the process
 * exits with 1 where anything mismatches. With `json`, prints a SourceReport a line.
 */
export async function verifyCitations(
  config: Config,
  slug: string | undefined,
  { json }: { json?: boolean },
): Promise<void> {
  const database = await openDatabase(config.database)
  try {
    let sources = 0
    for await (const report of verifySources(database, slug)) {
      sources++
      const lines = json ? [JSON.stringify(report)] : reportLines(report)
      process.stdout.write(`${lines.join('\n')}\n`)
      if (isWrong(report)) process.exitCode = 1
    }
    if (slug !== undefined && sources === 0) throw unknownSource(slug)
    if (sources === 0 && !json) process.stdout.write('there are no sources, so there is nothing to verify\n')
  } finally {
    await database.close()
  }
}

/** Whether anything of a source is not as its record says. */
export const isWrong = ({ mismatches, textProblems }: SourceReport) => mismatches.length > 0 || textProblems.length > 0

/** A source's report for people: a line for it, and one for each mismatch. */
export function reportLines({
  source,
  citations,
  verified,
  mismatches,
  textHeld,
  textProblems,
}: SourceReport): string[] {
  const outcome = textHeld ? `${verified} verified, ${mismatches.length} mismatched` : 'text not held'
  return [
    `${source}: ${citations} ${citations === 1 ? 'citation' : 'citations'}, ${outcome}`,
    ...textProblems.map((problem) => `  mismatch: ${problem}`),
    ...mismatches.map((mismatch) => `  mismatch: ${mismatchLine(mismatch)}`),
  ]
}

const mismatchLine = ({ citation, start, end, expected, found }: Mismatch) =>
  `${citation}, at ${start} to ${end}: expected ${short(expected)}, found ${short(found)}`

/** Characters of the words that a line shows. */
const SHOWN = 80

function short(words: string): string {
  const characters = Array.from(words)
  return JSON.stringify(characters.length > SHOWN ? `${characters.slice(0, SHOWN - 1).join('')}…` : words)
}
