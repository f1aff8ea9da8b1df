import { isDeepStrictEqual } from 'node:util'
import { UserError } from '../src/errors.ts'
import type { QuestionName } from './options.ts'
import { ask, type Bodies } from './requests.ts'

/** How many arguments of each question are asked before any load. */
const COMPARED = 25

/** A contestant that runs. */
interface Answering {
  readonly name: string
  readonly url: string
  readonly bodies: Bodies
}

/** Asks all contestants the same. Throws a UserError that shows both answers where two differ. */
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

/** What wraps one value, in the answers of one contestant or another. */
const WRAPPERS = new Set(
  'meeting people relation meetings search statements activity nodes node edtf person position topic'.split(' '),
)

/**
 * An answer in the form that the answers of all contestants have in common: without wrappers, what has no fields as null, and
 * without years in which nothing happened, which only some of them list. What is in a list keeps its order.
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

/** PostGraphile gives the office of a participation as the first of a list. */
const theOne = (name: string, value: unknown) =>
  name === 'position' && Array.isArray(value) ? (value[0] ?? null) : value

const isEmptyYear = (entry: unknown): boolean =>
  typeof entry === 'object' && entry !== null && 'period' in entry && 'meetings' in entry && entry.meetings === 0
