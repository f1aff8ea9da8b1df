import { readFileSync } from 'node:fs'
import { parse, print, separateOperations, stripIgnoredCharacters } from 'graphql'
import { benchmarks, service } from '../environment.ts'
import type { ContestantName } from '../options.ts'

/** A program that answers the questions over HTTP. */
export interface Contestant {
  readonly program: readonly string[]
  readonly env: Readonly<Record<string, string>>
  /** The document of each question by name. The limit needs only the name. */
  readonly documents: Readonly<Record<string, string>>
}

const own = (name: string) => [`${benchmarks}contestants/${name}.ts`]

/** As the service itself asks PostgreSQL to plan (src/database/open.ts), so that all have the same plans. */
const planning = { PGOPTIONS: '-c random_page_cost=1.1 -c jit=off' }

export const contestants: Readonly<Record<ContestantName, Contestant>> = {
  bilateral: {
    program: [service, 'serve'],
    // Responses always come from the database, and no contestant logs requests. The seed would add people to a new database while
    // other contestants read their cursors.
    env: { LOG_LEVEL: 'warn', RESPONSE_CACHE: '0', SEED: 'off' },
    documents: documentsOf('bilateral.graphql'),
  },
  postgraphile: { program: own('postgraphile'), env: planning, documents: documentsOf('postgraphile.graphql') },
  limit: { program: own('limit'), env: planning, documents: {} },
}

export const ceiling = own('ceiling')

/** The operations of a file, each with the fragments it needs and nothing else. */
function documentsOf(file: string): Readonly<Record<string, string>> {
  const document = parse(readFileSync(`${benchmarks}contestants/${file}`, 'utf8'))
  return Object.fromEntries(
    Object.entries(separateOperations(document)).map(([name, operation]) => [
      name,
      stripIgnoredCharacters(print(operation)),
    ]),
  )
}
