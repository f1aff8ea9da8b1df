import type { BundleInput } from '../../../bundle/format.ts'

/** A draft that a person checks. */
export interface Draft {
  /** The plain text of the article. */
  readonly text: string
  readonly bundle: BundleInput
  /** Names of the records that the person has accepted, such as `statements/rubio-welcome`. */
  readonly accepted: readonly string[]
}

type RecordOf<Kind extends keyof BundleInput> =
  NonNullable<BundleInput[Kind]> extends readonly (infer Item)[] ? Item : never
export type Statement = RecordOf<'statements'>
export type Citation = NonNullable<Statement['citations']>[number]
type Voices = NonNullable<Statement['speakers']>

/** The lists of a bundle that have facts with citations, in the order in which a person reads them. */
export const FACT_KINDS = ['statements', 'meetings', 'visits', 'agreements', 'positions'] as const
export type FactKind = (typeof FACT_KINDS)[number]

/** What any fact has. */
interface AnyFact {
  readonly slug: string
  readonly note?: string | undefined
  readonly citations?: readonly Citation[] | undefined
}

/** A fact, with what a person must know to check it. */
export interface Fact {
  /** Kind and slug: `statements/rubio-welcome`. */
  readonly name: string
  readonly kind: FactKind
  readonly record: AnyFact
  /** The guesses of the program. */
  readonly doubts: readonly string[]
  /** The range of the words in the text, in code points. */
  readonly start: number
  readonly end: number
}

const MARK = /^\s*DRAFT:?\s*/

/** The guesses in a note: its lines that begin with DRAFT. */
const doubtsIn = (note: string | undefined): string[] =>
  (note ?? '').split('\n').flatMap((line) => (MARK.test(line) ? [line.replace(MARK, '')] : []))

/** The guesses in a record and its parts. */
function doubtsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(doubtsOf)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, part]) =>
    key === 'note' && typeof part === 'string' ? doubtsIn(part) : doubtsOf(part),
  )
}

/** A record without the guesses in its notes. */
function withoutDoubts<Value>(value: Value): Value {
  if (Array.isArray(value)) return value.map(withoutDoubts) as Value
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).flatMap(([key, part]): [string, unknown][] => {
    if (key !== 'note' || typeof part !== 'string') return [[key, withoutDoubts(part)]]
    const rest = part
      .split('\n')
      .filter((line) => !MARK.test(line))
      .join('\n')
    return rest ? [[key, rest]] : []
  })
  return Object.fromEntries(entries) as Value
}

const listOf = (bundle: BundleInput, kind: FactKind): readonly AnyFact[] => (bundle[kind] ?? []) as readonly AnyFact[]

/** The first citation in a record or its parts. */
function citationIn(value: unknown): Citation | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { citations } = value as { citations?: Citation[] }
  if (citations?.[0]) return citations[0]
  for (const part of Object.values(value)) {
    const found = citationIn(part)
    if (found) return found
  }
  return undefined
}

/** The range of the exact words of a citation, in code points. */
export function rangeOf(points: readonly string[], citation: Citation | undefined): { start: number; end: number } {
  const { start = 0, end = 0, exact } = citation ?? { exact: '' }
  const within = points.slice(start, end).join('')
  const at = within.indexOf(exact)
  if (at < 0) return { start, end }
  const first = start + [...within.slice(0, at)].length
  return { start: first, end: first + [...exact].length }
}

/** All facts: those with doubts first, each group in the order of the text. */
export function factsOf({ text, bundle, accepted }: Draft): Fact[] {
  const points = [...text]
  const facts = FACT_KINDS.flatMap((kind) =>
    listOf(bundle, kind).map((record): Fact => {
      const name = `${kind}/${record.slug}`
      const range = rangeOf(points, citationIn(record))
      return { name, kind, record, doubts: accepted.includes(name) ? [] : doubtsOf(record), ...range }
    }),
  )
  const rank = ({ name, doubts }: Fact) => (accepted.includes(name) ? 2 : doubts.length > 0 ? 0 : 1)
  return facts.sort((one, other) => rank(one) - rank(other) || one.start - other.start || one.end - other.end)
}

