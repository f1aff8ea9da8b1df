import { likeness, nameKey } from '../../src/people/names.ts'
import type { Reading } from '../../src/reading/read.ts'
import type { Gold, GoldStatement } from '../../tests/reading/gold.ts'

type Kind = 'DIRECT' | 'MIXED' | 'REPORTED'
type Span = { readonly start: number; readonly end: number }
type Statement = Reading['statements'][number]

/** Counts of a task: what is in the gold, what was read, and how much of each has a counterpart. */
export interface Counts {
  gold: number
  read: number
  goldFound: number
  readRight: number
}

export interface Score {
  readonly kinds: Readonly<Record<Kind, Counts>>
  readonly meetings: Counts
  speakers: { all: number; right: number; wrong: number }
  /** Mistakes by kind, one a line. */
  readonly mistakes: string[]
}

const counts = (): Counts => ({ gold: 0, read: 0, goldFound: 0, readRight: 0 })

export const newScore = (): Score => ({
  kinds: { DIRECT: counts(), MIXED: counts(), REPORTED: counts() },
  meetings: counts(),
  speakers: { all: 0, right: 0, wrong: 0 },
  mistakes: [],
})

export const recall = ({ gold, goldFound }: Counts): number => (gold === 0 ? 1 : goldFound / gold)
export const precision = ({ read, readRight }: Counts): number => (read === 0 ? 1 : readRight / read)
export function f1(task: Counts): number {
  const [r, p] = [recall(task), precision(task)]
  return r + p === 0 ? 0 : (2 * r * p) / (r + p)
}

const length = (spans: readonly Span[]) => spans.reduce((sum, { start, end }) => sum + end - start, 0)
const shared = (one: readonly Span[], other: readonly Span[]) =>
  one.reduce(
    (sum, a) =>
      sum + other.reduce((part, b) => part + Math.max(0, Math.min(a.end, b.end) - Math.max(a.start, b.start)), 0),
    0,
  )

const kindOf = (text: string, { content }: GoldStatement): Kind => {
  const words = content.map(({ start, end }) => text.slice(start, end).trim())
  if (words.every((part) => /^["“«‘'`]/.test(part))) return 'DIRECT'
  return words.some((part) => /["“”«‘]/.test(part)) ? 'MIXED' : 'REPORTED'
}

export const isSamePerson = (one: string, other: string): boolean => {
  const like = likeness(nameKey(one), nameKey(other), '')
  return like === 'equal' || like === 'part'
}

const sameSets = (one: readonly string[], other: readonly string[]) =>
  one.length === other.length && one.every((name) => other.some((each) => isSamePerson(name, each)))

const voicesOf = ({ speakers, organization }: Statement) => [
  ...speakers.map(({ name }) => name),
  ...(organization ? [organization] : []),
]

/** Adds what was read in an article to a score. Statements are paired by the share of their words, the largest first. */
export function scoreArticle(score: Score, { name, text, statements, meetings }: Gold, reading: Reading): void {
  const pairs = statements.flatMap((gold, g) =>
    reading.statements.map((read, r) => {
      const both = shared(gold.content, read.act.content)
      return { g, r, share: both / (length(gold.content) + length(read.act.content) - both) }
    }),
  )
  const readOf = new Map<number, number>()
  const taken = new Set<number>()
  for (const { g, r, share } of pairs.sort((one, other) => other.share - one.share)) {
    if (share === 0 || readOf.has(g) || taken.has(r)) continue
    readOf.set(g, r)
    taken.add(r)
  }
  const words = (spans: readonly Span[]) =>
    spans.map(({ start, end }) => text.slice(start, end).replaceAll('\n', ' ')).join(' … ')
  statements.forEach((gold, g) => {
    const kind = score.kinds[kindOf(text, gold)]
    const read = reading.statements[readOf.get(g) ?? -1]
    kind.gold++
    score.speakers.all++
    if (!read) {
      score.mistakes.push(`${name}: missed ${kindOf(text, gold)}: ${words(gold.content)}`)
      return
    }
    kind.goldFound++
    const voices = voicesOf(read)
    // A country can only be an attribution.
    const isAttributed = gold.speakers.length === 1 && read.attribution === gold.speakers[0]
    if (isAttributed || sameSets(voices, gold.speakers) || (gold.speakers.length === 0 && read.speakers.length === 0))
      score.speakers.right++
    else {
      if (voices.length > 0) score.speakers.wrong++
      const what = voices.length > 0 ? `wrong speaker ${voices.join(', ')}` : `unresolved speaker “${read.attribution}”`
      score.mistakes.push(`${name}: ${what}, not ${gold.speakers.join(', ') || 'nobody'}: ${words(gold.content)}`)
    }
  })
  reading.statements.forEach((read, r) => {
    score.kinds[read.kind].read++
    if (taken.has(r)) score.kinds[read.kind].readRight++
    else
      score.mistakes.push(
        `${name}: false ${read.kind} by ${voicesOf(read).join(', ') || read.attribution}: ${words(read.act.content)}`,
      )
  })
  scoreMeetings(score, name, meetings, reading)
}

export function scoreMeetings(score: Score, name: string, meetings: Gold['meetings'], reading: Reading): void {
  const read = reading.meetings
    .filter(({ title }) => title === undefined)
    .map(({ people }) => people.map((person) => person.name))
  score.meetings.gold += meetings.length
  score.meetings.read += read.length
  for (const people of meetings) {
    if (read.some((other) => sameSets(people, other))) score.meetings.goldFound++
    else score.mistakes.push(`${name}: missed meeting of ${people.join(' and ')}`)
  }
  for (const people of read) {
    if (meetings.some((other) => sameSets(people, other))) score.meetings.readRight++
    else score.mistakes.push(`${name}: false meeting of ${people.join(' and ')}`)
  }
}
