import { builder } from './builder.ts'
import { byDate, byName } from './connection.ts'

/** The orders of things of a date and a title. */
export const dateOrders = {
  OLDEST_FIRST: byDate('slug'),
  NEWEST_FIRST: byDate('slug', true),
} as const

/** The orders of things of a name. */
export const nameOrders = (name: 'name' | 'title', key: 'slug' | 'code') =>
  ({ NAME: byName(name, key), NAME_DESCENDING: byName(name, key, true) }) as const

/** The enum by which a caller chooses one of `dateOrders`. */
export const dateOrderEnum = (name: string, plural: string) =>
  builder.enumType(name, {
    description: `In which order ${plural} are listed. Those without a date come last.`,
    values: {
      OLDEST_FIRST: {
        description: 'By the earliest day on which they may have begun, then by the latest on which they ended.',
      },
      NEWEST_FIRST: { description: 'The other way round.' },
    },
  })

/** The enum by which a caller chooses one of `nameOrders`. */
export const nameOrderEnum = (name: string, plural: string) =>
  builder.enumType(name, {
    description: `In which order ${plural} are listed.`,
    values: {
      NAME: { description: 'By name, code point by code point.' },
      NAME_DESCENDING: { description: 'The other way round.' },
    },
  })
