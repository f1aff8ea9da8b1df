import { codePoints, sha256, slice } from '../evidence/text.ts'
import { verify } from '../evidence/verify.ts'
import { fold } from '../search/fold.ts'
import { contradict } from '../time/span.ts'
import type { BundleRecord, Citation } from './format.ts'
import type { KnownSource } from './known-sources.ts'
import type { Problem } from './problems.ts'
import { type Placed, within } from './records.ts'
import { tenureOf } from './tenure.ts'

type Sources = ReadonlyMap<string, KnownSource>

/**
 * What is wrong with a record that is of the format, and can be told from itself and the sources that it cites: another
 * text than its hash is of, citations outside of their text, tenures that contradict their attestations.
 */
export function* checkRecord({ kind, record, path }: Placed, sources: Sources): Generator<Problem> {
  if (kind === 'sources') yield* checkSource(record, path)
  else yield* checkCitations(record, path, sources)
  if (kind === 'positions') yield* checkTenure(record, path, sources)
  if (kind === 'statements') yield* checkQuoted(record, path, sources)
  if (kind === 'visits' && record.from === record.to) {
    yield {
      path: within(path, ['to']),
      message: `expected another country than ${record.from}, which the visit is from`,
    }
  }
}

function* checkSource(source: BundleRecord<'sources'>, path: string): Generator<Problem> {
  const { text, length, sha256: expected } = source
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
    const source = sources.get(citation.source)
    if (!source) {
      const message = `${JSON.stringify(citation.source)} is not known; expected one of the sources of this bundle, before what cites it, or of an earlier one`
      yield { path: within(path, ['source']), message }
    } else if (citation.start >= citation.end) {
      yield { path, message: `begins at ${citation.start} and ends at ${citation.end}; expected start < end` }
    } else if (codePoints(citation.exact) > citation.end - citation.start) {
      const message = `has ${codePoints(citation.exact)} code points in \`exact\`; expected at most the ${citation.end - citation.start} from start to end`
      yield { path, message }
    } else if (citation.end > source.length) {
      const message = `ends at ${citation.end}; expected at most ${source.length}, the length of ${citation.source}`
      yield { path, message }
    } else if (verify(citation, source.text) === 'MISMATCH') {
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
  if (!contradict(tenureOf(position, (slug) => sources.get(slug)?.published))) return
  const attested = position.attested.map(({ when }) => when).join(', ')
  const message = `expected a tenure that is compatible with the days on which it is attested (${attested}), not ${position.tenure}`
  yield { path: within(path, ['tenure']), message }
}

/** What stands between quotation marks must stand in what is cited, as far as the texts are held. */
function* checkQuoted(statement: BundleRecord<'statements'>, path: string, sources: Sources): Generator<Problem> {
  const passages: string[] = []
  for (const { source, start, end } of statement.citations) {
    const text = sources.get(source)?.text
    if (typeof text !== 'string') return
    passages.push(fold(slice(text, start, end)))
  }
  for (const [i, words] of statement.quoted.entries()) {
    if (passages.some((passage) => passage.includes(fold(words)))) continue
    yield { path: within(path, ['quoted', i]), message: 'expected words that stand in what the statement cites' }
  }
}
