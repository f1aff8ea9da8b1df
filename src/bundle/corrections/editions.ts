import type { ClientBase } from 'pg'
import { UserError } from '../../errors.ts'
import { label } from '../../time/label.ts'
import type { FactTable } from '../tables.ts'
import { kindOf, type TableName, tableList, tables } from '../tables.ts'
import { type Leaving, moveOut } from './withdrawn-rows.ts'

/**
 * A source whose stored text differs from that of the load has a new edition. Fills the temporary table `changed_text` with such
 * sources, before the load is written. Returns whether there are any.
 */
export async function findNewEditions(client: ClientBase): Promise<boolean> {
  const { rowCount } = await client.query(`
    CREATE TEMPORARY TABLE changed_text ON COMMIT DROP AS
    SELECT slug, sha256 AS before, content ->> 'sha256' AS now, content ->> 'edtf' AS published
    FROM staged JOIN source ON slug = key
    WHERE table_name = 'source' AND sha256 <> content ->> 'sha256'`)
  if (!rowCount) return false
  await client.query(`
    UPDATE edition SET text = source.text FROM changed_text JOIN source USING (slug)
    WHERE (edition.source_slug, edition.sha256) = (slug, before)`)
  return true
}

/** Stores the editions of the sources of the load. */
export async function storeEditions(client: ClientBase): Promise<void> {
  await client.query(`
    INSERT INTO edition (source_slug, sha256, length, edtf, imported_at)
    SELECT own.slug, own.sha256, own.length, own.edtf, now()
    FROM staged, json_populate_record(NULL::source, content) own WHERE table_name = 'source'
    ON CONFLICT (source_slug, sha256) DO UPDATE SET edtf = excluded.edtf WHERE edition.edtf <> excluded.edtf`)
  await client.query(`
    INSERT INTO edition (source_slug, sha256, length, text, edtf)
    SELECT key, earlier.sha256, earlier.length, earlier.text, earlier.published
    FROM staged, json_to_recordset(content -> 'editions') AS earlier (sha256 text, length integer, text text, published text)
    WHERE table_name = 'source'
    ON CONFLICT (source_slug, sha256) DO UPDATE SET text = coalesce(edition.text, excluded.text)
    WHERE edition.text IS NULL AND excluded.text IS NOT NULL`)
}

/** Updates what names an edition, if the load has new ones. Runs after it is decided which facts leave: their citations name the earlier edition. */
export async function nameEditions(client: ClientBase): Promise<void> {
  // An earlier text can come back.
  await client.query(`
    UPDATE source SET text = edition.text FROM changed_text JOIN edition ON (source_slug, sha256) = (slug, now)
    WHERE source.slug = changed_text.slug AND source.text IS NULL AND edition.text IS NOT NULL`)
  await client.query(`
    UPDATE edition SET text = NULL FROM changed_text WHERE (source_slug, sha256) = (slug, now) AND text IS NOT NULL`)
  await client.query(`
    UPDATE citation SET edition = NULL FROM changed_text WHERE (source_slug, edition) = (slug, now)`)
  await client.query(`
    UPDATE withdrawn_row SET content = content || jsonb_build_object('edition', before) FROM changed_text
    WHERE table_name = 'citation' AND content ->> 'source_slug' = slug AND content ->> 'edition' IS NULL`)
  await client.query(`
    UPDATE withdrawn_row SET content = content || '{"edition": null}' FROM changed_text
    WHERE table_name = 'citation' AND (content ->> 'source_slug', content ->> 'edition') = (slug, now)`)
}

/** The tables of facts that are parts of records, each with the columns and the tables of the records. */
const PARTS = tableList.filter(
  ({ name, kind, parents }) => !kind && parents && Object.values(tables.citation.parents).includes(name as FactTable),
)

const columnOf = (fact: TableName) =>
  Object.entries(tables.citation.parents).find(([, table]) => table === fact)?.[0] as string

/** A fact, with the sources whose new editions do not have it. */
type Missing = Pick<Leaving, 'table' | 'key' | 'record'> & { readonly sources: { slug: string; published: string }[] }

