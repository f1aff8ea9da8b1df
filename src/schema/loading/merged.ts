import { isDeepStrictEqual } from 'node:util'
import { badUserInput } from '../errors.ts'

type Query = Readonly<Record<string, unknown>>

/** One Prisma query that selects what both select, for rows that two types show. Throws BAD_USER_INPUT if they select it differently. */
export function merged(one: Query, other: Query): Query {
  const { select: own, ...first } = one
  const { select: others, ...second } = other
  if (!isDeepStrictEqual(first, second)) {
    throw badUserInput('two fragments select the same list with different arguments; use the same arguments in both')
  }
  const select: Record<string, unknown> = { ...(own as Query) }
  for (const [field, selection] of Object.entries((others ?? {}) as Query)) {
    const known = select[field]
    select[field] = isQuery(known) && isQuery(selection) ? merged(known, selection) : (known ?? selection)
  }
  return { ...first, select }
}

const isQuery = (selection: unknown): selection is Query => typeof selection === 'object' && selection !== null
