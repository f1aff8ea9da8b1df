import type { Problem } from '../problems.ts'
import { within } from '../records.ts'

/** What a line of a note begins with if it is a guess of the `draft` command, which a person has not checked yet. */
export const DRAFT_MARK = 'DRAFT'

const DRAFT_LINE = new RegExp(`^\\s*${DRAFT_MARK}\\b.*`, 'gm')

/** Longest line of a note in a message. */
const LONGEST_SHOWN = 120

/** A problem for each guess in the notes of a record and of its parts. */
export function* checkDraftNotes(value: object, path: string, keys: readonly PropertyKey[] = []): Generator<Problem> {
  for (const [key, part] of Object.entries(value)) {
    const place = [...keys, Array.isArray(value) ? Number(key) : key]
    if (key === 'note' && typeof part === 'string') {
      for (const [line] of part.matchAll(DRAFT_LINE)) {
        const shown = line.length > LONGEST_SHOWN ? `${line.slice(0, LONGEST_SHOWN)}…` : line
        yield {
          path: within(path, place),
          message: `expected a checked fact; check it, correct it and remove this line: ${shown.trim()}`,
        }
      }
    } else if (typeof part === 'object' && part !== null) yield* checkDraftNotes(part, path, place)
  }
}
