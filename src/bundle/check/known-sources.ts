import type { ClientBase } from 'pg'
import { type TimeSpan, timeSpan } from '../../time/span.ts'
import type { BundleRecord, Citation } from '../format.ts'
import type { Placed } from '../records.ts'

/** The text of a source. */
interface KnownText {
  /** In code points. */
  readonly length: number
  readonly text?: string | null | undefined
  /** The text for checks only: it is not stored. */
  readonly given?: string | undefined
}

/** The properties of a source that the checks of citations need. */
export interface KnownSource extends KnownText {
  readonly sha256: string
  readonly published: TimeSpan
  /** The earlier texts that the load cites, by SHA-256. */
  readonly editions: ReadonlyMap<string, KnownText>
}

/** The text that a citation cites. */
export const textCited = (
  { source, edition }: Pick<Citation, 'source' | 'edition'>,
  sources: ReadonlyMap<string, KnownSource>,
): KnownText | undefined => {
  const known = sources.get(source)
  return edition === undefined || edition === known?.sha256 ? known : known?.editions.get(edition)
}

/** Maximum number of UTF-16 units of texts in memory. */
const MOST_TEXT = 32_000_000

/** The sources that the records of a load can cite: earlier ones of the load, and stored ones. */
export class KnownSources {
  readonly #client: ClientBase
  readonly #known = new Map<string, KnownSource & { readonly editions: Map<string, KnownText> }>()
  #textLength = 0

  constructor(client: ClientBase) {
    this.#client = client
  }

  /** The source that a record is, or the sources that it cites, if they are already known. */
  of({ kind, record }: Placed): Map<string, KnownSource> {
    return this.#of(kind === 'sources' ? [record.slug] : Array.from(citedBy(record), ({ source }) => source))
  }

  /** The sources that citations cite. */
  async cited(citations: readonly Cited[]): Promise<Map<string, KnownSource>> {
    const slugs = citations.map(({ source }) => source)
    await this.#read(slugs)
    await this.#readEditions(citations.filter(({ edition }) => edition !== undefined))
    return this.#of(slugs)
  }

  async #readEditions(cited: readonly Cited[]): Promise<void> {
    const unknown = cited.filter((one) => !textCited(one, this.#known))
    if (unknown.length === 0) return
    const { rows } = await this.#client.query<KnownText & { slug: string; sha256: string }>(
      `SELECT source_slug AS slug, sha256, length, text FROM edition
       JOIN json_to_recordset($1) AS cited (source text, edition text) ON (source_slug, sha256) = (source, edition)`,
      [JSON.stringify(unknown.map(({ source, edition }) => ({ source, edition })))],
    )
    for (const { slug, sha256, ...text } of rows) this.#known.get(slug)?.editions.set(sha256, text)
  }

  #of(slugs: Iterable<string>): Map<string, KnownSource> {
    const known = new Map<string, KnownSource>()
    for (const slug of slugs) {
      const source = this.#known.get(slug)
      if (source) known.set(slug, source)
    }
    return known
  }

  /** Reads the sources that some records are or cite, from the database and from what is staged. */
  async read(records: readonly Placed[]): Promise<void> {
    const slugs = new Set<string>()
    const cited: Cited[] = []
    for (const { kind, record } of records) {
      if (kind === 'sources') slugs.add(record.slug)
      else cited.push(...citedBy(record))
    }
    for (const { source } of cited) slugs.add(source)
    await this.#read([...slugs])
    await this.#readEditions(cited.filter(({ edition }) => edition !== undefined))
  }

  async #read(slugs: readonly string[]): Promise<void> {
    if (this.#textLength > MOST_TEXT) this.#forget()
    const unknown = slugs.filter((slug) => !this.#known.has(slug))
    if (unknown.length === 0) return
    const { rows } = await this.#client.query<KnownSource & { slug: string }>(READ, [unknown])
    for (const { slug, ...source } of rows) this.#remember(slug, { ...source, editions: new Map() })
  }

  /** Adds a source of the load. If it has no text, the stored text stays. */
  add({ slug, length, sha256, published, text, editions }: BundleRecord<'sources'>, given: string | undefined): void {
    const stored = this.#known.get(slug)
    const known = text ?? (stored?.sha256 === sha256 ? stored.text : undefined)
    const earlier = new Map(editions.map((edition) => [edition.sha256, edition]))
    this.#remember(slug, { length, sha256, published: timeSpan(published), text: known, given, editions: earlier })
  }

  #remember(slug: string, source: KnownSource & { readonly editions: Map<string, KnownText> }): void {
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

type Cited = Pick<Citation, 'source' | 'edition'>

/** The citations of a record and of its parts. */
export function* citedBy(value: object): Generator<Cited> {
  for (const [key, part] of Object.entries(value)) {
    if (key === 'citations') yield* part as Cited[]
    else if (typeof part === 'object' && part !== null) yield* citedBy(part)
  }
}
