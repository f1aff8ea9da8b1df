import { countryAt } from '../../../countries/in-words.ts'
import { isOrganization } from '../organizations.ts'
import { type Office, readOffice } from './office.ts'
import { headOf, isCapital, type Reading } from './reading.ts'

/** An organization, or somebody whom a remark does not name: "Foreign Minister of France", "senior Israeli officials". */
export interface Unnamed {
  readonly words: string
  readonly country?: string
  /** As written: "NATO". */
  readonly organization?: string
  /** True if the words name the organization itself. */
  readonly itself?: true
}

interface Found {
  readonly found: readonly Unnamed[]
  /** The index of the word after the last one. */
  readonly next: number
}

/** Names of organizations, or of their organs, that meet a traveller as a whole. */
const BODIES = /(Council|Assembly|Authority)$|^(GCC|IBRD)$/

/** Maximum number of words in the name of an organization. */
const LONGEST = 5

/** The organization that the words from `at` name, as written; the longest name wins. */
function organizationAt({ words, text }: Reading, at: number): { name: string; next: number } | undefined {
  if (!isCapital(words[at])) return undefined
  for (let end = Math.min(at + LONGEST, words.length); end > at; end--) {
    const name = text.slice(words[at]?.start, words[end - 1]?.end)
    if (isOrganization(name)) return { name, next: end }
  }
  return undefined
}

/** The country or the organization that the words from `at` name, with an article. */
function partyAt(reading: Reading, at: number): (Unnamed & { next: number; noun: boolean }) | undefined {
  const { words, text, texts } = reading
  const written = (next: number) => text.slice(words[at]?.start, words[next - 1]?.end)
  const organization = organizationAt(reading, words[at]?.lower === 'the' ? at + 1 : at)
  if (organization) {
    const { name, next } = organization
    return { words: written(next), organization: name, next, noun: true }
  }
  const country = countryAt(texts, at)
  if (!country) return undefined
  const next = at + country.length
  return { words: written(next), ...(country.code && { country: country.code }), next, noun: country.noun }
}

/** Parties joined by commas and "and". Undefined if the words from `at` name none. */
function partiesAt(reading: Reading, at: number, isParty: (noun: boolean) => boolean) {
  const { words } = reading
  const found: Unnamed[] = []
  for (let next = at; ; ) {
    const party = partyAt(reading, next)
    if (!party || !isParty(party.noun)) return found.length > 0 ? { found, end: at } : undefined
    const { next: end, noun: _, ...own } = party
    found.push(own)
    at = next = end
    if (words[next]?.kind === 'comma') next++
    if (words[next]?.lower === 'and') next++
    if (/^(senior|high-level|top)$/.test(words[next]?.lower ?? '')) next++
    if (next === end) return { found, end }
  }
}

/** Nouns for people who act for a state or an organization. */
const GROUP = /^(officials?|leaders|leadership|representatives|members|delegations?|authorities|counterparts?)$/

/** Words before them that leave this open. */
const ADJECTIVE =
  /^(the|a|an|other|several|some|various|senior|high-level|top|government|governmental|military|colonial|civilian)$/

/** "senior Israeli officials", "NATO and OSCE officials", "representatives of the Contact Group". Undefined for people of no state or organization. */
export function readGroup(reading: Reading, at: number): Found | undefined {
  const { words, text } = reading
  let begin = at
  while (/^(the|a|an|other|several|some|various)$/.test(words[begin]?.lower ?? '')) begin++
  let next = begin
  while (ADJECTIVE.test(words[next]?.lower ?? '')) next++
  const rank = text.slice(words[begin]?.start, words[next]?.start)
  const before = partiesAt(reading, next, () => true)
  if (before) next = before.end
  const offices = before && before.found.length > 1 ? readOffice(reading, next) : undefined
  if (before && offices?.plural && !offices.hasCountry)
    return { found: eachBefore(reading, before, offices), next: offices.end }
  while (ADJECTIVE.test(words[next]?.lower ?? '')) next++
  if (before && next === before.end && !GROUP.test(words[next]?.lower ?? '')) {
    const [party] = before.found
    const isBody = party?.organization && before.found.length === 1 && BODIES.test(party.organization)
    return isBody && !isCapital(words[next]) ? { found: [{ ...party, itself: true }], next } : undefined
  }
  if (!GROUP.test(words[next]?.lower ?? '')) return undefined
  next++
  if (before) {
    const [party] = before.found
    if (before.found.length === 1 && party)
      return { found: [{ ...party, words: text.slice(words[begin]?.start, words[next - 1]?.end) }], next }
    const noun = text.slice(words[before.end]?.start, words[next - 1]?.end)
    return { found: before.found.map((own) => ({ ...own, words: `${rank}${own.words} ${noun}` })), next }
  }
  const preposition = words[next]?.lower ?? ''
  if (!/^(of|from)$/.test(preposition)) return undefined
  const after = partiesAt(reading, next + 1, (noun) => noun)
  if (!after || !isEnd(reading, after.end)) return undefined
  const noun = text.slice(words[begin]?.start, words[next - 1]?.end)
  return {
    found: after.found.map((own) => ({ ...own, words: `${noun} ${preposition} ${own.words}` })),
    next: after.end,
  }
}