const sourcesOf = (citation: string) =>
  `json_agg(DISTINCT jsonb_build_object('slug', ${citation}.source_slug, 'published', published)) AS sources`

/**
 * Withdraws the parts that the new versions of records no longer have, if they cite sources with a new edition. `keepsPart` is
 * SQL for whether the row `stored` of the staged record `owner` belongs to another source. Runs before parts are deleted. Returns the
 * withdrawn parts.
 */
export async function withdrawParts(
  client: ClientBase,
  keepsPart: (table: TableName) => string,
): Promise<readonly Leaving[]> {
  const missing: Missing[] = []
  for (const { name, parents = {} } of PARTS) {
    for (const [column, parent] of Object.entries(parents)) {
      const { rows } = await client.query<Missing>(`
        SELECT '${name}' AS table, stored.id AS key, owner.record, ${sourcesOf('citation')}
        FROM "${name}" stored JOIN staged owner ON owner.table_name = '${parent}' AND stored.${column} = owner.key
        JOIN citation ON citation.${columnOf(name)} = stored.id JOIN changed_text ON slug = source_slug
        WHERE NOT EXISTS (SELECT FROM staged given WHERE (given.table_name, given.key) = ('${name}', stored.id))
          AND NOT (${keepsPart(name)})
        GROUP BY stored.id, owner.record`)
      missing.push(...rows)
    }
  }
  const withdrawn = missing.map(leaving)
  await moveOut(client, withdrawn)
  return withdrawn
}

/** The citations of earlier editions that the load does not replace. */
const LEFT_BEHIND = `
  SELECT citation.id, before FROM citation JOIN changed_text ON slug = source_slug
  WHERE edition IS NULL
    AND NOT EXISTS (SELECT FROM staged WHERE (staged.table_name, staged.key) = ('citation', citation.id))`

const leaving = ({ sources, ...fact }: Missing): Leaving => ({
  ...fact,
  reason: `not in ${sources.map(({ slug, published }) => `the edition of ${dateOf(published)} of ${slug}`).join(', nor in ')}`,
  by: 'EDITION',
})

/** The date of an edition; the present day if the source gives none. */
function dateOf(published: string): string {
  const text = label(published)
  return /\d/.test(text) ? text : label(new Date().toISOString().slice(0, 10))
}

/** What became of the facts that new editions do not have. */
export interface Superseded {
  readonly withdrawn: readonly Leaving[]
  /** Names of the records that stay, citing an earlier edition only. */
  readonly kept: readonly string[]
  /** Names of the records that lost citations, without those of the load. */
  readonly changed: readonly string[]
}

/**
 * Decides on the stored facts that cite an earlier edition only. Those that another citation supports lose the citation. The others
 * are withdrawn, or stay with `keepMissing`, citing the earlier edition. Runs after the load is written.
 */
export async function supersede(
  client: ClientBase,
  { keepMissing, yes }: { readonly keepMissing: boolean; readonly yes: boolean },
): Promise<Superseded> {
  await client.query(`CREATE TEMPORARY TABLE left_behind ON COMMIT DROP AS ${LEFT_BEHIND}`)
  await client.query('CREATE UNIQUE INDEX ON left_behind (id)')
  const missing: Missing[] = []
  for (const { name } of tableList) {
    if (isFact(name)) missing.push(...(await client.query<Missing>(missingFrom(name))).rows)
  }
  const records = missing.filter(({ table }) => kindOf(table as TableName))
  const names = new Set(records.map(({ record }) => record))
  if (keepMissing) {
    await client.query('UPDATE citation SET edition = before FROM left_behind WHERE left_behind.id = citation.id')
    await client.query('DROP TABLE left_behind')
    return { withdrawn: [], kept: [...names], changed: [] }
  }
  if (!yes) await refuseLargeLoss(client, records)
  const facts = [...records, ...missing.filter((one) => !kindOf(one.table as TableName) && !names.has(one.record))]
  const withdrawn = facts.map(leaving)
  await moveOut(client, withdrawn)
  // Facts that remain have other citations.
  const { rows: changed } = await client.query<{ record: string }>(`
    INSERT INTO touched
    SELECT record, 'citation', false FROM (${RECORDS_LEFT}) remaining WHERE record NOT IN (SELECT staged.record FROM staged)
    RETURNING record`)
  await client.query('DELETE FROM citation USING left_behind WHERE left_behind.id = citation.id')
  for (const { name, kind } of tableList) {
    if (kind && isFact(name)) {
      await client.query(forgetDigest(name, kind), [changed.map(({ record }) => record)])
    }
  }
  await client.query('DROP TABLE left_behind')
  return { withdrawn, kept: [], changed: changed.map(({ record }) => record) }
}

