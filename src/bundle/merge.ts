import pg, { type ClientBase } from 'pg'
import { changeData, raiseVersion } from '../database/change.ts'
import type { Database } from '../database/open.ts'
import { UserError } from '../errors.ts'
import { searchDocument } from '../search/document.ts'
import { derive } from './derive.ts'

const { escapeLiteral } = pg

interface Person {
  readonly slug: string
  readonly name: string
  readonly names: string[]
  readonly item: string | null
}

/**
 * Makes one person of two: all that was known of `merged` is known of `kept`, to whom the other's slug leads from then on.
 * Either may be named by a slug that leads to it. Throws a UserError where they cannot be one, and then changes nothing.
 */
export const mergePeople = (database: Database, kept: string, merged: string): Promise<void> =>
  changeData(database, (client) => merge(client, kept, merged))

async function merge(client: ClientBase, keptName: string, mergedName: string): Promise<void> {
  const [kept, merged] = [await find(client, keptName), await find(client, mergedName)]
  if (kept.slug === merged.slug) throw new UserError(`${keptName} and ${mergedName} are one person: ${kept.slug}`)
  if (kept.item && merged.item) {
    throw new UserError(
      `${kept.slug} is ${kept.item} of Wikidata and ${merged.slug} is ${merged.item}; expected the same, or only one of them`,
    )
  }
  await client.query(moving(escapeLiteral(kept.slug), escapeLiteral(merged.slug)))

  const names = [...new Set([...kept.names, merged.name, ...merged.names])].filter((name) => name !== kept.name)
  await client.query('UPDATE person SET names = $2, wikidata_id = $3 WHERE slug = $1', [
    kept.slug,
    names,
    kept.item ?? merged.item,
  ])
  const document = searchDocument('PERSON', kept.slug, { names: [kept.name, ...names] })
  await client.query(
    `UPDATE search_document held SET names = fresh.names, title = fresh.title, text = fresh.text
     FROM json_populate_record(NULL::search_document, $1) fresh WHERE (held.kind, held.key) = (fresh.kind, fresh.key)`,
    [document],
  )
  await derive(client)
  await raiseVersion(client)
}

async function find(client: ClientBase, slug: string): Promise<Person> {
  const { rows } = await client.query<Person>(
    `SELECT slug, name, names, wikidata_id AS item FROM person
     WHERE slug = coalesce((SELECT person_slug FROM person_alias WHERE slug = $1), $1)`,
    [slug],
  )
  const [person] = rows
  if (!person)
    throw new UserError(`there is no person ${JSON.stringify(slug)}; the query { search } finds them by name`)
  return person
}

/**
 * SQL that moves what hangs on the person `merged` to the person `kept`, both as literals, under the keys that the loader would
 * give. Where both took part, or spoke, the one that is kept stays, with the citations of both.
 */
const moving = (kept: string, merged: string) => `
  UPDATE position SET person_slug = ${kept} WHERE person_slug = ${merged};

  CREATE TEMPORARY TABLE moved ON COMMIT DROP AS
  SELECT id, left(id, length(id) - length(person_slug)) || ${kept} AS target FROM participation WHERE person_slug = ${merged};
  UPDATE participation SET id = target, person_slug = ${kept} FROM moved
  WHERE participation.id = moved.id AND NOT EXISTS (SELECT FROM participation taken WHERE taken.id = target);
  UPDATE citation SET participation_id = target FROM moved
  WHERE participation_id = moved.id AND NOT EXISTS (
    SELECT FROM citation taken WHERE taken.participation_id = target
      AND (taken.source_slug, taken.start, taken."end") = (citation.source_slug, citation.start, citation."end")
  );
  UPDATE citation SET id = 'participation/' || participation_id || '/' || source_slug || '/' || start || '-' || "end"
  WHERE participation_id IN (SELECT target FROM moved);
  DELETE FROM participation WHERE person_slug = ${merged};
  ${movingVoices('statement_voice', kept, merged)}
  ${movingVoices('agreement_event_actor', kept, merged)}

  UPDATE person_alias SET person_slug = ${kept} WHERE person_slug = ${merged};
  DELETE FROM search_document WHERE kind = 'PERSON' AND key = ${merged};
  DELETE FROM person WHERE slug = ${merged};
  INSERT INTO person_alias (slug, person_slug) VALUES (${merged}, ${kept})`

function movingVoices(table: string, kept: string, merged: string): string {
  const target = (row: string) => `left(${row}.id, length(${row}.id) - length(${merged})) || ${kept}`
  return `
  UPDATE ${table} SET id = ${target(table)}, person_slug = ${kept}
  WHERE person_slug = ${merged} AND NOT EXISTS (SELECT FROM ${table} taken WHERE taken.id = ${target(table)});
  DELETE FROM ${table} WHERE person_slug = ${merged};`
}
