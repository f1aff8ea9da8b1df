import { codePoints, sha256 } from '../evidence/text.ts'
import { verify } from '../evidence/verify.ts'
import { contradict, timeSpan } from '../time/span.ts'
import { type Bundle, type Citation, type Kind, keyOfRecord } from './format.ts'
import type { Held, HeldSource } from './held.ts'
import { type Problem, pathOf } from './problems.ts'
import type { Reference } from './references.ts'
import { keyOf, type Row } from './rows.ts'
import { tenureOf } from './tenure.ts'

/**
 * What is wrong with a bundle that is of the format: names that lead nowhere, citations outside of their text, topics that
 * nothing cites or that are broader than themselves, tenures that contradict their attestations, facts given twice.
 */
export function checkBundle(
  bundle: Bundle,
  references: readonly Reference[],
  held: Held,
  rows: readonly Row[],
): Problem[] {
  const sources = sourcesOf(bundle, held)
  return [
    ...checkReferences(bundle, references, held),
    ...checkDuplicates(rows),
    ...checkPeople(bundle, held),
    ...checkSources(bundle, held),
    ...checkCitations(bundle, sources),
    ...checkTenures(bundle, sources),
    ...checkVisits(bundle),
    ...checkParticipations(bundle, held),
    ...checkTopics(bundle, references, held),
  ]
}

/** The sources that a bundle can cite: its own, and those that are held. One that is given without its text keeps the held one. */
export function sourcesOf(bundle: Bundle, held: Held): (slug: string) => HeldSource | undefined {
  const own = new Map(
    bundle.sources.map((source) => {
      const before = held.source(source.slug)
      const text = source.text ?? (before?.sha256 === source.sha256 ? before.text : undefined)
      return [source.slug, { ...source, text, published: timeSpan(source.published) }]
    }),
  )
  return (slug) => own.get(slug) ?? held.source(slug)
}

function* checkReferences(bundle: Bundle, references: readonly Reference[], held: Held): Generator<Problem> {
  const own = new Map<Kind, Set<string>>()
  const slugsOf = (kind: Kind) => new Set<string>(bundle[kind].map(keyOfRecord))
  for (const { path, kind, slug } of references) {
    if (!own.has(kind)) own.set(kind, slugsOf(kind))
    if (own.get(kind)?.has(slug) || held.has(kind, slug)) continue
    const expected = kind === 'countries' ? 'a country' : `one of the ${kind}`
    const message = `${JSON.stringify(slug)} is not known; expected ${expected} of this bundle or of an earlier one`
    yield { path: pathOf(path), message }
  }
}

function* checkDuplicates(rows: readonly Row[]): Generator<Problem> {
  const seen = new Map<string, Row>()
  for (const row of rows) {
    // A record given twice is told once, whatever rows hold it.
    if (row.table === 'search_document') continue
    const key = `${row.table} ${keyOf(row)}`
    const first = seen.get(key)
    if (first) yield { path: row.path, message: `says again what ${first.path} says: ${keyOf(row)}` }
    else seen.set(key, row)
  }
}

function* checkPeople(bundle: Bundle, held: Held): Generator<Problem> {
  const seen = new Map<string, string>()
  for (const [i, { slug, wikidataId }] of bundle.people.entries()) {
    if (wikidataId === undefined) continue
    const other = seen.get(wikidataId) ?? held.personWithItem(wikidataId)
    if (other !== undefined && other !== slug) {
      yield { path: `people[${i}].wikidataId`, message: `${wikidataId} is ${other}; expected one person for one item` }
    }
    seen.set(wikidataId, slug)
  }
}

function* checkSources(bundle: Bundle, held: Held): Generator<Problem> {
  for (const [i, { slug, text, length, sha256: expected }] of bundle.sources.entries()) {
    const before = held.source(slug)
    if (before && before.sha256 !== expected) {
      const message = `${slug} is held with the SHA-256 ${before.sha256}, which its citations are of; expected a slug of its own for another text`
      yield { path: `sources[${i}].sha256`, message }
    }
    if (text === undefined) continue
    const actual = sha256(text)
    if (actual !== expected) {
      yield {
        path: `sources[${i}].sha256`,
        message: `the text has the SHA-256 ${actual}; expected it to be ${expected}`,
      }
    }
    if (codePoints(text) !== length) {
      yield {
        path: `sources[${i}].length`,
        message: `the text has ${codePoints(text)} code points; expected ${length}`,
      }
    }
  }
}

