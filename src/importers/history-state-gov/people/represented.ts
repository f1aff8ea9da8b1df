import { isState, stateOn } from '../../../countries/states.ts'
import { ADDRESS, HEADS, LOWER_HEADS, PORTFOLIO, RANKS, STANDING } from '../../../people/offices.ts'
import type { Input } from '../document.ts'
import type { Journey } from '../journeys/journeys.ts'
import { organizationNamed } from '../organizations.ts'
import type { Americans } from '../pocom/americans.ts'
import { resolveAmerican } from './american-match.ts'
import { mentionOf, type Written } from './mention.ts'
import { familyOf } from './watersheds.ts'

/** The country or organization of a person whom a row names. */
export interface Place {
  /** The country in which namesakes are compared. */
  readonly country?: string | undefined
  readonly organization?: Input<'organizations'>
  /** The host, if its people are only candidates. */
  readonly hint?: string
  /** True if the person acted for the country. */
  readonly represents: boolean
  /** True if the row does not say the country, and the host's is assumed. */
  readonly ofHost: boolean
  readonly range: readonly [number, number]
}

/** Titles that belong to no state. */
const INTERNATIONAL =
  /\b(International(?! (?:Cooperation|Trade|Relations|Affairs|Development))|World|Quartet|Contact Group|Organi[sz]ation|Secretary[- ]General|High Commissioner|High Representative|Special Representative)\b/

/** An envoy for or to a country is not that country's: "U.N. Envoy for Syria", "Ambassador to Iraq". */
const ENVOY =
  /\b(ambassador|envoy|representative|coordinator|administrator|commissioner|adviser|advisor|rapporteur|mediator|negotiator|emissary|inspector|delegate|mission)\b.*\b(for|to|in)\b/i

/** Offices whose holders act for a state. */
const OF_STATE =
  /\b(president|premier|min[is]*te?re?|chancellor|king|queen|emperor|empress|shah|sultan|amir|emir|crown prince|crown princess|grand duke|grand duchess|regent|governor[- ]general|foreign (affairs |relations )?secretary|defen[cs]e secretary|home secretary|secretary (of|for)|general secretary|first secretary|councillor|councilor|counselor|chairman|chairwoman|chief executive|chief justice|chief of staff|head of state|head of government|generalissimo|caudillo|speaker|taoiseach|undersecretary)\b/i

/** Words for people who lead a party, a movement or an armed force, and do not act for a state. */
const OF_NO_STATE =
  /\b(opposition|party|leader|movement|front|activist|dissident|rebel|guerrilla|candidate|founder|laureate|former|ex|deposed|ambassador|envoy|commander|negotiator|coordinator|administrator|presidential|mayor|governor(?![- ]general))\b/i

/** Offices that the United States has and the host has not, unless it is one of `SECRETARIES`. */
const AMERICAN_OFFICE =
  /\b(secretary of (state|defen[cs]e|war|the navy|the treasury|commerce|energy|agriculture|labor|transportation|homeland security|housing)|(defense|treasury|commerce|energy|agriculture) secretary|senator|congress(man|woman))\b/i

/** Countries that have secretaries for ministers, or senators: there, such an office says nothing. */
const SECRETARIES = new Set('AR AU CA CL CO CU DO FR GB HN HT IE IT JM MX PA PE PH PW VA'.split(' '))

/** Heads of other churches with the title of the pope. */
const OTHER_POPE = /shenouda|tawadros/i

/** Titles of Americans in the remark about a visit to the United States. */
const AMERICAN =
  /\b(vice president|secretary(?![- ]general)|senator|congress\w*|speaker|chief justice|attorney general)\b/i

/**
 * The country of a person named in a remark, and whether the person acted for it. The words of the office decide:
 *
 * - The country in the remark, unless the office is that of an envoy to it.
 * - None for the office of an organization. The Holy See for the pope.
 * - The United States for its own officers, by the publisher's lists or by an office that the host does not have.
 * - The host for other offices of a state.
 * - Otherwise nobody says whom the person represented. Ranks ("Prince Saud") and former officers are still compared with the
 *   host's people; envoys, generals and the like are compared with nobody's.
 */
