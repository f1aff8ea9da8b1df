import type { ClientBase } from 'pg'
import { changeData, raiseVersion } from '../../database/change.ts'
import type { Database } from '../../database/open.ts'
import { UserError } from '../../errors.ts'
import { searchDocument } from '../../search/document.ts'
import { derive } from '../derived/derive.ts'
import { diedBeforeBirth, lifeOf } from '../derived/life.ts'
import { clashesOf, type Person } from './merge-guard.ts'
import {
  citationKeyFor,
  giveCitation,
  giveRow,
  keyFor,
  type PersonalRow,
  removeRow,
  rowsOfPerson,
} from './personal-rows.ts'

/** What becomes of a row that names the merged person. */
export interface Fate {
  /** The name of the record. */
  readonly record: string
  readonly part: 'position' | 'participation' | 'speaker' | 'addressee' | 'mention' | 'actor'
  /** JOINED: both people took part, and one participation remains. DUPLICATE: the other person is named there already. */
  readonly outcome: 'MOVES' | 'JOINED' | 'DUPLICATE'
  readonly isWithdrawn: boolean
  /** Of a participation: number of citations that move, and of those that are dropped because the other one cites the same words. */
  readonly citations?: { readonly moved: number; readonly dropped: number }
}

export interface MergeReport {
  readonly kept: string
  readonly merged: string
  readonly facts: readonly Fate[]
}

export interface MergeOptions {
  /** Merges people of whom records say that they are two. */
  readonly force?: boolean
  readonly dryRun?: boolean
}

/** Maximum number of reasons in the message of a refusal. */
const MOST_CLASHES = 10

/**
 * Merges the person `merged` into the person `kept`: all facts of the first become facts of the second, and the slug of the first
 * leads to the second from then on. Former slugs are accepted for both. Throws a UserError, and changes nothing, if the two
 * cannot be the same person.
 */
export const mergePeople = (
  database: Database,
  kept: string,
  merged: string,
  { force = false, dryRun = false }: MergeOptions = {},
): Promise<MergeReport> => changeData(database, (client) => merge(client, kept, merged, force), dryRun)

/** Merges people as part of the transaction of `client`. */
export async function merge(
  client: ClientBase,
  keptName: string,
  mergedName: string,
  force: boolean,
): Promise<MergeReport> {
  const [kept, merged] = [await findPerson(client, keptName), await findPerson(client, mergedName)]
  if (kept.slug === merged.slug)
    throw new UserError(`${keptName} and ${mergedName} are already the same person: ${kept.slug}`)
  const clashes = await clashesOf(client, kept, merged)
  if (clashes.length > 0 && !force) refuse(kept, merged, clashes)

  const [own, others] = [await rowsOfPerson(client, merged.slug), await rowsOfPerson(client, kept.slug)]
  const there = new Map(others.map((row) => [`${row.table}/${row.key}`, row]))
  const facts: Fate[] = []
  for (const row of own) {
    const target = keyFor(row.table, row.key, merged.slug, kept.slug)
    const taken = row.table === 'position' ? undefined : there.get(`${row.table}/${target}`)
    if (taken && taken.withdrawal !== row.withdrawal) refuseWithdrawnAlone(row, taken)
    // The row of the person who stays comes first: once a row is remembered under a target, a later one only updates it.
    if (taken) await remember(client, kept.slug, taken, target)
    await remember(client, merged.slug, row, target)
    facts.push(await moveRow(client, row, kept.slug, target, taken))
  }
  await joinPeople(client, kept, merged)
  await derive(client)
  await raiseVersion(client)
  return { kept: kept.slug, merged: merged.slug, facts }
}

function refuse(kept: Person, merged: Person, clashes: readonly string[]): never {
  const lines = clashes.slice(0, MOST_CLASHES).map((clash) => `  ${clash}`)
  if (clashes.length > lines.length) lines.push(`  … and ${clashes.length - lines.length} more`)
  throw new UserError(
    `${kept.slug} and ${merged.slug} were not merged, because records say that they are two people; ` +
      `if these are wrong, force the merge:\n${lines.join('\n')}`,
  )
}

/** The person with a slug or a former slug. Throws a UserError if there is none. */
async function findPerson(client: ClientBase, slug: string): Promise<Person> {
  const { rows } = await client.query<Person>(
    `SELECT slug, name, names, wikidata_id, born, died FROM person
     WHERE slug = coalesce((SELECT person_slug FROM person_alias WHERE slug = $1), $1)`,
    [slug],
  )
  const [person] = rows
  if (!person)
    throw new UserError(`no person has the slug ${JSON.stringify(slug)}; find people by name with the query { search }`)
  return person
}

/** One of two parts that would become one is withdrawn alone, so nobody can say whether the whole counts. */
function refuseWithdrawnAlone(...rows: readonly PersonalRow[]): never {
  const alone = rows.find(({ table, key, withdrawal }) => withdrawal === `${table}/${key}`)
  throw new UserError(
    `both people take part in one record, but ${alone?.withdrawal} is withdrawn alone; reinstate it first`,
  )
}

