import { isDeepStrictEqual } from 'node:util'
import { UserError } from '../src/errors.ts'
import type { QuestionName } from './options.ts'
import { ask, type Bodies } from './requests.ts'

/** Number of variants of each question to compare before the load. */
const COMPARED = 25

/** A running contestant. */
interface Answering {
  readonly name: string
  readonly url: string
  readonly bodies: Bodies
}

/** Sends the same questions to all contestants. Throws a UserError with both responses if two differ. */
export async function compareAnswers(contestants: readonly Answering[], questions: readonly QuestionName[]) {
  for (const question of questions) {
    const count = Math.min(COMPARED, ...contestants.map(({ bodies }) => bodies[question].length))
    for (let i = 0; i < count; i++) {
      const answers = await Promise.all(
        contestants.map(async ({ url, bodies }) => canonical(await ask(url, bodies[question][i] as string))),
      )
      const different = answers.findIndex((answer) => !isDeepStrictEqual(answer, answers[0]))
      if (different > 0) {
        const shown = [0, different].map((n) => `${contestants[n]?.name}: ${JSON.stringify(answers[n], undefined, 1)}`)
        throw new UserError(
          `question ${question}: answers differ for ${contestants[0]?.bodies[question][i]}\n${shown.join('\n')}`,
        )
      }
    }
  }
}

/** Wrappers around a single value in the responses of some contestants. */
const WRAPPERS = new Set(
  'meeting people relation meetings search statements activity nodes node edtf person position topic'.split(' '),
)

/**
 * A response in the form common to all contestants: without wrappers, with null for objects without fields, and without years in
 * which nothing happened, which only some contestants list. The order of lists does not change.
 */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical).filter((entry) => !isEmptyYear(entry))
  if (typeof value !== 'object' || value === null) return value
  const fields = Object.entries(value)
  const [[name, only] = ['', null]] = fields
  if (fields.length === 0) return null
  if (fields.length === 1 && WRAPPERS.has(name)) return canonical(only)
  return Object.fromEntries(fields.map(([name, field]) => [name, theOne(name, canonical(field))]))
}

/** PostGraphile returns the office of a participation as the first element of a list. */
const theOne = (name: string, value: unknown) =>
  name === 'position' && Array.isArray(value) ? (value[0] ?? null) : value

const isEmptyYear = (entry: unknown): boolean =>
  typeof entry === 'object' && entry !== null && 'period' in entry && 'meetings' in entry && entry.meetings === 0
