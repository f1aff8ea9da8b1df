import { countryAt } from './demonyms.ts'
import { type Office, readOffice } from './office.ts'
import { GROUPS } from './offices.ts'
import { isAcronym, isDate, type Named, type Person, readName, readPerson } from './person.ts'
import { headOf, isCapital, isNameable, type Reading } from './reading.ts'

/** What a list of people told, as "with" introduces it. */
export interface People {
  /** Those who are joined by "and" or a comma; another "with" begins another group. */
  readonly groups: readonly (readonly Named[])[]
  /** Parts that name an office without a name, or perhaps somebody. */
  readonly unread: readonly string[]
  /** The index of the word after the list. */
  readonly next: number
}

const PLACE = /^(in|at|aboard|near)$/

/** The index of the first word after a date ("May 24", "on July 16-17"), or the same index. */
function skipDate({ words }: Reading, at: number): number {
  const from = words[at]?.lower === 'on' ? at + 1 : at
  if (!isDate(words, from)) return at
  let next = from + 2
  while (/^\d/.test(words[next]?.text ?? '')) next++
  return next
}

/** The index after "in Rome" and "at his home", if a list may go on there. */
function skipPlace(reading: Reading, at: number): number {
  const { words } = reading
  if (!PLACE.test(words[at]?.lower ?? '')) return at
  let next = at + 1
  while (next < at + 7 && words[next]?.kind === 'word' && !/^(and|with|to)$/.test(words[next]?.lower ?? '')) {
    if (
      headOf(words[next]) ||
      /^(the\b.*)?(inauguration|funeral|request|invitation|signing)$/.test(words[next]?.lower ?? '')
    )
      return at
    next++
  }
  return next
}

/** The index of the first word after a comma, an "and", or both; the same index where a list ends. */
function skipSeparator({ words }: Reading, at: number): number {
  let next = at
  if (words[next]?.kind === 'comma' || words[next]?.kind === 'semicolon') next++
  const two = `${words[next]?.lower} ${words[next + 1]?.lower} ${words[next + 2]?.lower}`
  if (/^(and|&|or) /.test(two)) next++
  else if (two === 'as well as') next += 3
  else if (/^together with /.test(two)) next += 1
  if (next > at && /^(also|later|separately|then)$/.test(words[next]?.lower ?? '') && words[next + 1]?.lower === 'with')
    next++
  return next
}

/** Where something that names nobody ends: "senior officials", "the Presidents of Mali, Niger, and Togo". */
function skipOther({ words, texts }: Reading, at: number, from = at): number {
  let next = from
  for (; next < words.length; next++) {
    const word = words[next]
    if (word?.kind === 'comma' || word?.lower === 'and') {
      const country = next + (words[next + 1]?.lower === 'and' ? 2 : 1)
      const name = next > at ? countryAt(texts, country) : undefined
      const after = words[country + (name?.length ?? 0)]
      // "the Kings of Belgium, Jordan, and Spain" goes on; "of Mali and Foreign Minister X" does not.
      if (!name || (after?.kind === 'word' && after.lower !== 'and')) break
      next = country + name.length - 1
    } else if (word?.kind !== 'word') break
    else if (
      next > at &&
      /^(to|with|regarding|concerning|about|during|while|before|after|on|at|in|who|as|en|following|for|by)$/.test(
        word.lower,
      )
    )
      break
  }
  return next
}

const VERB =
  /^(was|were|had|has|is|led|met|left|gave|made|took|held|paid|saw|went|spoke|laid|then|later|returned|[a-z-]+ed)$/

/** People whom a list names from a word on; `alone` where a single word may be a name without a title. */
export function readPeople(reading: Reading, from: number, alone = false): People {
  const { words, text } = reading
  const groups: Named[][] = []
  const unread: string[] = []
  let group: Named[] = []
  let at = from
  for (;;) {
    if (words[at]?.lower === 'with' && at > from) {
      if (group.length > 0) groups.push(group)
      group = []
      at++
    }
    if (
      words[at]?.kind !== 'word' ||
      /^(who|whom|which|where)$/.test(words[at]?.lower ?? '') ||
      VERB.test(words[at]?.lower ?? '')
    )
      break
    const begin = at
    const office = readOffice(reading, at)
    const several = office?.plural ? readSeveral(reading, office) : []
    const one = several.length > 0 ? several.at(-1) : readPerson(reading, at, { alone })
    // "and Ambassador Cunningham also attended": who does something is not in the list.
    if (one && begin > from && /^(also|will|did|was|were|had|[a-z]+ed)$/.test(words[one.next]?.lower ?? '')) break
    if (several.length > 0) group.push(...several.map(({ named }) => named))
    else if (one && !isWife(reading, begin, one, group.at(-1))) group.push(one.named)
    at = one?.next ?? skipOther(reading, at, office?.end)
    if (!one && isTold(reading, begin, at, office)) unread.push(text.slice(words[begin]?.start, words[at - 1]?.end))
    // "Relatives of Prime Minister X and President Y" are X's and Y's.
    if (at === begin || (!one && !office && words.slice(begin, at).some((word) => headOf(word) && isCapital(word))))
      break
    const next = nextItem(reading, at)
    if (next === undefined) break
    at = next
  }
  if (group.length > 0) groups.push(group)
  return { groups, unread, next: at }
}

