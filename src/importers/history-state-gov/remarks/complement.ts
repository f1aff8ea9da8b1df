import { countryAt } from '../../../countries/in-words.ts'
import { RANKS, THINGS } from '../../../people/offices.ts'
import { headOf, isCapital, isNameable, isPortfolio, type Reading } from './reading.ts'

/** The complement of an office after "of" or "for": the index after it, and the country that it names. */
export function readComplement(
  reading: Reading,
  at: number,
  head: string,
): { end: number; country?: string; countryEnd?: number } {
  const { words, texts } = reading
  const whole = countryAt(texts, at + 1)
  if (whole?.noun && !isPortfolio(words[at + 1 + whole.length])) {
    const end = at + 1 + whole.length
    return whole.code ? { end, country: whole.code, countryEnd: end } : { end, countryEnd: end }
  }
  let end = at
  for (let next = at + 1; next < words.length && next - at <= 14; next++) {
    const word = words[next]
    if (word?.kind === 'comma') {
      // "Minister of Agriculture, Forestry and Fisheries X" continues; "Secretary of State, Defense Minister X" does not.
      if (!isPortfolio(words[next + 1]) || headWithin(reading, next + 1)) break
    } else if (word?.kind !== 'word') break
    else if (/^(and|&)$/.test(word.lower)) {
      if (!isPortfolio(words[next + 1]) || headWithin(reading, next + 1)) break
    } else if (!/^(of|for|the|on|with|to)$/.test(word.lower)) {
      // "Minister of Defense General Wardak"
      if (RANKS.has(word.lower) && end > at && !isPortfolio(words[next + 1])) break
      const country = countryAt(texts, next)
      if (country && isPortfolio(words[next + country.length])) next += country.length - 1
      else if (!isPortfolio(word) && !(isCapital(word) && THINGS.has(word.lower))) {
        // The first word is the portfolio, known or not, if a name remains after it.
        if (
          end > at ||
          !/^(minister|secretary|commissioner)$/.test(head) ||
          countryAt(texts, next) ||
          !isCapital(word) ||
          !isNameable(reading, next + 1)
        )
          break
      }
      end = next + 1
    }
  }
  return { end }
}

/** True if the noun of an office follows the portfolio that starts at a word. */
function headWithin(reading: Reading, at: number): boolean {
  const { words } = reading
  for (let next = at; next < at + 5; next++) {
    if (headOf(words[next]) && !RANKS.has(words[next]?.lower ?? ''))
      return isNameable(reading, next + 1) || headOf(words[next + 1]) !== undefined
    if (!isPortfolio(words[next]) && !/^(and|&)$/.test(words[next]?.lower ?? '')) return false
  }
  return false
}
