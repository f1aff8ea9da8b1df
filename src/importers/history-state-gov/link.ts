import type { Mention } from './mention.ts'
import { isSpelling, type Likeness } from './names.ts'
import { areNear, isLeader, isRuler } from './titles.ts'
import { isCommon, isDynasty, isGivenName, isWatershed } from './watersheds.ts'

/** Why two mentions may be of one person. */
export interface Link {
  readonly rule: string
  /** Less is better evidence. */
  readonly rank: number
  readonly years: number
}

const LONGEST_REIGN = 70

const YEAR = 365.25 * 24 * 3_600_000

/**
 * What speaks for two mentions of one country being of one person; undefined if too little.
 *
 * Full names (two words and more) agree across offices, as a foreign minister becomes prime minister; the less of them
 * agrees, the nearer must offices and days be. A family name alone tells somebody only together with his office: the same
 * one, or for a shorter time another of those that lead a state. How many years may lie between is less for ministers, who
 * change more often, and for names that many bear (Kim, Singh), and more where no row names anybody else in that office in
 * between (`isAloneBetween`); over a day on which a namesake followed (`watersheds.ts`), none may. Last, an uncommon family name joins a foreign minister and a head of government within four years.
 */
export function linkOf(
  one: Mention,
  other: Mention,
  family: string,
  alike: Likeness | undefined,
  isAloneBetween: () => boolean,
): Link | undefined {
  const years = Math.abs(Date.parse(one.day) - Date.parse(other.day)) / YEAR
  if (Number.isNaN(years) || years > LONGEST_REIGN) return undefined
  const [short, long] = one.key.words.length <= other.key.words.length ? [one, other] : [other, one]
  const link = (rule: string, rank: number, limit: number) => (years <= limit ? { rule, rank, years } : undefined)
  const [kind, otherKind] = [one.office.kind, other.office.kind]
  const rulers = isRuler(kind) && isRuler(otherKind)
  // Elizabeth II is one for as long as she reigns; without the number, only for some of it.
  const reign = one.key.ordinal > 0 && one.key.ordinal === other.key.ordinal ? LONGEST_REIGN : 20

  if (short.key.words.length > 1) {
    // An organization or a country must be known for all but the very same name.
    if (alike === 'equal') return link('same-name', 1, rulers ? reign : family ? 15 : 5)
    if (!family) return undefined
    if (alike === 'part') return link('part-of-name', 2, areNear(kind, otherKind) ? 6 : sameEnds(short, long) ? 8 : 0)
    if (alike === 'variant' && areNear(kind, otherKind))
      return link('other-spelling', 3, rulers ? 10 : kind === otherKind ? 6 : 4)
    if (isLeader(kind) && areNear(kind, otherKind) && sharesGivenAndFamily(short, long))
      return link('given-and-family-name', 3, 4)
    return undefined
  }
  const [word = ''] = short.key.words
  if (!family || word.length < 2 || isWatershed(family, word, one.day, other.day)) return undefined
  // Paul VI is not John Paul II.
  if (one.key.ordinal !== other.key.ordinal && one.key.ordinal > 0 && other.key.ordinal > 0) return undefined
  if (rulers && alike && (alike === 'equal' || long.key.words[0] === word)) return link('same-ruler', 2, reign)
  const exact = long.key.words.some(
    (held, i) => held === word && !(i === 0 && long.key.words.length > 1 && isGivenName(word)),
  )
  if (exact) {
    const limit = limitOf(word, kind, otherKind)
    const named = link('family-name', 4, limit)
    if (named) return named
    if (kind === otherKind && limit > 0 && isAloneBetween()) {
      return link(
        'family-name-of-the-only-holder',
        5,
        limit + (isCommon(word) || isDynasty(family, word) ? 2.5 : limit),
      )
    }
    const career = CAREER.test(kind) && CAREER.test(otherKind) && word.length > 3
    return career && !isCommon(word) && !isDynasty(family, word)
      ? link('family-name-in-another-office', 6, areNear(kind, otherKind) ? 5 : 4)
      : undefined
  }
  const spelt = long.key.words.some((held) => held.length >= 5 && !isCommon(held) && isSpelling(word, held))
  if (spelt && word.length >= 5 && kind === otherKind && !isCommon(word))
    return link('family-name-in-another-spelling', 5, 2)
  return undefined
}

/** For how many years a family name tells the holder of an office. */
function limitOf(word: string, kind: string, otherKind: string): number {
  const common = isCommon(word)
  if (kind === 'none' || otherKind === 'none') return common ? 0.1 : 1
  if (kind === otherKind) return common ? 1.5 : /minister|secretary|deputy|none/.test(kind) && !isLeader(kind) ? 4 : 6
  if (areNear(kind, otherKind)) return common ? 0.5 : 3
  return 0
}

/** Offices that one after the other often fall to the same person. */
const CAREER =
  /^(president|prime-minister|chairman|foreign-minister|defense-minister|deputy-prime-minister|vice-president)$/

const sameEnds = ({ key: short }: Mention, { key: long }: Mention) =>
  short.words[0] === long.words[0] &&
  short.words.at(-1) === long.words.at(-1) &&
  !isCommon(short.words.at(-1) as string)

/** "Luis Monge Alvarez" and "Luis Alberto Monge": the same given name and one more word, the others of either side. */
const sharesGivenAndFamily = ({ key: short }: Mention, { key: long }: Mention) =>
  short.words[0] === long.words[0] &&
  (short.words[0] as string).length > 2 &&
  short.words.slice(1).some((word) => word.length > 3 && long.words.slice(1).includes(word))
