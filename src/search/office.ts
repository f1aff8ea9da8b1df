/** A question for the holders of an office in a year: `who was secretary of state in 1963?` */
export interface Office {
  readonly year: number
  /** What all holders have, for `to_tsquery`. */
  readonly words: string
  /** The words that a title can have. */
  readonly title: string
}

const YEAR = /^(?:1[5-9]|20)\d\d$/
const OFFICE =
  /^(?:presidents?|ministers?|secretar(?:y|ies)|ambassadors?|envoys?|consuls?|kings?|queens?|emperors?|shahs?|sultans?|popes?|chancellors?|premiers?|commissioners?|governors?|representatives?)$/

/** Words of titles that mean the same office. */
const SYNONYMS: Readonly<Record<string, readonly string[]>> = {
  foreign: ['foreign', 'external', 'exterior'],
  external: ['foreign', 'external', 'exterior'],
}

/** Maximum number of words of an office. */
const MOST_WORDS = 12

/** The office and the year that a folded query without operators asks for. Null if it does not. */
export function officeIn(folded: string): Office | null {
  const words = folded.match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  const years = words.filter((word) => YEAR.test(word))
  const others = [...new Set(words.filter((word) => !YEAR.test(word)))]
  if (years.length !== 1 || others.length > MOST_WORDS || !others.some((word) => OFFICE.test(word))) return null
  const meant = others.map((word) => SYNONYMS[word] ?? [word])
  return {
    year: Number(years[0]),
    words: meant.map((words) => `(${words.map((word) => `'${word}'`).join(' | ')})`).join(' & '),
    title: meant.flat().join(' '),
  }
}
