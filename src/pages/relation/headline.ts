import type { Period } from '../parts/axis.ts'
import { capital, counted, listed, withArticle } from '../parts/words.ts'

interface Facts {
  /** Names of the two states, by the alphabet of their codes. */
  readonly names: readonly [string, string]
  readonly coverage: {
    readonly visits: number
    readonly meetings: number
    readonly statements: number
    readonly agreements: number
    readonly relationEvents: number
    readonly positions: number
    readonly first?: string | null
    readonly last?: string | null
  }
  readonly visitsToFirst: number
  readonly visitsToSecond: number
  /** Null if they are not known. */
  readonly years: readonly Period[] | null
  /** Runs of years between the first and the last fact for which no source has anything. */
  readonly gaps: readonly (readonly [number, number])[]
}

/** What the database has about two states, as sentences. The first one sums up. */
export function headlineOf(facts: Facts): readonly string[] {
  const { names, coverage } = facts
  const [one, other] = names.map(withArticle)
  const met = coverage.visits + coverage.meetings
  const others = [
    coverage.statements && counted(coverage.statements, 'statement'),
    coverage.agreements && counted(coverage.agreements, 'agreement'),
    coverage.relationEvents &&
      counted(coverage.relationEvents, 'event in their diplomatic relations', 'events in their diplomatic relations'),
    coverage.positions && counted(coverage.positions, 'head of mission', 'heads of mission'),
  ].filter((text) => text !== 0)
  if (met === 0 && others.length === 0) {
    return [
      `No source here says anything about ${one} and ${other}.`,
      'That does not mean that nothing happened between them: nobody has imported a source about it.',
    ]
  }
  if (met === 0) {
    return [
      `${capital(listed(others))}${spanOf(facts)}.`,
      'No source here has a visit or a meeting.',
      ...gapSentence(facts),
    ]
  }
  const visits = coverage.visits && counted(coverage.visits, 'visit')
  const meetings = coverage.meetings && counted(coverage.meetings, 'meeting')
  const years = facts.years?.filter((year) => metIn(year) > 0).map(({ label }) => Number(label))
  return [
    `${listed([visits, meetings].filter((text) => text !== 0))}${sinceOf(years)}.`,
    ...directionSentence(facts),
    ...(others.length > 0 ? [`Besides: ${listed(others)}.`] : []),
    ...gapSentence(facts),
  ]
}

const metIn = ({ visitsToFirst, visitsToSecond, meetings }: Period) => visitsToFirst + visitsToSecond + meetings

function sinceOf(years: readonly number[] | undefined): string {
  if (!years) return ''
  const [first, last] = [years.at(0), years.at(-1)]
  if (first === undefined) return ', none with a known date'
  return first === last ? ` in ${first}` : ` from ${first} to ${last}`
}

function spanOf({ coverage: { first, last } }: Facts): string {
  const [start, end] = [first, last].map((day) => (day ? Number(day.slice(0, 4)) : null))
  if (!start || !end) return ''
  return start === end ? ` in ${start}` : ` from ${start} to ${end}`
}

function directionSentence({ names, visitsToFirst, visitsToSecond, years }: Facts): readonly string[] {
  const [one, other] = names.map(withArticle)
  const total = visitsToFirst + visitsToSecond
  const sentences: string[] = []
  if (total > 0) {
    const way =
      visitsToFirst === 0
        ? `${total === 1 ? 'The visit' : 'All visits'} went from ${one} to ${other}`
        : visitsToSecond === 0
          ? `${total === 1 ? 'The visit' : 'All visits'} went from ${other} to ${one}`
          : `${counted(visitsToSecond, 'visit')} went from ${one} to ${other}, ${visitsToFirst.toLocaleString('en-US')} the other way`
    sentences.push(`${way}${mostSentence(years)}.`)
  }
  return sentences
}

/** The years with most visits, unless there are few in any year. */
function mostSentence(years: readonly Period[] | null): string {
  if (!years) return ''
  const most = Math.max(0, ...years.map(visitsIn))
  const total = years.reduce((sum, year) => sum + visitsIn(year), 0)
  if (total < 2) return ''
  if (most <= 3) return `, never more than ${['none', 'one', 'two', 'three'][most]} in a year`
  const top = years.filter((year) => visitsIn(year) === most).map(({ label }) => label)
  return top.length > 3
    ? `, never more than ${most} in a year`
    : `, most in ${listed(top)} (${most}${top.length > 1 ? ' each' : ''})`
}

const visitsIn = ({ visitsToFirst, visitsToSecond }: Period) => visitsToFirst + visitsToSecond

/** Years that no source covers: the longest runs. */
function gapSentence({ gaps }: Facts): readonly string[] {
  if (gaps.length === 0) return []
  const longest = [...gaps]
    .sort(([a, b], [c, d]) => d - c - (b - a))
    .slice(0, 3)
    .sort(([a], [b]) => a - b)
    .map(([first, last]) => (first === last ? `in ${first}` : `from ${first} to ${last}`))
  return [
    `No source has a fact ${gaps.length > 3 ? `${longest.join(', ')} and in some other years` : listed(longest)}.`,
  ]
}
