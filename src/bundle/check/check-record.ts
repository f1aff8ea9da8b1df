import { isQuotedFrom } from '../../evidence/quotation.ts'
import { codePoints, sha256, slice } from '../../evidence/text.ts'
import { verify } from '../../evidence/verify.ts'
import { contradict } from '../../time/span.ts'
import { diedBeforeBirth } from '../derived/life.ts'
import { isAppointedLate, tenureOf } from '../derived/tenure.ts'
import type { BundleRecord, Citation } from '../format.ts'
import type { Problem } from '../problems.ts'
import { type Placed, within } from '../records.ts'
import { checkDraftNotes } from './draft-notes.ts'
import { type KnownSource, textCited } from './known-sources.ts'

type Sources = ReadonlyMap<string, KnownSource>

/**
 * The problems of a record that matches the format, as far as they can be found from the record and the sources that it cites:
 * a text that does not match its hash, citations outside their text, tenures that contradict their attestations, deaths before births,
 * guesses of a draft that nobody has checked.
 */
export function* checkRecord({ kind, record, path }: Placed, sources: Sources): Generator<Problem> {
  yield* checkDraftNotes(record, path)
  if (kind === 'sources') {
    yield* checkText(record, path)
    for (const [i, edition] of record.editions.entries()) yield* checkText(edition, within(path, ['editions', i]))
  } else yield* checkCitations(record, path, sources)
  if (kind === 'people' && diedBeforeBirth(record)) {
    const message = `expected a death on or after the birth (${record.born}), got ${record.died}`
    yield { path: within(path, ['died']), message }
  }
  if (kind === 'positions') yield* checkTenure(record, path, sources)
  if (kind === 'statements') yield* checkQuoted(record, path, sources)
  if (kind === 'positions' && record.accreditedTo !== undefined && record.accreditedTo === record.country) {
    yield {
      path: within(path, ['accreditedTo']),
      message: `expected a country other than ${record.country}, to which the office belongs`,
    }
  }
  if (kind === 'visits' && record.accompanying.includes(record.slug)) {
    yield { path: within(path, ['accompanying']), message: 'expected other visits than this one' }
  }
  if (kind === 'visits' && record.from === record.to) {
    yield {
      path: within(path, ['to']),
      message: `expected a country other than ${record.from}, from which the visit comes`,
    }
  }
}

function* checkText(
  { text, length, sha256: expected }: Pick<BundleRecord<'sources'>, 'text' | 'length' | 'sha256'>,
  path: string,
): Generator<Problem> {
  if (text === undefined) return
  const actual = sha256(text)
  if (actual !== expected) {
    yield {
      path: within(path, ['sha256']),
      message: `expected ${expected}, but the SHA-256 of the text is ${actual}`,
    }
  }
  if (codePoints(text) !== length) {
    yield {
      path: within(path, ['length']),
      message: `expected ${length} code points, but the text has ${codePoints(text)}`,
    }
  }
}

/** The problems of the citations of a record and of its parts. */
export function* checkCitations(record: object, place: string, sources: Sources): Generator<Problem> {
  for (const [keys, citation] of citationsOf(record, [])) {
    const path = within(place, keys)
    const source = textCited(citation, sources)
    if (!source && sources.has(citation.source)) {
      const message = `${citation.source} has no edition ${citation.edition}; expected an edition of an earlier bundle or of \`editions\``
      yield { path: within(path, ['edition']), message }
    } else if (!source) {
      const message = `unknown source ${JSON.stringify(citation.source)}; expected a source of an earlier bundle, or one that comes before this record`
      yield { path: within(path, ['source']), message }
    } else if (citation.start >= citation.end) {
      yield { path, message: `expected start < end, got ${citation.start} and ${citation.end}` }
    } else if (codePoints(citation.exact) > citation.end - citation.start) {
      const message = `expected at most the ${citation.end - citation.start} code points from start to end, got ${codePoints(citation.exact)}`
      yield { path: within(path, ['exact']), message }
    } else if (citation.end > source.length) {
      const message = `expected at most ${source.length}, the length of ${citation.source}, got ${citation.end}`
      yield { path: within(path, ['end']), message }
    } else if (verify(citation, source.text ?? source.given) === 'MISMATCH') {
      const message = `expected prefix, exact and suffix to be the words at ${citation.start} to ${citation.end} of ${citation.source}`
      yield { path, message }
    }
  }
}

/** Every citation of a record and of its parts, with its path. */
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
  if (isAppointedLate(position)) {
    const message = `expected an appointment on or before the begin of the tenure (${position.tenure}), got ${position.appointed}`
    yield { path: within(path, ['appointed']), message }
    return
  }
  if (!contradict(tenureOf(position, (slug) => sources.get(slug)?.published))) return
  const attested = position.attested.map(({ when }) => when).join(', ')
  const message = `expected a tenure that includes the days on which it is attested (${attested}), got ${position.tenure}`
  yield { path: within(path, ['tenure']), message }
}

/**
 * Words in quotation marks must be within the text of the statement; the text of a direct quotation, and these words, must be in a
 * cited passage. A passage is known if the text of its source is, or if the citation gives it as a whole.
 */
function* checkQuoted(statement: BundleRecord<'statements'>, path: string, sources: Sources): Generator<Problem> {
  const passages: string[] = []
  let isKnown = true
  for (const citation of statement.citations.filter(({ stance }) => stance !== 'CONTRADICTS')) {
    const { start, end, exact } = citation
    const known = textCited(citation, sources)
    const text = known?.text ?? known?.given
    if (typeof text === 'string') passages.push(slice(text, start, end))
    else if (codePoints(exact) === end - start) passages.push(exact)
    else isKnown = false
  }
  const isCited = (words: string) => !isKnown || isQuotedFrom(passages, words)
  if (statement.quotation === 'DIRECT' && !isCited(statement.text)) {
    const message = 'expected words of a passage that the statement cites, as it is a direct quotation'
    yield { path: within(path, ['text']), message }
  }
  for (const [i, words] of statement.quoted.entries()) {
    const at = within(path, ['quoted', i])
    if (!isCited(words)) yield { path: at, message: 'expected words of a passage that the statement cites' }
    else if (!isQuotedFrom([statement.text], words))
      yield { path: at, message: 'expected words of the text of the statement' }
  }
}