const isFact = (table: TableName): table is FactTable =>
  Object.values(tables.citation.parents).includes(table as FactTable)

/** SQL for the name of the record that a fact is or is a part of. */
function recordOf(fact: FactTable, row: string): string {
  const kind = kindOf(fact)
  if (kind) return `'${kind}/' || ${row}.slug`
  const parents = Object.entries((tables[fact] as { parents: Record<string, TableName> }).parents)
  return `coalesce(${parents.map(([column, table]) => `'${kindOf(table)}/' || ${row}.${column}`).join(', ')})`
}

/** The facts of a table that only citations of earlier editions support. */
const missingFrom = (fact: FactTable) => `
  SELECT '${fact}' AS table, fact.${tables[fact].key[0]} AS key, ${recordOf(fact, 'fact')} AS record, ${sourcesOf('old')}
  FROM left_behind JOIN citation old USING (id) JOIN changed_text ON slug = source_slug
  JOIN "${fact}" fact ON fact.${tables[fact].key[0]} = old.${columnOf(fact)}
  WHERE NOT EXISTS (
    SELECT FROM citation other WHERE other.${columnOf(fact)} = old.${columnOf(fact)} AND other.stance = 'SUPPORTS'
      AND NOT EXISTS (SELECT FROM left_behind WHERE left_behind.id = other.id)
  )
  GROUP BY fact.${tables[fact].key[0]}, record`

/** The names of the records that citations left behind are about, directly or by their parts. */
const RECORDS_LEFT = Object.entries(tables.citation.parents)
  .map(
    ([column, fact]) => `
    SELECT ${recordOf(fact, 'fact')} AS record FROM left_behind JOIN citation USING (id)
    JOIN "${fact}" fact ON fact.${tables[fact].key[0]} = citation.${column}`,
  )
  .join(' UNION ')

/** A record that lost a citation is no longer as it was loaded. */
const forgetDigest = (table: TableName, kind: string) => `
  UPDATE "${table}" SET digest = NULL WHERE '${kind}/' || slug = ANY ($1)`

/** More than this number and this share of the facts of a source are withdrawn only after a confirmation. */
const LARGE = 20
const LARGE_SHARE = 0.5

async function refuseLargeLoss(client: ClientBase, records: readonly Missing[]): Promise<void> {
  const lost = new Map<string, number>()
  for (const { sources } of records) for (const { slug } of sources) lost.set(slug, (lost.get(slug) ?? 0) + 1)
  for (const [slug, count] of lost) {
    if (count <= LARGE) continue
    const columns = tableList.filter(({ name, kind }) => kind && isFact(name)).map(({ name }) => columnOf(name))
    const { rows } = await client.query<{ total: number }>(
      `SELECT count(DISTINCT (${columns.join(', ')}))::int AS total FROM citation
       WHERE source_slug = $1 AND num_nonnulls(${columns.join(', ')}) = 1`,
      [slug],
    )
    const total = rows[0]?.total ?? 0
    if (count <= total * LARGE_SHARE) continue
    throw new UserError(
      `the new edition of ${slug} no longer has ${count} of the ${total} facts that cite it, and nothing was loaded; ` +
        'look at them with --dry-run --yes, then repeat with --yes to withdraw them',
    )
  }
}
