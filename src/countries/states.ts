import { COUNTRIES, FORMER, SUCCESSORS } from './table.ts'

/** The state that a state had become by a day: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`. */
export function stateOn(code: string, day: string): string {
  const next = SUCCESSORS.get(code)
  return next && day >= next.since ? stateOn(next.code, day) : code
}

const NAMES = new Map([...COUNTRIES.values()].reverse().map(({ code, name }) => [code, name]))

/** The names of countries in titles, by code: `India`, `the Netherlands`. */
export const countryName = (code: string): string => FORMER.get(code) ?? NAMES.get(code) ?? code

/** Places that have a code but are not states. */
const TERRITORIES: ReadonlySet<string> = new Set(
  'AI AQ AS AW BM BQ CK CW FK FO GF GI GL GP GU HK IO KY MO MP MQ MS NC NU PF PM PR RE SX TC TK UM VG VI WF ANHH PZPA'.split(
    ' ',
  ),
)

export const isTerritory = (code: string): boolean => TERRITORIES.has(code)

/** False for a territory, and for a place that has no entry in the table. */
export const isState = (code: string): boolean => NAMES.has(code) && !TERRITORIES.has(code)
