/** Letters that Unicode does not decompose, with the base letters by which they are found. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', đ: 'd', ð: 'd', þ: 'th', ł: 'l', ı: 'i', ħ: 'h',
} // biome-ignore format: a table

/** Marks of Latin, Greek, Cyrillic, Hebrew and Arabic. The vowel signs of other scripts are letters, and stay. */
const MARKS = /[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u065f\u0670]/g

/**
 * Prepares a text for comparing and searching: lower case, no marks, straight quotation marks and dashes, single spaces. This is
 * not done in the database, so that every database finds the same.
 */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(MARKS, '')
    .toLowerCase()
    .replaceAll(/[ßæœøđðþłıħ]/g, (letter) => LETTERS[letter] as string)
    .replaceAll(/[‘’‚‛′ʼ`´]/g, "'")
    .replaceAll(/[“”„‟«»″]/g, '"')
    .replaceAll(/[‐‑‒–—―−]/g, '-')
    .replaceAll(/[\0\s]+/g, ' ')
    .trim()
}