/** Whether a part that could not be read may name somebody. */
function isTold(reading: Reading, begin: number, end: number, office: Office | undefined): boolean {
  if (office) return !(office.plural && GROUPS.has(office.head))
  return isUnknown(reading, begin) && !groupOf(reading, begin, end)
}

/** Where a list goes on after one of its parts, if it does. */
function nextItem(reading: Reading, from: number): number | undefined {
  const { words } = reading
  const dated = skipDate(reading, from)
  const placed = skipPlace(reading, dated)
  let at = skipDate(reading, placed)
  if (words[at]?.kind === 'comma' && skipDate(reading, at + 1) > at + 1) at = skipDate(reading, at + 1)
  const next = skipSeparator(reading, at)
  if (next === at || PLACE.test(words[next]?.lower ?? '')) return undefined
  if (words[next]?.lower === 'with') return next
  // "; the Kings of Belgium and Spain" goes on, and so does "in Rome and President X", but not "in Tucson, Arizona".
  if (words[at]?.kind === 'semicolon' || (placed > dated && isCapital(words[next]))) {
    if (!readOffice(reading, next)) return undefined
  }
  // "Discussed A with X and B with Y": what is before the next "with" is no person.
  return endsInWith(reading, next) ? undefined : next
}

/** "Presidents Museveni (Uganda), Kagame and Kenyatta": those who share the office of a plural. */
function readSeveral(reading: Reading, office: Office): readonly Person[] {
  const { words } = reading
  const found: Person[] = []
  // "Representatives of Serbian NGOs": names follow the noun itself.
  if (!headOf(words[office.end - 1])?.plural) return found
  let at = office.end
  while (isNameable(reading, at) && !(found.length > 0 && readOffice(reading, at))) {
    const person = readPerson(reading, at, { office })
    if (!person) break
    const start = found.length === 0 ? (words[office.begin]?.start ?? person.named.start) : person.named.start
    found.push({ ...person, named: { ...person.named, start } })
    at = skipSeparator(reading, person.next)
    if (at === person.next || words[person.next]?.kind === 'semicolon') break
  }
  return found
}

/** "President Figueres and Mrs. Figueres": a wife who has no name of her own is not a person whom the text names. */
function isWife({ words }: Reading, at: number, { named }: Person, husband: Named | undefined): boolean {
  if (!husband || !/^(mrs\.?|madame)$/.test(words[at]?.lower ?? '')) return false
  return named.name.split(' ').at(-1) === husband.name.split(' ').at(-1) && !named.name.includes(' ')
}

/** Whether a part that could not be read looks as if it names somebody: capital letters, and no acronym. */
function isUnknown(reading: Reading, at: number): boolean {
  return (
    isCapital(reading.words[at]) &&
    !countryAt(reading.texts, at) &&
    readName(reading, at) !== undefined &&
    !isAcronym((reading.texts[at] ?? '').replaceAll('.', ''))
  )
}

/** Whether a noun in lower case ends a part: "Socialist Party leaders", "Hamas officials". */
function groupOf({ words }: Reading, from: number, to: number): boolean {
  return words
    .slice(from, to)
    .some((word) => /^[a-z]{3,}$/.test(word.text) && !/^(and|the|for|von|bin|ibn)$/.test(word.text))
}

/** Whether a "with" comes before the next mark and something in lower case before it. */
function endsInWith(reading: Reading, from: number): boolean {
  const { words } = reading
  let nouns = false
  for (let at = from; at < from + 14 && words[at]?.kind === 'word'; at++) {
    const word = words[at]
    if (word?.lower === 'with') return nouns
    if (/^(to|who|while)$/.test(word?.lower ?? '')) return false
    if (headOf(word) && isNameable(reading, at + 1)) return false
    nouns ||= /^[a-z]{2,}$/.test(word?.text ?? '') && !/^(and|the|of|for|von|bin|ibn|in|at|on)$/.test(word?.text ?? '')
  }
  return false
}
