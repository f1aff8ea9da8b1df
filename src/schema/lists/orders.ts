import { builder } from '../builder.ts'
import { byDate, byName } from './connection.ts'

/** The orders of things of a date and a title. */
export const dateOrders = {
  OLDEST_FIRST: byDate('slug'),
  NEWEST_FIRST: byDate('slug', true),
} as const

/** The orders of things of a name. */
export const nameOrders = (name: 'name' | 'title', key: 'slug' | 'code') =>
  ({ NAME: byName(name, key), NAME_DESCENDING: byName(name, key, true) }) as const

/** What callers are told of `dateOrders`. */
export const dateOrderValues = {
  OLDEST_FIRST: {
    description:
      'By the earliest day on which they may have begun, then by the latest on which they ended; those without a date last.',
  },
  NEWEST_FIRST: { description: 'The other way round; those without a date last as well.' },
} as const

/** What callers are told of `nameOrders`. */
export const nameOrderValues = {
  NAME: { description: 'By name, code point by code point.' },
  NAME_DESCENDING: { description: 'The other way round.' },
} as const

/** What callers are told of the order of what a search finds, which every listing has that is searched. */
export const relevanceValue = {
  RELEVANCE: {
    description:
      'Best first, as `search` ranks them; only together with a filter that searches. Where a list hangs on a record, as the meetings of a person do, it is refused: filter the list of all by the record instead.',
  },
} as const

/** The enum by which a caller chooses an order. */
export const orderEnum = <const Values extends Record<string, { readonly description: string }>>(
  name: string,
  plural: string,
  values: Values,
) => builder.enumType(name, { description: `In which order ${plural} are listed.`, values })
