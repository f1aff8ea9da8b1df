import leven from 'leven'

/** Maximum number of characters of a word to look for. Longer ones are no typing mistakes. */
const LONGEST = 100

/** The words that a mistyped word may mean, at most three, the most similar first. */
export function nearest(typed: string, words: Iterable<string>): string[] {
  if (typed.length > LONGEST) return []
  // A third of the letters may be wrong, but not one of two.
  const limit = Math.floor(typed.length / 3)
  return [...words]
    .map((word) => ({ word, distance: leven(typed, word, { maxDistance: limit + 1 }) }))
    .filter(({ distance }) => distance <= limit)
    .sort((one, other) => one.distance - other.distance || (one.word < other.word ? -1 : 1))
    .slice(0, 3)
    .map(({ word }) => word)
}
