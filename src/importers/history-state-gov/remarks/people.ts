import { countryAt } from '../../../countries/in-words.ts'
import { GROUPS } from '../../../people/offices.ts'
import { type Office, readOffice } from './office.ts'
import { isAcronym, isDate, type Named, type Person, readName, readPerson } from './person.ts'
import { headOf, isCapital, isNameable, type Reading, type Span, spanOf } from './reading.ts'
import { readGroup, readHolders } from './unnamed.ts'

/** The people in a list after "with". */
interface People {
  /** Groups of people joined by "and" or a comma. Another "with" starts a new group. */
  readonly groups: readonly (readonly Named[])[]
  /** Parts that contain an office without a name, or a possible person. */
  readonly unread: readonly Span[]
  /** Other groups and bodies: "leaders of the African National Congress". */
  readonly omitted: readonly Span[]
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

/** The index after "in Rome" or "at his home", if the list can continue there. */
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

/** The index of the first word after a comma, an "and", or both; or the same index at the end of a list. */
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

/** The end of a part without names: "senior officials", "the Presidents of Mali, Niger, and Togo". */
function skipOther({ words, texts }: Reading, at: number, from = at): number {
  let next = from
  for (; next < words.length; next++) {
    const word = words[next]
    if (word?.kind === 'comma' || word?.lower === 'and') {
      const country = next + (words[next + 1]?.lower === 'and' ? 2 : 1)
      const name = next > at ? countryAt(texts, country) : undefined
      const after = words[country + (name?.length ?? 0)]
      // "the Kings of Belgium, Jordan, and Spain" continues; "of Mali and Foreign Minister X" does not.
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

/** Nouns for people and bodies. */
const PEOPLE =
  /^(officials?|leaders|leadership|representatives|members|delegat(es?|ions?)|authorities|counterparts?|personnel|troops|officers|soldiers|allies|groups?|activists|dissidents|advisers|advisors|businessmen|students|veterans|refugees|survivors|victims|relatives|families|heads|negotiators|commanders|politicians|journalists|ministers|cabinet|presidency|triumvirate|commission|council|society)$/

const VERB =
  /^(was|were|had|has|is|led|met|left|gave|made|took|held|paid|saw|went|spoke|laid|then|later|returned|[a-z-]+ed)$/

/** The people in a list that starts at a word. `alone` means that a single word can be a name without a title. */
export function readPeople(reading: Reading, from: number, alone = false): People {
  const { words } = reading
  const groups: Named[][] = []
  const unread: Span[] = []
  const omitted: Span[] = []
  let group: Named[] = []
  let at = from
  for (;;) {
    if (words[at]?.lower === 'with' && at > from) {
      if (group.length > 0 && words[at - 1]?.lower !== 'together') {
        groups.push(group)
        group = []
      }
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
    // "and Ambassador Cunningham also attended": the subject of a verb is not in the list.
    if (one && begin > from && /^(also|will|did|was|were|had|[a-z]+ed)$/.test(words[one.next]?.lower ?? '')) break
    if (several.length > 0) group.push(...several.map(({ named }) => named))
    else if (one && !isWife(reading, begin, one, group.at(-1))) group.push(one.named)
    at = one?.next ?? skipOther(reading, at, office?.end)
    const others = one ? undefined : (readGroup(reading, begin) ?? (office && readHolders(reading, office, at)))
    if (others) {
      at = others.next
      const { start, end } = spanOf(words, begin, at)
      group.push(
        ...others.found.map((unnamed) => ({
          unnamed,
          name: '',
          start,
          end,
          ...(unnamed.country && { country: unnamed.country }),
        })),
      )
    } else if (!one && isTold(reading, begin, at, office)) unread.push(spanOf(words, begin, at))
    else if (
      !one &&
      (countryAt(reading.texts, begin) ?? words.slice(begin, at).some(({ lower }) => PEOPLE.test(lower)))
    )
      omitted.push(spanOf(words, begin, at))
    // "Relatives of Prime Minister X and President Y" means relatives of both.
    if (
      at === begin ||
      (!one && !office && !others && words.slice(begin, at).some((word) => headOf(word) && isCapital(word)))
    )
      break
    const next = nextItem(reading, at)
    if (next === undefined) break
    at = next
  }
  if (group.length > 0) groups.push(group)
  return { groups, unread, omitted, next: at }
}

/** True if an unreadable part may name a person. */
function isTold(reading: Reading, begin: number, end: number, office: Office | undefined): boolean {
  if (office) return !(office.plural && GROUPS.has(office.head))
  return isUnknown(reading, begin) && !groupOf(reading, begin, end)
}

/** The index at which a list continues after a part. Undefined at its end. */
function nextItem(reading: Reading, from: number): number | undefined {
  const { words } = reading
  const dated = skipDate(reading, from)
  const placed = skipPlace(reading, dated)
  let at = skipDate(reading, placed)
  if (words[at]?.kind === 'comma' && skipDate(reading, at + 1) > at + 1) at = skipDate(reading, at + 1)
  const next = skipSeparator(reading, at)
  if (next === at || PLACE.test(words[next]?.lower ?? '')) return undefined
  if (words[next]?.lower === 'with') return next
  // "; the Kings of Belgium and Spain" and "in Rome and President X" continue the list; "in Tucson, Arizona" does not.
  if (words[at]?.kind === 'semicolon' || (placed > dated && isCapital(words[next]))) {
    if (!readOffice(reading, next)) return undefined
  }
  // "Discussed A with X and B with Y": the part before the next "with" is not a person.
  return endsInWith(reading, next) ? undefined : next
}

/** People who share a plural office: "Presidents Museveni (Uganda), Kagame and Kenyatta". */
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

/** "President Figueres and Mrs. Figueres": a wife without a given name does not count as named. */
function isWife({ words }: Reading, at: number, { named }: Person, husband: Named | undefined): boolean {
  if (!husband || !/^(mrs\.?|madame)$/.test(words[at]?.lower ?? '')) return false
  return named.name.split(' ').at(-1) === husband.name.split(' ').at(-1) && !named.name.includes(' ')
}

/** True if an unreadable part looks like a name: it has capital letters and is not an acronym. */
function isUnknown(reading: Reading, at: number): boolean {
  return (
    isCapital(reading.words[at]) &&
    !countryAt(reading.texts, at) &&
    readName(reading, at) !== undefined &&
    !isAcronym((reading.texts[at] ?? '').replaceAll('.', ''))
  )
}

/** True if a noun in lower case ends a part: "Socialist Party leaders", "Hamas officials". */
function groupOf({ words }: Reading, from: number, to: number): boolean {
  return words
    .slice(from, to)
    .some((word) => /^[a-z]{3,}$/.test(word.text) && !/^(and|the|for|von|bin|ibn)$/.test(word.text))
}

/** True if "with" follows before the next punctuation mark, after words in lower case. */
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