/**
 * The holders of an office without names: "the Foreign Ministers of France and Germany", "the British and French Foreign
 * Ministers", "NATO Foreign Ministers", "the Amir". `end` is where the list around it would go on.
 */
export function readHolders(reading: Reading, office: Office, end: number): Found | undefined {
  const { words, text } = reading
  const { begin, title, plural, head } = office
  const whole = (next: number) => text.slice(words[begin]?.start, words[next - 1]?.end)
  const of = words.findIndex(
    (word, i) => i > begin && i <= office.end && word.lower === 'of' && partyAt(reading, i + 1)?.noun,
  )
  const parties = of > 0 ? partiesAt(reading, of + 1, (noun) => noun) : undefined
  if (parties) {
    const { found, end: next } = parties
    if (!isEnd(reading, next)) return { found: [{ words: whole(end) }], next: end }
    const [party] = found
    if (found.length === 1 && party) return { found: [{ ...party, words: whole(next) }], next }
    const [holder] = title.split(/ of (?!state)/i)
    // An organization has several holders.
    const words = (own: Unnamed) => `${own.organization ? whole(of) : holder} of ${own.words}`
    return { found: found.map((own) => ({ ...own, words: words(own) })), next }
  }
  if (end !== office.end) {
    const ofOthers = plural && OFFICE.test(head) && /^(of|from)$/.test(words[office.end]?.lower ?? '')
    return ofOthers ? { found: [{ words: whole(end) }], next: end } : undefined
  }
  const before = partiesAt(reading, begin, () => true)
  const written = whole(end)
  const [party, ...more] = before?.found ?? []
  if (before && more.length > 0 && plural) return { found: eachBefore(reading, before, office), next: end }
  if (!party && office.country) return { found: [{ words: written, country: office.country }], next: end }
  if (party)
    return {
      found: [party.country && NO_STATE.test(written) ? { words: written } : { ...party, words: written }],
      next: end,
    }
  // "the Presidents and Prime Ministers of Hungary and Poland": the first two words say too little.
  return OFFICE.test(head) && (!plural || / /.test(written)) ? { found: [{ words: written }], next: end } : undefined
}

/** "the EU and Swiss Foreign Ministers": an organization has several, a state has one. */
function eachBefore(
  { words, text }: Reading,
  { found, end }: { found: readonly Unnamed[]; end: number },
  office: Office,
) {
  const several = text.slice(words[end]?.start, words[office.end - 1]?.end)
  return found.map((own) => ({ ...own, words: `${own.words} ${own.organization ? several : office.title}` }))
}

/** Words for people who do not act for their state. */
const NO_STATE =
  /\b(political|opposition|resistance|party|movement|rebel|civil|civic|religious|business|labor|student|former|serb|croat|kurdish|women|tribal|activists?|dissidents?)\b/i

/** Offices whose holder can be meant without a country. */
const OFFICE =
  /^(minister|president|premier|chancellor|king|queen|emperor|sultan|emir|amir|shah|prince|governor|head|chief|regent)$/

/** True if no noun follows: not "members of Belarus civil society". */
function isEnd({ words }: Reading, at: number): boolean {
  const word = words[at]
  if (word?.kind !== 'word' || headOf(word)) return true
  return (
    !isCapital(word) &&
    /^(and|to|at|in|on|with|as|during|for|from|who|regarding|about|concerning|while|before|after|separately|[a-z]+(ed|ing))$/.test(
      word.lower,
    )
  )
}

/** The body at whose session a traveller spoke or was present: "Attended the 9th Session of the North Atlantic Council". */
export function readBody(reading: Reading, at: number): (Found & { at: number }) | undefined {
  const { words } = reading
  let begin = at
  while (
    begin < at + 8 &&
    /^(a|an|the|of|opening|ministerial|meetings?|sessions?|\d+(st|nd|d|rd|th))$/.test(words[begin]?.lower ?? '')
  )
    begin++
  const party = organizationAt(reading, begin)
  if (!party || !BODIES.test(party.name)) return undefined
  return { found: [{ words: party.name, organization: party.name, itself: true }], next: party.next, at: begin }
}
