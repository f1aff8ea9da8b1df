import { COUNTRIES, FORMER, RELABELLED, SUCCESSORS } from './table.ts'

/** The state that a state had become by a day: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`. */
export function stateOn(code: string, day: string): string {
  const next = SUCCESSORS.get(code)
  return next && day >= next.since ? stateOn(next.code, day) : code
}

/** A state that was in the place of another for some time. */
interface StandIn {
  readonly code: string
  readonly since: string
  /** Exclusive. Null: to this day. */
  readonly until: string | null
}

/** The state that was in the place of another on a day: the Soviet Union for Russia, or Russia for the Soviet Union. */
export function standInOn(code: string, day: string): StandIn | undefined {
  const next = SUCCESSORS.get(code)
  if (next && day >= next.since) return { ...next, code: stateOn(code, day), until: null }
  for (const { id, labelled, since, until = null, code: other } of RELABELLED) {
    const isOther = labelled === undefined && other !== code && COUNTRIES.get(id)?.code === code
    if (isOther && since !== undefined && since <= day && (until === null || day < until)) {
      return { code: other, since, until }
    }
  }
  return undefined
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