const withList = (draft: Draft, kind: FactKind, list: readonly AnyFact[]): Draft => ({
  ...draft,
  bundle: { ...draft.bundle, [kind]: list },
})

const change = (draft: Draft, slug: string, edit: (statement: Statement) => Statement): Draft =>
  withList(
    draft,
    'statements',
    (draft.bundle.statements ?? []).map((one) => (one.slug === slug ? edit(one) : one)),
  )

/** Accepts a fact: its guesses are right, and their notes go. */
export function accept(draft: Draft, { name, kind, record }: Pick<Fact, 'name' | 'kind' | 'record'>): Draft {
  const list = listOf(draft.bundle, kind).map((one) => (one.slug === record.slug ? withoutDoubts(one) : one))
  return { ...withList(draft, kind, list), accepted: [...new Set([...draft.accepted, name])] }
}

/** The fields that refer to a fact of a kind. */
const REFERENCES: Readonly<Partial<Record<FactKind, string>>> = {
  meetings: 'meeting',
  visits: 'visit',
  agreements: 'agreement',
  positions: 'position',
}

/** Drops a fact, and the references to it. */
export function drop(draft: Draft, { kind, record: { slug } }: Pick<Fact, 'kind' | 'record'>): Draft {
  const field = REFERENCES[kind]
  const cut = <Value>(value: Value): Value => {
    if (Array.isArray(value)) return value.map(cut) as Value
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value).flatMap(([key, part]) => (key === field && part === slug ? [] : [[key, cut(part)]])),
    ) as Value
  }
  const kept = withList(
    draft,
    kind,
    listOf(draft.bundle, kind).filter((one) => one.slug !== slug),
  )
  return field ? { ...kept, bundle: cut(kept.bundle) } : kept
}

/** Whom a doubt such as “he” read as somebody is about. */
const READ_AS = /read as/

/**
 * Sets who said a statement. Null: the text does not name the speaker. The statements after it whose speaker was read as the same
 * person, and which name nobody themselves, follow.
 */
export function setSpeaker(draft: Draft, slug: string, person: string | null): Draft {
  const points = [...draft.text]
  const inOrder = [...(draft.bundle.statements ?? [])].sort(
    (one, other) => rangeOf(points, one.citations?.[0]).start - rangeOf(points, other.citations?.[0]).start,
  )
  const at = inOrder.findIndex((one) => one.slug === slug)
  const first = inOrder[at]
  if (!first) return draft
  const speakerOf = ({ speakers = [] }: Statement) => JSON.stringify(speakers)
  const isReadAs = ({ note }: Statement) => doubtsIn(note).some((doubt) => READ_AS.test(doubt))
  const slugs = new Set([slug])
  if (isReadAs(first)) {
    for (const next of inOrder.slice(at + 1)) {
      if (!isReadAs(next) || speakerOf(next) !== speakerOf(first)) break
      slugs.add(next.slug)
    }
  }
  const speakers: Voices = person ? [{ person }] : []
  return [...slugs].reduce(
    (edited, one) =>
      change(edited, one, ({ attribution: _, ...statement }) => ({
        ...statement,
        speakers,
        ...(person === null && { attribution: 'not named' }),
      })),
    draft,
  )
}

