import { plain } from './romanise.ts'
import { spellingOf } from './spellings.ts'

/**
 * A name, normalized for comparison: without diacritics, punctuation, particles and forms of address.
 *
 * `Muhammad Zia ul-Haq` has the words `mohammed zia haq`, `King Hassan II` (without its title) `hassan` and the ordinal 2.
 */
export interface NameKey {
  readonly words: readonly string[]
  /** The number of a king or a pope; 2 for a junior, 3 for a third; 0 if there is none. */
  readonly ordinal: number
  /** All letters of the name, with particles: "hassanalbolkiah". */
  readonly letters: string
  /** Index of the first word of the father’s name ("Salman bin Hamad"), if there is one. */
  readonly father?: number
}

const PARTICLES = new Set(
  `a abd abdal abu aboul abul af al ap as ash at bar bin ibn ben bint binti d da das de del della den der des di do dos du e ed eddin
  ed el es et han ibn la las le les lo los o of san st ste saint ter the til u ud uddin ul un ur van vander ver von y zu zum zur`.split(
    /\s+/,
  ),
)

const ADDRESS = new Set(
  `dr mr mrs ms miss madame madam sir dame lord lady hon rev reverend archbishop cardinal bishop sheikh sheik shaikh shaykh prince
  princess general gen gral colonel col lieutenant lt major maj marshal field admiral captain capt brigadier brig viscount
  earl count baron tunku tengku dato datuk haji hajji sayyid sayid imam ayatollah professor prof emperor king queen mister
  señor don dom begum ratu chief comrade senator ambassador`.split(/\s+/),
)

const NUMBERS: Readonly<Record<string, number>> = {
  i: 1,
  ii: 2,
  iii: 3,
  iv: 4,
  v: 5,
  vi: 6,
  vii: 7,
  viii: 8,
  ix: 9,
  x: 10,
  xi: 11,
  xii: 12,
  xiii: 13,
  xiv: 14,
  xvi: 16,
  xxiii: 23,
  jr: 2,
  '2nd': 2,
  '2d': 2,
  '3rd': 3,
  '3d': 3,
  '4th': 4,
}

/** Maximum length of one part of a slug. It leaves room for several parts. */
const MAX_SLUG_PART = 120