export function placeInRemark(
  journey: Journey,
  person: Written & { start: number; end: number },
  americans: Americans,
): Place {
  const { remark } = journey
  const place = { range: remark.range(person.start, person.end), represents: true, ofHost: false }
  const before = remark.text.slice(Math.max(0, person.start - 24), person.start)
  const title = person.title ?? ''
  const isEnvoy = ENVOY.test(remark.text.slice(person.start, person.end))
  if (person.country && !isEnvoy)
    return { ...place, country: stateOn(person.country, journey.day), represents: actsForState(title) }
  if (/\b(PLO|P\.L\.O\.|Palestin\w+)\b/.test(`${before.split(/[,;.]| and /).at(-1)} ${title}`))
    return { ...place, country: 'PS' }
  const organization = organizationNamed(title) ?? organizationNamed(before.split(/[,;]| and | with /).at(-1) ?? '')
  if (organization) return { ...place, organization, represents: false }
  if (INTERNATIONAL.test(title)) return { ...place, represents: false }
  if (/^pope\b/i.test(title))
    return OTHER_POPE.test(person.name) ? { ...place, represents: false } : { ...place, country: 'VA' }
  return journey.kind === 'visit'
    ? ofAmerican(journey, person, place, americans)
    : ofHost(journey, person, place, americans)
}

/** A title with a country's name, by which the holder acts for it: not "Bosnian Serb President" and "former Soviet leader". */
const actsForState = (title: string) =>
  !/\b(former|ex|opposition|party|movement|front|candidate|activist|dissident|rebel|serb|croat|kurdish)\b/i.test(title)

function ofAmerican(journey: Journey, person: Written, place: Place, americans: Americans): Place {
  const title = person.title ?? ''
  if (/minister|foreign/i.test(title)) return { ...place, represents: false }
  const american = resolveAmerican(mentionOf(journey, person), americans) !== undefined || AMERICAN.test(title)
  return american ? { ...place, country: 'US' } : { ...place, represents: false }
}

function ofHost(journey: Journey, person: Written, place: Place, americans: Americans): Place {
  const { to } = journey
  const mention = mentionOf(journey, person)
  const title = person.title ?? ''
  const { kind, standing } = mention.office
  const listed = /^(president|vice-president|secretary-of-state|ambassador|general|gen)$/.test(kind)
  const resolved = listed ? resolveAmerican(mention, americans) : undefined
  if (resolved && !(resolved.rule === 'full-name-in-the-lists' && kind !== 'ambassador'))
    return { ...place, country: 'US' }
  if (AMERICAN_OFFICE.test(title) && !SECRETARIES.has(to))
    return kind === 'secretary-of-state' ? { ...place, represents: false } : { ...place, country: 'US' }
  if (!isState(to)) return { ...place, represents: false }
  if (OF_STATE.test(title) && !OF_NO_STATE.test(title) && isPlain(title)) return { ...place, country: to, ofHost: true }
  const compared =
    standing === 'former' ||
    OF_STATE.test(title) ||
    /^(prince|princess|sheikh|sheik|sheikha|duke|duchess)\b/i.test(title)
  return { ...place, ...(compared ? { country: to, ofHost: true } : { hint: familyOf(to) }), represents: false }
}

/** Words that two states share. In one of the two, they mean the host. */
const SHARED: readonly (readonly [RegExp, readonly string[]])[] = [
  [/\bKorean\b/, ['KR', 'KP']],
  [/\bCongolese\b/, ['CD', 'CG']],
  [/\bDominican\b/, ['DO', 'DM']],
]

/** The host, if words without a name and a country mean its people: "the Amir", in Kuwait; "Korean officials", in Korea. */
export function hostOf({ kind, to }: Journey, words: string): string | undefined {
  if (kind !== 'trip' || !isState(to)) return undefined
  if (SHARED.some(([shared, codes]) => shared.test(words) && codes.includes(to))) return to
  return OF_STATE.test(words) && !OF_NO_STATE.test(words) && isPlain(words) ? to : undefined
}

/** True if a title has only words for offices: not "Quebec Premier", "Transitional National Council Chairman". */
const isPlain = (title: string) =>
  title
    .toLowerCase()
    .split(/[^a-zà-ž.'’]+/)
    .every(
      (word) =>
        /^(and|of|for|the|on|with|states|)$/.test(word) ||
        [HEADS, LOWER_HEADS, PORTFOLIO, RANKS, ADDRESS, STANDING].some((words) => words.has(word)) ||
        /^min[is]*te?re?$/.test(word),
    )
