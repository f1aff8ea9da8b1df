import { builder } from '../builder.ts'
import { byDate, byName } from './connection.ts'

/** The orders of records with a date. */
export const dateOrders = {
  OLDEST_FIRST: byDate('slug'),
  NEWEST_FIRST: byDate('slug', true),
} as const

/** The orders of records with a name or a title. */
export const nameOrders = (name: 'name' | 'title', key: 'slug' | 'code') =>
  ({ NAME: byName(name, key), NAME_DESCENDING: byName(name, key, true) }) as const

/** The enum values of `dateOrders`. */
export const dateOrderValues = {
  OLDEST_FIRST: {
    description:
      'Oldest first: by the earliest possible start, then by the latest possible end. Records without a date come last.',
  },
  NEWEST_FIRST: {
    description: 'Newest first: the reverse of `OLDEST_FIRST`. Records without a date come last here, too.',
  },
} as const

/** The enum values of `nameOrders`. */
export const nameOrderValues = {
  NAME: { description: 'By name or title, in the order of Unicode code points: `Z` comes before `a`.' },
  NAME_DESCENDING: { description: 'The reverse of `NAME`.' },
} as const

/** The additional enum value of lists that can be searched. */
export const relevanceValue = {
  RELEVANCE: {
    description:
      'Most relevant first, as in `Query.search`. It needs `search` in the filter. It is not available in nested lists such as `Person.meetings`; filter the top-level list instead.',
  },
} as const

/** Defines the enum of the argument `orderBy`. */
export const orderEnum = <const Values extends Record<string, { readonly description: string }>>(
  name: string,
  plural: string,
  values: Values,
) => builder.enumType(name, { description: `Sort order of ${plural}.`, values })
