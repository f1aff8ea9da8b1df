import type { ClientBase } from 'pg'
import { type TimeSpan, timeSpan } from '../time/span.ts'
import type { BundleRecord } from './format.ts'
import type { Placed } from './records.ts'

/** The properties of a source that the checks of citations need. */
export interface KnownSource {
  /** In code points. */
  readonly length: number
  readonly text?: string | null | undefined
  /** The text for checks only: it is not stored. */
  readonly given?: string | undefined
  readonly sha256: string
  readonly published: TimeSpan
}

/** Maximum number of UTF-16 units of texts in memory. */
const MOST_TEXT = 32_000_000

/** The sources that the records of a load can cite: earlier ones of the load, and stored ones. */
export class KnownSources {
  readonly #client: ClientBase
  readonly #known = new Map<string, KnownSource>()
  #textLength = 0

  constructor(client: ClientBase) {
    this.#client = client
  }

  /** The source that a record is, or the sources that it cites, if they are already known. */
  of({ kind, record }: Placed): Map<string, KnownSource> {
    const known = new Map<string, KnownSource>()
    for (const slug of kind === 'sources' ? [record.slug] : citedBy(record)) {
      const source = this.#known.get(slug)
      if (source) known.set(slug, source)
    }
    return known
  }

  /** Reads the sources that some records are or cite, from the database and from what is staged. */
  async read(records: readonly Placed[]): Promise<void> {
    const slugs = new Set<string>()
    for (const { kind, record } of records) {
      for (const slug of kind === 'sources' ? [record.slug] : citedBy(record)) slugs.add(slug)
    }
    if (this.#textLength > MOST_TEXT) this.#forget()
    const unknown = [...slugs].filter((slug) => !this.#known.has(slug))
    if (unknown.length === 0) return
    const { rows } = await this.#client.query<KnownSource & { slug: string }>(READ, [unknown])
    for (const { slug, ...source } of rows) this.#remember(slug, source)
  }

  /** Adds a source of the load. If it has no text, the stored text stays. */
  add({ slug, length, sha256, published, text }: BundleRecord<'sources'>, given: string | undefined): void {
    const stored = this.#known.get(slug)
    const known = text ?? (stored?.sha256 === sha256 ? stored.text : undefined)
    this.#remember(slug, { length, sha256, published: timeSpan(published), text: known, given })
  }

  #remember(slug: string, source: KnownSource): void {
    this.#known.set(slug, source)
    this.#textLength += (source.text ?? source.given ?? '').length
  }

  #forget(): void {
    this.#known.clear()
    this.#textLength = 0
  }
}

/** Staged sources take precedence over stored ones. */
const READ = `
  SELECT DISTINCT ON (slug) slug, length, text, sha256, json_build_object(
    'edtf', edtf, 'beginOfTheBegin', begin_of_the_begin, 'endOfTheBegin', end_of_the_begin,
    'beginOfTheEnd', begin_of_the_end, 'endOfTheEnd', end_of_the_end
  ) AS published
  FROM (
    SELECT 1 AS rank, own.* FROM staged, json_populate_record(NULL::source, content) own
    WHERE table_name = 'source' AND key = ANY ($1)
    UNION ALL
    SELECT 2, source.* FROM source WHERE slug = ANY ($1)
  ) every ORDER BY slug, rank`

/** The slugs of the sources that a record or any of its parts cites. */
export function* citedBy(value: object): Generator<string> {
  for (const [key, part] of Object.entries(value)) {
    if (key === 'citations') for (const { source } of part as { source: string }[]) yield source
    else if (typeof part === 'object' && part !== null) yield* citedBy(part)
  }
}
