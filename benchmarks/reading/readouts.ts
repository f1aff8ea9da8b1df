import { readFileSync } from 'node:fs'
import { readArticle } from '../../src/reading/read.ts'
import { isSamePerson, type Score } from './score.ts'

interface Readout {
  readonly date: string
  readonly title: string
  readonly text: string
}

const TITLE = /^Readout of (.+?)(?:[’']s?)?\s+(?:Meeting|Call)\s+[Ww]ith (.+)$/

/** Compares who met whom in readouts, a line of JSON each, with their titles. */
export function scoreReadouts(score: Score, file: string): void {
  for (const line of readFileSync(file, 'utf8').split('\n').filter(Boolean)) {
    const { date, title, text } = JSON.parse(line) as Readout
    const [, one = '', other = ''] = TITLE.exec(title) ?? []
    const gold = [nameIn(one), nameIn(other)]
    const { meetings } = readArticle(text, { published: date })
    const read = meetings.filter(({ title }) => title === undefined)
    const isGold = (people: readonly { names: ReadonlySet<string> }[]) =>
      gold.every((name) => people.some(({ names }) => [...names].some((each) => isNamed(each, name))))
    // A title that names no second person ("Legislators") has no gold.
    if (gold.every((name) => name !== '')) {
      score.meetings.gold++
      if (read.some(({ people }) => isGold(people))) score.meetings.goldFound++
      else score.mistakes.push(`missed: ${title}`)
    }
    for (const { people } of read) {
      score.meetings.read++
      if (isGold(people)) score.meetings.readRight++
      else score.mistakes.push(`false: ${people.map(({ name }) => name).join(' and ')} in ${title}`)
    }
  }
}

const TITLES =
  /^(?:His|Majesty|Vice|Deputy|Principal|Acting|President|Prime|Minister|Chancellor|King|Sultan|Amir|Sheikh|Secretary|General|National|Security|Advisor|Foreign|NATO|WHO|Director-General|Dr\.|Homeland|Taoiseach|Politburo|Member|Presidential|PDNSA|of|Oman|U\.K\.|Norwegian|Israeli|Indian|Turkish|Portuguese|Mexico’s)$/

/** The name in a title: "President Macron on Space Cooperation", "Sultan of Oman Haitham bin Tariq Al Said". */
function nameIn(title: string): string {
  if (/Legislators|Association|Manufacturers|White House/.test(title)) return ''
  const words = title.split(' ')
  while (words.length > 1 && TITLES.test(words[0] as string)) words.shift()
  return words
    .join(' ')
    .replace(/,? (?:of|on) .*$/, '')
    .replace(/,? Jr\.$/, '')
}

function isNamed(read: string, gold: string): boolean {
  if (isSamePerson(read, gold)) return true
  const [one, other] = [read, gold].map((name) =>
    name
      .replace(/,? Jr\.?$/, '')
      .split(/[ -]/)
      .at(-1)
      ?.toLowerCase(),
  )
  return one === other
}
