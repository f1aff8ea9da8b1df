import { EITHER_ORDER, editDistance, isSpelling, type Likeness, type NameKey } from '../../../people/names.ts'
import type { Mention } from './mention.ts'
import { areNear, isLeader, isRuler } from './titles.ts'
import { isCommon, isDynasty, isGivenName, isKnownHolder, isWatershed } from './watersheds.ts'

/** The evidence that two mentions are of the same person. */
export interface Link {
  readonly rule: string
  /** A lower rank is better evidence. */
  readonly rank: number
  readonly years: number
}

const MAX_REIGN = 70

const YEAR = 365.25 * 24 * 3_600_000

/** What the mentions of a country say about a name. */
export interface Namesakes {
  /** True if nobody with a different family name is named in the office between the two. */
  readonly isAloneBetween: () => boolean
  /** True if all full names with this family name, near the day, can be of one person. */
  readonly isSole: (word: string, day: string) => boolean
}

/**
 * The evidence that two mentions from one country are of the same person. Undefined if there is too little.
 *
 * - Full names (two words or more) match across offices, because a foreign minister can become prime minister. The less of the
 *   names agrees, the closer the offices and days must be.
 * - A family name alone matches only with the same office or, for a shorter time, another leading office of the state.
 * - The permitted number of years is lower for ministers, who change more often, and for common names (Kim, Singh). It is higher
 *   if no row names anybody else in that office in between, or if the whole archive names one person with this family name in
 *   the country. It is zero across a day on which a namesake followed (`watersheds.ts`).
 * - An uncommon family name also joins a foreign minister and a head of government within four years.
 * - A monarch's name is a given name: it matches nobody's family name ("King George V", "Prime Minister Lloyd George").
 */
export function linkOf(
  one: Mention,
  other: Mention,
  family: string,
  alike: Likeness | undefined,
  namesakes: Namesakes,
): Link | undefined {
  const years = Math.abs(Date.parse(one.day) - Date.parse(other.day)) / YEAR
  if (Number.isNaN(years) || years > MAX_REIGN) return undefined
  const [short, long] = one.key.words.length <= other.key.words.length ? [one, other] : [other, one]
  const link = (rule: string, rank: number, limit: number) => (years <= limit ? { rule, rank, years } : undefined)
  const [kind, otherKind] = [one.office.kind, other.office.kind]
  const rulers = isRuler(kind) && isRuler(otherKind)
  // With her number, Elizabeth II matches for her whole reign; without it, for a long one.
  const reign = one.key.ordinal > 0 && one.key.ordinal === other.key.ordinal ? MAX_REIGN : 45
  const career = CAREER.test(kind) && CAREER.test(otherKind)

  if (short.key.words.length > 1) {
    // Names that are not equal match only if the organization or country is known.
    const last = short.key.words.at(-1) as string
    if (isWatershed(family, last, one.day, other.day) && alike !== 'equal') return undefined
    if (alike === 'equal')
      return link('same-name', 1, rulers ? reign : family ? (short.key.words.every(isCommon) ? 15 : 40) : 5)
    if (!family) return undefined
    if (alike === 'part') {
      // "Kjell Laugerud Garcia", without an office, and "President Laugerud Garcia"
      const families =
        (kind === 'none' || otherKind === 'none') && short.key.words.every((word) => long.key.words.includes(word))
      const limit = rulers ? 20 : areNear(kind, otherKind) ? 6 : sameEnds(short, long) ? 8 : families ? 2 : 0
      return link('part-of-name', 2, career && sameEnds(short, long) ? 30 : limit)
    }
    if (alike === 'variant' && areNear(kind, otherKind))
      return link('other-spelling', 3, rulers ? 30 : kind === otherKind ? 6 : 4)
    if (!isLeader(kind) || !areNear(kind, otherKind)) return undefined
    if (sharesRareGivenName(short, long)) return link('rare-given-name', 6, 3)
    if (sharesGivenAndFamily(short, long)) return link('given-and-family-name', 3, 4)
    return kind === otherKind && isMisspelt(short.key, long.key) ? link(MISSPELT, 3, 5) : undefined
  }
  const [word = ''] = short.key.words
  if (!family) {
    const same = alike === 'equal' && kind === otherKind && kind !== 'none' && !isCommon(word)
    return same ? link('same-name-and-title', 6, 2) : undefined
  }
  if (word.length < 2 || isWatershed(family, word, one.day, other.day)) return undefined
  // Paul VI is not John Paul II.
  if (one.key.ordinal !== other.key.ordinal && one.key.ordinal > 0 && other.key.ordinal > 0) return undefined
  if (rulers && alike && (alike === 'equal' || long.key.words[0] === word)) return link('same-ruler', 2, reign)
  if (rulers && word.length > 5 && isSpelling(word, long.key.words[0] as string))
    return link('ruler-in-another-spelling', 3, 20)
  const monarch = [one, other].find(({ office }) => isRuler(office.kind))
  const subject = monarch === one ? other : one
  if (monarch && !rulers && !/^(king|prince|princess|sheikh?)\b/i.test(subject.name)) return undefined
  const exact = long.key.words.some(
    (held, i) => isSameWord(held, word) && !(i === 0 && long.key.words.length > 1 && isGivenName(word)),
  )
  const dynasty = isDynasty(family, word)
  const known = (mention: Mention) => isKnownHolder(family, word, mention.office.kind, mention.day)
  if (exact) {
    if (known(one) && known(other)) return link('known-holder', 4, MAX_REIGN)
    const limit = limitOf(word, kind, otherKind)
    const named = link('family-name', 4, limit)
    if (named) return named
    if (kind === otherKind && limit > 0 && namesakes.isAloneBetween()) {
      const alone = link('family-name-of-the-only-holder', 5, limit + (isCommon(word) || dynasty ? 2.5 : limit))
      if (alone) return alone
    }
    if (isCommon(word) || word.length < 4) return undefined
    const nearby = areNear(kind, otherKind)
    const inAnother = career && !dynasty ? link('family-name-in-another-office', 6, nearby ? 5 : 4) : undefined
    if (inAnother) return inAnother
    const foreign = kind === 'foreign-minister' || otherKind === 'foreign-minister'
    const same = career ? (foreign ? 12 : 25) : 8
    const sole = kind === otherKind ? same : dynasty && !nearby ? 0 : career ? (foreign ? 10 : 20) : 8
    if (isFirstOnly(word, long, family)) return undefined
    return sole >= years && namesakes.isSole(word, one.day) ? link('only-person-of-that-name', 7, sole) : undefined
  }
  const spelt = long.key.words.find(
    (held, i) =>
      held.length >= 4 && !isCommon(held) && !(i === 0 && long.key.words.length > 1) && isSpelling(word, held),
  )
  if (!spelt || isCommon(word)) return undefined
  if (!areNear(kind, otherKind)) {
    const isSole = career && word.length >= 8 && namesakes.isSole(word, one.day) && namesakes.isSole(spelt, other.day)
    return isSole ? link('only-person-of-that-spelling', 8, 8) : undefined
  }
  if (kind === otherKind && word.length >= 5) {
    const near = link('family-name-in-another-spelling', 5, 2)
    if (near) return near
  }
  return namesakes.isSole(word, one.day) && namesakes.isSole(spelt, other.day)
    ? link('only-person-of-that-spelling', 8, kind === otherKind ? 10 : 4)
    : undefined
}

