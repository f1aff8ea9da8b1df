/** Letters with the base letters by which they are found: some have no decomposition in Unicode, others differ between keyboards. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', đ: 'd', ð: 'd', þ: 'th', ł: 'l', ı: 'i', ħ: 'h', ς: 'σ',
  '\u0671': '\u0627', // alef wasla: alef
  '\u06a9': '\u0643', '\u06aa': '\u0643', // keheh, swash kaf: kaf
  '\u0649': '\u064a', '\u06cc': '\u064a', '\u06d2': '\u064a', // alef maksura, Farsi yeh, yeh barree: yeh
  '\u0629': '\u0647', '\u06be': '\u0647', '\u06c1': '\u0647', '\u06c3': '\u0647', '\u06d5': '\u0647', // teh marbuta, other hehs: heh
  '\u0640': '', // tatweel
} // biome-ignore format: a table
const LETTER = new RegExp(`[${Object.keys(LETTERS).join('')}]`, 'g')

/** Marks of Latin, Greek, Cyrillic, Hebrew and Arabic. The vowel signs of other scripts are letters, and stay. */
const MARKS =
  /[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed]/g

/** Characters that nobody sees: soft hyphen, zero-width characters, marks of direction, variation selectors. */
export const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]/gu

/** Single quotation marks, accents and primes as apostrophes, and the letters okina, ayn and hamza that look like them. */
const APOSTROPHES = /[‘’‚‛′‵`\u02b9\u02bb-\u02bf\u02c8\u02ca\u02cb\u02ee\u055a\u05f3\ua78b\ua78c]/g
const QUOTATION_MARKS = /[“”„‟«»″\u05f4]/g
const DASHES = /[‐‑‒–—―−\u05be\u2043]/g

/** The zeros of scripts that have their own digits: Arabic, Persian, Devanagari, Bengali. */
const ZEROS = ['\u0660', '\u06f0', '\u0966', '\u09e6'] as const
const DIGIT = new RegExp(`[${ZEROS.map((zero) => `${zero}-${digit(zero, 9)}`).join('')}]`, 'g')

function digit(zero: string, value: number): string {
  return String.fromCharCode(zero.charCodeAt(0) + value)
}

const asciiDigit = (other: string) =>
  String(ZEROS.map((zero) => other.charCodeAt(0) - zero.charCodeAt(0)).find((value) => value >= 0 && value <= 9))

/** Raise this number with every change to what is stored folded: the program then folds it again in existing databases. */
export const FOLDING = 1

/**
 * Prepares a text for comparing and searching: lower case, no marks, no invisible characters, one form of each letter, straight
 * quotation marks and dashes, single spaces. This is not done in the database, so that every database finds the same.
 */
export function fold(text: string): string {
  return (
    text
      .replaceAll(INVISIBLE, '')
      // The decomposition makes a space and a mark of an accent, and two primes of a double prime.
      .replaceAll('\u00b4', "'")
      .replaceAll(QUOTATION_MARKS, '"')
      .normalize('NFKD')
      .replaceAll(APOSTROPHES, "'")
      .replaceAll(MARKS, '')
      .toLowerCase()
      .replaceAll(LETTER, (letter) => LETTERS[letter] as string)
      .replaceAll(DIGIT, asciiDigit)
      .replaceAll(DASHES, '-')
      .replaceAll(/[\p{Cc}\s]+/gu, ' ')
      .trim()
      // Hangul and kana are compared by syllable.
      .normalize('NFC')
  )
}
