import type { NameKey } from './names.ts'
import type { Office } from './titles.ts'

/** A person named in a row, and what the row says about them. */
export interface Mention {
  /** The row: `visits/data/1950.xml#2271`. */
  readonly row: string
  /** As written, with the title. */
  readonly text: string
  readonly title?: string
  readonly office: Office
  readonly name: string
  readonly key: NameKey
  /** The code of the country, if the row states or implies it. */
  readonly country?: string
  /** The scope of comparison: the country (or its successors) or the organization. Empty if not known. */
  readonly family: string
  /** The first possible day. */
  readonly day: string
}