/** Stores a row as it is before the merge, unless it is there because of an earlier one. */
async function remember(client: ClientBase, slug: string, row: PersonalRow, target: string): Promise<void> {
  const { rowCount } = await client.query('SELECT FROM merged_row WHERE (table_name, target) = ($1, $2) LIMIT 1', [
    row.table,
    row.key,
  ])
  if (rowCount) {
    await client.query('UPDATE merged_row SET target = $3 WHERE (table_name, target) = ($1, $2)', [
      row.table,
      row.key,
      target,
    ])
    for (const { key } of row.citations) {
      await client.query(`UPDATE merged_row SET target = $2 WHERE (table_name, target) = ('citation', $1)`, [
        key,
        row.key === target ? key : citationKeyFor(key, row.key, target),
      ])
    }
    return
  }
  const rows = [
    { ...row, target },
    ...row.citations.map((one) => ({ ...one, target: citationKeyFor(one.key, row.key, target) })),
  ]
  await client.query(
    `INSERT INTO merged_row (slug, table_name, key, record, target, content)
     SELECT $1, table_name, key, $2, target, jsonb_strip_nulls(content) - 'digest'
     FROM json_populate_recordset(NULL::merged_row, $3)`,
    [slug, row.record, JSON.stringify(rows.map(({ table, ...one }) => ({ ...one, table_name: table })))],
  )
}

const PARTS = { SPEAKER: 'speaker', ADDRESSEE: 'addressee', MENTION: 'mention' } as const

const partOf = ({ table, content }: PersonalRow): Fate['part'] => {
  if (table === 'statement_voice') return PARTS[content['role'] as keyof typeof PARTS]
  return table === 'agreement_event_actor' ? 'actor' : table
}

/** Makes a row one of the person `slug`, under the key `target` unless that person has a row there already. */
async function moveRow(
  client: ClientBase,
  row: PersonalRow,
  slug: string,
  target: string,
  taken: PersonalRow | undefined,
): Promise<Fate> {
  const fate = { record: row.record, part: partOf(row), isWithdrawn: row.withdrawal !== null }
  const count = (moved: number, dropped: number) =>
    row.table === 'participation' ? { citations: { moved, dropped } } : {}
  if (!taken) {
    await giveRow(client, row, slug, target)
    return { ...fate, outcome: 'MOVES', ...count(row.citations.length, 0) }
  }
  const cited = new Set(taken.citations.map(({ key }) => key))
  const moving = row.citations.filter(({ key }) => !cited.has(citationKeyFor(key, row.key, target)))
  for (const citation of moving) await giveCitation(client, citation, row.key, target)
  await removeRow(client, row)
  const outcome = row.table === 'participation' ? 'JOINED' : 'DUPLICATE'
  return { ...fate, outcome, ...count(moving.length, row.citations.length - moving.length) }
}

/** Gives the names and the identifiers of one person to another, and makes the slug of the first lead to the second. */
async function joinPeople(client: ClientBase, kept: Person, merged: Person): Promise<void> {
  const known = new Set([kept.name, ...kept.names])
  const gained = [...new Set([merged.name, ...merged.names])].filter((name) => !known.has(name))
  await client.query(
    `INSERT INTO person_merge (slug, into_slug, person, main, gained)
     SELECT $1, $2, to_jsonb(merged) - 'digest' || jsonb_build_object('formerly', (
         SELECT coalesce(jsonb_agg(slug), '[]') FROM person_alias WHERE person_slug = $1
       )), to_jsonb(main) - 'digest', $3
     FROM person merged, person main WHERE (merged.slug, main.slug) = ($1, $2)`,
    [merged.slug, kept.slug, gained],
  )
  await client.query('UPDATE person_alias SET person_slug = $1 WHERE person_slug = $2', [kept.slug, merged.slug])
  await client.query(`DELETE FROM search_document WHERE kind = 'PERSON' AND key = $1`, [merged.slug])
  const { rows } = await client.query<{ row: object }>(
    'DELETE FROM person WHERE slug = $1 RETURNING to_jsonb(person) AS row',
    [merged.slug],
  )
  await client.query(
    `UPDATE person SET imported_only = false, is_gone = false, names = $2, wikidata_id = coalesce(person.wikidata_id, merged.wikidata_id),
       born = life.born, born_from = life.born_from, died = life.died, died_by = life.died_by
     FROM json_populate_record(NULL::person, $3) merged, json_populate_record(NULL::person, $4) life WHERE person.slug = $1`,
    [kept.slug, [...kept.names, ...gained], JSON.stringify(rows[0]?.row), JSON.stringify(lifeTogether(kept, merged))],
  )
  await client.query('INSERT INTO person_alias (slug, person_slug) VALUES ($1, $2)', [merged.slug, kept.slug])
  await client.query('DELETE FROM person_unmerge WHERE slug = $1', [merged.slug])
  await refreshPersonSearch(client, kept.slug)
}

/** The dates of life of a person who gets those of another where none are known. Dates that cannot be of one life are left out. */
function lifeTogether(kept: Person, merged: Person) {
  const together = { born: kept.born ?? merged.born, died: kept.died ?? merged.died }
  const { born, died } = diedBeforeBirth(together) ? kept : together
  const { bornFrom, diedBy } = lifeOf({ born, died })
  return { born, died, born_from: bornFrom, died_by: diedBy }
}

/** Updates the words by which a person is found. */
export async function refreshPersonSearch(client: ClientBase, slug: string): Promise<void> {
  const { rows } = await client.query<Person>('SELECT name, names FROM person WHERE slug = $1', [slug])
  const [{ name = '', names = [] } = {}] = rows
  await client.query(
    `INSERT INTO search_document SELECT (json_populate_record(NULL::search_document, $1)).*
     ON CONFLICT (kind, key) DO UPDATE SET names = excluded.names, title = excluded.title, body = excluded.body, text = excluded.text`,
    [searchDocument('PERSON', slug, { names: [name, ...names] })],
  )
}
