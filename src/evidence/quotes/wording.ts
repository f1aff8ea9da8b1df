import { type Change, compareWords } from './differences.ts'
import { type Matches, type Region, type Run, slackOf } from './match.ts'
import { gapsOf, isXml, type Words } from './words.ts'

/** Words of one text: numbers of the first, and of that after the last. */
export interface Place {
  /** Index of the text among those that were compared. */
  readonly text: number
  readonly from: number
  readonly to: number
}

/** Words that are the same, were added or were left out. */
export interface Difference {
  readonly change: Change
  readonly words: string
}

/** How the words of a quotation compare with the stored texts, without the speaker. */
export interface Wording {
  readonly kind: 'WHOLE' | 'ALTERED' | 'STITCHED' | 'NONE'
  /** Where texts have all of the words, or the nearest ones, or each part of what was joined. */
  readonly places: readonly Place[]
  /** For altered words. */
  readonly differences: readonly Difference[]
}

/** Number of words from which a quotation can be altered words of a text. Shorter ones are similar to too many. */
const FEWEST_ALTERED = 4

/** The least share of words in common of an altered quotation. */
const LEAST_SHARED = 0.6

/** Minimum number of words of a part that was joined with others, and of a part at an ellipsis. */
const FEWEST_JOINED = 4
const FEWEST_AT_ELLIPSIS = 2

/** Maximum number of parts. Ordinary words in many parts can be put together from any archive. */
const MOST_JOINED = 4

/** Compares a quotation with what the texts have of it. */
export function wordingOf(quotation: Words, { whole, furthest, nearest }: Matches, texts: readonly Words[]): Wording {
  if (whole.length > 0) {
    return { kind: 'WHOLE', places: whole.map((run) => placeOf(run)), differences: [] }
  }
  const joined = joinedParts(quotation, furthest)
  const stitched: Wording = { kind: 'STITCHED', places: joined.map((run) => placeOf(run)), differences: [] }
  const [best] = nearest
    .flatMap((region) => similarityOf(quotation, region, texts[region.text] as Words) ?? [])
    .toSorted((a, b) => b.share - a.share)
  if (!best) return joined.length > 0 ? stitched : NONE
  const { steps, share, first, place } = best
  const text = texts[place.text] as Words
  const places = [place]
  const isSimilar = quotation.ids.length >= FEWEST_ALTERED && share >= LEAST_SHARED
  if (joined.length > 0 && (!isSimilar || isJoined(steps, quotation))) return stitched
  if (!isSimilar) return { kind: 'NONE', places, differences: [] }
  const differences: Difference[] = []
  for (const group of groupsOf(steps)) {
    const [{ change, inQuotation, inSource }] = group as [(typeof steps)[number]]
    const count = group.length
    const [words, from] = change === 'LEFT_OUT' ? [text, first + inSource] : [quotation, inQuotation]
    differences.push({ change, words: textBetween(words, from, from + count) })
  }
  return { kind: 'ALTERED', places, differences }
}

/** Compares a quotation word by word with a part of a text. Undefined if they have nothing in common. */
function similarityOf(quotation: Words, { text, from: first, to }: Region, words: Words) {
  const steps = compareWords(quotation.ids, words.ids.subarray(first, to))
  const ofSource = steps.flatMap(({ change, inSource }) => (change === 'ADDED' ? [] : inSource))
  if (ofSource.length === 0) return undefined
  const place: Place = { text, from: first + (ofSource[0] as number), to: first + (ofSource.at(-1) as number) + 1 }
  const shared = steps.filter(({ change }) => change === 'SAME').length
  return { steps, first, place, share: shared / Math.max(quotation.ids.length, place.to - place.from) }
}

const NONE: Wording = { kind: 'NONE', places: [], differences: [] }

const placeOf = ({ text, inText, length }: Run): Place => ({ text, from: inText, to: inText + length })

/** The words from one to another, exclusive, as the text writes them. */
export const textBetween = ({ text, starts, ends }: Words, from: number, to: number): string =>
  plain(text, text.slice(starts[from], ends[to - 1]))

/** What a reader sees of a part of a text: in XML, neither tags nor the line breaks between them. */
const plain = (text: string, part: string) =>
  isXml(text)
    ? part
        .replaceAll(/<[^>]*>/g, ' ')
        .replaceAll(/&(amp|lt|gt|quot|apos);/g, (_, name: keyof typeof ENTITIES) => ENTITIES[name])
        .replaceAll(/\s+/g, ' ')
    : part

const ENTITIES = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" } as const

/** Whether a text writes the words of a quotation as it does. A full stop or comma at its end counts as that of the writer. */
export function isWrittenAlike(quotation: Words, words: Words, { from, to }: Place): boolean {
  const { text, starts, ends } = quotation
  const [first, last] = [starts[0] as number, ends.at(-1) as number]
  const end = text.slice(last).replace(/[.,]$/, '')
  const found = words.text.slice((words.starts[from] as number) - first, (words.ends[to - 1] as number) + end.length)
  return plain(words.text, found) === text.slice(0, last) + end
}

type Steps = ReturnType<typeof compareWords>

/** Steps of one kind that follow each other. */
function groupsOf(steps: Steps): Steps[] {
  const groups: Steps[] = []
  for (const step of steps) {
    const last = groups.at(-1)
    if (last?.[0]?.change === step.change) last.push(step)
    else groups.push([step])
  }
  return groups
}

/**
 * Whether a quotation that is similar to one place of a text was rather joined from several: it has several words that stand
 * elsewhere, or leaves out words where it has an ellipsis, or more than anyone overlooks.
 */
function isJoined(steps: Steps, quotation: Words): boolean {
  const gaps = gapsOf(quotation)
  return groupsOf(steps).some((group) => {
    const [{ change, inQuotation }] = group as [Steps[number]]
    if (change === 'ADDED')
      return group.length >= FEWEST_JOINED || gaps.has(inQuotation) || gaps.has(inQuotation + group.length)
    return change === 'LEFT_OUT' && (gaps.has(inQuotation) || group.length > slackOf(quotation.ids.length))
  })
}

/** The fewest runs, each of several words, that have all words of a quotation. Empty if there are none. */
function joinedParts(quotation: Words, furthest: Matches['furthest']): Run[] {
  const total = quotation.ids.length
  const gaps = gapsOf(quotation)
  /** By the number of words from the start: the last of the fewest parts that have them. */
  const parts: ({ run: Run; count: number } | undefined)[] = new Array(total + 1)
  for (let start = 0; start < total; start++) {
    const run = furthest[start]
    const before = parts[start]
    if (!run || (start > 0 && !before)) continue
    const count = (before?.count ?? 0) + 1
    for (let end = run.at + run.length; end > start; end--) {
      const fewest = gaps.has(start) || gaps.has(end) ? FEWEST_AT_ELLIPSIS : FEWEST_JOINED
      const known = parts[end]
      if (end - start < fewest || (known && known.count <= count)) continue
      parts[end] = { run: { ...run, at: start, inText: run.inText + start - run.at, length: end - start }, count }
    }
  }
  const found: Run[] = []
  for (let end = total; end > 0; ) {
    const part = parts[end]
    if (!part || part.count > MOST_JOINED) return []
    found.unshift(part.run)
    end = part.run.at
  }
  return found
}
