import { placeOf } from '../../evidence/place.ts'
import { codePoints, sha256 } from '../../evidence/text.ts'
import { type BundleRecord, type Citation, COMPUTED } from '../format.ts'
import type { Problem } from '../problems.ts'
import { type Placed, within } from '../records.ts'
import { citedBy, type KnownSource, type KnownSources, textCited } from './known-sources.ts'

/**
 * The texts of sources that are given beside the bundle, by the slug of the source. They are not stored. One without a slug is the
 * text of the first source that has neither a text nor a hash.
 */
export type GivenTexts = Map<string | null, string>

/** A record that has everything that the loader needs, or the problems that prevent it. */
type Completed<T> = { readonly record: T } | { readonly problems: readonly Problem[] }

/** Computes the hash and the length of a source from its text, if the bundle does not have them. */
export function completeSource(
  source: BundleRecord<'sources'>,
  path: string,
  given: string | undefined,
): Completed<BundleRecord<'sources'>> {
  const text = source.text ?? given
  const missing = [...(source.sha256 === '' ? ['sha256'] : []), ...(source.length === COMPUTED ? ['length'] : [])]
  if (given !== undefined && source.sha256 !== '' && sha256(given) !== source.sha256) {
    const message = `expected ${source.sha256}, but the SHA-256 of the text of --text is ${sha256(given)}`
    return { problems: [{ path: within(path, ['sha256']), message }] }
  }
  if (missing.length === 0) return { record: source }
  if (text === undefined) {
    const message =
      'missing; expected it, or the text of the source, from which it is computed: as `text`, or by --text'
    return { problems: missing.map((field) => ({ path: within(path, [field]), message })) }
  }
  return {
    record: {
      ...source,
      sha256: source.sha256 === '' ? sha256(text) : source.sha256,
      length: source.length === COMPUTED ? codePoints(text) : source.length,
    },
  }
}

/** Computes the places of citations from the texts of their sources, where the bundle does not have them. */
export function completeCitations<T extends object>(
  { record, path }: { readonly record: T; readonly path: string },
  sources: ReadonlyMap<string, KnownSource>,
): Completed<T> {
  const problems: Problem[] = []
  const completed = completePart(record, []) as T
  return problems.length > 0 ? { problems } : { record: completed }

  /** The same object, if nothing is missing. */
  function completePart(value: unknown, keys: readonly PropertyKey[]): unknown {
    if (typeof value !== 'object' || value === null) return value
    if (isIncomplete(value)) return completeCitation(value, keys)
    let isSame = true
    const parts = Object.entries(value).map(([key, part]) => {
      const whole = completePart(part, [...keys, Array.isArray(value) ? Number(key) : key])
      isSame &&= whole === part
      return [key, whole] as const
    })
    if (isSame) return value
    return Array.isArray(value) ? parts.map(([, part]) => part) : Object.fromEntries(parts)
  }

  function completeCitation(citation: Citation, keys: readonly PropertyKey[]): Citation {
    const source = textCited(citation, sources)
    // `checkCitations` reports an unknown source.
    if (!source) return citation
    const at = within(path, keys)
    const text = source.text ?? source.given
    if (typeof text !== 'string') {
      const message = `missing; expected the place of the words, or the text of ${citation.source}, in which they are found: as \`text\` of the source, or by --text`
      problems.push({ path: `${at}.start`, message })
      return citation
    }
    const found = placeOf(text, citation)
    if ('problem' in found) {
      problems.push({ path: `${at}.exact`, message: found.problem })
      return citation
    }
    return { ...citation, ...found }
  }
}

const isIncomplete = (value: object): value is Citation =>
  'exact' in value && 'start' in value && 'end' in value && (value.start === COMPUTED || value.end === COMPUTED)

/** A record with everything that it needs, and the sources that it is or cites, as far as they are known. */
export interface Complete {
  readonly placed: Placed
  readonly sources: ReadonlyMap<string, KnownSource>
}

/** Completes the records of a load, one batch after another. */
export class Completion {
  readonly #sources: KnownSources
  readonly #given: GivenTexts
  /** Sources that lack their text. What cites them is left out, as it would repeat the problem. */
  readonly #incomplete = new Set<string>()

  constructor(sources: KnownSources, given: GivenTexts) {
    this.#sources = sources
    this.#given = given
  }

  /** The complete records of a batch, and a problem for each place that the others lack. */
  async complete(batch: readonly Placed[]): Promise<{ complete: Complete[]; problems: Problem[] }> {
    await this.#sources.read(batch)
    const complete: Complete[] = []
    const problems: Problem[] = []
    for (const placed of batch) {
      const result = placed.kind === 'sources' ? this.#source(placed) : this.#citing(placed)
      if ('problems' in result) problems.push(...result.problems)
      else {
        const whole = { ...placed, record: result.record } as Placed
        complete.push({ placed: whole, sources: this.#sources.of(whole) })
      }
    }
    return { complete, problems }
  }

  #source({ record, path }: Placed & { kind: 'sources' }): Completed<BundleRecord<'sources'>> {
    const given = this.#textOf(record)
    const result = completeSource(record, path, given)
    if ('record' in result) this.#sources.add(result.record, given)
    else this.#incomplete.add(record.slug)
    return result
  }

  #citing(placed: Placed): Completed<Placed['record']> {
    if ([...citedBy(placed.record)].some(({ source }) => this.#incomplete.has(source))) return { problems: [] }
    return completeCitations<Placed['record']>(placed, this.#sources.of(placed))
  }

  #textOf({ slug, text, sha256 }: BundleRecord<'sources'>): string | undefined {
    const own = this.#given.get(slug)
    if (own !== undefined || text !== undefined || sha256 !== '') return own
    const only = this.#given.get(null)
    this.#given.delete(null)
    return only
  }
}
