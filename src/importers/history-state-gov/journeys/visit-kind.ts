import type { Input } from '../document.ts'

type Kind = NonNullable<Input<'visits'>['kind']>

const VISIT =
  /(\bno |\b(?:postpon|cancel|plann|propos|schedul|arrang|discuss|prepar|returned|following)\w*(?: \w+){0,4} )?\b(state|official|working|private|personal|unofficial|informal|pastoral|courtesy|good ?will|social),? (working )?visit\b/gi

const KINDS: Readonly<Record<string, Kind>> = {
  state: 'STATE',
  official: 'OFFICIAL',
  working: 'WORKING',
  private: 'PRIVATE',
  personal: 'PRIVATE',
  unofficial: 'PRIVATE',
}

/** Words for a stop on the way to another country. */
const TRANSIT = /\bin transit\b|\btransit (?:stop|visit)\b|\bfor a transit\b|\bstop(?:ped|over)?\b[^.;]*\ben route\b/i

/**
 * The kind of a visit, if a remark names it: "State visit", "Official working visit", "during a private visit". A visit that was
 * only planned, or that was somebody else's, does not count. A "private working visit" is a working visit, as work is what it was for.
 * If the remark names several kinds, the one with which it begins counts; otherwise none.
 */
export function visitKind(remark: string): Kind | undefined {
  const named = Array.from(remark.matchAll(VISIT)).flatMap(([, unmade, word = '', working]): [Kind, boolean][] => {
    if (unmade) return []
    const kind = KINDS[word.toLowerCase()] ?? 'OTHER'
    return [[working ? 'WORKING' : kind, remark.search(VISIT) === 0]]
  })
  const [first] = named
  if (!first) return TRANSIT.test(remark) ? 'TRANSIT' : undefined
  const [kind, begins] = first
  return begins || named.every(([other]) => other === kind) ? kind : undefined
}
