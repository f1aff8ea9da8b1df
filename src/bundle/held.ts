import type { ClientBase } from 'pg'
import type { TimeSpan } from '../time/span.ts'
import type { Bundle, Kind } from './format.ts'
import type { Reference } from './references.ts'
import { tableList } from './tables.ts'

/** What a check needs to know of a source. */
export interface HeldSource {
  /** In code points. */
  readonly length: number
  readonly text?: string | null | undefined
  readonly sha256: string
  readonly published: TimeSpan
}

/** What the database already holds of what a bundle names. */
export interface Held {
  has(kind: Kind, slug: string): boolean
  source(slug: string): HeldSource | undefined
  /** Every held topic with its broader ones. */
  readonly broader: readonly { readonly topic: string; readonly broader: string }[]
  /** The slug of the person that held a position. */
  holderOf(position: string): string | undefined
  /** The slug of the person that holds a Wikidata item. */
  personWithItem(wikidataId: string): string | undefined
}

/** Asks the database for what a bundle names, and what may contradict it. */
export async function readHeld(client: ClientBase, bundle: Bundle, references: readonly Reference[]): Promise<Held> {
  const slugs = new Map<Kind, Set<string>>()
  for (const { kind, slug } of references) slugs.set(kind, (slugs.get(kind) ?? new Set()).add(slug))
  slugs.set('topics', new Set([...(slugs.get('topics') ?? []), ...bundle.topics.map(({ slug }) => slug)]))

  const held = new Map<Kind, Set<string>>()
  for (const { name, kind, key } of tableList) {
    const named = kind && slugs.get(kind)
    if (!named) continue
    const { rows } = await client.query(`SELECT ${key[0]} AS slug FROM ${name} WHERE ${key[0]} = ANY ($1)`, [
      [...named],
    ])
    held.set(kind, new Set(rows.map(({ slug }) => slug)))
  }
  const sources = await client.query<HeldSource & { slug: string }>(
    `SELECT slug, length, text, sha256, json_build_object(
       'edtf', edtf, 'beginOfTheBegin', begin_of_the_begin, 'endOfTheBegin', end_of_the_begin,
       'beginOfTheEnd', begin_of_the_end, 'endOfTheEnd', end_of_the_end
     ) AS published
     FROM source WHERE slug = ANY ($1)`,
    [[...(slugs.get('sources') ?? []), ...bundle.sources.map(({ slug }) => slug)]],
  )
  const sourceOf = new Map(sources.rows.map((source) => [source.slug, source]))
  const { rows: broader } = await client.query(
    'SELECT topic_slug AS topic, broader_slug AS broader FROM topic_broader ORDER BY 1, 2',
  )
  const positions = await client.query<{ slug: string; person: string }>(
    'SELECT slug, person_slug AS person FROM position WHERE slug = ANY ($1)',
    [[...(slugs.get('positions') ?? [])]],
  )
  const holders = new Map(positions.rows.map(({ slug, person }) => [slug, person]))
  const items = await client.query<{ item: string; slug: string }>(
    'SELECT wikidata_id AS item, slug FROM person WHERE wikidata_id = ANY ($1)',
    [bundle.people.map(({ wikidataId }) => wikidataId).filter(Boolean)],
  )
  const personOf = new Map(items.rows.map(({ item, slug }) => [item, slug]))
  return {
    has: (kind, slug) => held.get(kind)?.has(slug) ?? false,
    source: (slug) => sourceOf.get(slug),
    broader,
    holderOf: (position) => holders.get(position),
    personWithItem: (wikidataId) => personOf.get(wikidataId),
  }
}