/** True if a word is only the given name of a longer name: "Prime Minister Martin" is not Martin Brian Mulroney. */
const isFirstOnly = (word: string, { key }: Mention, family: string) =>
  key.words.length > 1 && key.words.lastIndexOf(word) === 0 && !EITHER_ORDER.has(family)

/** The rule for two full names that differ by a slip of the pen. */
export const MISSPELT = 'misspelt-name'

/** "Dalia" and "Galia Grybauskaite", "Kim" and "Kin Dae Jung": one word differs by a letter or two, and another is equal. */
export function isMisspelt(one: NameKey, other: NameKey): boolean {
  const [short, long] = one.words.length <= other.words.length ? [one.words, other.words] : [other.words, one.words]
  if (short.length === long.length && short.length > 2) {
    const different = short.filter((word, i) => word !== long[i])
    const [word] = different
    return different.length === 1 && word !== undefined && editDistance(word, long[short.indexOf(word)] as string) === 1
  }
  const last = short.at(-1) as string
  if (last.length < 4 || isCommon(last) || !long.slice(1).some((held) => isSameWord(held, last))) return false
  return short
    .slice(0, -1)
    .some((word) =>
      long.some(
        (held) =>
          held !== last &&
          held !== word &&
          word.length > 4 &&
          (held.startsWith(word) || word.startsWith(held) || editDistance(word, held) <= (word.length > 6 ? 2 : 1)),
      ),
    )
}

/** "Abdul Razak" is the family name of Razak. */
const isSameWord = (one: string, other: string) => one === other || one === `abdul${other}` || other === `abdul${one}`

/** "Yingluck Shinawatra" and "Yingluck Chinnawat", "Serge Sarkisian" and "Serzh Sargsyan". */
function sharesRareGivenName({ key: one }: Mention, { key: other }: Mention): boolean {
  if (one.words.length !== 2 || other.words.length !== 2) return false
  const [[given = '', family = ''], [otherGiven = '', otherFamily = '']] = [one.words, other.words]
  if (isCommon(family) || isGivenName(given) || Math.min(family.length, otherFamily.length) < 8) return false
  const distance = editDistance(family, otherFamily)
  if (given === otherGiven) return given.length >= 7 && distance <= 4
  return given.slice(0, 3) === otherGiven.slice(0, 3) && family.slice(0, 3) === otherFamily.slice(0, 3) && distance <= 2
}

/** Number of years for which a family name identifies the holder of an office. */
function limitOf(word: string, kind: string, otherKind: string): number {
  const common = isCommon(word)
  if (kind === 'none' || otherKind === 'none') return common ? 0.1 : 1
  if (kind === otherKind) return common ? 1.5 : /minister|secretary|deputy|none/.test(kind) && !isLeader(kind) ? 4 : 6
  if (areNear(kind, otherKind)) return common ? 0.5 : 3
  return 0
}

/** Offices that the same person often holds one after the other. */
export const CAREER: RegExp =
  /^(president|prime-minister|chairman|foreign-minister|defense-minister|deputy-prime-minister|vice-president|speaker)$/

const sameEnds = ({ key: short }: Mention, { key: long }: Mention) =>
  short.words[0] === long.words[0] &&
  short.words.at(-1) === long.words.at(-1) &&
  (short.words.length > 2 || !isCommon(short.words.at(-1) as string))

/** "Luis Monge Alvarez" and "Luis Alberto Monge": the given name and one more word are the same, and each has another word. */
const sharesGivenAndFamily = ({ key: short }: Mention, { key: long }: Mention) =>
  short.words[0] === long.words[0] &&
  (short.words[0] as string).length > 2 &&
  short.words.slice(1).some((word) => word.length > 3 && long.words.slice(1).includes(word))
