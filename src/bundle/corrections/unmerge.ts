import type { ClientBase } from 'pg'
import { changeData, raiseVersion } from '../../database/change.ts'
import type { Database } from '../../database/open.ts'
import { UserError } from '../../errors.ts'
import { derive } from '../derived/derive.ts'
import { factKinds } from '../format.ts'
import { tableOf } from '../tables.ts'
import { refreshPersonSearch } from './merge.ts'
import {
  addRow,
  changeRow,
  citationKeyFor,
  giveRow,
  isPersonal,
  keyFor,
  type PersonalRow,
  removeRow,
  rowsOfPerson,
  type StoredRow,
} from './personal-rows.ts'

export interface UnmergeReport {
  readonly slug: string
  /** The person that it had been merged into. */
  readonly from: string
  readonly facts: readonly {
    /** The name of the record. */
    readonly record: string
    /** SEPARATED: both people are named there again. */
    readonly outcome: 'MOVES' | 'SEPARATED'
  }[]
}

/** A row as it would be without merges, and the key of the row that it became. */
interface MergedRow {
  readonly slug: string
  readonly table: string
  readonly key: string
  readonly target: string
  readonly content: Readonly<Record<string, unknown>>
}

/**
 * Undoes the merge of a person into another one: the slug gets back its record, its names and its facts, with those that were
 * loaded for it since. People who had been merged into it before come with it. Throws a UserError if the slug was not merged.
 */
export const unmergePerson = (database: Database, slug: string, dryRun = false): Promise<UnmergeReport> =>
  changeData(database, (client) => unmerge(client, slug), dryRun)

async function unmerge(client: ClientBase, slug: string): Promise<UnmergeReport> {
  const from = await currentOf(client, slug)
  const group = await groupOf(client, slug)
  await restorePerson(client, slug, from, group)

  const facts: UnmergeReport['facts'][number][] = []
  for (const row of await rowsOfPerson(client, from)) {
    const merged = await mergedInto(client, row)
    const [own, others] = [
      merged.filter((one) => group.includes(one.slug)),
      merged.filter((one) => !group.includes(one.slug)),
    ]
    const given = own.find(({ table }) => table === row.table)
    if (!given) continue
    const key = keyFor(row.table, row.key, from, slug)
    if (others.some(({ table }) => table === row.table)) {
      await separate(client, row, { slug, key, own, others })
      facts.push({ record: row.record, outcome: 'SEPARATED' })
    } else {
      await giveRow(client, row, slug, key)
      facts.push({ record: row.record, outcome: 'MOVES' })
    }
    await forget(client, row, own, others, slug)
  }
  // What was merged into this person before still is, and needs the rows of both.
  await client.query(
    `DELETE FROM merged_row own WHERE slug = $1 AND NOT EXISTS (
       SELECT FROM merged_row other WHERE other.record = own.record AND other.slug <> $1 AND other.slug = ANY ($2)
     )`,
    [slug, group],
  )
  await forgetDigests(
    client,
    facts.map(({ record }) => record),
  )
  await derive(client)
  await raiseVersion(client)
  return { slug, from, facts }
}

/** The person that a slug leads to. Throws a UserError if it was not merged, or if the merge cannot be undone now. */
async function currentOf(client: ClientBase, slug: string): Promise<string> {
  const { rows } = await client.query<{ person: string; into: string | null }>(
    `SELECT person_slug AS person, into_slug AS into FROM person_alias LEFT JOIN person_merge USING (slug) WHERE slug = $1`,
    [slug],
  )
  const [alias] = rows
  if (!alias) throw new UserError(`${slug} was not merged into another person; expected the slug that was merged`)
  const { person, into } = alias
  if (into === null) {
    throw new UserError(
      `the merge of ${slug} into ${person} came with a bundle or from an earlier version, and the facts that ${slug} had before are not recorded; it cannot be undone`,
    )
  }
  if (into !== person) {
    throw new UserError(`${slug} was merged into ${into}, which was merged into another person; unmerge ${into} first`)
  }
  return person
}

/** The slug and all that had been merged into it before. */
async function groupOf(client: ClientBase, slug: string): Promise<string[]> {
  const { rows } = await client.query<{ slug: string }>(
    `WITH RECURSIVE part (slug) AS (
       SELECT $1::text COLLATE "C" UNION SELECT person_merge.slug FROM part JOIN person_merge ON into_slug = part.slug
     ) SELECT slug FROM part`,
    [slug],
  )
  return rows.map((row) => row.slug)
}

