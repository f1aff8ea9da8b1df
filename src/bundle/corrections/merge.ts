import pg, { type ClientBase } from 'pg'
import { changeData, raiseVersion } from '../../database/change.ts'
import type { Database } from '../../database/open.ts'
import { UserError } from '../../errors.ts'
import { searchDocument } from '../../search/document.ts'
import { derive } from '../derived/derive.ts'

const { escapeLiteral } = pg

interface Person {
  readonly slug: string
  readonly name: string
  readonly names: string[]
  readonly item: string | null
}

/**
 * Merges the person `merged` into the person `main`: all facts of the first become facts of the second, and the slug of the first
 * leads to the second from then on. Former slugs are accepted for both. Throws a UserError, and changes nothing, if the two
 * cannot be the same person.
 */
export const mergePeople = (database: Database, main: string, merged: string): Promise<void> =>
  changeData(database, (client) => merge(client, main, merged))

async function merge(client: ClientBase, mainName: string, mergedName: string): Promise<void> {
  const [main, merged] = [await find(client, mainName), await find(client, mergedName)]
  if (main.slug === merged.slug)
    throw new UserError(`${mainName} and ${mergedName} are already the same person: ${main.slug}`)
  if (main.item && merged.item) {
    throw new UserError(
      `expected one Wikidata item, but ${main.slug} has ${main.item} and ${merged.slug} has ${merged.item}`,
    )
  }
  await client.query(moving(escapeLiteral(main.slug), escapeLiteral(merged.slug)))

  const names = [...new Set([...main.names, merged.name, ...merged.names])].filter((name) => name !== main.name)
  await client.query('UPDATE person SET names = $2, wikidata_id = $3 WHERE slug = $1', [
    main.slug,
    names,
    main.item ?? merged.item,
  ])
  const document = searchDocument('PERSON', main.slug, { names: [main.name, ...names] })
  await client.query(
    `UPDATE search_document stored SET names = fresh.names, title = fresh.title, body = fresh.body, text = fresh.text
     FROM json_populate_record(NULL::search_document, $1) fresh WHERE (stored.kind, stored.key) = (fresh.kind, fresh.key)`,
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
    throw new UserError(`no person has the slug ${JSON.stringify(slug)}; find people by name with the query { search }`)
  return person
}

/**
 * SQL that moves all rows of the person `merged` to the person `main`, both given as SQL literals, with the keys that the
 * loader would use. If both took part or spoke, the row of `main` remains, with the citations of both.
 */
const moving = (main: string, merged: string) => `
  UPDATE position SET person_slug = ${main} WHERE person_slug = ${merged};

  CREATE TEMPORARY TABLE moved ON COMMIT DROP AS
  SELECT id, left(id, length(id) - length(person_slug)) || ${main} AS target FROM participation WHERE person_slug = ${merged};
  UPDATE participation SET id = target, person_slug = ${main} FROM moved
  WHERE participation.id = moved.id AND NOT EXISTS (SELECT FROM participation taken WHERE taken.id = target);
  UPDATE citation SET participation_id = target FROM moved
  WHERE participation_id = moved.id AND NOT EXISTS (
    SELECT FROM citation taken WHERE taken.participation_id = target
      AND (taken.source_slug, taken.start, taken."end", taken.stance)
        = (citation.source_slug, citation.start, citation."end", citation.stance)
  );
  UPDATE citation SET id = 'participation/' || participation_id || '/' || source_slug || '/' || start || '-' || "end"
    || CASE stance WHEN 'CONTRADICTS' THEN '/contradicts' ELSE '' END
  WHERE participation_id IN (SELECT target FROM moved);
  DELETE FROM participation WHERE person_slug = ${merged};
  ${movingVoices('statement_voice', main, merged)}
  ${movingVoices('agreement_event_actor', main, merged)}

  UPDATE person_alias SET person_slug = ${main} WHERE person_slug = ${merged};
  DELETE FROM search_document WHERE kind = 'PERSON' AND key = ${merged};
  DELETE FROM person WHERE slug = ${merged};
  INSERT INTO person_alias (slug, person_slug) VALUES (${merged}, ${main})`

function movingVoices(table: string, main: string, merged: string): string {
  const target = (row: string) => `left(${row}.id, length(${row}.id) - length(${merged})) || ${main}`
  return `
  UPDATE ${table} SET id = ${target(table)}, person_slug = ${main}
  WHERE person_slug = ${merged} AND NOT EXISTS (SELECT FROM ${table} taken WHERE taken.id = ${target(table)});
  DELETE FROM ${table} WHERE person_slug = ${merged};`
}
