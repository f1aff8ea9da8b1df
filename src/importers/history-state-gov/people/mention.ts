import { type NameKey, nameKey } from '../../../people/names.ts'
import type { Input } from '../document.ts'
import type { Journey } from '../journeys/journeys.ts'
import { type Office, officeOf } from './titles.ts'
import { familyOf } from './watersheds.ts'

/** The words that name a person, and the country if they name one. */
export type Written = { readonly title?: string; readonly name: string; readonly country?: string }

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
  /** The list in which the row names the person. It names each person once, so two mentions of one list are two people. */
  readonly list?: string
  /** For a person of unknown country: the host's people among whom a namesake may be. */
  readonly hint?: string
}

/** Where a mention is compared. */
interface Scope {
  readonly country?: string | undefined
  readonly organization?: Input<'organizations'> | undefined
  readonly list?: string
  readonly hint?: string | undefined
}

/** A mention in the row of a journey. */
export function mentionOf(
  journey: Journey,
  { title, name }: Written,
  { country, organization, list, hint }: Scope = {},
): Mention {
  return {
    row: journey.label,
    text: [title, name].filter(Boolean).join(' '),
    ...(title && { title }),
    office: title ? officeOf(title) : { kind: 'none', standing: 'full' },
    name,
    key: nameKey(name),
    ...(country && { country }),
    family: country ? familyOf(country) : (organization?.slug ?? ''),
    day: journey.day,
    ...(list && { list }),
    ...(hint && !country && { hint }),
  }
}