/** Makes the person a record again, and takes its names and identifiers from the other one. */
async function restorePerson(client: ClientBase, slug: string, from: string, group: readonly string[]): Promise<void> {
  await client.query('DELETE FROM person_alias WHERE slug = $1', [slug])
  // What the other person did not have before the merge, and has the same as this one since, came with it.
  const field = (name: string) =>
    `CASE WHEN main ->> '${name}' IS NULL AND own.${name} IS NOT DISTINCT FROM merged.${name} THEN NULL ELSE own.${name} END`
  await client.query(
    `UPDATE person own SET
       names = ARRAY(
         SELECT name FROM unnest(own.names) WITH ORDINALITY spelling (name, nth)
         WHERE name <> ALL (gained) OR name IN (
           SELECT unnest(other.gained) FROM person_merge other WHERE other.slug <> $1 AND other.slug <> ALL ($3) AND other.into_slug = $2
         ) ORDER BY nth
       ),
       wikidata_id = ${field('wikidata_id')}, born = ${field('born')}, died = ${field('died')},
       born_from = ${field('born_from')}, died_by = ${field('died_by')}
     FROM person_merge, jsonb_populate_record(NULL::person, person_merge.person) merged
     WHERE person_merge.slug = $1 AND own.slug = $2`,
    [slug, from, group],
  )
  await client.query(
    `INSERT INTO person SELECT (jsonb_populate_record(NULL::person, person || '{"imported_only": false, "is_gone": false}')).*
     FROM person_merge WHERE slug = $1`,
    [slug],
  )
  // Merges that were stored before former slugs were do not have them.
  await client.query(
    `UPDATE person_alias SET person_slug = $1 FROM person_merge
     WHERE person_merge.slug = $1 AND (person_alias.slug = ANY ($2) OR person_merge.person -> 'formerly' ? person_alias.slug)`,
    [slug, group],
  )
  await client.query('DELETE FROM person_merge WHERE slug = $1', [slug])
  await client.query('INSERT INTO person_unmerge (slug, from_slug) VALUES ($1, $2)', [slug, from])
  await client.query('UPDATE person SET digest = NULL WHERE slug = ANY ($1)', [[slug, from]])
  for (const one of [slug, from]) await refreshPersonSearch(client, one)
}

/** The rows that became a row, and those that became its citations. */
async function mergedInto(client: ClientBase, { table, key, citations }: PersonalRow): Promise<MergedRow[]> {
  const { rows } = await client.query<MergedRow>(
    `SELECT slug, table_name AS table, key, target, content FROM merged_row
     WHERE (table_name, target) = ($1, $2) OR table_name = 'citation' AND target = ANY ($3) ORDER BY slug, key`,
    [table, key, citations.map((one) => one.key)],
  )
  return rows
}

interface Separation {
  readonly slug: string
  readonly key: string
  readonly own: readonly MergedRow[]
  readonly others: readonly MergedRow[]
}

/** Gives a person a row of its own again, beside the row that two people had together. */
async function separate(client: ClientBase, row: PersonalRow, { slug, key, own, others }: Separation): Promise<void> {
  const [given] = own.filter(({ table }) => table === row.table) as [MergedRow]
  const { withdrawal } = row
  const content = { ...given.content, id: key, person_slug: slug }
  await addRow(client, { table: row.table, key, withdrawal, content: await presentOffice(client, content) })
  const remaining = others.find((one) => one.table === row.table && one.slug === row.content['person_slug'])
  if (remaining) {
    // The loader takes the role and the place in the list from the first of two people who are one.
    const all = Object.fromEntries(
      Object.keys(row.content).map((column) => [column, remaining.content[column] ?? null]),
    )
    await changeRow(client, row, row.key, await presentOffice(client, { ...all, id: row.key }))
  }
  const needed = new Set(others.map(({ target }) => target))
  const isOwn = new Set(own.map(({ target }) => target))
  for (const citation of row.citations) {
    if (!isOwn.has(citation.key)) continue
    const id = citationKeyFor(citation.key, row.key, key)
    const moved = { ...citation.content, id, participation_id: key }
    await addRow(client, { table: 'citation', key: id, withdrawal, content: moved } satisfies StoredRow)
    if (!needed.has(citation.key)) await removeRow(client, citation)
  }
}

/** A participation without its office, if that office is no longer stored. */
async function presentOffice(client: ClientBase, content: Readonly<Record<string, unknown>>) {
  const { position_slug: office } = content
  if (typeof office !== 'string') return content
  const { rowCount } = await client.query('SELECT FROM position WHERE slug = $1', [office])
  return rowCount ? content : { ...content, position_slug: null }
}

/** Forgets what is no longer merged; people who had been merged into this one before now are so with it. */
async function forget(
  client: ClientBase,
  row: PersonalRow,
  own: readonly MergedRow[],
  others: readonly MergedRow[],
  slug: string,
): Promise<void> {
  const key = keyFor(row.table, row.key, row.content['person_slug'] as string, slug)
  for (const { table, target } of own) {
    const now = isPersonal(table) ? key : citationKeyFor(target, row.key, key)
    await client.query('UPDATE merged_row SET target = $4 WHERE (table_name, target) = ($1, $2) AND slug = ANY ($3)', [
      table,
      target,
      own.map((one) => one.slug),
      now,
    ])
  }
  // One person alone is not merged.
  const remaining = new Set(others.map((one) => one.slug))
  if (remaining.size === 1 && remaining.has(row.content['person_slug'] as string)) {
    await client.query(
      'DELETE FROM merged_row WHERE slug = $1 AND (table_name, target) IN (SELECT * FROM unnest($2::text[], $3::text[]))',
      [[...remaining][0], others.map(({ table }) => table), others.map(({ target }) => target)],
    )
  }
}

/** Records that are no longer as they were loaded. */
async function forgetDigests(client: ClientBase, names: readonly string[]): Promise<void> {
  await client.query(
    `UPDATE withdrawn_row SET content = content || '{"digest": null}' FROM withdrawal
     WHERE withdrawal.id = withdrawal_id AND record = ANY ($1) AND content ? 'digest'`,
    [names],
  )
  for (const kind of factKinds) {
    await client.query(`UPDATE "${tableOf(kind)}" SET digest = NULL WHERE '${kind}/' || slug = ANY ($1)`, [names])
  }
}
