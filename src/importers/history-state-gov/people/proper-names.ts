import { countryAt } from '../../../countries/in-words.ts'
import { STANDING, SURNAMES, THINGS } from '../../../people/offices.ts'
import { plain } from '../../../people/romanise.ts'

/** A name as the row writes it, or what is left of it, and what was refused. */
export interface Proper {
  /** Empty if nothing of the name is left. */
  readonly name: string
  readonly refused?: string
}

/** Words of offices that never start a name. Many others do ("Major", "King"). */
const OFFICE =
  /^(federal|foreign|deputy|prime|vice|acting|interim|minister|president|secretary|chancellor|premier|affairs|defen[cs]e|united|former)$/

const MONTH =
  /^(january|february|march|june|july|august|september|october|november|december|jan|feb|apr|jun|jul|aug|sept?|oct|nov|dec)$/

/** Plurals for groups of people. */
const GROUP =
  /^(expatriates?|refugees?|officials?|delegates?|leaders?|ministers?|presidents?|businessmen|students|troops|families|citizens|nationals|community)$/

/** Checks the words of a name. A name is never a possessive, a month, a word of an office, a repeated word, a country or a group. */
export function properName(name: string): Proper {
  const words = name.split(/\s+/).filter(Boolean)
  const refused: string[] = []
  const refuse = (at: number) => void refused.push(...words.splice(at, 1))
  const folded = (at: number) => plain(words[at] ?? '').replaceAll(/[.,]/g, '')
  while (words.length > 0 && (OFFICE.test(folded(0)) || STANDING.has(folded(0)))) refuse(0)
  while (words.length > 1 && MONTH.test(folded(words.length - 1))) refuse(words.length - 1)
  // "Giulio Giulio Andreotti", but "Abdullah Abdullah" is a name.
  for (let at = 1; at < words.length - 1; at++) if (folded(at).length > 2 && folded(at) === folded(at - 1)) refuse(at--)
  const text = words.join(' ')
  const group = words.some((_, at) => GROUP.test(folded(at)))
  if (
    group ||
    /(['’]s|s['’])$/.test(text) ||
    (words.length > 0 && words.every((_, at) => isNoName(words, folded(at), at)))
  )
    return { name: '', refused: name }
  return { name: text, ...(refused.length > 0 && { refused: refused.join(' ') }) }
}

function isNoName(words: readonly string[], word: string, at: number): boolean {
  if (MONTH.test(word)) return true
  if (THINGS.has(word) && !SURNAMES.has(word)) return true
  // "French" and "West German" are no names; "Holland" and "Jordan" can be.
  const country = at === 0 ? countryAt(words, 0) : undefined
  return country?.noun === false && country.length === words.length
}
