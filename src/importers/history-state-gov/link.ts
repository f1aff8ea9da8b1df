import type { Mention } from './mention.ts'
import { isSpelling, type Likeness } from './names.ts'
import { areNear, isLeader, isRuler } from './titles.ts'
import { isCommon, isDynasty, isGivenName, isWatershed } from './watersheds.ts'

/** The evidence that two mentions are of the same person. */
export interface Link {
  readonly rule: string
  /** A lower rank is better evidence. */
  readonly rank: number
  readonly years: number
}

const MAX_REIGN = 70

const YEAR = 365.25 * 24 * 3_600_000

/**
 * The evidence that two mentions from one country are of the same person. Undefined if there is too little.
 *
 * - Full names (two words or more) match across offices, because a foreign minister can become prime minister. The less of the
 *   names agrees, the closer the offices and days must be.
 * - A family name alone matches only with the same office or, for a shorter time, another leading office of the state.
 * - The permitted number of years is lower for ministers, who change more often, and for common names (Kim, Singh). It is higher
 *   if no row names anybody else in that office in between (`isAloneBetween`). It is zero across a day on which a namesake
 *   followed (`watersheds.ts`).
 * - An uncommon family name also joins a foreign minister and a head of government within four years.
 */
export function linkOf(
  one: Mention,
  other: Mention,
  family: string,
  alike: Likeness | undefined,
  isAloneBetween: () => boolean,
): Link | undefined {
  const years = Math.abs(Date.parse(one.day) - Date.parse(other.day)) / YEAR
  if (Number.isNaN(years) || years > MAX_REIGN) return undefined
  const [short, long] = one.key.words.length <= other.key.words.length ? [one, other] : [other, one]
  const link = (rule: string, rank: number, limit: number) => (years <= limit ? { rule, rank, years } : undefined)
  const [kind, otherKind] = [one.office.kind, other.office.kind]
  const rulers = isRuler(kind) && isRuler(otherKind)
  // With her number, Elizabeth II matches for her whole reign; without it, only for some years.
  const reign = one.key.ordinal > 0 && one.key.ordinal === other.key.ordinal ? MAX_REIGN : 20

  if (short.key.words.length > 1) {
    // Names that are not equal match only if the organization or country is known.
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

/** Number of years for which a family name identifies the holder of an office. */
function limitOf(word: string, kind: string, otherKind: string): number {
  const common = isCommon(word)
  if (kind === 'none' || otherKind === 'none') return common ? 0.1 : 1
  if (kind === otherKind) return common ? 1.5 : /minister|secretary|deputy|none/.test(kind) && !isLeader(kind) ? 4 : 6
  if (areNear(kind, otherKind)) return common ? 0.5 : 3
  return 0
}

/** Offices that the same person often holds one after the other. */
const CAREER =
  /^(president|prime-minister|chairman|foreign-minister|defense-minister|deputy-prime-minister|vice-president)$/

const sameEnds = ({ key: short }: Mention, { key: long }: Mention) =>
  short.words[0] === long.words[0] &&
  short.words.at(-1) === long.words.at(-1) &&
  !isCommon(short.words.at(-1) as string)

/** "Luis Monge Alvarez" and "Luis Alberto Monge": the given name and one more word are the same, and each has another word. */
const sharesGivenAndFamily = ({ key: short }: Mention, { key: long }: Mention) =>
  short.words[0] === long.words[0] &&
  (short.words[0] as string).length > 2 &&
  short.words.slice(1).some((word) => word.length > 3 && long.words.slice(1).includes(word))