export const slugOf = (text: string): string =>
  plain(text)
    .replaceAll(/['’‘ʻʿʾ`.]/g, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, MAX_SLUG_PART)
    .replaceAll(/^-+|-+$/g, '')

/** "Abd-el Aziz", "Abdel Aziz" and "Abdulaziz" are one word. */
const withWholeAbd = (text: string) =>
  text.replaceAll(/\babd(?:[ -]*[aeiu][lrsn](?!l?ah?\b)[ -]*|[ -]+)(?=[a-z]{3})/g, 'abdul')

export function nameKey(name: string): NameKey {
  const words = withWholeAbd(plain(name))
    .replaceAll(/\([^()]*\)/g, ' ')
    .replaceAll(/['’‘ʻʿʾ`]/g, '')
    // The initials of "J.M.G.M. Adams" are four words.
    .replaceAll(/\./g, ' ')
    .split(/[^a-z0-9]+/)
    .filter(Boolean)
  let ordinal = 0
  const unnumbered = words.filter((word, i) => {
    const number = i > 0 ? NUMBERS[word] : undefined
    // An initial is followed by another word; a Roman numeral is the last word.
    if (number === undefined || (word.length === 1 && i < words.length - 1)) return true
    ordinal = number
    return false
  })
  const distinctive = unnumbered.filter((word) => !PARTICLES.has(word) && !ADDRESS.has(word))
  const all = distinctive.length > 0 ? distinctive : unnumbered
  const bin = unnumbered.findIndex((word, i) => i > 0 && /^(bin|ibn|ben|bint)$/.test(word))
  const father = unnumbered.slice(0, Math.max(bin, 0)).filter((word) => distinctive.includes(word)).length
  return {
    words: all.map((word) => spellingOf(word) ?? word),
    ordinal,
    letters: joined(unnumbered),
    ...(father > 0 && father < all.length && { father }),
  }
}

/** How two names agree: `equal`, one is `part` of the other, a `variant` in spelling, or not at all. */
export type Likeness = 'equal' | 'part' | 'variant'

/** Countries in which the family name can come first. */
export const EITHER_ORDER = new Set([
  'CN',
  'TW',
  'HK',
  'KR',
  'KP',
  'X-korea',
  'JP',
  'VN',
  'VDVN',
  'SG',
  'HU',
  'KH',
  'LA',
  'TH',
  'MM',
  'MN',
  'MY',
])

/** Countries whose names are romanised by two systems: "Teng Hsiao-ping", "Deng Xiaoping". */
const SINITIC = new Set(['CN', 'TW', 'HK'])

/** The consonants of a Chinese name, with those unified that Wade–Giles and Pinyin write differently. */
const sinitic = ({ letters }: NameKey) =>
  letters
    .replaceAll(/hs|x|sh/g, 's')
    .replaceAll(/ch|zh|ts|tz|[jqz]/g, 'c')
    .replaceAll('d', 't')
    .replaceAll('b', 'p')
    .replaceAll('g', 'k')
    .replaceAll(/[aeiouywh]/g, '')

/** Compares two names of people from the same country. */
export function likeness(one: NameKey, other: NameKey, country: string): Likeness | undefined {
  if (one.ordinal !== other.ordinal && one.ordinal !== 0 && other.ordinal !== 0) return undefined
  const [short, long] = one.words.length <= other.words.length ? [one.words, other.words] : [other.words, one.words]
  if (short.length === 0) return undefined
  const sameLength = short.length === long.length
  if (sameLength && short.every((word, i) => fits(word, long[i] as string))) return 'equal'
  if (joined(short) === joined(long) || one.letters === other.letters) return 'equal'
  if (sameLength && EITHER_ORDER.has(country) && joined([...short].sort()) === joined([...long].sort())) return 'equal'
  if (SINITIC.has(country) && Math.min(short.length, long.length) > 1 && sinitic(one) === sinitic(other))
    return 'variant'
  // "Gloria Macapagal Arroyo", "Arroyo-Macapagal"
  const sons = one.father !== undefined || other.father !== undefined
  const reordered = !sons && short.length > 1 && short.every((word) => word.length > 3 && long.includes(word))
  const father = short === one.words ? other.father : one.father
  if (!sameLength && isPart(short, long, fits, father)) return 'part'
  const loosely = (a: string, b: string) => fits(a, b) || isSpelling(a, b)
  if (
    isPart(short, long, loosely, father) &&
    short.some((word) => word.length > 1 && (sameLength || long.includes(word) || short.length === 1))
  ) {
    return 'variant'
  }
  return reordered ? 'variant' : undefined
}

const joined = (words: readonly string[]) => words.join('')

/** True if the words are equal, or one is the initial of the other. */
const fits = (one: string, other: string) =>
  one === other || (one.length === 1 && other.startsWith(one)) || (other.length === 1 && one.startsWith(other))

/**
 * True if a longer name contains the words of a shorter one in the same order: "Ernest Koroma" in "Ernest Bai Koroma". The
 * shorter name must start with the first word, or be a sequence of words ("Lopez Portillo") that does not start with the father's
 * name: "Hamad Al Khalifa" is not "Salman bin Hamad Al Khalifa".
 */
function isPart(
  short: readonly string[],
  long: readonly string[],
  same: (a: string, b: string) => boolean,
  father: number | undefined,
): boolean {
  if (same(short[0] as string, long[0] as string)) {
    let at = 0
    for (const word of short) {
      while (at < long.length && !same(word, long[at] as string)) at++
      if (at++ >= long.length) return false
    }
    return true
  }
  for (let begin = 1; begin + short.length <= long.length; begin++) {
    if (begin !== father && short.every((word, i) => same(word, long[begin + i] as string))) return true
  }
  return false
}

/** True if two words can be the same name, transliterated differently or with one spelling mistake. */
export function isSpelling(one: string, other: string): boolean {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one]
  if (short.length < 4 || short[0] === undefined) return false
  // "Elsisi" and "Sisi", "Abdul Razak" and "Razak": an article written as part of the name.
  if (/^(el|al|abdul)/.test(long) && long.replace(/^(el|al|abdul)/, '') === short) return true
  if (vowels(short) === vowels(long)) return true
  const distance = editDistance(short, long)
  if (short.length >= 8 && distance <= 1) return true
  const swapped = distance === 1 && [...short].sort().join() === [...long].sort().join()
  if (swapped && short.length >= 5) return true
  if (sound(short) === sound(long) && distance <= (short.length >= 6 ? 2 : 1)) return true
  return short.length >= 6 && distance === 1 && short.length !== long.length && short[0] === long[0]
}

/** Unifies ways to write a long vowel: "Tameem", "Tamim". */
const vowels = (word: string) => word.replaceAll(/ee|ie/g, 'i').replaceAll(/oo|ou/g, 'u').replaceAll(/aa/g, 'a')

/** The consonants of a word, with interchangeable ones unified, and whether it starts with a vowel. */
function sound(word: string): string {
  return word
    .replaceAll(/ph/g, 'f')
    .replaceAll(/ck|q|c(?=[aoukh])/g, 'k')
    .replaceAll(/kh|gh/g, 'k')
    .replaceAll(/sch|sh/g, 's')
    .replaceAll(/th/g, 't')
    .replaceAll(/dj|j/g, 'y')
    .replaceAll(/w/g, 'v')
    .replaceAll(/z/g, 's')
    .replaceAll(/(?<=.)h/g, '')
    .replaceAll(/[aeiouy]+/g, (vowels, at) => (at === 0 ? vowels.slice(0, 1) : ''))
    .replaceAll(/(.)\1+/g, '$1')
}

/** Edit distance: number of insertions, deletions, substitutions and swaps of neighbours. */
export function editDistance(one: string, other: string): number {
  const rows: number[][] = [Array.from({ length: other.length + 1 }, (_, j) => j)]
  for (let i = 1; i <= one.length; i++) {
    const row = [i]
    for (let j = 1; j <= other.length; j++) {
      const before = rows[i - 1] as number[]
      const cost = one[i - 1] === other[j - 1] ? 0 : 1
      let least = Math.min((before[j] as number) + 1, (row[j - 1] as number) + 1, (before[j - 1] as number) + cost)
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) {
        least = Math.min(least, ((rows[i - 2] as number[])[j - 2] as number) + 1)
      }
      row.push(least)
    }
    rows.push(row)
  }
  return (rows[one.length] as number[])[other.length] as number
}