function* checkCitations(bundle: Bundle, sources: (slug: string) => HeldSource | undefined): Generator<Problem> {
  for (const [path, citation] of citationsOf(bundle)) {
    const source = sources(citation.source)
    if (citation.start >= citation.end) {
      yield { path, message: `begins at ${citation.start} and ends at ${citation.end}; expected start < end` }
    } else if (codePoints(citation.exact) > citation.end - citation.start) {
      const message = `has ${codePoints(citation.exact)} code points in \`exact\`; expected at most the ${citation.end - citation.start} from start to end`
      yield { path, message }
    } else if (source && citation.end > source.length) {
      const message = `ends at ${citation.end}; expected at most ${source.length}, the length of ${citation.source}`
      yield { path, message }
    } else if (source && verify(citation, source.text) === 'MISMATCH') {
      const message = `expected the exact words between prefix and suffix at ${citation.start} to ${citation.end} of ${citation.source}`
      yield { path, message }
    }
  }
}

function* citationsOf(bundle: Bundle): Generator<[path: string, citation: Citation]> {
  function* within(value: object, path: PropertyKey[]): Generator<[string, Citation]> {
    for (const [key, part] of Object.entries(value)) {
      const place = [...path, Array.isArray(value) ? Number(key) : key]
      if (key === 'citations') {
        for (const [i, citation] of (part as Citation[]).entries()) yield [pathOf([...place, i]), citation]
      } else if (typeof part === 'object' && part !== null) {
        yield* within(part, place)
      }
    }
  }
  yield* within(bundle, [])
}

function* checkTenures(bundle: Bundle, sources: (slug: string) => HeldSource | undefined): Generator<Problem> {
  for (const [i, position] of bundle.positions.entries()) {
    if (!contradict(tenureOf(position, (slug) => sources(slug)?.published))) continue
    const attested = position.attested.map(({ when }) => when).join(', ')
    const message = `expected a tenure that is compatible with the days on which it is attested (${attested}), not ${position.tenure}`
    yield { path: `positions[${i}].tenure`, message }
  }
}

function* checkVisits(bundle: Bundle): Generator<Problem> {
  for (const [i, { from, to }] of bundle.visits.entries()) {
    if (from === to)
      yield { path: `visits[${i}].to`, message: `expected another country than ${from}, which the visit is from` }
  }
}

function* checkParticipations(bundle: Bundle, held: Held): Generator<Problem> {
  const own = new Map(bundle.positions.map(({ slug, person }) => [slug, person]))
  for (const kind of ['visits', 'meetings'] as const) {
    for (const [i, { participations }] of bundle[kind].entries()) {
      for (const [j, { person, position }] of participations.entries()) {
        const holder = position && (own.get(position) ?? held.holderOf(position))
        if (!holder || holder === person) continue
        const message = `${position} is an office of ${holder}; expected one of ${person}`
        yield { path: `${kind}[${i}].participations[${j}].position`, message }
      }
    }
  }
}

function* checkTopics(bundle: Bundle, references: readonly Reference[], held: Held): Generator<Problem> {
  const own = new Map(bundle.topics.map(({ slug, broader }) => [slug, broader]))
  const broaderOf = new Map<string, string[]>()
  for (const { topic, broader } of held.broader) broaderOf.set(topic, [...(broaderOf.get(topic) ?? []), broader])
  for (const [slug, broader] of own) broaderOf.set(slug, broader)

  // What is cited, and what is broader than a cited topic. What is held is cited: it would not have been loaded.
  const cited = references.filter(({ path, kind }) => kind === 'topics' && path[0] !== 'topics').map(({ slug }) => slug)
  const heldTopics = [
    ...held.broader.map(({ topic }) => topic),
    ...[...own.keys()].filter((slug) => held.has('topics', slug)),
  ]
  const reached = reach([...cited, ...heldTopics], broaderOf)
  for (const [i, { slug }] of bundle.topics.entries()) {
    if (!reached.has(slug)) {
      const message = 'nothing cites this topic, nor a narrower one; expected a statement or an agreement about it'
      yield { path: `topics[${i}]`, message }
    }
    if (reach(broaderOf.get(slug) ?? [], broaderOf).has(slug)) {
      yield { path: `topics[${i}].broader`, message: `${JSON.stringify(slug)} is broader than itself, by way of these` }
    }
  }
}

/** Whatever can be reached from some topics by broader ones, those themselves included. */
function reach(from: readonly string[], broaderOf: ReadonlyMap<string, readonly string[]>): Set<string> {
  const reached = new Set(from)
  for (const topic of reached) for (const broader of broaderOf.get(topic) ?? []) reached.add(broader)
  return reached
}
