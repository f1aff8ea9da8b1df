import type { ClientBase } from 'pg'
import { refreshPersonSearch } from './merge.ts'

const ACTING = ['position', 'participation', 'statement_voice', 'agreement_event_actor']
  .map((table) => `EXISTS (SELECT FROM "${table}" WHERE person_slug = person.slug)`)
  .join(' OR ')

/**
 * People whom only an importer named, and whom no fact names any more since a newer edition. They are in no list, but stay readable by
 * their slugs, as withdrawn facts name them. They come back with a fact, or when a load names them. People whom an editor's bundle
 * named stay.
 */
export class GonePeople {
  readonly #client: ClientBase
  readonly #isImporter: boolean
  /** Whether people may go: the load has a new edition. */
  #mayGo = false

  private constructor(client: ClientBase, isImporter: boolean) {
    this.#client = client
    this.#isImporter = isImporter
  }

  static async open(client: ClientBase, isImporter: boolean): Promise<GonePeople> {
    await client.query('CREATE TEMPORARY TABLE named_person (slug text COLLATE "C" PRIMARY KEY) ON COMMIT DROP')
    return new GonePeople(client, isImporter)
  }

  /** Adds people of the load. */
  async add(slugs: readonly string[]): Promise<void> {
    if (slugs.length === 0) return
    await this.#client.query('INSERT INTO named_person SELECT unnest($1::text[]) ON CONFLICT DO NOTHING', [slugs])
  }

  /** Notes who has facts, because the load has a new edition. Runs before the load is written. */
  async prepare(): Promise<void> {
    this.#mayGo = true
    await this.#client.query(`
      CREATE TEMPORARY TABLE acting_person ON COMMIT DROP AS
      SELECT slug FROM person WHERE imported_only AND NOT is_gone AND (${ACTING})`)
  }

  /** Notes who comes only from importers. Runs after the load is written. */
  async write(): Promise<void> {
    if (this.#isImporter) {
      await this.#client.query(`
        UPDATE person SET imported_only = true FROM touched
        WHERE touched.table_name = 'person' AND created AND touched.record = 'people/' || slug`)
    } else {
      await this.#client.query(
        'UPDATE person SET imported_only = false FROM named_person WHERE named_person.slug = person.slug AND imported_only',
      )
    }
  }

  /** Decides who goes and who comes back. Runs after facts are withdrawn. Returns the slugs. */
  async apply(): Promise<{ readonly gone: readonly string[]; readonly back: readonly string[] }> {
    const gone = this.#mayGo ? await this.#letGo() : []
    const back = await bringBack(
      this.#client,
      'OR EXISTS (SELECT FROM named_person WHERE named_person.slug = person.slug)',
    )
    await this.#client.query('DROP TABLE named_person')
    return { gone, back }
  }

  /** Takes the people out of lists whom no fact names any more. Returns their slugs. */
  async #letGo(): Promise<string[]> {
    const { rows } = await this.#client.query<{ slug: string }>(`
      UPDATE person SET is_gone = true, digest = NULL FROM acting_person
      WHERE acting_person.slug = person.slug AND NOT (${ACTING})
        AND NOT EXISTS (SELECT FROM named_person WHERE named_person.slug = person.slug)
      RETURNING person.slug`)
    const gone = rows.map(({ slug }) => slug).sort()
    await this.#client.query(`DELETE FROM search_document WHERE kind = 'PERSON' AND key = ANY ($1)`, [gone])
    await this.#client.query('DROP TABLE acting_person')
    return gone
  }
}

/** Lists people again whom facts name, or to whom another condition applies. Returns their slugs. */
export async function bringBack(client: ClientBase, condition = ''): Promise<string[]> {
  const { rows } = await client.query<{ slug: string }>(
    `UPDATE person SET is_gone = false WHERE is_gone AND (${ACTING} ${condition}) RETURNING slug`,
  )
  const slugs = rows.map(({ slug }) => slug).sort()
  for (const slug of slugs) await refreshPersonSearch(client, slug)
  return slugs
}
