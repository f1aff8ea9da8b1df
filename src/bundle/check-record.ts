import { codePoints, sha256 } from '../evidence/text.ts'
import { verify } from '../evidence/verify.ts'
import { contradict } from '../time/span.ts'
import type { BundleRecord, Citation } from './format.ts'
import type { KnownSource } from './known-sources.ts'
import type { Problem } from './problems.ts'
import { type Placed, within } from './records.ts'
import { tenureOf } from './tenure.ts'

type Sources = (slug: string) => KnownSource | undefined

/**
 * What is wrong with a record that is of the format, and can be told from itself and the sources that it cites: another
 * text than the source's own, citations outside of their text, tenures that contradict their attestations.
 */
export function* checkRecord({ kind, record, path }: Placed, sources: Sources): Generator<Problem> {
  if (kind === 'sources') yield* checkSource(record, path, sources)
  else yield* checkCitations(record, path, sources)
  if (kind === 'positions') yield* checkTenure(record, path, sources)
  if (kind === 'visits' && record.from === record.to) {
    yield {
      path: within(path, ['to']),
      message: `expected another country than ${record.from}, which the visit is from`,
    }
  }
}

/** `sources` knows of this one what is held. */
function* checkSource(source: BundleRecord<'sources'>, path: string, sources: Sources): Generator<Problem> {
  const { slug, text, length, sha256: expected } = source
  const before = sources(slug)
  if (before && before.sha256 !== expected) {
    const message = `${slug} is held with the SHA-256 ${before.sha256}, which its citations are of; expected a slug of its own for another text`
    yield { path: within(path, ['sha256']), message }
  }
  if (text === undefined) return
  const actual = sha256(text)
  if (actual !== expected) {
    yield {
      path: within(path, ['sha256']),
      message: `the text has the SHA-256 ${actual}; expected it to be ${expected}`,
    }
  }
  if (codePoints(text) !== length) {
    yield {
      path: within(path, ['length']),
      message: `the text has ${codePoints(text)} code points; expected ${length}`,
    }
  }
}

function* checkCitations(record: object, place: string, sources: Sources): Generator<Problem> {
  for (const [keys, citation] of citationsOf(record, [])) {
    const path = within(place, keys)
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

/** Every citation of a record and of its parts, and where it stands. */
function* citationsOf(value: object, keys: readonly PropertyKey[]): Generator<[PropertyKey[], Citation]> {
  for (const [key, part] of Object.entries(value)) {
    const place = [...keys, Array.isArray(value) ? Number(key) : key]
    if (key === 'citations') {
      for (const [i, citation] of (part as Citation[]).entries()) yield [[...place, i], citation]
    } else if (typeof part === 'object' && part !== null) {
      yield* citationsOf(part, place)
    }
  }
}

function* checkTenure(position: BundleRecord<'positions'>, path: string, sources: Sources): Generator<Problem> {
  if (!contradict(tenureOf(position, (slug) => sources(slug)?.published))) return
  const attested = position.attested.map(({ when }) => when).join(', ')
  const message = `expected a tenure that is compatible with the days on which it is attested (${attested}), not ${position.tenure}`
  yield { path: within(path, ['tenure']), message }
}
