import { hasFacts, type Period } from '../parts/axis.ts'
import { capital, counted, grouped, listed, withArticle } from '../parts/words.ts'

interface Facts {
  /** Names of the two states, by the alphabet of their codes. */
  readonly names: readonly [string, string]
  /** Whether they are only what the reader chose. */
  readonly isNarrowed: boolean
  readonly visits: number
  readonly meetings: number
  readonly statements: number
  readonly agreements: number
  readonly relationEvents: number
  readonly headsOfMission: number
  /** 0 if they are not known. */
  readonly visitsToFirst: number
  readonly visitsToSecond: number
  /** Null if they are not known. */
  readonly years: readonly Period[] | null
  /** Runs of years between the first and the last fact for which no source has anything. */
  readonly gaps: readonly (readonly [number, number])[]
}

/** What the database has about two states, as sentences. The first one sums up. */
export function headlineOf(facts: Facts): readonly string[] {
  const { names, statements, agreements, relationEvents, headsOfMission } = facts
  const [one, other] = names.map(withArticle)
  const met = facts.visits + facts.meetings
  const others = [
    statements && counted(statements, 'statement'),
    agreements && counted(agreements, 'agreement'),
    relationEvents &&
      counted(relationEvents, 'event in their diplomatic relations', 'events in their diplomatic relations'),
    headsOfMission && counted(headsOfMission, 'head of mission', 'heads of mission'),
  ].filter((text) => text !== 0)
  if (met === 0 && others.length === 0 && facts.isNarrowed)
    return ['Nothing that is recorded fits this choice.', ...gapSentence(facts)]
  if (met === 0 && others.length === 0) {
    return [
      `No source here says anything about ${one} and ${other}.`,
      'That does not mean that nothing happened between them: nobody has imported a source about it.',
    ]
  }
  if (met === 0) {
    return [
      `${capital(listed(others))}${spanOf(facts)}.`,
      ...(facts.isNarrowed ? [] : ['No source here has a visit or a meeting.']),
      ...gapSentence(facts),
    ]
  }
  const visits = facts.visits && counted(facts.visits, 'visit')
  const meetings = facts.meetings && counted(facts.meetings, 'meeting')
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

function spanOf({ years }: Facts): string {
  const known = years?.filter(hasFacts)
  const [first, last] = [known?.at(0)?.label, known?.at(-1)?.label]
  if (!first || !last) return ''
  return first === last ? ` in ${first}` : ` from ${first} to ${last}`
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
          : `${counted(visitsToSecond, 'visit')} went from ${one} to ${other}, ${grouped(visitsToFirst)} the other way`
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
