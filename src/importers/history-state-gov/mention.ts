import type { NameKey } from './names.ts'
import type { Office } from './titles.ts'

/** Somebody whom a row names, and what it says of him there. */
export interface Mention {
  /** The row: `visits/data/1950.xml#2271`. */
  readonly row: string
  /** As written, with the title. */
  readonly text: string
  readonly title?: string
  readonly office: Office
  readonly name: string
  readonly key: NameKey
  /** The country's code, where the row says or implies it. */
  readonly country?: string
  /** By which people are compared: the country or those that it went on as, or the organization; empty where not known. */
  readonly family: string
  /** The day on which it begins, or the first that it can mean. */
  readonly day: string
}
