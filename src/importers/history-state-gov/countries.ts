import { COUNTRIES, FORMER, RELABELLED } from './country-table.ts'

/** A country by the publisher's ID. The same ID can mean different states at different times. */
interface CountryMention {
  readonly id: string
  /** The label next to the ID in the row. */
  readonly label?: string
  /** The first day of the row: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`. */
  readonly from?: string | undefined
}

/** A year in an ID such as `czechoslovakia-1993` says when the state ended. The ID means the same without it. */
const UNTIL = /-\d{4}$/

/**
 * The code of a country. If an ID stands for several states (`russia`), the label decides, otherwise the day. Undefined for an
 * ID that has not been reviewed: the code is never guessed.
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

/** The name of a country in the titles of offices: `India`, `the Two Sicilies`. */
export const countryLabel = (id: string): string | undefined =>
  (COUNTRIES.get(id) ?? COUNTRIES.get(id.replace(UNTIL, '')))?.name

const NAMES = new Map([...COUNTRIES.values()].reverse().map(({ code, name }) => [code, name]))

/** The names of countries in titles, by code. */
export const countryName = (code: string): string => FORMER.get(code) ?? NAMES.get(code) ?? code

/** Places that have a code but are not states. A trip there gets a note. */
const TERRITORIES: ReadonlySet<string> = new Set(
  'AI AQ AS AW BM BQ CK CW FK FO GF GI GL GP GU HK IO KY MO MP MQ MS NC NU PF PM PR RE SX TC TK UM VG VI WF ANHH PZPA'.split(
    ' ',
  ),
)

export const isTerritory = (code: string): boolean => TERRITORIES.has(code)
