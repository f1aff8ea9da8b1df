import { COUNTRIES, FORMER, RELABELLED } from './country-table.ts'

/** A country as the publisher names it: by an id that stays the same while the state that is meant may not. */
export interface CountryMention {
  readonly id: string
  /** What the row writes beside the id. */
  readonly label?: string
  /** The first day that it is about: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`. */
  readonly from?: string | undefined
}

/** Only states end, so an id such as `czechoslovakia-1993` says until when, and means the same as without. */
const UNTIL = /-\d{4}$/

/**
 * The code of a country. Where one id stands for several states (`russia`), the label tells which, or else the day.
 * Undefined for an id that nobody has reviewed: no guess is made.
 */
export function countryCode({ id, label = '', from = '' }: CountryMention): string | undefined {
  const key = COUNTRIES.has(id) ? id : id.replace(UNTIL, '')
  for (const { id, labelled, since, until, code } of RELABELLED) {
    const dated = since !== undefined || until !== undefined
    const fits = !dated || (from !== '' && from >= (since ?? '') && from < (until ?? '9999'))
    if (id === key && fits && (labelled?.test(label) ?? true)) return code
  }
  return COUNTRIES.get(key)?.code
}

/** What a country is called in the titles of offices: `India`, `the Two Sicilies`. */
export const countryLabel = (id: string): string | undefined =>
  (COUNTRIES.get(id) ?? COUNTRIES.get(id.replace(UNTIL, '')))?.name

const NAMES = new Map([...COUNTRIES.values()].reverse().map(({ code, name }) => [code, name]))

/** The name of a country by its code, as it is used in titles. */
export const countryName = (code: string): string => FORMER.get(code) ?? NAMES.get(code) ?? code

/** Places with a code of their own that are no states: what a trip there says is told in a note. */
const TERRITORIES: ReadonlySet<string> = new Set(
  'AI AQ AS AW BM BQ CK CW FK FO GF GI GL GP GU HK IO KY MO MP MQ MS NC NU PF PM PR RE SX TC TK UM VG VI WF ANHH PZPA'.split(
    ' ',
  ),
)

export const isTerritory = (code: string): boolean => TERRITORIES.has(code)