const QUOTATION = /[“"„«]([^“”"„«»]+)[”"“»]/gu

/** The words in quotation marks. */
const quotedIn = (text: string): string[] => [...text.matchAll(QUOTATION)].map(([, words]) => (words as string).trim())

const unquoted = (text: string): string => text.trim().replaceAll(/^[“"„«]\s*|\s*[”"“»]$/gu, '')

/** The text and the quoted words of a statement of a kind, from the words of its citation. */
function worded(kind: Statement['quotation'], exact: string): Pick<Statement, 'quotation' | 'text' | 'quoted'> {
  if (kind !== 'DIRECT') return { quotation: kind, text: exact.trim(), quoted: kind === 'MIXED' ? quotedIn(exact) : [] }
  const text = quotedIn(exact)[0] ?? unquoted(exact)
  return { quotation: kind, text, quoted: [text] }
}

/** Sets the kind of quotation. The text and the quoted words follow from the cited words. */
export const setKind = (draft: Draft, slug: string, kind: Statement['quotation']): Draft =>
  change(draft, slug, (statement) => ({
    ...statement,
    ...worded(kind, statement.citations?.[0]?.exact ?? statement.text),
  }))

const sentences = new Intl.Segmenter('en', { granularity: 'sentence' })

/** The ends of the sentences and paragraphs of a text, in code points, without the space after them. */
function boundariesOf(text: string): number[] {
  const ends: number[] = []
  let before = 0
  for (const { segment } of sentences.segment(text)) {
    ends.push(before + [...segment.trimEnd()].length)
    before += [...segment].length
  }
  return ends
}

/** Extends or shortens the words of a statement to the next or the last boundary of a sentence. */
export function stretch(draft: Draft, slug: string, by: 1 | -1): Draft {
  const points = [...draft.text]
  const ends = boundariesOf(draft.text)
  return change(draft, slug, (statement) => {
    const [citation, ...others] = statement.citations ?? []
    if (!citation) return statement
    const { start, end } = rangeOf(points, citation)
    const next = by > 0 ? ends.find((one) => one > end) : ends.filter((one) => one < end && one > start).at(-1)
    return next === undefined ? statement : recited(statement, points, citation, start, next, others)
  })
}

/** A statement whose first citation has the words of another range. */
function recited(
  statement: Statement,
  points: readonly string[],
  citation: Citation,
  start: number,
  end: number,
  others: readonly Citation[] = [],
): Statement {
  const exact = points.slice(start, end).join('').trim()
  const first = { ...citation, start: Math.min(start, citation.start ?? start), end: Math.max(end, start + 1), exact }
  return { ...statement, ...worded(statement.quotation, exact), citations: [first, ...others] }
}

const freeSlug = ({ statements = [] }: BundleInput, slug: string): string => {
  const taken = new Set(statements.map((one) => one.slug))
  if (!taken.has(slug)) return slug
  let number = 2
  while (taken.has(`${slug}-${number}`)) number++
  return `${slug}-${number}`
}

/** Splits a statement after its first sentence. Unchanged if it has only one. */
export function split(draft: Draft, slug: string): Draft {
  const points = [...draft.text]
  const statement = draft.bundle.statements?.find((one) => one.slug === slug)
  const citation = statement?.citations?.[0]
  if (!statement || !citation) return draft
  const { start, end } = rangeOf(points, citation)
  const middle = boundariesOf(draft.text).find((one) => one > start && one < end)
  if (middle === undefined) return draft
  const second = { ...recited(statement, points, citation, middle, end), slug: freeSlug(draft.bundle, slug) }
  const list = (draft.bundle.statements ?? []).flatMap((one) =>
    one.slug === slug ? [recited(statement, points, citation, start, middle), second] : [one],
  )
  return withList(draft, 'statements', list)
}

/** Joins a statement with the next one in the text. Unchanged if it is the last. */
export function mergeWithNext(draft: Draft, slug: string): Draft {
  const points = [...draft.text]
  const statements = draft.bundle.statements ?? []
  const statement = statements.find((one) => one.slug === slug)
  const citation = statement?.citations?.[0]
  if (!statement || !citation) return draft
  const { start, end } = rangeOf(points, citation)
  const after = statements
    .filter((one) => one.slug !== slug)
    .map((one) => ({ one, range: rangeOf(points, one.citations?.[0]) }))
    .filter(({ range }) => range.start >= end)
    .sort((a, b) => a.range.start - b.range.start)[0]
  if (!after) return draft
  const whole = points.slice(start, after.range.end).join('')
  // Words between two direct quotations are the author's.
  const quotation = /[“"„«]/.test(whole) && statement.quotation === 'DIRECT' ? 'MIXED' : statement.quotation
  const joined = recited({ ...statement, quotation }, points, citation, start, after.range.end)
  const topics = [...new Set([...(statement.topics ?? []), ...(after.one.topics ?? [])])]
  const list = statements.flatMap((one) =>
    one === statement ? [{ ...joined, topics }] : one === after.one ? [] : [one],
  )
  return withList(draft, 'statements', list)
}

/** The whole sentence, or sentences, around a range. */
function sentenceAround(text: string, start: number, end: number): { start: number; end: number } {
  const ends = boundariesOf(text)
  const points = [...text]
  let first = ends.filter((one) => one <= start).at(-1) ?? 0
  while (/\s/.test(points[first] ?? 'x')) first++
  return { start: Math.min(first, start), end: ends.find((one) => one >= end) ?? points.length }
}

/** Adds a statement of the given words. Its speaker is that of the statement before it. Returns the draft and the new slug. */
export function addStatement(draft: Draft, start: number, end: number): { draft: Draft; slug: string } {
  const points = [...draft.text]
  const exact = points.slice(start, end).join('').trim()
  const before = (draft.bundle.statements ?? [])
    .map((one) => ({ one, at: rangeOf(points, one.citations?.[0]).start }))
    .filter(({ at }) => at <= start)
    .sort((a, b) => b.at - a.at)[0]?.one
  const isAfterMark = /[“"„«]\s*$/.test(points.slice(Math.max(0, start - 2), start).join(''))
  const kind = quotedIn(exact).length > 0 ? 'MIXED' : isAfterMark ? 'DIRECT' : 'REPORTED'
  const source = draft.bundle.sources?.[0]
  const base = exact
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .split('-')
    .filter(Boolean)
    .slice(0, 6)
    .join('-')
  const slug = freeSlug(draft.bundle, base || 'statement')
  const statement = {
    slug,
    ...worded(kind, exact),
    speakers: before?.speakers ?? [],
    ...(!before?.speakers?.length && { attribution: 'not named' }),
    said: before?.said ?? source?.published ?? '/',
    citations: [
      {
        source: source?.slug ?? '',
        ...sentenceAround(draft.text, start, end),
        exact,
        supports: ['quotation', 'text', 'speakers'],
      },
    ],
  } as Statement
  return { draft: withList(draft, 'statements', [...(draft.bundle.statements ?? []), statement]), slug }
}

/** Says that a person of the draft is a person in the database: all facts name that one. */
export function linkPerson(draft: Draft, slug: string, known: { readonly slug: string; readonly name: string }): Draft {
  const rename = <Value>(value: Value): Value => {
    if (Array.isArray(value)) return value.map(rename) as Value
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value).map(([key, part]) => [key, key === 'person' && part === slug ? known.slug : rename(part)]),
    ) as Value
  }
  const others = (draft.bundle.people ?? []).filter((one) => one.slug !== slug && one.slug !== known.slug)
  return {
    ...draft,
    bundle: { ...rename(draft.bundle), people: [...others, { slug: known.slug, name: known.name }] },
  }
}

/** Sets what the program cannot know of the source. */
export function setSource(draft: Draft, fields: { title?: string; url?: string }): Draft {
  const [source, ...others] = draft.bundle.sources ?? []
  if (!source) return draft
  const { url: _, ...rest } = withoutDoubts({ ...source, ...fields })
  return {
    ...draft,
    bundle: { ...draft.bundle, sources: [{ ...rest, ...(fields.url && { url: fields.url }) }, ...others] },
    accepted: [...new Set([...draft.accepted, `sources/${source.slug}`])],
  }
}

/** The bundle to import: without topics, people and organizations that no fact names any more. */
export function finished({ bundle }: Draft): BundleInput {
  const named = new Set<unknown>()
  const collect = (value: unknown): void => {
    if (typeof value === 'string') named.add(value)
    else if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) collect(part)
  }
  for (const kind of FACT_KINDS) collect(bundle[kind])
  collect((bundle.sources ?? []).map(({ publisher }) => publisher))
  const isNamed = ({ slug }: { readonly slug: string }) => named.has(slug)
  const narrower = (bundle.topics ?? []).filter(isNamed)
  return {
    ...bundle,
    topics: narrower,
    people: (bundle.people ?? []).filter(isNamed),
    organizations: (bundle.organizations ?? []).filter(isNamed),
  }
}
